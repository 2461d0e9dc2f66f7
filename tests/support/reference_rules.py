"""The rules of pack ``us-medicare`` for the reference verdict: a function per row, in the order of
the contract's table (``later.booked`` is in ``reference_verdict``).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from support.reference_facts import WHOLE_PATIENT, Scope, plus, sustained_relief
from support.reference_statements import (
    CANNOT,
    NEEDS_REASON,
    NOT_BEFORE,
    OK,
    Answer,
    Day,
    block,
    blocks,
    cap,
    gap,
    guided,
    over,
    reason_if,
    response,
)

CEILINGS = {"methylprednisolone": 80, "triamcinolone": 80, "betamethasone": 12, "dexamethasone": 15}
PARTICULATE = {"methylprednisolone", "triamcinolone", "betamethasone"}
MIXED = {"esi", "facet", "rfa", "sij", "tpi", "sympathetic"}

Applies = Callable[[Day], bool]
Check = Callable[[Day], Answer]
RULES: dict[str, tuple[Applies, Check]] = {}


def rule(name: str, applies: Applies) -> Callable[[Check], Check]:
    """Enters the function below into the table."""

    def enter(check: Check) -> Check:
        RULES[name] = applies, check
        return check

    return enter


# Applies to


def esi(d: Day) -> bool:
    return d.group == "esi"


def esi_with_steroids(d: Day) -> bool:
    return d.group == "esi" and d.with_steroids


def cervical_transforaminal_with_steroids(d: Day) -> bool:
    if d.procedure != "esi.transforaminal" or not d.with_steroids:
        return False
    return "cervical-thoracic" in d.plan.regions


def diagnostic_facet(d: Day) -> bool:
    return d.procedure == "facet.block" and d.diagnostic


def therapeutic_facet(d: Day) -> bool:
    return d.procedure == "facet.block" and not d.diagnostic


def facet_or_rfa(d: Day) -> bool:
    return d.procedure in {"facet.block", "facet.rfa"}


def rfa(d: Day) -> bool:
    return d.procedure == "facet.rfa"


def diagnostic_sij(d: Day) -> bool:
    return d.procedure == "sij.injection" and d.diagnostic


def therapeutic_sij(d: Day) -> bool:
    return d.procedure == "sij.injection" and not d.diagnostic


def tpi(d: Day) -> bool:
    return d.procedure == "tpi"


def joint_with_steroids(d: Day) -> bool:
    return d.group == "joint" and d.with_steroids


# The table


@rule("esi.cap", esi)
def esi_cap(d: Day) -> Answer:
    return over(cap(d, region, 4, "esi") for region in d.regions())


@rule("esi.response", esi)
def esi_response(d: Day) -> Answer:
    return over(_esi_response(d, region) for region in d.regions())


def _esi_response(d: Day, region: Scope) -> Answer:
    s = d.last("esi", region)
    if s is not None and sustained_relief(s, Fraction(50, 100), "3 months") == "failed":
        early = d.day < plus(s.date, "14 days")
        return Answer(NOT_BEFORE if early else NEEDS_REASON, frozenset({s.date}))
    return response(d, region, "3 months", "esi")


@rule("esi.levels", esi)
def esi_levels(d: Day) -> Answer:
    acts = d.session_on_day()
    procedures = {a.procedure for a in acts}
    regions = frozenset().union(*(a.regions for a in acts))
    levels = frozenset().union(*(a.names for a in acts))
    sides = {side for a in acts for _, side in a.spots}
    if len(procedures) > 1 or len(regions) > 1:
        return Answer(NEEDS_REASON)
    if d.procedure == "esi.transforaminal":
        return reason_if(len(levels) > 2)
    return reason_if(len(levels) > 1 or {"left", "right"} <= sides)


@rule("esi.guidance", esi)
def esi_guidance(d: Day) -> Answer:
    if d.case.pregnant:
        return guided(d, {"ultrasound"}, contrast=False)
    if d.case.contrast_allergy:
        return guided(d, {"fluoroscopy", "ct", "ultrasound"}, contrast=False)
    return guided(d, {"fluoroscopy", "ct"}, contrast=True)


@rule("esi.dose", esi_with_steroids)
def esi_dose(d: Day) -> Answer:
    acts = d.session_on_day()
    given = [steroid for a in acts for steroid in a.steroids or ()]
    total = sum((mg / CEILINGS[drug] for drug, mg in given if drug in CEILINGS), Fraction())
    if total > 1:
        return Answer(NEEDS_REASON)
    not_known = any(a.steroids is None for a in acts)
    no_ceiling = any(drug not in CEILINGS for drug, _ in given)
    return Answer(CANNOT if not_known or no_ceiling else OK)


@rule("esi.particulate", cervical_transforaminal_with_steroids)
def esi_particulate(d: Day) -> Answer:
    drugs = {drug for drug, _ in d.plan.steroids or ()}
    if drugs & PARTICULATE:
        return Answer(NEEDS_REASON)
    return Answer(CANNOT if drugs - {"dexamethasone"} else OK)


@rule("facet.diagnostic.cap", diagnostic_facet)
def facet_diagnostic_cap(d: Day) -> Answer:
    return over(cap(d, region, 4, "diagnostic facet") for region in d.regions())


@rule("facet.diagnostic.second", diagnostic_facet)
def facet_diagnostic_second(d: Day) -> Answer:
    return over(_second(d, spot) for spot in d.spots())


def _second(d: Day, spot: Scope) -> Answer:
    waiting = gap(d, spot, "14 days", "diagnostic facet")
    if waiting.status == NOT_BEFORE:
        return waiting
    return block(d, spot, 80, "diagnostic facet")


@rule("facet.therapeutic.cap", therapeutic_facet)
def facet_therapeutic_cap(d: Day) -> Answer:
    return over(cap(d, region, 4, "therapeutic facet") for region in d.regions())


@rule("facet.therapeutic.prerequisite", therapeutic_facet)
def facet_therapeutic_prerequisite(d: Day) -> Answer:
    return over(blocks(d.before("diagnostic facet", spot, None), 2, 80) for spot in d.spots())


@rule("facet.therapeutic.response", therapeutic_facet)
def facet_therapeutic_response(d: Day) -> Answer:
    return over(response(d, spot, "3 months", "therapeutic facet") for spot in d.spots())


@rule("facet.therapeutic.reason", therapeutic_facet)
def facet_therapeutic_reason(d: Day) -> Answer:
    return Answer(NEEDS_REASON)


@rule("facet.levels", facet_or_rfa)
def facet_levels(d: Day) -> Answer:
    acts = d.session_on_day()
    regions = frozenset().union(*(a.regions for a in acts))
    levels = frozenset().union(*(a.names for a in acts))
    return reason_if(len(regions) > 1 or len(levels) > 2)


@rule("facet.guidance", facet_or_rfa)
def facet_guidance(d: Day) -> Answer:
    if d.case.pregnant:
        return Answer(NEEDS_REASON)
    if d.case.guidance in {"fluoroscopy", "ct"}:
        return Answer(OK)
    return Answer(CANNOT if d.case.guidance is None else NEEDS_REASON)


@rule("rfa.cap", rfa)
def rfa_cap(d: Day) -> Answer:
    return over(cap(d, region, 2, "rfa") for region in d.regions())


@rule("rfa.prerequisite", lambda d: rfa(d) and bool(_spots_with_rfa(d, had=False)))
def rfa_prerequisite(d: Day) -> Answer:
    return over(_rfa_prerequisite(d, spot) for spot in _spots_with_rfa(d, had=False))


def _spots_with_rfa(d: Day, had: bool) -> list[Scope]:
    """The planned spots that had an rfa in D - 24 months < d < D; or those that had none."""
    return [spot for spot in d.spots() if bool(d.before("rfa", spot, "24 months")) == had]


def _rfa_prerequisite(d: Day, spot: Scope) -> Answer:
    ablations = [s.date for s in d.before("rfa", spot, None)]
    proofs = d.before("diagnostic facet", spot, None)
    return blocks([s for s in proofs if not ablations or s.date > max(ablations)], 2, 80)


@rule("rfa.response", lambda d: rfa(d) and bool(_spots_with_rfa(d, had=True)))
def rfa_response(d: Day) -> Answer:
    spots = _spots_with_rfa(d, had=True)
    return over(response(d, spot, "6 months", "rfa", "24 months") for spot in spots)


@rule("sij.not_covered", lambda d: d.procedure == "sij.rfa")
def sij_not_covered(d: Day) -> Answer:
    return Answer(NEEDS_REASON)


@rule("sij.diagnostic.cap", diagnostic_sij)
def sij_diagnostic_cap(d: Day) -> Answer:
    return cap(d, WHOLE_PATIENT, 2, "diagnostic sij")


@rule("sij.diagnostic.second", diagnostic_sij)
def sij_diagnostic_second(d: Day) -> Answer:
    return over(block(d, spot, 75, "diagnostic sij") for spot in d.spots())


@rule("sij.therapeutic.cap", therapeutic_sij)
def sij_therapeutic_cap(d: Day) -> Answer:
    return cap(d, WHOLE_PATIENT, 4, "therapeutic sij")


@rule("sij.therapeutic.prerequisite", therapeutic_sij)
def sij_therapeutic_prerequisite(d: Day) -> Answer:
    return over(blocks(d.before("diagnostic sij", spot, None), 1, 75) for spot in d.spots())


@rule("sij.therapeutic.response", therapeutic_sij)
def sij_therapeutic_response(d: Day) -> Answer:
    return over(response(d, spot, "3 months", "therapeutic sij") for spot in d.spots())


@rule("sij.guidance", lambda d: d.procedure == "sij.injection")
def sij_guidance(d: Day) -> Answer:
    return esi_guidance(d)


@rule("tpi.cap", tpi)
def tpi_cap(d: Day) -> Answer:
    return cap(d, WHOLE_PATIENT, 3, "tpi")


@rule("tpi.gap", tpi)
def tpi_gap(d: Day) -> Answer:
    return over(gap(d, spot, "6 weeks", "tpi") for spot in d.spots())


@rule("tpi.response", tpi)
def tpi_response(d: Day) -> Answer:
    return over(response(d, spot, "6 weeks", "tpi") for spot in d.spots())


@rule("tpi.guidance", tpi)
def tpi_guidance(d: Day) -> Answer:
    if d.case.guidance == "landmark":
        return Answer(OK)
    return Answer(CANNOT if d.case.guidance is None else NEEDS_REASON)


@rule("joint.gap", joint_with_steroids)
def joint_gap(d: Day) -> Answer:
    return over(gap(d, spot, "3 months", "joint") for spot in d.spots())


@rule("joint.cap", joint_with_steroids)
def joint_cap(d: Day) -> Answer:
    return over(cap(d, spot, 4, "joint") for spot in d.spots())


@rule("joint.prosthesis", lambda d: d.procedure == "joint.injection")
def joint_prosthesis(d: Day) -> Answer:
    return reason_if(bool(d.plan.spots & d.case.prostheses))


@rule("joint.arthroplasty", lambda d: d.procedure == "joint.injection" and d.with_steroids)
def joint_arthroplasty(d: Day) -> Answer:
    until = plus(d.day, "3 months")
    due = [spots for spots, day in d.case.arthroplasties if d.day <= day < until]
    return reason_if(any(d.plan.spots & spots for spots in due))


@rule("session.mix", lambda d: d.group in MIXED)
def session_mix(d: Day) -> Answer:
    today = {e.group for e in d.case.entries if e.date == d.day}
    return reason_if(bool(today & (MIXED - {d.group})))
