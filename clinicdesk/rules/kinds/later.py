"""``later``: bookings that the planned session would stand in the way of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.lists import both
from clinicdesk.domain.spans import in_words
from clinicdesk.domain.translation import _, _n
from clinicdesk.rules.kinds.base import (
    Bound,
    Head,
    KindOfRule,
    Later,
    Outcome,
    Rule,
    Timeless,
)
from clinicdesk.rules.selector import Selector
from clinicdesk.rules.sessions import Past
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class LaterBooked:
    """Asks the caps and waits before it in the pack; speaks only where one is stood in the way."""

    head: Head
    applies: Selector

    def bind(self, past: Past) -> BoundLater:
        return BoundLater(tuple(past.bound))

    def terms(self) -> str:
        return _("a reason where a later booking would exceed its cap or come too soon")


@dataclass(frozen=True)
class BoundLater(Timeless):
    """The other rules, bound."""

    others: tuple[tuple[Head, Bound], ...]

    def _later(self, day: date) -> list[Later]:
        found = {
            item
            for head, rule in self.others
            for item in rule.ahead(day)
            if head.in_force(item.day)
        }
        return sorted(found, key=_by_day)

    def status(self, day: date) -> Status | None:
        return Status.NEEDS_REASON if self._later(day) else None

    def outcome(self, day: date) -> Outcome:
        found = self._later(day)
        days = sorted({item.day for item in found})
        clauses = []
        for each in days:
            whys = both(item.why for item in found if item.day == each)
            clauses.append(_("that of {each} {whys}").format(each=in_words(each), whys=whys))
        head = _n(
            "A later booking stands against this one",
            "{count} later bookings stand against this one",
            len(days),
        ).format(count=len(days))
        return Outcome(Status.NEEDS_REASON, f"{head}: {'; '.join(clauses)}", tuple(days))

    def turns(self) -> Iterable[date]:
        for __, rule in self.others:
            yield from rule.turns()
            yield from rule.nearing()


def _by_day(item: Later) -> tuple[date, str]:
    return (item.day, item.why)


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Rule:  # noqa: ARG001
    return LaterBooked(head, applies)


KIND = KindOfRule(
    says=_("later bookings that would exceed their cap or come too soon"),
    fields={},
    build=_build,
    decides=True,
)
