"""Sessions of a kind within a scope: the days that caps and gaps look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from clinicdesk.rules.calendar import Span
from clinicdesk.rules.case import Case, Entry, regions_of, spots_of

if TYPE_CHECKING:
    from clinicdesk.rules.pack import SessionKind


class Scope(StrEnum):
    """What a rule looks at: the patient, each planned region, or each planned spot."""

    PATIENT = "patient"
    REGION = "region"
    SPOT = "spot"


@dataclass(frozen=True)
class Track:
    """The sessions in one scope.

    Attributes:
        where: for the sentence: ``lumbar-sacral``, ``knee left``; empty for the patient.
        days: ascending, each once; bookings included.
    """

    where: str
    days: tuple[date, ...]

    def in_window(self, day: date, window: Span) -> tuple[date, ...]:
        """The days d with ``day`` − window < d < ``day``."""
        start = bisect_right(self.days, window.before(day))
        return self.days[start : bisect_left(self.days, day)]

    def last(self, day: date, window: Span) -> date | None:
        """The rule's last session S: the latest in the window before ``day``."""
        inside = self.in_window(day, window)
        return inside[-1] if inside else None


def tracks(case: Case, kind: SessionKind, scope: Scope) -> tuple[Track, ...]:
    """One track for each scope of the plan, in a stable order."""
    entries = [entry for entry in case.history if kind.selector.matches(entry)]
    if scope is Scope.PATIENT:
        return (Track("", _days(entries)),)
    if scope is Scope.REGION:
        planned = regions_of(case.plan.sites)
        return tuple(
            Track(region, _days([e for e in entries if region in regions_of(e.sites)]))
            for region in sorted(planned)
        )
    covered = [(entry, spots_of(entry.sites)) for entry in entries]
    return tuple(
        Track(str(spot), _days([e for e, spots in covered if spot in spots]))
        for spot in sorted(spots_of(case.plan.sites))
    )


def _days(entries: list[Entry]) -> tuple[date, ...]:
    return tuple(sorted({entry.date for entry in entries}))


def union(groups: list[tuple[date, ...]]) -> tuple[date, ...]:
    """All days, ascending, each once."""
    return tuple(sorted({day for group in groups for day in group}))
