"""What a row says, and what the small chart counts: tables of cases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from support.due_fake import TODAY, ZONE, due_row

from clinicdesk.domain.rows.due import (
    DueGroup,
    DueReason,
    HandDate,
    Snooze,
    WeekCount,
)
from clinicdesk.ui.due import facts, words
from clinicdesk.ui.due.figures import figures_of
from clinicdesk.ui.due.weeks import bars, tallest

BOOKED = datetime(2026, 12, 1, 9, 30, tzinfo=ZONE)
LATER = TODAY + timedelta(days=9)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Call"),
        ({"contacts": 1}, "Call, 2nd try"),
        ({"contacts": 3}, "Call, 4th try"),
        (
            {"contacts": 1, "last_contact": date(2026, 11, 17), "letter_until": date(2026, 12, 1)},
            "Letter sent 17 Nov",
        ),
        (
            {"contacts": 2, "last_contact": date(2026, 11, 10), "letter_until": date(2026, 11, 24)},
            "Call, 3rd try",
        ),
        (
            {
                "contacts": 1,
                "last_contact": date(2026, 11, 17),
                "letter_until": date(2026, 12, 1),
                "last_contact_outcome": "letter_printed",
            },
            "Letter printed 17 Nov",
        ),
        (
            {"last_contact": date(2026, 11, 17), "last_contact_outcome": "letter_made"},
            "Letter made, not printed",
        ),
        ({"phone": ""}, "No telephone: letter"),
        ({"reason": DueReason.SECOND_BLOCK}, "Second block due"),
        ({"reason": DueReason.NEXT_STEP, "next_name": "RFA"}, "RFA possible"),
        ({"reason": DueReason.REVIEW}, "Physician review first"),
        ({"reason": DueReason.FAILED}, "Physician review first"),
        ({"reason": DueReason.SCORE_MISSING, "contacts": 2}, "Ask for the score"),
        ({"contacts": 1, "next_contact": LATER}, "Try again Thu 3 Dec"),
        ({"contacts": 1, "next_contact": TODAY}, "Call, 2nd try"),
        ({"booked_for": BOOKED, "next_contact": LATER}, "Booked 1 Dec, 09:30"),
        ({"snooze": Snooze(None, "Joelle Marsh", "moved away")}, "Put aside for good"),
        ({"snooze": Snooze(LATER, "Joelle Marsh", "away")}, "Put aside until Thu 3 Dec"),
        ({"snooze": Snooze(TODAY, "Joelle Marsh", "away")}, "Call"),
        ({"taken_by": "Amy Ng", "booked_for": BOOKED}, "Amy Ng is calling"),
        ({"taken_by": "Joelle Marsh", "taken_by_me": True}, "Call"),
        ({"group": DueGroup.HOLDING, "allowed_from": LATER}, "Not before 3 Dec"),
        (
            {"group": DueGroup.HOLDING, "allowed_from": LATER, "status": "cannot-determine"},
            "Call",
        ),
    ],
)
def test_the_next_action(changes: dict[str, Any], said: str) -> None:
    assert words.next_words(due_row(1, **changes), TODAY) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "relief to 21 Feb"),
        ({"relief_latest": date(2026, 11, 2)}, "relief ended 2 Nov"),
        ({"relief_latest": date(2025, 7, 8)}, "relief ended Jul 2025"),
        ({"relief_basis": "worn"}, "relief is over"),
        ({"due_on": LATER, "allowed_from": LATER}, "first day allowed"),
        ({"hand_date": HandDate(LATER, "Joelle Marsh", "holiday", TODAY, stale=False)},
         "by hand, Marsh"),
        ({"hand_date": HandDate(LATER, "Joelle Marsh", "holiday", TODAY, stale=True)},
         "relief to 21 Feb"),
    ],
)  # fmt: skip
def test_what_closes_or_opens(changes: dict[str, Any], said: str) -> None:
    assert words.closes_words(due_row(1, **changes), TODAY) == said


@pytest.mark.parametrize(
    ("changes", "marks"),
    [
        ({}, []),
        ({"language": "es"}, ["Spanish"]),
        ({"relief_percent": 49}, ["Relief under 50%"]),
        ({"relief_percent": 50}, []),
        ({"anticoagulant": "apixaban", "relief_percent": 0}, ["Apixaban", "Relief under 50%"]),
        ({"taken_by": "Amy Ng", "language": "es"}, ["With Amy", "Spanish"]),
        ({"reason": DueReason.SCORE_MISSING, "relief_percent": None}, ["Score missing"]),
        ({"hand_date": HandDate(LATER, "Joelle Marsh", "x", TODAY, stale=False)}, ["Date by hand"]),
        ({"hand_date": HandDate(LATER, "Joelle Marsh", "x", TODAY, stale=True)},
         ["Date out of date"]),
        ({"booked_for": BOOKED}, ["Booked"]),
    ],
)  # fmt: skip
def test_the_marks(changes: dict[str, Any], marks: list[str]) -> None:
    assert [mark.words for mark in words.flags(due_row(1, **changes), "en")] == marks


def test_a_place_that_the_name_says_is_not_said_twice() -> None:
    assert words.last_words(due_row(1, last_name="Caudal ESI", site="caudal midline")) == (
        "Caudal ESI, midline"
    )
    assert words.last_words(due_row(1, last_name="Joint injection", site="knee left")) == (
        "Joint injection, knee left"
    )


def test_a_stale_date_says_so_with_its_author_and_reason() -> None:
    hand = HandDate(LATER, "Joelle Marsh", "before her holiday", TODAY, stale=True)
    said = words.hand_words(due_row(1, hand_date=hand))
    assert "Joelle Marsh set 3 Dec 2026" in said
    assert "before her holiday" in said
    assert "no longer holds" in said


def test_a_row_is_spoken_whole() -> None:
    row = due_row(1, family_name="Arredondo", given_name="Silvia", contacts=2,
                  last_contact=date(2026, 11, 17), last_contact_outcome="no_answer",
                  anticoagulant="apixaban")  # fmt: skip
    said = words.spoken(row, TODAY, "en", chosen=True)
    for part in (
        "selected", "Arredondo, Silvia", "54 F", "(617) 555-0117", "due Tue 24 Nov",
        "70 percent relief", "No answer, 17 Nov", "Call, 3rd try", "Apixaban",
    ):  # fmt: skip
        assert part in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Now (since 21 Nov 2026)"),
        ({"allowed_from": LATER}, "Thu 3 Dec 2026, in 9 days"),
        ({"status": "needs-reason"}, "Now (since 21 Nov 2026), needs a reason"),
        ({"status": "cannot-determine"}, "Not known yet"),
        ({"reason": DueReason.SCORE_MISSING}, "Not known yet"),
    ],
)
def test_the_first_allowed_day(changes: dict[str, Any], said: str) -> None:
    assert facts.allowed_words(due_row(1, **changes), TODAY) == said


def test_the_chart_has_one_bar_for_all_that_is_older() -> None:
    monday = date(2026, 11, 23)
    weeks = (
        WeekCount(monday - timedelta(days=14), 1, 2, overdue=True),
        WeekCount(monday - timedelta(days=7), 0, 3, overdue=True),
        WeekCount(monday, 1, 4, overdue=False),
        WeekCount(monday + timedelta(days=14), 2, 0, overdue=False),
    )
    shown = bars(weeks, TODAY)
    assert len(shown) == 10
    assert [(b.label, b.booked, b.open) for b in shown[:4]] == [
        ("Earlier", 1, 5), ("23 Nov", 1, 4), ("30 Nov", 0, 0), ("7 Dec", 2, 0),
    ]  # fmt: skip
    assert shown[0].since is None
    assert shown[0].until == date(2026, 11, 22)
    assert (shown[1].since, shown[1].until) == (monday, date(2026, 11, 29))
    assert shown[1].this_week
    assert shown[1].spoken == "Week of 23 Nov: 4 to book, 1 booked"
    assert shown[0].spoken == "Before that: 5 overdue, 1 booked"


@pytest.mark.parametrize(("backlog", "top"), [(0, 5), (3, 5), (8, 8), (10, 10), (11, 5), (4000, 5)])
def test_a_great_backlog_does_not_flatten_the_weeks(backlog: int, top: int) -> None:
    monday = date(2026, 11, 23)
    weeks = (
        WeekCount(monday - timedelta(days=7), 0, backlog, overdue=True),
        WeekCount(monday, 0, 5, overdue=False),
    )
    assert tallest(bars(weeks, TODAY)) == top


def test_the_figures() -> None:
    from clinicdesk.domain.rows.due import DueList

    monday = date(2026, 11, 23)
    weeks = tuple(
        WeekCount(monday + timedelta(weeks=n), 1, n + 2, overdue=n < 0) for n in range(-1, 5)
    )
    groups = ((DueGroup.OVERDUE, 3), (DueGroup.NOW, 5), (DueGroup.SOON, 20))
    figures = figures_of(DueList(TODAY, (), groups, (), weeks, 64))
    assert (figures.overdue, figures.this_week, figures.next_weeks, figures.share) == (3, 5, 7, 64)


@pytest.mark.parametrize(
    ("group", "days", "red"),
    [
        (DueGroup.OVERDUE, 91, False), (DueGroup.OVERDUE, 92, True), (DueGroup.LAPSED, 800, True),
        (DueGroup.NOW, 200, False),
    ],
)  # fmt: skip
def test_only_the_longest_overdue_are_red(group: DueGroup, days: int, red: bool) -> None:
    row = due_row(1, group=group, due_on=TODAY - timedelta(days=days))
    assert words.worst(row, TODAY) is red
