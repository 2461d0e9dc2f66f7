"""``dose``: the steroids of one session against their ceilings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from clinicdesk.domain.lists import listed
from clinicdesk.domain.translation import _
from clinicdesk.rules.kinds.base import Head, KindOfRule, Outcome, Rule, Timeless
from clinicdesk.rules.selector import Selector
from clinicdesk.rules.sessions import Past, turns
from clinicdesk.rules.verdict import Lack, Status


@dataclass(frozen=True)
class Dose:
    """The sum of mg ÷ ceiling over all steroids of the session on a day is at most 1."""

    head: Head
    applies: Selector
    ceilings: Mapping[str, Fraction]

    def bind(self, past: Past) -> BoundDose:
        return BoundDose(self, past)

    def terms(self) -> str:
        return _("at most {limits}; of several together their share of it").format(
            limits=self.limits()
        )

    def limits(self) -> str:
        """``dexamethasone 15 mg, triamcinolone 80 mg``."""
        return ", ".join(
            _("{drug} {mg} mg").format(drug=drug, mg=_number(mg))
            for drug, mg in self.ceilings.items()
        )


@dataclass(frozen=True)
class BoundDose(Timeless):
    """Ceilings with the case."""

    rule: Dose
    past: Past

    def outcome(self, day: date) -> Outcome:
        plan, ceilings = self.past.case.plan, self.rule.ceilings
        others = self.past.on(self.past.group(), day)
        unknown = [entry for entry in others if entry.steroids is None]
        given = [*plan.steroids, *(s for entry in others for s in entry.steroids or ())]
        strange = sorted({s.drug for s in given if s.drug not in ceilings})
        dosed = [(s.drug, Fraction(s.mg)) for s in given if s.mg is not None]
        share = sum(mg / ceilings[drug] for drug, mg in dosed if drug in ceilings)
        together = " + ".join(
            _("{drug} {fraction} mg").format(drug=drug, fraction=_number(mg)) for drug, mg in dosed
        )
        if share > 1:
            return Outcome(
                Status.NEEDS_REASON,
                _("In one session {together} is more than the ceiling ({limits})").format(
                    together=together, limits=self.rule.limits()
                ),
            )
        undosed = sorted({s.drug for s in given if s.mg is None})
        if strange or unknown or undosed:
            return Outcome(
                Status.CANNOT_DETERMINE,
                _missing(strange, undosed, bool(unknown)),
                lacks=(
                    *(Lack("ceiling") for __ in strange),
                    *(Lack("steroids") for __ in undosed),
                    *(Lack("steroids", entry.date, (entry.id,)) for entry in unknown),
                ),
            )
        return Outcome(
            Status.OK, _("In one session {together}, within the ceiling").format(together=together)
        )

    def turns(self) -> Iterable[date]:
        group = self.past.group()
        return turns(self.past.days_of((group,)))


def _missing(strange: list[str], undosed: list[str], unknown: bool) -> str:
    parts = []
    if strange:
        parts.append(_("There is no ceiling for {strange}").format(strange=listed(strange)))
    if undosed:
        parts.append(_("the dose of {drugs} is not known").format(drugs=listed(undosed)))
    if unknown:
        parts.append(_("the steroid of another entry of that day is not known"))
    text = "; ".join(parts)
    return text[0].upper() + text[1:]


def _number(value: Fraction) -> str:
    """``12``, ``7.5``: without needless zeros."""
    return f"{float(value):.9f}".rstrip("0").rstrip(".")


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Rule:
    return Dose(head, applies, fields["ceilings"])


KIND = KindOfRule(
    says=_("the steroids of one session against their ceilings"),
    fields={"ceilings": "ceilings"},
    build=_build,
)
