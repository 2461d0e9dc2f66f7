"""The reference verdict against the contract's examples; the made-up cases against its table."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from support.reference_facts import GROUPS, Reading, Session, plus, sustained_relief
from support.reference_rules import RULES
from support.reference_verdict import verdict
from support.rule_cases import PROCEDURES, cases, seeded, targeted

pytestmark = pytest.mark.slow

EXAMPLES = json.loads(Path(__file__).with_name("verdict-cases.json").read_text(encoding="utf-8"))
TOP = {"NRS": 10, "VAS": 100, "PEG": 10, "ODI": 100, "NDI": 100, "RMDQ": 24}

# n not-before, r needs-reason, c cannot-determine, o ok: what each rule can say.
CAN_SAY = {
    "esi.cap": "no",
    "esi.response": "nrco",
    "esi.levels": "ro",
    "esi.guidance": "rco",
    "esi.dose": "rco",
    "esi.particulate": "rco",
    "facet.diagnostic.cap": "no",
    "facet.diagnostic.second": "nrco",
    "facet.therapeutic.cap": "no",
    "facet.therapeutic.prerequisite": "rco",
    "facet.therapeutic.response": "nrco",
    "facet.therapeutic.reason": "r",
    "facet.levels": "ro",
    "facet.guidance": "rco",
    "rfa.cap": "no",
    "rfa.prerequisite": "rco",
    "rfa.response": "nrco",
    "sij.not_covered": "r",
    "sij.diagnostic.cap": "no",
    "sij.diagnostic.second": "rco",
    "sij.therapeutic.cap": "no",
    "sij.therapeutic.prerequisite": "rco",
    "sij.therapeutic.response": "nrco",
    "sij.guidance": "rco",
    "tpi.cap": "no",
    "tpi.gap": "no",
    "tpi.response": "nrco",
    "tpi.guidance": "rco",
    "joint.gap": "no",
    "joint.cap": "no",
    "joint.prosthesis": "ro",
    "joint.arthroplasty": "ro",
    "session.mix": "ro",
    "later.booked": "r",
}
WORD = {"n": "not-before", "r": "needs-reason", "c": "cannot-determine", "o": "ok"}


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["name"] for one in EXAMPLES])
def test_the_contracts_example(example: dict[str, Any]) -> None:
    assert verdict(example["case"]) == example["expected"]


def test_the_contracts_months() -> None:
    assert plus(date(2026, 8, 31), "6 months") == date(2027, 2, 28)
    # On 28 February 2025 the 29th of February 2024 is still in the window of 12 months.
    assert plus(date(2025, 2, 28), "-12 months") < date(2024, 2, 29)
    assert plus(date(2025, 3, 1), "-12 months") >= date(2024, 2, 29)


DAY = date(2026, 1, 10)  # three months end on 10 April


@pytest.mark.parametrize(
    ("said", "readings"),
    [
        ("unknown", {}),
        ("unknown", {"NRS": []}),  # a baseline alone says nothing
        ("failed", {"NRS": [("2026-04-09", "5.1")]}),
        ("unknown", {"NRS": [("2026-04-09", 5)]}),
        ("met", {"NRS": [("2026-04-10", 5)]}),
        ("unknown", {"NRS": [("2026-04-10", "5.1")]}),
        ("failed", {"NRS": [("2026-04-09", 6), ("2026-04-10", 1)]}),
        ("met", {"NRS": [("2026-02-01", 9), ("2026-04-09", 5), ("2026-04-11", 5)]}),
        ("unknown", {"NRS": [("2026-04-10", 6), ("2026-04-11", 1)]}),  # the first day decides
        ("unknown", {"NRS": [("2026-04-10", 1), ("2026-04-10", 6)]}),  # the worst of the day
        ("met", {"NRS": [("2026-04-09", 6)], "PEG": [("2026-04-10", 5)]}),
        ("unknown", {"NRS": [("2026-04-09", 6)], "PEG": [("2026-04-09", 5)]}),
        ("failed", {"NRS": [("2026-04-09", 6)], "PEG": []}),
    ],
)
def test_sustained_relief_of_half_for_three_months(
    said: str, readings: dict[str, list[tuple[str, Any]]]
) -> None:
    found = [
        Reading(date.fromisoformat(day), "followup", scale, Fraction(str(value)))
        for scale, rows in readings.items()
        for day, value in rows
    ]
    found += [Reading(DAY, "baseline", scale, Fraction(10)) for scale in readings]
    assert sustained_relief(Session(DAY, tuple(found)), Fraction(1, 2), "3 months") == said


def test_every_rule_is_met_in_every_status_it_can_have() -> None:
    met: Counter[tuple[str, str]] = Counter()
    for procedure in PROCEDURES:
        for case in seeded(90, procedure, seed=2026):
            met.update((f["rule"], f["status"]) for f in verdict(case)["findings"])
    assert list(CAN_SAY) == [*RULES, "later.booked"]
    possible = {(rule, WORD[one]) for rule, words in CAN_SAY.items() for one in words}
    assert set(met) == possible


def test_cases_of_all_sorts_meet_every_rule() -> None:
    met = {f["rule"] for case in seeded(400) for f in verdict(case)["findings"]}
    assert met == set(CAN_SAY)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_the_cases_are_well_formed(case: dict[str, Any]) -> None:
    _well_formed(case)
    assert json.loads(json.dumps(case)) == case


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_targeted_cases_plan_that_procedure(procedure: str) -> None:
    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(targeted(procedure))
    def check(case: dict[str, Any]) -> None:
        _well_formed(case)
        assert case["plan"]["procedure"] == procedure

    check()


def _well_formed(case: dict[str, Any]) -> None:
    """What the contract calls malformed and a slip of the strategy could bring about."""
    on = case["on"]  # ISO dates sort as text
    entries = {entry["id"]: entry for entry in case.get("history", [])}
    assert len(entries) == len(case.get("history", []))
    for act in (case["plan"], *entries.values()):
        assert act["sites"]
        no_midline = GROUPS[act["procedure"]] in {"facet", "rfa", "sij"}
        no_midline |= act["procedure"] == "esi.transforaminal"
        for site in act["sites"]:
            side = site.lower().split()[-1]
            assert side in {"left", "right", "bilateral"} | (set() if no_midline else {"midline"})
    assert all(e["state"] == "booked" or e["date"] <= on for e in entries.values())
    for reading in case.get("readings", []):
        entry = entries[reading["session"]]
        assert reading["date"] <= on
        assert 0 <= reading["value"] <= TOP[reading["scale"]]
        assert reading["phase"] == "baseline" or entry["state"] == "done"
        assert {
            "baseline": reading["date"] <= entry["date"],
            "post": reading["date"] == entry["date"],
            "followup": reading["date"] > entry["date"],
        }[reading["phase"]]
