"""From records and the rules' answers to rows: the reason, the sentence, the days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from support.vocabulary import VOCABULARY

from clinicdesk.domain.procedures import Steroid
from clinicdesk.domain.rows.cases import BookedRow, DoneRow, PatientFacts, ReadingRow
from clinicdesk.domain.rows.due import DueReason
from clinicdesk.domain.spans import Span
from clinicdesk.due.facts import NEVER, Answer, Wanted, due_facts
from clinicdesk.due.hand import Said, newest, same_site
from clinicdesk.due.relief import Benefit

ON = date(2026, 11, 24)
DEPO = (Steroid("methylprednisolone", Decimal(40)),)


class Asked:
    """The rules, with a ready answer; remembers what it was asked."""

    def __init__(self, **answer):
        self.answer = {"allowed_from": date(2026, 11, 30), "status": "ok", "turn": None, **answer}
        self.asked = []

    def __call__(self, wanted, after, leave_out):
        self.asked.append((wanted, leave_out))
        return Answer(**self.answer)


def done(day, procedure="esi.transforaminal", site="L5 left", intent="therapeutic", scores=()):
    """``scores``: (days after, value); a score of 8 before it where there are any."""
    readings = [ReadingRow(day, "baseline", "NRS", Decimal(8))] if scores else []
    readings += [
        ReadingRow(day + timedelta(days=days), "followup" if days else "post", "NRS", Decimal(v))
        for days, v in scores
    ]
    return DoneRow(1, day, procedure, intent, (site,), DEPO, tuple(readings))


def rows(*entries, ask=None, booked=(), on=ON):
    records = PatientFacts(1, on, entries, booked)
    return due_facts(records, on, ask or Asked(), VOCABULARY)


def only(*entries, **options):
    (row,) = rows(*entries, **options)
    return row


AUG = date(2026, 8, 24)
WITHOUT = "the next verdict cannot be determined without it. Ask for one."


@pytest.mark.parametrize(
    ("scores", "answer", "reason", "detail"),
    [
        (
            ((84, "3.2"),), {}, DueReason.REPEAT,
            "Relief of 60 % after 12 weeks; may be repeated from 30 Nov 2026.",
        ),
        (
            ((84, "3.2"),), {"allowed_from": ON}, DueReason.REPEAT,
            "Relief of 60 % after 12 weeks; may be repeated.",
        ),
        ((), {}, DueReason.REPEAT,
         "Not scored since 24 Aug 2026; may be repeated from 30 Nov 2026."),
        (
            ((14, "2"), (87, "7")), {"allowed_from": ON}, DueReason.WORN_OFF,
            "Relief was good on 7 Sep 2026 and over by 19 Nov 2026; may be repeated.",
        ),
        (
            ((14, "6"),), {}, DueReason.FAILED,
            "Did not help by 50 % (relief 25 % on 7 Sep 2026); may be repeated from 30 Nov 2026.",
        ),
        (
            ((14, "9"),), {"allowed_from": ON}, DueReason.FAILED,
            "Did not help by 50 % (worse than before on 7 Sep 2026); may be repeated.",
        ),
        (
            ((14, "2"),), {"missing": (AUG,), "status": "cannot-determine"},
            DueReason.SCORE_MISSING,
            f"No score since 7 Sep 2026: {WITHOUT}",
        ),
        (
            (), {"missing": (AUG,), "status": "cannot-determine"}, DueReason.SCORE_MISSING,
            f"No score since 24 Aug 2026: {WITHOUT}",
        ),
        # What is known goes before what is missing.
        (((87, "7"),), {"missing": (AUG,)}, DueReason.FAILED, None),
        # From three months on a bad score says that it is over, not that it never was.
        (
            ((92, "7"),), {"missing": (AUG,)}, DueReason.SCORE_MISSING,
            ("Relief was over by 24 Nov 2026, and no score shows whether it helped before: "
             "the next verdict cannot be determined without it. Ask for one."),
        ),
        (((92, "7"),), {"allowed_from": ON}, DueReason.WORN_OFF,
         "Relief was over by 24 Nov 2026; may be repeated."),
        # The rules look at another session of the region.
        (((14, "2"),), {"missing": (date(2026, 8, 30),)}, DueReason.SCORE_MISSING,
         ("No score shows how much the session of 30 Aug 2026 helped: "
          "the next verdict cannot be determined without it. Ask for one.")),
        # 75 % for two weeks is another question than half for three months.
        (((20, "2.2"),), {"benefit": Benefit(Fraction(3, 4), Span(1, "month"))}, DueReason.FAILED,
         "Did not help by 75 % (relief 72 % on 13 Sep 2026); may be repeated from 30 Nov 2026."),
        (((14, "2"), (87, "7")), {"missing": (AUG,)}, DueReason.WORN_OFF, None),
    ],
)  # fmt: skip
def test_why_a_repeat_is_due(scores, answer, reason, detail):
    row = only(done(AUG, scores=scores), ask=Asked(**answer))
    assert row.reason is reason
    if detail is not None:
        assert row.detail == detail


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "after 1 day"), (13, "after 13 days"), (14, "after 2 weeks"), (20, "after 2 weeks")],
)
def test_how_long_in_words(days, words):
    row = only(done(AUG, scores=((days, "2"),)))
    assert words in row.detail


@pytest.mark.parametrize(
    ("allowed", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
def test_due_on_is_the_later_of_allowed_and_relief(allowed, due):
    row = only(done(AUG), ask=Asked(allowed_from=allowed))
    assert (row.relief.ends, row.due_on) == (date(2026, 11, 24), due)


def test_the_numbers_beside_the_sentence():
    row = only(done(AUG, scores=((21, "3"),)))
    assert (row.relief_percent, row.relief_days) == (62, 21)
    assert row.last_score == "NRS 3 on 14 Sep 2026"
    assert (row.family, row.track, row.site) == ("EPI", "esi", "L5 left")
    assert row.wanted == Wanted("esi.transforaminal", ("L5 left",), "therapeutic")


def block(day, value=1, site="L4-L5 left"):
    scores = () if value is None else ((0, value),)
    return done(day, "facet.block", site, "diagnostic", scores)


OCT = date(2026, 10, 12)


def test_two_good_blocks_lead_to_radiofrequency():
    ask = Asked(good=2, required=2, allowed_from=ON)
    row = only(block(date(2026, 9, 1)), block(OCT), ask=ask)
    assert row.reason is DueReason.NEXT_STEP
    assert row.detail == "Two good blocks: radiofrequency is possible."
    assert row.wanted == Wanted("facet.rfa", ("L4-L5 left",), "therapeutic")
    assert (row.family, row.track, row.last_procedure) == ("RFA", "facet.diagnostic", "facet.block")
    assert row.due_on == ON


def test_one_good_block_of_two_asks_for_the_second():
    ask = Asked(good=1, required=2, allowed_from=date(2026, 10, 26))
    row = only(block(OCT), ask=ask, on=date(2026, 10, 20))
    assert row.reason is DueReason.SECOND_BLOCK
    assert row.detail == (
        "One good block, the last of 12 Oct 2026; the second is possible from 26 Oct 2026."
    )
    assert row.wanted == Wanted("facet.block", ("L4-L5 left",), "diagnostic")
    assert [wanted.procedure for wanted, _ in ask.asked] == ["facet.rfa", "facet.block"]


def test_how_many_blocks_is_the_packs_word():
    row = only(block(OCT), ask=Asked(good=1, required=1, allowed_from=ON))
    assert row.detail == "One good block: radiofrequency is possible."
    row = only(block(OCT), ask=Asked(good=2, required=3, allowed_from=ON))
    assert row.detail == "Two good blocks, the last of 12 Oct 2026; block 3 of 3 is possible."


def test_a_block_without_score_asks_for_it():
    ask = Asked(good=0, required=2, unscored=(OCT,), allowed_from=ON)
    row = only(block(OCT, None), ask=ask)
    assert row.reason is DueReason.SCORE_MISSING
    assert row.detail.startswith("No score since 12 Oct 2026:")


POOR = "less than the 80 % asked: the physician decides."


@pytest.mark.parametrize(
    ("value", "good", "procedure", "detail"),
    [
        (7, 0, "facet.block", f"The block of 12 Oct 2026 brought 12 % relief, {POOR}"),
        (9, 0, "facet.block", f"The block of 12 Oct 2026 brought no relief, {POOR}"),
        (
            "5.7", 1, "facet.block",
            f"One good block, but the newest, of 12 Oct 2026, brought 28 % relief, {POOR}",
        ),
        # The pack counts two good ones, however the newest went: the rules allow what they lead to.
        (
            "5.7", 2, "facet.rfa",
            f"Two good blocks, but the newest, of 12 Oct 2026, brought 28 % relief, {POOR}",
        ),
    ],
)  # fmt: skip
def test_the_newest_block_is_judged_and_named(value, good, procedure, detail):
    ask = Asked(good=good, required=2, enough=Fraction(4, 5))
    row = only(block(date(2026, 9, 1)), block(OCT, value), ask=ask)
    assert (row.reason, row.detail) == (DueReason.REVIEW, detail)
    assert row.wanted.procedure == procedure


def test_a_pack_that_counts_no_blocks_has_no_word_on_a_poor_one_either():
    row = only(block(OCT, 7), ask=Asked())
    assert row.reason is DueReason.REVIEW
    assert row.detail.startswith("The block of 12 Oct 2026 brought 12 % relief. The rules in use")


def test_an_unscored_newest_block_is_asked_about_though_earlier_ones_were_good():
    ask = Asked(good=2, required=2, enough=Fraction(4, 5))
    row = only(block(date(2026, 9, 1)), block(OCT, None), ask=ask)
    assert row.reason is DueReason.SCORE_MISSING
    assert row.detail == "No score right after the block of 12 Oct 2026: ask how much it helped."


def test_a_block_scored_only_afterwards_is_for_the_physician():
    scored = replace(block(OCT), readings=(ReadingRow(OCT, "post", "NRS", Decimal(1)),))
    row = only(scored, ask=Asked(good=0, required=2, enough=Fraction(4, 5)))
    assert row.reason is DueReason.REVIEW
    assert row.detail.startswith("No score from before the block of 12 Oct 2026 tells")


def test_of_two_sides_the_worse_block_counts():
    good = block(OCT, 1, "L4-L5 left")
    bad = replace(block(OCT, 6, "L4-L5 right"), id=2)
    row = only(good, bad, ask=Asked(good=0, required=2, enough=Fraction(4, 5)))
    assert (row.reason, row.relief_percent) == (DueReason.REVIEW, 25)


@pytest.mark.parametrize(
    ("value", "reason", "detail"),
    [
        (1, DueReason.REVIEW,
         ("The block of 12 Oct 2026 brought 87 % relief. The rules in use do not say what follows: "
         "the physician decides.")),
        (4, DueReason.REVIEW,
         ("The block of 12 Oct 2026 brought 50 % relief. The rules in use do not say what follows: "
         "the physician decides.")),
        (None, DueReason.SCORE_MISSING,
         "No score right after the block of 12 Oct 2026: ask how much it helped."),
    ],
)  # fmt: skip
def test_under_rules_that_ask_for_no_blocks_the_physician_decides(value, reason, detail):
    row = only(block(OCT, value), ask=Asked())
    assert (row.reason, row.detail, row.wanted.procedure) == (reason, detail, "facet.block")


@pytest.mark.parametrize(("days", "overdue"), [(28, False), (29, True)])
def test_a_next_step_is_overdue_after_four_weeks(days, overdue):
    row = only(block(OCT), ask=Asked(good=2, required=2, allowed_from=OCT))
    assert (row.relief.latest < OCT + timedelta(days=days)) is overdue


def test_a_diagnostic_sacroiliac_injection_leads_to_a_therapeutic_one():
    row = only(
        done(OCT, "sij.injection", "si joint left", "diagnostic", ((0, 1),)),
        ask=Asked(good=1, required=1, allowed_from=ON),
    )
    assert row.reason is DueReason.REPEAT
    assert row.wanted == Wanted("sij.injection", ("si joint left",), "therapeutic")
    assert row.detail == (
        "The diagnostic injection of 12 Oct 2026 helped; a therapeutic one is possible."
    )


def test_the_sites_own_booking_is_left_out_of_the_question():
    ask = Asked()
    coming = BookedRow(9, ON + timedelta(days=3), "esi.transforaminal", None, ("L5 left",), None)
    other = BookedRow(8, ON + timedelta(days=2), "joint.injection", None, ("knee left",), None)
    row = only(done(AUG), ask=ask, booked=(coming, other))
    assert (row.booked_id, row.booked_on) == (9, coming.day)
    assert ask.asked[0][1] == {9}


@pytest.mark.parametrize(
    ("answer", "booked", "stale"),
    [
        ({"allowed_from": ON}, None, NEVER),
        ({"allowed_from": ON, "turn": date(2027, 1, 5)}, None, date(2027, 1, 5)),
        ({"allowed_from": date(2026, 12, 9), "turn": date(2027, 1, 5)}, None, date(2026, 12, 9)),
        ({"allowed_from": ON}, date(2026, 12, 1), date(2026, 12, 2)),
        ({"allowed_from": ON, "turn": date(2026, 11, 25)}, date(2026, 12, 1), date(2026, 11, 25)),
    ],
)
def test_the_first_day_on_which_time_alone_changes_it(answer, booked, stale):
    coming = () if booked is None else (
        BookedRow(9, booked, "esi.transforaminal", None, ("L5 left",), None),
    )  # fmt: skip
    assert only(done(AUG), ask=Asked(**answer), booked=coming).stale_on == stale


def test_what_lies_after_the_day_is_not_there_yet():
    assert rows(done(ON + timedelta(days=1))) == ()
    assert rows(done(ON))


def test_a_record_the_rules_cannot_read_says_so_and_stays_on_the_list():
    row = only(done(AUG), ask=Asked(status="cannot-determine", problem="$.history[0]: no site"))
    assert row.status == "cannot-determine"
    assert "cannot read an entry of this patient: $.history[0]: no site" in row.detail


# -- a failed epidural, tried again -------------------------------------------------------------

FAILED = done(date(2026, 6, 1), scores=((14, "7"),))


def again(scores, site="L4-L5 midline", day=date(2026, 6, 22), procedure="esi.interlaminar"):
    return replace(done(day, procedure, site, scores=scores), id=2)


def whose(*entries):
    return {row.site: row.reason for row in rows(*entries, ask=Asked(allowed_from=ON))}


def test_a_failed_epidural_is_over_when_a_later_one_in_its_region_helped():
    assert whose(FAILED, again(((14, "2"),))) == {"L4-L5 midline": DueReason.REPEAT}


@pytest.mark.parametrize(
    "later",
    [
        again(()),  # nobody knows
        again(((14, "7"),)),  # it failed, too
        again(((14, "2"), (60, "7"))),  # it did not hold
        again(((14, "2"),), "C7-T1 midline"),  # elsewhere
        again(((14, "2"),), day=date(2026, 5, 4)),  # before it
        again(((14, "2"),), "L5 left", procedure="nerve.block"),  # something else
    ],
)
def test_else_it_stays(later):
    assert whose(FAILED, later)["L5 left"] is DueReason.FAILED


def test_a_failed_joint_is_no_matter_of_regions():
    failed = done(date(2026, 6, 1), "joint.injection", "knee left", scores=((14, "7"),))
    other = replace(
        done(date(2026, 6, 22), "joint.injection", "knee right", scores=((14, "2"),)), id=2
    )
    assert whose(failed, other)["knee left"] is DueReason.FAILED


def test_an_epidural_that_let_the_patient_walk_again_did_not_fail():
    odi = (("baseline", 0, 60), ("followup", 14, 20))
    scores = [
        ReadingRow(FAILED.day + timedelta(days=days), phase, "ODI", Decimal(value))
        for phase, days, value in odi
    ]
    walked = replace(FAILED, readings=(*FAILED.readings, *scores))
    assert whose(walked) == {"L5 left": DueReason.REPEAT}


def test_an_attempt_given_up_is_no_treatment_to_repeat():
    assert rows(replace(done(AUG), given_up=True)) == ()


# -- what was said by hand ----------------------------------------------------------------------


def said(number, site="L5 left", last=(AUG, 1), day=ON, track="esi"):
    return Said(number, track, site, last[1], last[0], day)


def test_the_newest_word_about_a_shared_spot_counts():
    row = only(done(AUG, site="L5 bilateral"))
    words = [said(1), said(2, "L5 right"), said(3, "S1 left"), said(4, track="joint")]
    assert newest(words, row, VOCABULARY.names).id == 2
    assert newest([said(3, "S1 left")], row, VOCABULARY.names) is None


@pytest.mark.parametrize(
    ("last", "older"),
    [
        ((AUG, 1), False),
        ((AUG - timedelta(days=1), 7), True),
        ((AUG, 0), True),
        # The procedure it was said about was struck out since: what is left is older, not newer.
        ((AUG + timedelta(days=30), 9), False),
    ],
)
def test_a_newer_procedure_makes_it_stale(last, older):
    assert said(1, last=last).older_than(only(done(AUG))) is older


def test_places():
    assert same_site("esi", "L5 left, S1 left", "esi", "S1 bilateral", VOCABULARY.names)
    assert not same_site("esi", "L5 left", "esi", "L5 right", VOCABULARY.names)
    assert not same_site("esi", "L5 left", "nerve", "L5 left", VOCABULARY.names)
