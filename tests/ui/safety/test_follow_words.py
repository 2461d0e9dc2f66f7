"""What became of a danger and of a held drug, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from clinicdesk.domain.rows.holds import HoldStepRow, HoldTrack
from clinicdesk.domain.rows.reviews import ReviewRow, SafetyReason
from clinicdesk.domain.rows.safety import SafetyHold
from clinicdesk.domain.states import HoldStepKind, RaisedIn, ReviewOutcome
from clinicdesk.ui.safety import follow_words
from clinicdesk.ui.safety.standing import Standing, open_words

AT = datetime(2026, 11, 12, 10, tzinfo=UTC)
LAST = date(2026, 11, 26)
HOLD = SafetyHold(
    "apixaban", "Apixaban", "apixaban 5 mg", "hold", "Stop it.", "ASRA", verify=False, days=3,
    last_dose_on=LAST,
)  # fmt: skip
TRACK = HoldTrack(
    1, 2, "Villalobos, Teresa", datetime(2026, 11, 30, 9, tzinfo=UTC), "Epidural", HOLD,
    ask_by=date(2026, 11, 19), tell_by=date(2026, 11, 25),
)  # fmt: skip
REASONS = {"other": SafetyReason("other", "Other", needs_words=True)}


def step(kind: HoldStepKind, **more: Any) -> HoldStepRow:
    return HoldStepRow("apixaban", kind, AT, "Joelle Marsh", **more)


ASKED = step(HoldStepKind.ASKED, who="Dr. Hale")
AGREED = step(HoldStepKind.ANSWERED, who="Dr. Hale", answer="agreed")
REFUSED = step(HoldStepKind.ANSWERED, who="Dr. Hale", answer="refused")
TOLD = step(HoldStepKind.TOLD, last_dose_on=LAST)


@pytest.mark.parametrize(
    ("changes", "line", "act"),
    [
        ({}, "prescriber not asked yet", "Ask prescriber"),
        ({"asked": ASKED}, "asked 12 Nov (Dr. Hale)", "Enter answer"),
        ({"asked": ASKED, "answered": AGREED}, "asked 12 Nov, agreed (Dr. Hale)", "Tell patient"),
        ({"asked": ASKED, "answered": REFUSED}, "asked 12 Nov, refused (Dr. Hale)", ""),
        (
            {"asked": ASKED, "answered": AGREED, "told": TOLD},
            "asked 12 Nov, agreed (Dr. Hale), told 12 Nov",
            "",
        ),
        (
            {"asked": ASKED, "answered": AGREED, "told": TOLD, "moved": True},
            "asked 12 Nov, agreed (Dr. Hale), told another day: tell again",
            "Tell again",
        ),
    ],
)
def test_a_drug_is_one_line(changes: dict[str, Any], line: str, act: str) -> None:
    track = replace(TRACK, **changes)
    assert follow_words.hold_line(track) == f"Apixaban: last dose Thu 26 Nov · {line}"
    assert follow_words.act_words(track) == act


@pytest.mark.parametrize(
    ("hold", "words"),
    [
        ({"action": "none", "last_dose_on": None}, "Apixaban: keeps being taken"),
        (
            {"action": "shared", "last_dose_on": None},
            "Apixaban: to be decided with the prescriber",
        ),
        (
            {
                "last_dose_on": None, "hours": 12,
                "last_dose_before": datetime(2026, 11, 29, 21, tzinfo=UTC),
            },
            "Apixaban: last dose before Sun 29 Nov 21:00",
        ),
        (
            {
                "last_dose_on": None, "hours": 12,
                "last_dose_before": datetime(2025, 12, 31, 21, tzinfo=UTC),
            },
            "Apixaban: last dose before Wed 31 Dec 2025 21:00",
        ),
    ],
)  # fmt: skip
def test_the_last_dose(hold: dict[str, Any], words: str) -> None:
    track = replace(TRACK, hold=replace(HOLD, **hold))
    assert follow_words.last_dose_words(track) == words


@pytest.mark.parametrize(
    ("today", "words"),
    [(date(2026, 11, 19), "by Thu 19 Nov"), (date(2026, 11, 20), "late since 19 Nov")],
)
def test_by_when(today: date, words: str) -> None:
    assert follow_words.due_words(TRACK, today) == words


REVIEW = ReviewRow(
    1, 2, "O'Neil, Sean", 3, LAST, AT, "esi", ("L5 left",), "Dr. Osei", "allergy.contrast",
    ("IV dye",), "Contrast allergy.", "ACR", RaisedIn.FACT, AT, "Joelle Marsh",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Waits for a physician"),
        (
            {"outcome": ReviewOutcome.GO_AHEAD, "code": "other", "words": "Done before, well",
             "answered_by": "Dr. Osei", "answered_at": AT},
            "Go ahead: Other: Done before, well (Dr. Osei, 12 Nov)",
        ),
        ({"outcome": ReviewOutcome.FELL_AWAY}, "No longer so"),
    ],
)  # fmt: skip
def test_how_a_danger_was_answered(changes: dict[str, Any], words: str) -> None:
    assert follow_words.answer_words(replace(REVIEW, **changes), REASONS) == words


def test_a_day_of_another_year_has_its_year() -> None:
    stated = step(HoldStepKind.STATED, last_dose_on=date(2025, 12, 13))
    words = follow_words.steps_words(replace(TRACK, stated=stated))
    assert "stated: Sat 13 Dec 2025" in words
    new_year = replace(TRACK, start=datetime(2027, 1, 2, 9, tzinfo=UTC))
    assert follow_words.last_dose_words(new_year) == "Apixaban: last dose Thu 26 Nov 2026"


def test_a_fact_that_came_later_says_so() -> None:
    said = follow_words.raised_words(REVIEW)
    assert said == "Learned later, entered by Joelle Marsh, 12 Nov"
    assert follow_words.raised_words(replace(REVIEW, raised_by="")) == "Raised 12 Nov"


def test_what_is_open_is_counted_by_kind() -> None:
    answered = replace(REVIEW, id=2, outcome=ReviewOutcome.GO_AHEAD)
    kept = replace(TRACK, hold=replace(HOLD, action="none"))
    standing = Standing((REVIEW, answered), (TRACK, kept))
    assert (standing.open, open_words(standing)) == (
        2, "1 for a physician, 1 last dose not stated",
    )  # fmt: skip
    assert open_words(Standing()) == ""
