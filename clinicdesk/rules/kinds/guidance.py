"""``guidance``: how the needle must be seen, and whether with contrast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.lists import both, listed
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.translation import _
from clinicdesk.rules.case import Case
from clinicdesk.rules.kinds.base import Contradiction, Head, KindOfRule, Outcome, Rule, Timeless
from clinicdesk.rules.selector import Selector
from clinicdesk.rules.sessions import Past
from clinicdesk.rules.verdict import Lack, Status

PREGNANT, CONTRAST_ALLERGY = "pregnant", "contrast allergy"
WHEN = (PREGNANT, CONTRAST_ALLERGY)
_FOR_WHOM = {PREGNANT: _("in pregnancy"), CONTRAST_ALLERGY: _("with a contrast allergy")}


@dataclass(frozen=True)
class Choice:
    """Who it is for (empty: everybody else), which guidance will do, and the contrast.

    ``by`` empty: none will do without a reason. ``contrast`` None: it plays no part.
    """

    when: str
    by: tuple[Guidance, ...]
    contrast: bool | None

    def fits(self, case: Case) -> bool:
        """Whether this is the patient's case."""
        if self.when == PREGNANT:
            return case.patient.pregnant
        return self.when == "" or case.patient.contrast_allergy

    def words(self) -> str:
        """``fluoroscopy or CT with contrast``."""
        if not self.by:
            return _("none without a reason")
        names = [guidance.value if guidance is not Guidance.CT else "CT" for guidance in self.by]
        named = listed(names, "or")
        if self.contrast is None:
            return named
        return (
            _("{named} with contrast").format(named=named)
            if self.contrast
            else _("{named} without contrast").format(named=named)
        )


@dataclass(frozen=True)
class GuidedBy:
    """The first choice that fits the patient counts."""

    head: Head
    applies: Selector
    choices: tuple[Choice, ...]

    def bind(self, past: Past) -> BoundGuidance:
        case = past.case
        return BoundGuidance(next(c for c in self.choices if c.fits(case)), case)

    def terms(self) -> str:
        special = [f"{_FOR_WHOM[c.when]}: {c.words()}" for c in self.choices[:-1]]
        rest = self.choices[-1].words()
        return "; ".join([*special, _("else: {rest}").format(rest=rest) if special else rest])


@dataclass(frozen=True)
class BoundGuidance(Timeless):
    """The choice that fits, with the case."""

    choice: Choice
    case: Case

    def outcome(self, day: date) -> Outcome:  # noqa: ARG002 - the same on every day
        choice, plan = self.choice, self.case.plan
        for_whom = f" {_FOR_WHOM[choice.when]}" if choice.when else ""
        if not choice.by:
            return Outcome(
                Status.NEEDS_REASON, _("Imaging{for_whom} needs a reason").format(for_whom=for_whom)
            )
        wanted = f"{choice.words()}{for_whom}"
        given = plan.guidance
        wrong_contrast = choice.contrast is not None and plan.contrast is (not choice.contrast)
        if (given is not None and given not in choice.by) or wrong_contrast:
            return Outcome(
                Status.NEEDS_REASON,
                _("Planned {planned}; expected is {wanted}").format(
                    planned=self._planned(), wanted=wanted
                ),
            )
        lacks = []
        if given is None:
            lacks.append(Lack("guidance"))
        if plan.contrast is None and choice.contrast is not None:
            lacks.append(Lack("contrast"))
        if lacks:
            what = both(
                _("how it is guided") if lack.what == "guidance" else _("whether contrast is used")
                for lack in lacks
            )
            return Outcome(
                Status.CANNOT_DETERMINE,
                _("Not said {what}; expected is {wanted}").format(what=what, wanted=wanted),
                lacks=tuple(lacks),
            )
        return Outcome(
            Status.OK,
            _("Planned {planned}, as expected{for_whom}").format(
                planned=self._planned(), for_whom=for_whom
            ),
        )

    def _planned(self) -> str:
        """What the plan says of it; asked only where it says something that counts."""
        plan = self.case.plan
        parts = []
        if plan.guidance is not None:
            parts.append("CT" if plan.guidance is Guidance.CT else plan.guidance.value)
        if plan.contrast is not None and self.choice.contrast is not None:
            parts.append(_("with contrast") if plan.contrast else _("without contrast"))
        return " ".join(parts)


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Rule:
    choices: tuple[Choice, ...] = fields["choices"]
    whens = [choice.when for choice in choices]
    if len(set(whens)) != len(whens):
        raise Contradiction("choices", _("two of them are for the same patients."))
    if whens[-1] != "":
        raise Contradiction(
            "choices", _("the last one must be for everybody else (without “when”).")
        )
    return GuidedBy(head, applies, choices)


KIND = KindOfRule(
    says=_("how the needle is seen, and whether with contrast"),
    fields={"choices": "choices"},
    build=_build,
)
