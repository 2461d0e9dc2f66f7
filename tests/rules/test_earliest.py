"""The earliest days against a plain day-by-day search that knows nothing of candidates."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.vocabulary import CATALOGUE, case_of

from clinicdesk.rules.engine import evaluate

pytestmark = pytest.mark.slow

PACK = CATALOGUE.packs["us-medicare"]
ON = date(2025, 2, 20)

SITES = {
    "esi.transforaminal": ["L5 left", "S1 bilateral", "C5 right"],
    "esi.caudal": ["caudal midline"],
    "facet.block": ["L4-L5 left", "C3-C4 bilateral"],
    "facet.rfa": ["L4-L5 left", "C3-C4 bilateral"],
    "tpi": ["trapezius left", "trapezius bilateral", "masseter right"],
    "joint.injection": ["knee left", "knee right", "knee bilateral"],
    "soft_tissue.injection": ["knee left", "heel left"],
}


@st.composite
def entries(draw, number: int) -> dict[str, object]:
    procedure = draw(st.sampled_from(sorted(SITES)))
    day = ON + timedelta(days=draw(st.integers(-400, 200)))
    if draw(st.booleans()):
        last = calendar.monthrange(day.year, day.month)[1]
        day = day.replace(day=last)
    done = day <= ON and draw(st.booleans())
    entry = {
        "id": str(number),
        "date": day.isoformat(),
        "state": "done" if done else "booked",
        "procedure": procedure,
        "sites": draw(st.lists(st.sampled_from(SITES[procedure]), min_size=1, max_size=2)),
        "intent": draw(st.sampled_from(["diagnostic", "therapeutic"])),
    }
    if draw(st.booleans()):
        entry["steroids"] = draw(st.sampled_from([[], [{"drug": "triamcinolone", "mg": 40}]]))
    return entry


@st.composite
def cases(draw) -> dict[str, object]:
    procedure = draw(st.sampled_from(sorted(SITES)))
    count = draw(st.integers(0, 8))
    return {
        "pack": "us-medicare",
        "on": ON.isoformat(),
        "plan": {
            "procedure": procedure,
            "sites": draw(st.lists(st.sampled_from(SITES[procedure]), min_size=1, max_size=2)),
            "intent": draw(st.sampled_from(["diagnostic", "therapeutic"])),
            "steroids": draw(st.sampled_from([[], [{"drug": "triamcinolone", "mg": 40}]])),
        },
        "history": [draw(entries(number)) for number in range(count)],
    }


@settings(max_examples=200, deadline=None)
@given(cases())
def test_each_finding_is_free_on_its_day_and_not_the_day_before(case):
    """`on` moved to a later day, all else as it stands, gives that day's answer."""
    parsed = case_of(case)
    for finding in evaluate(PACK, parsed).findings:
        if finding.earliest is None:
            continue
        for step, blocked in ((0, False), (-1, True)):
            moved = replace(parsed, on=finding.earliest + timedelta(days=step))
            again = next(f for f in evaluate(PACK, moved).findings if f.rule == finding.rule)
            assert (again.status.value == "not-before") is blocked
