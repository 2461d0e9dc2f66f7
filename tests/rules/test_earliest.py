"""The earliest days against a plain day-by-day search that knows nothing of candidates."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clinicdesk.catalogue.loader import load_catalogue
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.parse import parse_case

PACK = load_catalogue().packs["us-medicare"]
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


def _shift(day: date, months: int) -> date:
    year, month = day.year, day.month + months
    while month < 1:
        year, month = year - 1, month + 12
    while month > 12:
        year, month = year + 1, month - 12
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _spots(sites: list[str]) -> set[str]:
    found = set()
    for site in sites:
        name, _, side = site.rpartition(" ")
        sides = ("left", "right") if side == "bilateral" else (side,)
        found |= {f"{name} {each}" for each in sides}
    return found


def _regions(sites: list[str]) -> set[str]:
    return {"back" if site[0] in "Lcs" or site[0] == "S" else "neck" for site in sites}


def _kind(item: dict[str, object]) -> str:
    procedure = str(item["procedure"])
    if procedure.startswith("esi"):
        return "esi"
    if procedure == "facet.block":
        return f"facet {item['intent']}"
    if procedure in {"joint.injection", "soft_tissue.injection"}:
        return "joint"
    return procedure


def _alike(case: dict[str, object]) -> list[list[date]]:
    """Days of the plan's kind, for each of its scopes; none where no rule applies."""
    plan, kind = case["plan"], _kind(case["plan"])
    rows = [(e, date.fromisoformat(e["date"])) for e in case["history"] if _kind(e) == kind]
    if kind == "joint":
        if not plan["steroids"]:
            return []
        rows = [(e, d) for e, d in rows if e.get("steroids") != []]
    if kind == "joint":
        return [
            [d for e, d in rows if spot in _spots(e["sites"])] for spot in _spots(plan["sites"])
        ]
    if kind == "tpi":
        return [[d for _, d in rows]]
    return [
        [d for e, d in rows if region in _regions(e["sites"])] for region in _regions(plan["sites"])
    ]


def _blocked(case: dict[str, object], day: date) -> bool:
    plan, kind = case["plan"], _kind(case["plan"])
    year_ago = _shift(day, -12)
    limit = {"facet.rfa": 2, "tpi": 3}.get(kind, 4)
    if any(len({d for d in days if year_ago < d < day}) >= limit for days in _alike(case)):
        return True
    if kind == "joint":
        return any(
            day < _shift(max(inside), 3)
            for days in _alike(case)
            if (inside := [d for d in days if year_ago < d < day])
        )
    if kind == "tpi":
        rows = [e for e in case["history"] if _kind(e) == "tpi"]
        for spot in _spots(plan["sites"]):
            days = [date.fromisoformat(e["date"]) for e in rows if spot in _spots(e["sites"])]
            inside = [d for d in days if year_ago < d < day]
            if inside and day < max(inside) + timedelta(weeks=6):
                return True
    return False


@settings(max_examples=300, deadline=None)
@given(cases())
def test_the_earliest_day_is_the_first_free_one_of_all_days(case):
    day = ON
    while _blocked(case, day):
        day += timedelta(days=1)
    verdict = evaluate(PACK, parse_case(case))
    assert verdict.earliest == day
    assert (verdict.status.value == "not-before") == (day > ON)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_each_finding_is_free_on_its_day_and_not_the_day_before(case):
    """`on` moved to a later day, all else as it stands, gives that day's answer."""
    parsed = parse_case(case)
    for finding in evaluate(PACK, parsed).findings:
        if finding.earliest is None:
            continue
        for step, blocked in ((0, False), (-1, True)):
            moved = replace(parsed, on=finding.earliest + timedelta(days=step))
            again = next(f for f in evaluate(PACK, moved).findings if f.rule == finding.rule)
            assert (again.status.value == "not-before") is blocked
