"""Each rule at its edges: the day before, the day, the day after; scopes; what counts."""

from __future__ import annotations

from datetime import date

import pytest
from support.vocabulary import CATALOGUE, case_of

from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.verdict import Verdict

PACK = CATALOGUE.packs["us-medicare"]
STEROID = [{"drug": "triamcinolone", "mg": 40}]


def _entry(number: int, day: str, procedure: str, *sites: str, **more: object) -> dict[str, object]:
    return {
        "id": str(number),
        "date": day,
        "state": "done",
        "procedure": procedure,
        "sites": list(sites),
        **more,
    }


def _verdict(on: str, plan: dict[str, object], *history: dict[str, object]) -> Verdict:
    case = {"pack": "us-medicare", "on": on, "plan": plan, "history": list(history)}
    return evaluate(PACK, case_of(case))


def _plan(procedure: str, *sites: str, **more: object) -> dict[str, object]:
    return {"procedure": procedure, "sites": list(sites), **more}


def _status(verdict: Verdict, rule: str) -> str:
    return next(f.status.value for f in verdict.findings if f.rule == rule)


def _capped(procedure: str, site: str, days: list[str], **more: object) -> list[dict[str, object]]:
    return [_entry(n, day, procedure, site, **more) for n, day in enumerate(days)]


CAPS = [
    ("esi.cap", "esi.transforaminal", "L5 left", 4, {}),
    ("facet.diagnostic.cap", "facet.block", "L4-L5 left", 4, {"intent": "diagnostic"}),
    ("facet.therapeutic.cap", "facet.block", "L4-L5 left", 4, {"intent": "therapeutic"}),
    ("rfa.cap", "facet.rfa", "L4-L5 left", 2, {}),
    ("tpi.cap", "tpi", "trapezius left", 3, {}),
    ("joint.cap", "joint.injection", "knee left", 4, {"steroids": STEROID}),
]
EARLY = ["2026-01-10", "2026-05-10", "2026-06-25", "2026-08-10"]


@pytest.mark.parametrize(("rule", "procedure", "site", "limit", "more"), CAPS)
@pytest.mark.parametrize(
    ("on", "full"), [("2027-01-09", True), ("2027-01-10", False), ("2027-01-11", False)]
)
def test_a_cap_ends_a_year_after_the_oldest(rule, procedure, site, limit, more, on, full):
    history = _capped(procedure, site, EARLY[:limit], **more)
    verdict = _verdict(on, _plan(procedure, site, **more), *history)
    finding = next(f for f in verdict.findings if f.rule == rule)
    assert finding.status.value == ("not-before" if full else "ok")
    assert finding.earliest == (date(2027, 1, 10) if full else None)
    assert (finding.used, finding.allowed) == (limit if full else limit - 1, limit)


@pytest.mark.parametrize(("rule", "procedure", "site", "limit", "more"), CAPS)
def test_one_fewer_is_within_the_cap(rule, procedure, site, limit, more):
    history = _capped(procedure, site, EARLY[: limit - 1], **more)
    assert _status(_verdict("2026-12-01", _plan(procedure, site, **more), *history), rule) == "ok"


TPI = _plan("tpi", "trapezius left")
KNEE = _plan("joint.injection", "knee left", steroids=STEROID)


@pytest.mark.parametrize(
    ("rule", "plan", "last", "on", "status", "earliest"),
    [
        ("tpi.gap", TPI, "2026-05-03", "2026-06-13", "not-before", "2026-06-14"),
        ("tpi.gap", TPI, "2026-05-03", "2026-06-14", "ok", None),
        ("tpi.gap", TPI, "2026-05-03", "2026-06-15", "ok", None),
        ("joint.gap", KNEE, "2026-11-30", "2027-02-27", "not-before", "2027-02-28"),
        ("joint.gap", KNEE, "2026-11-30", "2027-02-28", "ok", None),
        ("joint.gap", KNEE, "2026-11-30", "2027-03-01", "ok", None),
        ("joint.gap", KNEE, "2023-11-30", "2024-02-28", "not-before", "2024-02-29"),
        ("joint.gap", KNEE, "2024-02-29", "2024-05-28", "not-before", "2024-05-29"),
    ],
)
def test_a_gap_at_its_edge(rule, plan, last, on, status, earliest):
    verdict = _verdict(on, plan, _entry(1, last, plan["procedure"], plan["sites"][0]))
    finding = next(f for f in verdict.findings if f.rule == rule)
    assert finding.status.value == status
    assert finding.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert finding.counted == (date.fromisoformat(last),)


def test_on_28_february_the_29th_of_last_year_is_still_in_the_window():
    days = ["2024-02-29", "2024-06-01", "2024-08-01", "2024-10-01"]
    history = _capped("esi.caudal", "caudal midline", days)
    verdict = _verdict("2025-02-28", _plan("esi.caudal", "caudal midline"), *history)
    assert verdict.status.value == "not-before"
    assert verdict.earliest == date(2025, 3, 1)


def test_all_entries_of_a_day_are_one_session():
    history = [_entry(n, "2026-05-01", "esi.transforaminal", "L4 left") for n in range(9)]
    verdict = _verdict("2026-12-01", _plan("esi.transforaminal", "L5 left"), *history)
    assert verdict.findings[0].counted == (date(2026, 5, 1),)


def test_entries_of_the_day_belong_to_the_planned_session():
    history = _capped("facet.rfa", "L4-L5 left", ["2026-05-01"])
    history.append(_entry(7, "2026-12-01", "facet.rfa", "L4-L5 right", state="booked"))
    verdict = _verdict("2026-12-01", _plan("facet.rfa", "L4-L5 left"), *history)
    assert _status(verdict, "rfa.cap") == "ok"


def test_an_open_booking_of_the_past_counts():
    history = _capped("facet.rfa", "L4-L5 left", ["2026-05-01", "2026-09-01"], state="booked")
    verdict = _verdict("2026-12-01", _plan("facet.rfa", "L4-L5 left"), *history)
    assert verdict.status.value == "not-before"


def test_the_neck_does_not_count_for_the_back():
    history = _capped("facet.rfa", "C4-C5 left", ["2026-05-01", "2026-09-01"])
    verdict = _verdict("2026-12-01", _plan("facet.rfa", "L4-L5 left"), *history)
    cap = next(f for f in verdict.findings if f.rule == "rfa.cap")
    assert (cap.status.value, cap.counted) == ("ok", ())


def test_over_two_regions_the_worse_counts():
    history = _capped("facet.rfa", "C4-C5 left", ["2026-05-01", "2026-09-01"])
    verdict = _verdict("2026-12-01", _plan("facet.rfa", "L4-L5 left", "C2-C3 left"), *history)
    assert verdict.status.value == "not-before"


def test_the_other_knee_does_not_count_but_bilateral_covers_both():
    plan = _plan("joint.injection", "knee left", steroids=STEROID)
    other = _verdict("2026-12-01", plan, _entry(1, "2026-11-01", "joint.injection", "knee right"))
    both = _verdict(
        "2026-12-01", plan, _entry(1, "2026-11-01", "joint.injection", "knee bilateral")
    )
    assert (other.status.value, both.status.value) == ("ok", "not-before")


@pytest.mark.parametrize(
    ("steroids", "status"), [(None, "not-before"), ([], "ok"), (STEROID, "not-before")]
)
def test_a_joint_injection_known_to_be_without_steroid_does_not_count(steroids, status):
    plan = _plan("joint.injection", "knee left", steroids=STEROID)
    entry = _entry(1, "2026-11-01", "soft_tissue.injection", "knee left", steroids=steroids)
    assert _verdict("2026-12-01", plan, entry).status.value == status


def test_a_joint_plan_without_steroid_has_no_interval():
    plan = _plan("joint.injection", "knee left")
    entry = _entry(1, "2026-11-01", "joint.injection", "knee left")
    verdict = _verdict("2026-12-01", plan, entry)
    assert [f.rule for f in verdict.findings] == ["joint.prosthesis"]


def test_diagnostic_and_therapeutic_facets_are_counted_apart():
    history = _capped("facet.block", "L4-L5 left", EARLY, intent="diagnostic")
    verdict = _verdict("2026-12-01", _plan("facet.block", "L4-L5 left"), *history)
    assert not any(f.rule.startswith("facet.diagnostic") for f in verdict.findings)
    assert verdict.findings[0].counted == ()


def test_a_booking_on_the_way_opens_a_new_wait():
    """Six weeks from 1 April end on 13 May, but by then 10 May has opened its own, to 21 June."""
    history = [
        _entry(1, "2026-04-01", "tpi", "trapezius left"),
        _entry(2, "2026-05-10", "tpi", "trapezius left", state="booked"),
    ]
    verdict = _verdict("2026-05-01", _plan("tpi", "trapezius left"), *history)
    assert verdict.earliest == date(2026, 6, 21)
    assert next(f for f in verdict.findings if f.rule == "tpi.gap").earliest == date(2026, 6, 21)


def test_the_first_free_day_is_given_though_it_is_blocked_again_later():
    history = [
        _entry(1, "2026-04-01", "tpi", "trapezius left"),
        _entry(2, "2026-05-20", "tpi", "trapezius left", state="booked"),
    ]
    verdict = _verdict("2026-05-01", _plan("tpi", "trapezius left"), *history)
    assert verdict.earliest == date(2026, 5, 13)


def test_a_verdict_without_findings_is_ok_on_the_day():
    verdict = _verdict("2026-12-01", _plan("nerve.block", "genicular left"))
    assert verdict.to_json() == {"status": "ok", "earliest": "2026-12-01", "findings": []}


def test_a_message_names_the_days():
    days = ["2025-12-01", "2026-02-20", "2026-05-25", "2026-08-30"]
    verdict = _verdict(
        "2026-11-22",
        _plan("esi.transforaminal", "L5 left"),
        *_capped("esi.transforaminal", "L5 left", days),
    )
    assert verdict.findings[0].message == (
        "4 of 4 lumbar-sacral epidural sessions fall in the 12 months before 22 Nov 2026; "
        "there is room again on 1 Dec 2026."
    )
    assert verdict.findings[0].source == "LCD L39240 (rolling 12 months, per spinal region)"
