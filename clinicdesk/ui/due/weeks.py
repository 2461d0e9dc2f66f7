"""Which bars the small chart shows: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from clinicdesk.domain.dates import day_short
from clinicdesk.domain.rows.due import WeekCount
from clinicdesk.domain.translation import _
from clinicdesk.ui import local

SHOWN = 10
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
        head = _("Week of {label}").format(label=self.label) if self.since else _("Before that")
        late = _("overdue") if self.overdue else _("to book")
        return _("{head}: {open} {late}, {booked} booked").format(
            head=head, open=self.open, late=late, booked=self.booked
        )


def bars(weeks: tuple[WeekCount, ...], on: date) -> tuple[Bar, ...]:
    """All that is older in one bar, then this week and the coming ones."""
    monday = local.week_start(on)
    older = [week for week in weeks if week.monday < monday]
    counts = {week.monday: week for week in weeks}
    open_, booked = sum(w.open for w in older), sum(w.booked for w in older)
    shown = [Bar(None, monday - timedelta(days=1), _("Earlier"), booked, open_, overdue=True)]
    for step in range(SHOWN - 1):
        at = monday + step * _WEEK
        found = counts.get(at, WeekCount(at, 0, 0, overdue=False))
        shown.append(
            Bar(at, at + timedelta(days=6), day_short(at), found.booked, found.open,
                overdue=found.overdue, this_week=at == monday)
        )  # fmt: skip
    return tuple(shown)


def short_labels(shown: tuple[Bar, ...]) -> tuple[str, ...]:
    """Labels where there is little room: the month only where it begins."""
    labels, month = [], 0
    for bar in shown:
        if bar.since is None:
            labels.append(_("Past"))
        else:
            labels.append(bar.label if bar.since.month != month else str(bar.since.day))
            month = bar.since.month
    return tuple(labels)


def tallest(shown: tuple[Bar, ...]) -> int:
    """What the full height stands for: a backlog twice as tall as any week is cut short."""
    weeks = max((bar.total for bar in shown if bar.since is not None), default=0)
    backlog = max((bar.total for bar in shown if bar.since is None), default=0)
    return max(weeks, backlog) if not weeks or backlog <= 2 * weeks else weeks
