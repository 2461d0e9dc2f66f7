"""Well-formed cases of pack ``us-medicare`` for property tests: dense where the rules have edges.

Dates lie at the rules' own distances from ``on`` and from each other, a day either way; values at
their percentages. ``cases()`` reaches every rule and status, ``targeted(procedure)`` keeps to one
plan and a history of the same sort and place, so that caps are really reached. ``seeded`` makes
either in bulk without Hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from support.choosing import Chooser, Drawn, Seeded
from support.reference_facts import GROUPS, plus
from support.rule_case_readings import COURSES, readings_of

Rows = list[dict[str, Any]]
Theme = dict[str, Any]

PROCEDURES = list(GROUPS)
# Those with the most rules and intents are planned more often.
PLANS = [*PROCEDURES, "facet.block", "facet.block", "facet.rfa", "sij.injection", "sij.injection"]

# The first names stand more often: most things happen at one place, some next to it.
_VERTEBRAE = [f"C{n}" for n in range(8)] + [f"T{n}" for n in range(1, 13)]
_VERTEBRAE += [f"L{n}" for n in range(1, 6)] + ["S1"]
ALL_SEGMENTS = [f"{a}-{b}" for a, b in pairwise(_VERTEBRAE)]
ALL_ROOTS = [*_VERTEBRAE[1:8], "C8", *_VERTEBRAE[8:], "S2", "S3", "S4"]
SEGMENTS = ["L4-L5"] * 5 + ["L5-S1"] * 2 + ["L3-L4", "C5-C6", "C5-C6", "C7-T1", "T12-L1"]
ROOTS = ["L5"] * 4 + ["L4", "S1", "C6", "C6", "C8", "T12", "L1"]
JOINTS = ["knee"] * 4 + ["shoulder", "trochanteric bursa"]
NAMES = {
    "esi.interlaminar": SEGMENTS,
    "esi.transforaminal": ROOTS,
    "esi.caudal": ["caudal"],
    "facet.block": SEGMENTS,
    "facet.rfa": SEGMENTS,
    "sij.injection": ["si joint"],
    "sij.rfa": ["si joint"],
    "tpi": ["trapezius"] * 3 + ["gluteus medius", "rhomboid"],
    "joint.injection": JOINTS,
    "soft_tissue.injection": JOINTS,
    "nerve.block": ["greater occipital", "genicular"],
    "sympathetic.block": ["stellate ganglion", "L3"],
}
WITHOUT_MIDLINE = {"esi.transforaminal", "facet.block", "facet.rfa", "sij.injection", "sij.rfa"}

EPIDURALS = ["esi.transforaminal", "esi.interlaminar", "esi.caudal"]
JOINT_INJECTIONS = ["joint.injection", "joint.injection", "soft_tissue.injection"]
RELATED = {
    "esi.interlaminar": EPIDURALS,
    "esi.transforaminal": EPIDURALS,
    "esi.caudal": EPIDURALS,
    "facet.block": ["facet.block"] * 5 + ["facet.rfa"],
    "facet.rfa": ["facet.rfa", "facet.block", "facet.block"],
    "sij.injection": ["sij.injection"] * 5 + ["sij.rfa"],
    "joint.injection": JOINT_INJECTIONS,
    "soft_tissue.injection": JOINT_INJECTIONS,
}

# The diagnostic blocks that a plan may have to be proved by.
BLOCKS = {
    "facet.block": "facet.block",
    "facet.rfa": "facet.block",
    "sij.injection": "sij.injection",
}

ONS = [date(2026, 11, 22), date(2025, 2, 28), date(2024, 2, 29), date(2025, 3, 1),
       date(2026, 5, 31), date(2026, 8, 31), date(2027, 11, 30), date(2028, 5, 29),
       date(2028, 2, 29), date(2026, 1, 1), date(2026, 12, 31)]  # fmt: skip
DISTANCES = ["0 days", "14 days", "6 weeks", "3 months", "6 months", "9 months", "11 months",
             "12 months", "24 months", "30 months"]  # fmt: skip
COUNTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 6, 7, 8]
DAYS = ["year", "year", "before", "before", "other", "on", "after"]
CROWDED = ["year"] * 5 + DAYS
DRUGS = ["dexamethasone"] * 4 + ["methylprednisolone", "triamcinolone", "betamethasone"]
DRUGS += ["prednisolone"]
DOSES = [10, 4, 15, 15.1, 40, 80, 80.5, 6, 12, 7.5, 3, 20]


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Any plan; history of its own sort, or of all sorts at once."""
    return _any_case(Drawn(draw))


@st.composite
def targeted(draw: st.DrawFn, procedure: str) -> dict[str, Any]:
    """A plan of the procedure, and a history mostly of its own kind and place."""
    return _case(Drawn(draw), procedure, mixed=False)


def seeded(count: int, procedure: str | None = None, seed: int = 0) -> Iterator[dict[str, Any]]:
    """``count`` cases, the same for the same seed; ``targeted`` if a procedure is named."""
    choose = Seeded(seed)
    for _ in range(count):
        yield _case(choose, procedure, mixed=False) if procedure else _any_case(choose)


def _any_case(choose: Chooser) -> dict[str, Any]:
    return _case(choose, choose.among(PLANS), mixed=choose.among([False, False, True]))


def _case(choose: Chooser, procedure: str, *, mixed: bool) -> dict[str, Any]:
    on = choose.among(ONS)
    if choose.among([False, True]):
        on = _shift(date(2024, 1, 1), choose.number(0, 2190))
    plan = {"procedure": procedure, "sites": _sites(choose, procedure), **_details(choose)}
    history, readings = _history(choose, on, plan, mixed)
    case = {"pack": "us-medicare", "on": on.isoformat(), "plan": plan}
    fields = {"patient": _patient(choose, plan, on), "history": history, "readings": readings}
    return case | _left_out(choose, fields)


def _history(choose: Chooser, on: date, plan: dict[str, Any], mixed: bool) -> tuple[Rows, Rows]:
    """Entries and their readings; what they have in common differs from patient to patient."""
    planned, intent = plan["procedure"], plan.get("intent", "therapeutic")
    related = RELATED.get(planned, [planned])
    theme: Theme = {
        "procedure": planned,
        "sites": plan["sites"],
        "home": choose.among([2, 9]),  # the odds against another place
        "intent": choose.among([intent, intent, "diagnostic"]),
        "days": choose.among([DAYS, CROWDED, CROWDED, ["year", "after"]]),
        "course": choose.among([None, COURSES[0], *COURSES]),
    }
    days = [on]
    history: Rows = []
    readings: Rows = []
    before = _proofs(choose, planned, theme) + _older(choose, planned, theme)
    for fixed, now in before + [(None, theme)] * choose.among(COUNTS):
        stranger = mixed or choose.number(0, 9) == 9
        sort = fixed or choose.among(PROCEDURES if stranger else related)
        entry = _entry(choose, f"h{len(history)}", on, days, sort, now)
        history.append(entry)
        readings += readings_of(choose, entry, on, now["course"])
        days.append(date.fromisoformat(entry["date"]))
    return history, readings


def _proofs(choose: Chooser, planned: str, theme: Theme) -> list[tuple[str | None, Theme]]:
    """For a plan that must be proved: good blocks at its place, perhaps round an old ablation."""
    if planned not in BLOCKS:
        return []
    here = theme | {"home": 99, "intent": "diagnostic", "course": COURSES[0]}
    ablation = [("facet.rfa", here | {"days": ["old"]})]
    ablations = ablation if planned == "facet.rfa" and choose.among([False, False, True]) else []
    block = (BLOCKS[planned], here | {"days": ["year", "before", "other"]})
    return [*ablations, *[block] * choose.among([0, 2, 3])]


def _older(choose: Chooser, planned: str, theme: Theme) -> list[tuple[str | None, Theme]]:
    """Of a course that goes on for a year and longer its beginning; or an ablation at its place."""
    here = theme | {"home": 99, "days": ["long"]}
    if planned in EPIDURALS:
        return [(planned, here)] * choose.among([0, 0, 1])
    if planned == "sij.injection":
        proved = here | {"intent": "therapeutic"}
        return [(planned, proved), (planned, proved | {"days": ["year"]})] * choose.among([0, 1])
    if planned == "facet.block":
        return [("facet.rfa", here | {"days": ["old", "long"]})] * choose.among([0, 1])
    return []


def _left_out(choose: Chooser, fields: dict[str, Any]) -> dict[str, Any]:
    """Fields that are empty, false or null may be left out."""
    return {
        k: v for k, v in fields.items() if v not in ([], {}, False, None) or choose.number(0, 1)
    }


def _shift(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _patient(choose: Chooser, plan: dict[str, Any], on: date) -> dict[str, Any]:
    anchors = [on, plus(on, "1 months"), plus(on, "3 months"), plus(on, "3 months")]
    arthroplasties = [
        {"site": _joint(choose, plan),
         "date": _shift(choose.among(anchors), choose.number(-1, 1)).isoformat()}
        for _ in range(choose.number(0, 2))
    ]  # fmt: skip
    prostheses = [_joint(choose, plan) for _ in range(choose.number(0, 2))]
    fields = {
        "contrast_allergy": choose.number(0, 4) == 4,
        "pregnant": choose.number(0, 5) == 5,
        "prostheses": prostheses,
        "arthroplasty_planned": arthroplasties,
    }
    return _left_out(choose, fields)


def _joint(choose: Chooser, plan: dict[str, Any]) -> str:
    here = GROUPS[plan["procedure"]] == "joint" and choose.among([False, True])
    return choose.among(plan["sites"]) if here else _site(choose, "joint.injection", JOINTS)


def _details(choose: Chooser) -> dict[str, Any]:
    guidance = ["fluoroscopy", "fluoroscopy", "ct", "ultrasound", "landmark", None]
    fields = {
        "guidance": choose.among(guidance),
        "contrast": choose.among([True, True, False, None]),
        "steroids": _steroids(choose, choose.among([0, 1, 1, 2])),
    }
    # A false contrast is known, other than one that is left out.
    known = {"contrast": False} if fields["contrast"] is False else {}
    return _left_out(choose, fields) | known | _intent(choose, ["therapeutic", "diagnostic"])


def _intent(choose: Chooser, options: list[str]) -> dict[str, Any]:
    intent = choose.among(options)
    return {"intent": intent} if intent == "diagnostic" or choose.number(0, 1) else {}


def _steroids(choose: Chooser, count: int) -> list[dict[str, Any]]:
    return [
        {"drug": _spelt(choose, choose.among(DRUGS)), "mg": choose.among(DOSES)}
        for _ in range(count)
    ]


def _spelt(choose: Chooser, text: str) -> str:
    """Case and extra spaces do not matter, so now and then they are odd."""
    odd = [text] * 7 + [text.upper(), "  ".join(text.split(" ")) + " ", " " + text.title()]
    return choose.among(odd)


def _site(choose: Chooser, procedure: str, names: list[str]) -> str:
    sides = ["left", "left", "right", "bilateral"]
    if procedure not in WITHOUT_MIDLINE:
        sides.append("midline")
    return _spelt(choose, f"{choose.among(names)} {choose.among(sides)}")


def _sites(choose: Chooser, procedure: str) -> list[str]:
    names = NAMES[procedure]
    if names in (SEGMENTS, ROOTS) and choose.number(0, 9) == 9:
        names = ALL_SEGMENTS if names is SEGMENTS else ALL_ROOTS
    count = choose.among([1, 1, 1, 1, 1, 2, 2, 3])
    return [_site(choose, procedure, names) for _ in range(count)]


def _entry(
    choose: Chooser, name: str, on: date, days: list[date], procedure: str, theme: Theme
) -> dict[str, Any]:
    """``theme``: ``sites`` and ``intent`` that the patient's sessions mostly have."""
    day = _entry_day(choose, on, days, theme["days"])
    entry: dict[str, Any] = {"id": name, "date": day.isoformat(), "procedure": procedure}
    entry["state"] = "booked" if day > on else choose.among(["done"] * 7 + ["booked"])
    at_home = _same_sites(theme["procedure"], procedure) and choose.number(0, theme["home"])
    entry["sites"] = theme["sites"] if at_home else _sites(choose, procedure)
    entry |= _intent(choose, [*[theme["intent"]] * 3, "therapeutic", "diagnostic"])
    given = choose.among([1, 1, 2, 0, None])
    steroids = None if given is None else _steroids(choose, given)
    return entry | ({} if steroids is None and choose.number(0, 1) else {"steroids": steroids})


def _same_sites(one: str, other: str) -> bool:
    same_midline = (one in WITHOUT_MIDLINE) == (other in WITHOUT_MIDLINE)
    return NAMES[one] is NAMES[other] and same_midline


def _entry_day(choose: Chooser, on: date, days: list[date], ways: list[str]) -> date:
    """At a rule's distance from ``on`` or from another entry, or anywhere in the year before."""
    how = choose.among(ways)
    if how == "on":
        return on
    if how == "year":
        return _shift(on, -choose.number(1, 365))
    if how == "long":
        return _shift(plus(on, "-12 months"), -choose.number(-1, 120))
    if how == "old":
        old = choose.among(["-24 months", "-24 months", "-30 months", "-18 months"])
        return _shift(plus(on, old), choose.number(-1, 1))
    anchor = choose.among(days) if how == "other" else on
    back = how == "before" or (how == "other" and choose.among([True, False]))
    distance = choose.among(DISTANCES if back else DISTANCES[:8])
    day = _shift(plus(anchor, f"-{distance}" if back else distance), choose.number(-1, 1))
    return max(day, plus(on, "-31 months"))
