"""What pack ``us-medicare`` asks for beside the verdict, for the reference: a function per row.

Each answers only what is asked; a case without an entry here is asked nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from support.reference_facts import WHOLE_PATIENT, Case, sustained_relief
from support.reference_rules import diagnostic_facet, esi, therapeutic_sij
from support.reference_statements import (
    CANNOT,
    NEEDS_REASON,
    OK,
    Answer,
    Day,
    over,
    over_a_year,
)


def beside(case: dict[str, Any]) -> list[dict[str, Any]]:
    """What is asked besides of a well-formed case, without message and source."""
    facts = Case(case)
    day = Day(facts, facts.on)
    asked = [(name, check(day)) for name, check in BESIDE.items()]
    return [
        {
            "rule": name,
            "status": answer.status,
            "counted": [day.isoformat() for day in sorted(answer.counted)],
        }
        for name, answer in asked
        if answer.status != OK
    ]


def esi_prolonged(d: Day) -> Answer:
    return over_a_year(d, "esi", d.regions()) if esi(d) else Answer(OK)


def facet_diagnostic_ablated(d: Day) -> Answer:
    """Of every planned spot that had an rfa in D - 24 months < d < D: whether the last helped."""
    says = {"met": NEEDS_REASON, "failed": OK, "unknown": CANNOT}
    last = [s for spot in d.spots() if (s := d.last("rfa", spot, "24 months")) is not None]
    if not diagnostic_facet(d) or not last:
        return Answer(OK)
    return over(
        Answer(says[sustained_relief(s, Fraction(50, 100), "6 months")], frozenset({s.date}))
        for s in last
    )


def sij_therapeutic_prolonged(d: Day) -> Answer:
    return over_a_year(d, "therapeutic sij", [WHOLE_PATIENT]) if therapeutic_sij(d) else Answer(OK)


BESIDE: dict[str, Callable[[Day], Answer]] = {
    "esi.prolonged": esi_prolonged,
    "facet.diagnostic.ablated": facet_diagnostic_ablated,
    "sij.therapeutic.prolonged": sij_therapeutic_prolonged,
}
