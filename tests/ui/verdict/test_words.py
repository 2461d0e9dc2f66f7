"""The words of the card: fixed headlines, never consent while something was not checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clinicdesk.domain.rows.verdict import FindingRow, VerdictCard
from clinicdesk.ui.verdict.span import span_of, wanted_caption, window_caption
from clinicdesk.ui.verdict.words import (
    Tone,
    deciding,
    finding_tone,
    headline,
    may_jump,
    ordered,
    source_text,
    spoken,
    wants_reason,
    worst_card,
)

PARTIAL = "Only caps and gaps were checked."
SESSIONS = (date(2026, 1, 12), date(2026, 4, 7), date(2026, 7, 21), date(2026, 11, 24))


def finding(status: str, earliest: date | None = None, *, verified: bool = True) -> FindingRow:
    return FindingRow(
        rule="esi.cap",
        title="Epidurals per spinal region",
        status=status,
        earliest=earliest,
        counted=SESSIONS,
        message=f"A sentence that says {status}.",
        source="LCD L39240",
        verified=verified,
    )


def card(status: str, *, partial: str = "", earliest: date | None = None) -> VerdictCard:
    on = date(2026, 12, 22)
    return VerdictCard(
        status=status,
        on=on,
        earliest=earliest or on,
        findings=(finding("ok"), finding(status, earliest)),
        pack="us-medicare",
        pack_version="2026.11",
        pack_title="US Medicare (LCD)",
        partial=partial,
        used=2,
        allowed=4,
        window_start=date(2025, 12, 22),
    )


@pytest.mark.parametrize(
    ("status", "text", "tone", "icon"),
    [
        ("ok", "Within limits", Tone.OK, "shield"),
        ("needs-reason", "Needs a reason", Tone.WARN, "info"),
        ("cannot-determine", "Cannot be determined", Tone.NEUTRAL, "alert"),
        ("not-before", "Not before 12 Jan 2027", Tone.DANGER, "clock"),
    ],
)
def test_headlines(status: str, text: str, tone: Tone, icon: str) -> None:
    top = headline(card(status, earliest=date(2027, 1, 12) if "before" in status else None))
    assert (top.text, top.tone, top.icon) == (text, tone, icon)
    assert "Session 3 of 4" in top.sub


ASKED = replace(finding("needs-reason", verified=False), message="Tell the primary physician.")


def test_what_the_payer_also_asks_is_said_and_is_no_consent() -> None:
    plain = card("ok")
    asked = replace(plain, beside=(ASKED,))
    top = headline(asked)
    assert (top.text, top.tone, top.icon) == (
        *("Within limits; the payer asks for more", Tone.NEUTRAL, "info"),
    )
    assert spoken(asked).endswith(
        "The payer also asks: Tell the primary physician. Source: LCD L39240. "
        "Its number is unverified: verify it."
    )
    assert not wants_reason(asked, overrides=True)
    assert worst_card((plain, asked)) is asked
    assert worst_card((asked, card("needs-reason"))) == card("needs-reason")
    for status in ("needs-reason", "cannot-determine", "not-before"):
        assert headline(replace(card(status), beside=(ASKED,))) == headline(card(status))


@pytest.mark.parametrize("status", ["ok", "needs-reason", "cannot-determine", "not-before"])
def test_a_partly_checked_verdict_is_never_green(status: str) -> None:
    partly = card(status, partial=PARTIAL)
    assert headline(partly).tone is not Tone.OK
    assert headline(partly).text != "Within limits"
    assert all(finding_tone(row, partial=True) is not Tone.OK for row in partly.findings)
    span = span_of(partly)
    assert span is not None
    assert not span.sure


@pytest.mark.parametrize("status", ["ok", "needs-reason", "cannot-determine", "not-before"])
def test_nor_is_one_of_rules_that_are_assumed(status: str) -> None:
    assumed = replace(card(status), assumed="UHC")
    assert headline(assumed).tone is not Tone.OK
    assert headline(assumed).text != "Within limits"
    span = span_of(assumed)
    assert span is not None
    assert not span.sure
    assert "Rules assumed: US Medicare; “UHC” is not mapped to rules yet." in spoken(assumed)


def test_a_status_nobody_knows_is_no_consent() -> None:
    top = headline(card("something-new"))
    assert (top.text, top.tone) == ("Cannot be determined", Tone.NEUTRAL)


def test_the_whole_card_can_be_heard() -> None:
    words = spoken(card("not-before", partial=PARTIAL, earliest=date(2027, 1, 12)))
    for part in ("Not before 12 Jan 2027", PARTIAL, "A sentence that says not-before.",
                 "Source: LCD L39240", "first allowed day is Tue 12 Jan 2027"):  # fmt: skip
        assert part in words


def test_what_hinders_stands_first() -> None:
    rows = ordered(card("not-before", earliest=date(2027, 1, 12)))
    assert [row.status for row in rows] == ["not-before", "ok"]


def test_the_latest_day_decides() -> None:
    two = replace(
        card("not-before", earliest=date(2027, 1, 12)),
        findings=(
            finding("not-before", date(2027, 1, 5)),
            finding("not-before", date(2027, 1, 12)),
        ),
    )
    row = deciding(two)
    assert row is not None
    assert row.earliest == date(2027, 1, 12)


def test_the_source_names_what_it_counted_and_what_is_unverified() -> None:
    unverified = replace(finding("ok", verified=False), verify_why="A digest cites it")
    words = source_text(unverified, card("ok"))
    assert "7 Apr 2026" in words
    assert "verify" in words
    assert "A digest cites it" in words
    assert "us" in words.casefold()


def test_a_later_day_is_only_offered_where_there_is_one() -> None:
    assert may_jump(card("not-before", earliest=date(2027, 1, 12)))
    assert not may_jump(card("needs-reason"))


def test_the_line_of_time_spans_window_and_first_day() -> None:
    span = span_of(card("not-before", earliest=date(2027, 1, 12)))
    assert span is not None
    assert span.blocked
    assert span.start < date(2025, 12, 22)
    assert span.end > date(2027, 1, 12)
    assert window_caption(span) == "12-month window"
    assert wanted_caption(span, date(2026, 12, 22)) == "Today"
    assert wanted_caption(span, date(2026, 11, 24)) == "22 Dec"
    assert 0 < span.share(SESSIONS[0]) < span.share(SESSIONS[-1]) < 1
    assert date(2026, 6, 1) in span.months()


def test_nothing_to_count_paints_no_line() -> None:
    bare = replace(card("ok"), findings=(), window_start=None, used=None, allowed=None)
    assert span_of(bare) is None
    assert "No rule of US Medicare (LCD) applies" in headline(bare).sub


def test_a_rule_that_is_said_with_the_danger_above_leaves_no_green_card() -> None:
    top = headline(replace(card("ok"), said_above=True))
    assert (top.text, top.tone) == ("Otherwise within limits", Tone.NEUTRAL)
    alone = headline(replace(card("ok"), findings=(), used=None, allowed=None, said_above=True))
    assert (alone.text, alone.tone) == ("One rule, said above", Tone.NEUTRAL)
    assert alone.sub == "No other rule of US Medicare (LCD) applies"
