"""``drugs``: which steroids need a reason here, and which are known to be fine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.lists import listed
from clinicdesk.domain.translation import _, _n
from clinicdesk.rules.kinds.base import Contradiction, Head, KindOfRule, Outcome, Rule, Timeless
from clinicdesk.rules.selector import Selector
from clinicdesk.rules.sessions import Past
from clinicdesk.rules.verdict import Lack, Status


@dataclass(frozen=True)
class Drugs:
    """Drugs of ``reason`` need one; any other but those of ``fine`` cannot be judged.

    ``because`` continues "…: a reason is needed" (``particulate steroids beside a cervical root``).
    """

    head: Head
    applies: Selector
    reason: frozenset[str]
    fine: frozenset[str]
    because: str

    def bind(self, past: Past) -> BoundDrugs:
        return BoundDrugs(self, past)

    def terms(self) -> str:
        return _("a reason for {reason}; none for {fine}; any other drug cannot be judged").format(
            reason=listed(sorted(self.reason)), fine=listed(sorted(self.fine))
        )


@dataclass(frozen=True)
class BoundDrugs(Timeless):
    """Drugs with the case."""

    rule: Drugs
    past: Past

    def outcome(self, day: date) -> Outcome:  # noqa: ARG002 - the same on every day
        planned = sorted({steroid.drug for steroid in self.past.case.plan.steroids})
        asked = [drug for drug in planned if drug in self.rule.reason]
        if asked:
            return Outcome(
                Status.NEEDS_REASON, f"{listed(asked).capitalize()}: {self.rule.because}"
            )
        strange = [drug for drug in planned if drug not in self.rule.fine]
        if strange:
            return Outcome(
                Status.CANNOT_DETERMINE,
                _n(
                    "{drugs} is not classed here: {because}",
                    "{drugs} are not classed here: {because}",
                    len(strange),
                ).format(drugs=_listed(strange), because=self.rule.because),
                lacks=tuple(Lack("ceiling") for __ in strange),
            )
        fine = _n("{drugs} is fine here", "{drugs} are fine here", len(planned))
        return Outcome(Status.OK, fine.format(drugs=_listed(planned)))


def _listed(drugs: list[str]) -> str:
    """``Dexamethasone``, ``Cortisone and prednisolone``."""
    return listed(drugs).capitalize()


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Rule:
    both = sorted(set(fields["reason"]) & set(fields["fine"]))
    if both:
        raise Contradiction(
            "fine", _("{both} stands under “reason” too.").format(both=", ".join(both))
        )
    return Drugs(
        head,
        applies,
        frozenset(fields["reason"]),
        frozenset(fields["fine"]),
        fields["because"],
    )


KIND = KindOfRule(
    says=_("which steroids need a reason"),
    fields={"reason": "drugs", "fine": "drugs", "because": "text"},
    build=_build,
)
