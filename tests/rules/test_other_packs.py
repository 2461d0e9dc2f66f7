"""The packs beside Medicare's, at their edges: the numbers of the domain reference."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.vocabulary import CATALOGUE, case_of

from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.verdict import Finding, Verdict

PACKS = CATALOGUE.packs
STEROID = [{"drug": "triamcinolone", "mg": 40}]
COMMERCIAL, NHS, DEFAULT = "us-commercial", "uk-nhs", "clinic-default"


def _verdict(pack: str, on: str, procedure: str, site: str, *days: Any, **more: Any) -> Verdict:
    """History: days, or (day, {changes of the entry}, [(day, phase, value on NRS)])."""
    plan = {"procedure": procedure, "sites": [site], **more}
    history, readings = [], []
    for number, item in enumerate(days):
        day, change, scores = item if isinstance(item, tuple) else (item, {}, [])
        entry = {
            "id": str(number),
            "date": day,
            "state": "done",
            "procedure": procedure,
            "sites": [site],
            "intent": more.get("intent", "therapeutic"),
            **change,
        }
        history.append(entry)
        readings += [
            {"session": str(number), "date": on_day, "phase": phase, "scale": "NRS", "value": value}
            for on_day, phase, value in scores
        ]
    case = {"pack": pack, "on": on, "plan": plan, "history": history, "readings": readings}
    return evaluate(PACKS[pack], case_of(case, PACKS))


def _finding(verdict: Verdict, rule: str) -> Finding:
    return next(f for f in verdict.findings if f.rule == rule)


def _held(day: str, before: float, after: float, later: str) -> Any:
    return (day, {}, [(day, "baseline", before), (later, "followup", after)])


ESI, RFA, KNEE = "esi.interlaminar", "facet.rfa", "joint.injection"
L45, BACK, LEFT_KNEE = "L4-L5 left", "L4-L5 midline", "knee left"
SI, TRAPEZIUS = "si joint left", "trapezius left"
BLOCK = {"procedure": "facet.block", "intent": "diagnostic"}

GAPS = [
    (COMMERCIAL, "esi.gap", ESI, BACK, {}, "2026-03-02", "2026-03-16"),
    (COMMERCIAL, "rfa.gap", RFA, L45, {}, "2026-08-31", "2027-02-28"),
    (COMMERCIAL, "sij.therapeutic.gap", "sij.injection", SI, {}, "2026-12-31", "2027-02-28"),
    (COMMERCIAL, "tpi.gap", "tpi", TRAPEZIUS, {}, "2026-05-03", "2026-07-03"),
    (COMMERCIAL, "joint.gap", KNEE, LEFT_KNEE, {"steroids": STEROID}, "2026-11-30", "2027-02-28"),
    (DEFAULT, "esi.gap", ESI, BACK, {}, "2026-03-02", "2026-06-02"),
    (DEFAULT, "facet.therapeutic.gap", "facet.block", L45, {}, "2026-03-02", "2026-06-02"),
    (DEFAULT, "rfa.gap", RFA, L45, {}, "2026-03-02", "2026-09-02"),
    (DEFAULT, "sij.therapeutic.gap", "sij.injection", SI, {}, "2026-03-02", "2026-06-02"),
    (DEFAULT, "tpi.gap", "tpi", TRAPEZIUS, {}, "2026-05-03", "2026-06-14"),
    (DEFAULT, "joint.gap", KNEE, LEFT_KNEE, {"steroids": STEROID}, "2024-02-29", "2024-05-29"),
    (DEFAULT, "joint.gap", "soft_tissue.injection", "trochanteric bursa left",
     {"steroids": STEROID}, "2026-01-31", "2026-04-30"),
]  # fmt: skip


@pytest.mark.parametrize(("pack", "rule", "procedure", "site", "more", "last", "free"), GAPS)
@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_wait_ends_on_its_day(pack, rule, procedure, site, more, last, free, step):
    first = date.fromisoformat(free)
    on = date.fromordinal(first.toordinal() + step)
    verdict = _verdict(pack, on.isoformat(), procedure, site, last, **more)
    finding = _finding(verdict, rule)
    assert finding.status.value == ("not-before" if step < 0 else "ok")
    assert finding.earliest == (first if step < 0 else None)


EARLY = [
    ("rfa.early", RFA, L45, {}, "2025-10-31", "2027-02-28"),
    ("joint.early", KNEE, LEFT_KNEE, {"steroids": STEROID}, "2026-05-10", "2026-08-10"),
]


@pytest.mark.parametrize(("rule", "procedure", "site", "more", "last", "over"), EARLY)
@pytest.mark.parametrize("step", [-1, 0, 1])
def test_in_the_nhs_a_time_between_two_is_no_wait(rule, procedure, site, more, last, over, step):
    on = date.fromordinal(date.fromisoformat(over).toordinal() + step)
    verdict = _verdict(NHS, on.isoformat(), procedure, site, last, **more)
    finding = _finding(verdict, rule)
    assert finding.status.value == ("needs-reason" if step < 0 else "ok")
    assert verdict.earliest == on


def test_in_the_nhs_an_earlier_one_names_the_booking_it_comes_too_near_to():
    later = ("2026-09-01", {"state": "booked"}, [])
    verdict = _verdict(NHS, "2026-07-01", KNEE, LEFT_KNEE, later, steroids=STEROID)
    assert _finding(verdict, "later.booked").counted == (date(2026, 9, 1),)


@pytest.mark.parametrize(
    ("procedure", "more"), [(RFA, {}), ("facet.block", {"intent": "therapeutic"}), (ESI, {})]
)
def test_the_nhs_rules_are_about_the_low_back(procedure, more):
    low, neck = L45, "C5-C6 left"
    assert _verdict(NHS, "2026-11-01", procedure, low, "2026-06-01", **more).findings
    assert _verdict(NHS, "2026-11-01", procedure, neck, "2026-06-01", **more).findings == ()


def test_commercial_names_no_company():
    assert PACKS[COMMERCIAL].payers == ()


READ = {
    # Read at their source: the payer's page, the local policy, the hospital's page; or ours.
    DEFAULT: {"rfa.gap", "later.booked"},
    NHS: {"rfa.early", "rfa.prerequisite", "joint.early", "joint.cap", "later.booked"},
    COMMERCIAL: {"later.booked"},
    "us-medicare": {"later.booked"},
}


@pytest.mark.parametrize("pack", sorted(PACKS))
def test_what_was_not_read_at_its_source_is_marked_with_what_was(pack):
    heads = [rule.head for rule in PACKS[pack].rules]
    assert {head.id for head in heads if head.verified} == READ[pack]
    assert all(bool(head.verify_why) is not head.verified for head in heads)


def test_commercial_waits_are_per_level_and_side():
    other = ("2026-08-01", {"sites": ["L4-L5 right"]}, [])
    assert _finding(_verdict(COMMERCIAL, "2026-10-01", RFA, L45, other), "rfa.gap").counted == ()


HALF = ["2026-06-10", "2026-08-01", "2026-09-15"]
YEAR = ["2025-12-10", "2026-03-01", "2026-05-20", "2026-08-01"]
CAPS = [
    (COMMERCIAL, "esi.cap.half", ESI, BACK, {}, HALF, "2026-12-10"),
    (COMMERCIAL, "esi.cap", ESI, BACK, {}, YEAR, "2026-12-10"),
    (COMMERCIAL, "rfa.cap", RFA, L45, {}, YEAR[:2], "2026-12-10"),
    (COMMERCIAL, "sij.therapeutic.cap", "sij.injection", SI, {}, YEAR, "2026-12-10"),
    (COMMERCIAL, "tpi.cap", "tpi", TRAPEZIUS, {}, YEAR, "2026-12-10"),
    (COMMERCIAL, "joint.cap", KNEE, LEFT_KNEE, {"steroids": STEROID}, YEAR, "2026-12-10"),
    (NHS, "joint.cap", KNEE, LEFT_KNEE, {"steroids": STEROID}, YEAR, "2026-12-10"),
    (DEFAULT, "joint.cap", KNEE, LEFT_KNEE, {"steroids": STEROID}, YEAR, "2026-12-10"),
]


@pytest.mark.parametrize(("pack", "rule", "procedure", "site", "more", "days", "free"), CAPS)
@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_cap_has_room_again_on_its_day(pack, rule, procedure, site, more, days, free, step):
    first = date.fromisoformat(free)
    on = date.fromordinal(first.toordinal() + step)
    finding = _finding(_verdict(pack, on.isoformat(), procedure, site, *days, **more), rule)
    assert finding.status.value == ("not-before" if step < 0 else "ok")
    fewer = _verdict(pack, on.isoformat(), procedure, site, *days[1:], **more)
    assert _finding(fewer, rule).status.value == "ok"


def test_si_joints_are_counted_each_by_itself():
    right = [(day, {"sites": ["si joint right"]}, []) for day in YEAR]
    verdict = _verdict(COMMERCIAL, "2026-12-01", "sij.injection", SI, *right)
    assert _finding(verdict, "sij.therapeutic.cap").counted == ()


@pytest.mark.parametrize(
    ("rule", "procedure", "site", "before", "after", "later", "status"),
    [
        ("esi.response", ESI, BACK, 8, 4, "2026-03-16", "ok"),
        ("esi.response", ESI, BACK, 8, 4.1, "2026-03-15", "needs-reason"),
        ("rfa.response", RFA, L45, 8, 4, "2026-05-25", "ok"),
        ("rfa.response", RFA, L45, 8, 4.1, "2026-05-24", "needs-reason"),
        ("sij.therapeutic.response", "sij.injection", SI, 8, 2, "2026-03-16", "ok"),
        ("sij.therapeutic.response", "sij.injection", SI, 8, 2.1, "2026-03-15", "needs-reason"),
        ("tpi.response", "tpi", TRAPEZIUS, 8, 4, "2026-04-13", "ok"),
        ("tpi.response", "tpi", TRAPEZIUS, 8, 4.1, "2026-04-12", "needs-reason"),
    ],
)
def test_commercial_responses(rule, procedure, site, before, after, later, status):
    held = _held("2026-03-02", before, after, later)
    verdict = _verdict(COMMERCIAL, "2026-11-01", procedure, site, held)
    assert _finding(verdict, rule).status.value == status


def _muscle(day: str, name: str) -> Any:
    return (day, {"sites": [f"{name} left"]}, [])


@pytest.mark.parametrize(
    ("other", "status"),
    [("rhomboid", "not-before"), ("piriformis", "ok"), ("musculus ignotus", "cannot-determine")],
)
def test_trigger_points_are_counted_by_part_of_the_body(other, status):
    days = [_muscle(day, other) for day in YEAR[1:]]
    verdict = _verdict(COMMERCIAL, "2026-11-01", "tpi", TRAPEZIUS, YEAR[0], *days)
    finding = _finding(verdict, "tpi.cap")
    assert finding.status.value == status
    assert bool(finding.missing) == (status == "cannot-determine")
    assert all(lack.what == "region" for lack in finding.missing)


def test_a_muscle_the_pack_does_not_place_is_not_guessed():
    days = [_muscle(day, "trapezius") for day in YEAR]
    strange = _verdict(COMMERCIAL, "2026-11-01", "tpi", "musculus ignotus left", *days)
    assert _finding(strange, "tpi.cap").status.value == "cannot-determine"
    few = _verdict(COMMERCIAL, "2026-11-01", "tpi", "musculus ignotus left", *days[:3])
    assert _finding(few, "tpi.cap").status.value == "ok"


@pytest.mark.parametrize(
    ("sites", "status"),
    [
        (["L2-L3 left", "L3-L4 left", "L4-L5 left"], "ok"),
        (["L2-L3 bilateral", "L3-L4 bilateral", "L4-L5 bilateral"], "ok"),
        (["L1-L2 left", "L2-L3 left", "L3-L4 left", "L4-L5 left"], "needs-reason"),
        (["L1-L2 left", "L2-L3 left", "L3-L4 right", "L4-L5 right"], "ok"),
        (["L1-L2 left", "L3-L4 left"], "needs-reason"),
    ],
)
def test_commercial_radiofrequency_takes_three_neighbouring_levels_a_side(sites, status):
    case = {
        "pack": COMMERCIAL,
        "on": "2026-11-01",
        "plan": {"procedure": RFA, "sites": sites},
    }
    verdict = evaluate(PACKS[COMMERCIAL], case_of(case))
    assert _finding(verdict, "rfa.levels").status.value == status


@pytest.mark.parametrize(
    ("day", "after", "status"),
    [
        ("2026-05-02", 4, "ok"),
        ("2026-05-01", 4, "needs-reason"),
        ("2026-10-01", 4.1, "needs-reason"),
        ("2026-10-01", None, "cannot-determine"),
    ],
)
def test_the_nhs_asks_for_one_block_of_half_within_six_months(day, after, status):
    scores = [(day, "baseline", 8), *([(day, "post", after)] if after is not None else [])]
    verdict = _verdict(NHS, "2026-11-01", RFA, L45, (day, BLOCK, scores))
    assert _finding(verdict, "rfa.prerequisite").status.value == status


@pytest.mark.parametrize(
    ("after", "on", "status", "earliest"),
    [
        (4.1, "2026-03-15", "not-before", "2026-03-16"),
        (4.1, "2026-03-16", "ok", None),
        (4, "2026-03-16", "not-before", "2026-06-02"),
        (4, "2026-06-02", "ok", None),
    ],
)
def test_without_a_payer_a_failed_epidural_waits_fourteen_days(after, on, status, earliest):
    held = _held("2026-03-02", 8, after, "2026-03-12")
    finding = _finding(_verdict(DEFAULT, on, ESI, BACK, held), "esi.gap")
    assert finding.status.value == status
    assert finding.earliest == (date.fromisoformat(earliest) if earliest else None)


def test_without_a_payer_only_intervals_and_safeguards_are_asked():
    rules = {rule.head.kind for rule in PACKS[DEFAULT].rules}
    assert rules == {"gap", "cap", "drugs", "prosthesis", "arthroplasty", "later"}


@pytest.mark.parametrize("pack", sorted(PACKS))
def test_the_particulate_safeguard_stands_in_every_pack(pack):
    steroid = [{"drug": "methylprednisolone", "mg": 40}]
    verdict = _verdict(pack, "2026-11-01", "esi.transforaminal", "C6 left", steroids=steroid)
    finding = _finding(verdict, "esi.particulate")
    assert (finding.status.value, finding.verified) == ("needs-reason", False)


@pytest.mark.parametrize("pack", sorted(PACKS))
def test_every_rule_says_where_it_comes_from(pack):
    for rule in PACKS[pack].rules:
        assert len(rule.head.source) > 8
        assert rule.head.source_date
        assert rule.head.title[0].isupper()
        assert rule.terms()
