"""Days on which time alone may change an answer: every day in between answers as the one before.

What is kept of a patient (the due list, a verdict card) is kept until the next turn; a turn left
out would keep it for too long. One too many only asks once more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.vocabulary import CATALOGUE, case_of

from clinicdesk.rules.engine import evaluate, next_turn
from tests.rules.table_notation import case

PACKS = CATALOGUE.packs
ONE_DAY = timedelta(days=1)
RFA = "facet.rfa: L4-L5 left | fluoroscopy"
KNEE = "joint.injection: knee left | steroids triamcinolone 40"
GOOD = "facet.block: L4-L5 left | diagnostic | NRS 8, post 1"


MEDICARE, COMMERCIAL, NHS, DEFAULT = "us-medicare", "us-commercial", "uk-nhs", "clinic-default"
CAUDAL = "esi.caudal: caudal midline"
DOSED = f"{CAUDAL} | steroids dexamethasone 10"
SECOND = "facet.block: L4-L5 left | diagnostic"
SI, TPI = "sij.injection: si joint left", "tpi: trapezius left"
FAILED = f"a 2026-03-02 {CAUDAL} | NRS 8, 2026-03-09 6"
REPLACED = {"arthroplasty_planned": [{"site": "knee left", "date": "2027-02-28"}]}
UNPLACED = ["a 2025-11-20 tpi: musculus ignotus left", "b 2026-01-10 tpi: rhomboid left",
            "c 2026-02-10 tpi: rhomboid left", "d 2026-03-10 tpi: rhomboid left"]  # fmt: skip

# Name, pack, from and until when, plan, history, patient, and the days on which answers change.
ROWS = [
    ("levels and dose of a booked day", MEDICARE, "2026-11-01", "2026-11-20", DOSED,
     [f"a 2026-11-10 {DOSED} | booked"], {}, ["2026-11-10", "2026-11-11"]),
    ("levels of a booked day that no cap counts", MEDICARE, "2026-11-01", "2026-11-20", SECOND,
     ["a 2026-11-10 facet.block: L2-L3 left; L1-L2 left | booked"], {},
     ["2026-11-10", "2026-11-11"]),
    ("another kind of block on a booked day", MEDICARE, "2026-11-01", "2026-11-20", SECOND,
     [f"a 2026-11-10 {TPI} | booked"], {}, ["2026-11-10", "2026-11-11"]),
    ("an arthroplasty, where months clamp", MEDICARE, "2026-11-01", "2027-03-05", KNEE, [],
     REPLACED, ["2026-12-01", "2027-03-01"]),
    ("too soon before a booking, where months clamp", MEDICARE, "2026-11-01", "2027-02-20", KNEE,
     ["a 2027-02-28 joint.injection: knee left | booked"], {}, ["2026-12-01"]),
    ("a session past and one to come", MEDICARE, "2026-11-01", "2026-12-20", SI,
     [f"a 2025-12-05 {SI}", f"b 2026-12-01 {SI} | booked"], {}, ["2026-12-01", "2026-12-02"]),
    ("two years after radiofrequency", MEDICARE, "2026-11-01", "2026-11-20", RFA,
     ["a 2024-11-08 facet.rfa: L4-L5 left", f"b 2025-01-08 {GOOD}"], {}, ["2026-11-08"]),
    ("half a year after a good block", NHS, "2026-11-01", "2026-11-20", RFA,
     [f"a 2026-05-08 {GOOD}"], {}, ["2026-11-08"]),
    ("sixteen months after radiofrequency", NHS, "2026-11-01", "2026-11-20", RFA,
     ["a 2025-07-08 facet.rfa: L4-L5 left"], {}, ["2026-11-08"]),
    ("fourteen days after a failed session", DEFAULT, "2026-03-10", "2026-04-10", CAUDAL,
     [FAILED], {}, ["2026-03-16"]),
    ("another try after a failed session", MEDICARE, "2026-03-10", "2026-04-10", CAUDAL,
     [FAILED], {}, ["2026-03-16"]),
    ("the wait of a second block", MEDICARE, "2026-05-10", "2026-06-10", SECOND,
     [f"a 2026-05-08 {GOOD}"], {}, ["2026-05-22"]),
    ("a muscle that may be meant leaves the window", COMMERCIAL, "2026-11-01", "2026-12-20", TPI,
     UNPLACED, {}, ["2026-11-20"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pack", "on", "until", "plan", "history", "patient", "changes"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_answers_change_on_turns_alone(pack, on, until, plan, history, patient, changes):
    first, last = date.fromisoformat(on), date.fromisoformat(until)
    parsed = case_of(case(on, plan, history, patient, pack), PACKS)
    turns = set()
    turn = next_turn(PACKS[pack], parsed, first)
    while turn is not None and turn <= last:
        turns.add(turn)
        following = next_turn(PACKS[pack], parsed, turn)
        assert following is None or following > turn
        turn = following
    found = []
    before = _answers(pack, parsed)
    for number in range(1, (last - first).days + 1):
        day = first + number * ONE_DAY
        now = _answers(pack, replace(parsed, on=day))
        if now != before:
            found.append(day.isoformat())
        before = now
    assert found == changes
    assert {date.fromisoformat(day) for day in found} <= turns


def _answers(pack, parsed):
    return [(finding.rule, finding.status) for finding in evaluate(PACKS[pack], parsed).findings]


def test_without_a_past_nothing_ever_turns():
    parsed = case_of(case("2026-11-01", RFA, []), PACKS)
    assert next_turn(PACKS["us-medicare"], parsed, parsed.on) is None
