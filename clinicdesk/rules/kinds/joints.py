"""``prosthesis`` and ``arthroplasty``: joints that are replaced, or soon to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clinicdesk.domain.spans import Span, in_words
from clinicdesk.domain.translation import _
from clinicdesk.rules.case import Arthroplasty, spots_of
from clinicdesk.rules.kinds.base import Head, KindOfRule, Outcome, Rule, Timeless
from clinicdesk.rules.selector import Selector
from clinicdesk.rules.sessions import Past
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class Prosthesis:
    """A planned site that overlaps a prosthesis needs a reason."""

    head: Head
    applies: Selector

    def bind(self, past: Past) -> BoundProsthesis:
        return BoundProsthesis(past)

    def terms(self) -> str:
        return _("a reason where the joint is a prosthesis")


@dataclass(frozen=True)
class BoundProsthesis(Timeless):
    """Prostheses with the case."""

    past: Past

    def outcome(self, day: date) -> Outcome:  # noqa: ARG002 - the same on every day
        patient = self.past.case.patient
        both = spots_of(self.past.case.plan.sites) & spots_of(patient.prostheses or ())
        if both:
            where = ", ".join(str(spot) for spot in sorted(both))
            return Outcome(
                Status.NEEDS_REASON, _("There is a prosthesis at {where}").format(where=where)
            )
        if patient.unplaced_prostheses:
            names = ", ".join(patient.unplaced_prostheses)
            return Outcome(
                Status.CANNOT_DETERMINE,
                _("Prosthesis with unknown joint or side on record: {names}").format(names=names),
            )
        if patient.prostheses is None:
            return Outcome(Status.OK, _("Not recorded: nobody has asked about an artificial joint"))
        return Outcome(Status.OK, _("No prosthesis is recorded at the planned site"))


@dataclass(frozen=True)
class PlannedArthroplasty:
    """An arthroplasty of a planned site on A with day ≤ A < day + ``within`` needs a reason."""

    head: Head
    applies: Selector
    within: Span

    def bind(self, past: Past) -> BoundArthroplasty:
        planned = spots_of(past.case.plan.sites)
        patient = past.case.patient
        due = tuple(
            item for item in patient.arthroplasty_planned or () if planned & item.site.spots
        )
        return BoundArthroplasty(
            self, due, patient.unplaced_surgeries, asked=patient.arthroplasty_planned is not None
        )

    def terms(self) -> str:
        return _("a reason where the joint is to be replaced within {within}").format(
            within=self.within
        )


@dataclass(frozen=True)
class BoundArthroplasty(Timeless):
    """The arthroplasties of the planned sites."""

    rule: PlannedArthroplasty
    due: tuple[Arthroplasty, ...]
    unplaced: tuple[str, ...] = ()
    asked: bool = True

    def outcome(self, day: date) -> Outcome:
        end = self.rule.within.after(day)
        near = [item for item in self.due if day <= item.date < end]
        if near:
            named = ", ".join(
                _("{site} on {date}").format(site=item.site, date=in_words(item.date))
                for item in near
            )
            return Outcome(
                Status.NEEDS_REASON,
                _("An arthroplasty is planned within {within}: {named}").format(
                    within=self.rule.within, named=named
                ),
            )
        if self.unplaced:
            return Outcome(
                Status.CANNOT_DETERMINE,
                _("Operation of an unknown joint or side on record: {names}").format(
                    names=", ".join(self.unplaced)
                ),
            )
        if not self.asked:
            return Outcome(
                Status.OK, _("Not recorded: nobody has asked about an operation of the joint")
            )
        return Outcome(
            Status.OK,
            _("No arthroplasty of the joint is due within {within}").format(
                within=self.rule.within
            ),
        )

    def turns(self) -> Iterable[date]:
        for item in self.due:
            start = self.rule.within.before(item.date)
            yield from (start + timedelta(days=step) for step in range(5))
            yield item.date + timedelta(days=1)


def _prosthesis(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Rule:  # noqa: ARG001
    return Prosthesis(head, applies)


def _arthroplasty(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Rule:
    return PlannedArthroplasty(head, applies, fields["within"])


PROSTHESIS = KindOfRule(
    says=_("a reason where the joint is a prosthesis"), fields={}, build=_prosthesis
)
ARTHROPLASTY = KindOfRule(
    says=_("a reason shortly before the joint is replaced"),
    fields={"within": "span"},
    build=_arthroplasty,
)
