"""The engine against a second one, written from the contract alone, that steps day by day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from support.reference_beside import beside as reference_beside
from support.reference_verdict import verdict as reference
from support.rule_cases import cases, seeded
from support.vocabulary import CATALOGUE, PROCEDURES, case_of

from clinicdesk.rules.engine import evaluate, next_turn
from clinicdesk.rules.parse import load_json
from clinicdesk.rules.verdict import Verdict

pytestmark = pytest.mark.slow

PACK = CATALOGUE.packs["us-medicare"]


def _parsed(case: dict[str, Any]) -> Any:
    return case_of(load_json(json.dumps(case)))


def _ours(case: dict[str, Any]) -> dict[str, Any]:
    found = evaluate(PACK, _parsed(case)).to_json()
    for finding in found["findings"]:
        del finding["message"], finding["source"]
    return found


def _beside(case: dict[str, Any]) -> list[dict[str, Any]]:
    asked = [finding.to_json() for finding in evaluate(PACK, _parsed(case)).beside]
    for finding in asked:
        del finding["message"], finding["source"]
    return asked


@pytest.mark.parametrize("procedure", sorted(PROCEDURES))
def test_both_engines_agree(procedure: str) -> None:
    for case in seeded(400, procedure, seed=7):
        assert _ours(case) == reference(case), case
        assert _beside(case) == reference_beside(case), case


@settings(max_examples=300, deadline=None)
@given(cases())
def test_both_engines_agree_on_whatever_hypothesis_finds(case: dict[str, Any]) -> None:
    assert _ours(case) == reference(case)
    assert _beside(case) == reference_beside(case)


def test_the_cases_meet_all_that_is_asked_besides() -> None:
    met = {
        (finding["rule"], finding["status"])
        for procedure in ("esi.caudal", "facet.block", "sij.injection")
        for case in seeded(200, procedure, seed=2026)
        for finding in reference_beside(case)
    }
    assert met == {
        ("esi.prolonged", "needs-reason"),
        ("facet.diagnostic.ablated", "needs-reason"),
        ("facet.diagnostic.ablated", "cannot-determine"),
        ("sij.therapeutic.prolonged", "needs-reason"),
    }


def _blocked(case: Any) -> bool:
    return evaluate(PACK, case).status.value == "not-before"


def test_the_earliest_day_is_free_and_every_day_before_it_blocked() -> None:
    for case in seeded(150, seed=11):
        parsed = _parsed(case)
        earliest = evaluate(PACK, parsed).earliest
        day = parsed.on
        while day < earliest:
            assert _blocked(replace(parsed, on=day)), (case, day)
            day += timedelta(days=1)
        assert not _blocked(replace(parsed, on=earliest)), case


def test_the_order_of_history_and_readings_is_irrelevant() -> None:
    for case in seeded(400, seed=3):
        turned = {**case, "history": list(reversed(case.get("history", [])))}
        turned["readings"] = list(reversed(case.get("readings", [])))
        assert _ours(turned) == _ours(case), case


def test_more_history_never_makes_a_cap_more_generous() -> None:
    for case in seeded(400, seed=5):
        more = case.get("history", [])
        fewer = {**case, "history": more[:-1]}
        gone = {entry["id"] for entry in more[-1:]}
        fewer["readings"] = [r for r in case.get("readings", []) if r["session"] not in gone]
        ours, before = _caps(case), _caps(fewer)
        for rule, earliest in before.items():
            assert ours[rule] >= earliest, (rule, case)


def _caps(case: dict[str, Any]) -> dict[str, Any]:
    """Rule of a cap to the first day on which it leaves room."""
    parsed = _parsed(case)
    found = evaluate(PACK, parsed).findings
    return {f.rule: f.earliest or parsed.on for f in found if f.kind == "cap"}


def test_shifting_every_date_by_a_day_shifts_the_answer() -> None:
    """Where no month's end is near: months clamp, so there a day may be lost or won."""
    shifted = 0
    for case in seeded(1500, seed=9):
        days = [case["on"], *_days(case)]
        if any(int(day[-2:]) > 26 for day in days):
            continue
        shifted += 1
        ours, later = _ours(case), _ours(_move(case))
        assert later["status"] == ours["status"]
        assert [f["status"] for f in later["findings"]] == [f["status"] for f in ours["findings"]]
        if int(ours["earliest"][-2:]) <= 26:
            assert later["earliest"] == _next(ours["earliest"]), case
    assert shifted > 100


def _days(case: dict[str, Any]) -> list[str]:
    patient = case.get("patient") or {}
    return [
        *(entry["date"] for entry in case.get("history", [])),
        *(reading["date"] for reading in case.get("readings", [])),
        *(item["date"] for item in patient.get("arthroplasty_planned", [])),
    ]


def _next(day: str) -> str:
    from datetime import date

    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _move(case: dict[str, Any]) -> dict[str, Any]:
    patient = dict(case.get("patient") or {})
    if "arthroplasty_planned" in patient:
        patient["arthroplasty_planned"] = [
            {**item, "date": _next(item["date"])} for item in patient["arthroplasty_planned"]
        ]
    return {
        **case,
        "on": _next(case["on"]),
        "patient": patient,
        "history": [{**e, "date": _next(e["date"])} for e in case.get("history", [])],
        "readings": [{**r, "date": _next(r["date"])} for r in case.get("readings", [])],
    }


def test_between_two_turns_time_alone_changes_no_answer() -> None:
    """What is kept until the next turn stays right until then."""
    for case in seeded(150, seed=13):
        parsed = _parsed(case)
        turn = next_turn(PACK, parsed, parsed.on)
        kept = _said(evaluate(PACK, parsed))
        last = (turn or parsed.on + timedelta(days=500)) - timedelta(days=1)
        for day in {parsed.on + (last - parsed.on) * share // 3 for share in (1, 2, 3)}:
            moved = evaluate(PACK, replace(parsed, on=day))
            assert _said(moved) == kept, (case, day)


def _said(verdict: Verdict) -> list[tuple[str, str]]:
    return [(each.rule, each.status) for each in (*verdict.findings, *verdict.beside)]
