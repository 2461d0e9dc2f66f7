"""Which bars the small chart shows: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from clinicdesk.domain.rows.due import WeekCount
from clinicdesk.ui.verdict.words import day_short

SHOWN = 10
_BEFORE = 2
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Bar:
    """One bar. ``since``: None on the bar of everything before; ``until``: its last day."""

    since: date | None
    until: date
    label: str
    booked: int
    open: int
    overdue: bool
    this_week: bool = False

    @property
    def total(self) -> int:
        return self.booked + self.open

    @property
    def spoken(self) -> str:
        """``Week of 7 Dec: 5 to book, 1 booked``."""
        head = f"Week of {self.label}" if self.since else "Before that"
        late = "overdue" if self.overdue else "to book"
        return f"{head}: {self.open} {late}, {self.booked} booked"


def bars(weeks: tuple[WeekCount, ...], on: date) -> tuple[Bar, ...]:
    """This week with two before it and the coming ones; what is older stands in one bar."""
    monday = on - timedelta(days=on.weekday())
    counts = {week.monday: week for week in weeks}
    first = monday - _BEFORE * _WEEK
    older = [week for week in weeks if week.monday < first]
    shown: list[Bar] = []
    if older:
        open_, booked = sum(w.open for w in older), sum(w.booked for w in older)
        shown.append(Bar(None, first - timedelta(days=1), "Older", booked, open_, overdue=True))
    while len(shown) < SHOWN:
        at = first + (len(shown) - bool(older)) * _WEEK
        found = counts.get(at, WeekCount(at, 0, 0, overdue=at < monday))
        shown.append(
            Bar(at, at + timedelta(days=6), day_short(at), found.booked, found.open,
                overdue=found.overdue or at < monday, this_week=at == monday)
        )  # fmt: skip
    return tuple(shown)
