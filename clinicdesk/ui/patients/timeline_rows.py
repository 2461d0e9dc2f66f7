"""Procedures and appointments on lines of time, one line per kind and place: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from clinicdesk.domain.rows.people import PastProcedure, UpcomingAppointment
from clinicdesk.domain.translation import _
from clinicdesk.ui.patients.words import sites_text

SPANS: tuple[tuple[str, str, int | None], ...] = (
    ("6m", "6 m", 6),
    ("1y", "1 y", 12),
    ("2y", "2 y", 24),
    ("all", _("All"), None),
)
"""Choices of the range: key, label, months back; None shows everything."""

_AHEAD_SHARE = 0.12
_LEAST_AHEAD = timedelta(days=35)


@dataclass(frozen=True)
class LineOfTime:
    """One line: what was done (oldest first) and what is booked."""

    family: str
    title: str
    note: str
    done: tuple[PastProcedure, ...]
    booked: tuple[UpcomingAppointment, ...]


@dataclass(frozen=True)
class Range:
    """The days painted."""

    start: date
    end: date

    def share(self, day: date) -> float:
        """Where ``day`` lies: 0 at the start, 1 at the end; outside beyond them."""
        return (day - self.start).days / max(1, (self.end - self.start).days)

    def quarters(self) -> tuple[date, ...]:
        """First days of the quarters (or months, in a short range) inside."""
        step = 1 if (self.end - self.start).days < 300 else 3
        if (self.end - self.start).days > 1500:
            step = 12
        found = []
        year, month = self.start.year, 1
        while date(year, month, 1) <= self.end:
            if date(year, month, 1) > self.start:
                found.append(date(year, month, 1))
            month += step
            year, month = (year + 1, month - 12) if month > 12 else (year, month)
        return tuple(found)


def range_for(
    key: str,
    today: date,
    done: tuple[PastProcedure, ...],
    booked: tuple[UpcomingAppointment, ...],
) -> Range:
    """The range chosen, with room ahead for what is booked."""
    months = next((m for k, __, m in SPANS if k == key), 24)
    if months is None:
        days = [row.performed_on for row in done] or [today - timedelta(days=365)]
        start = min(days) - timedelta(days=20)
    else:
        start = today - timedelta(days=round(months * 30.44))
    ahead = max(_LEAST_AHEAD, (today - start) * _AHEAD_SHARE)
    later = [row.start.date() + timedelta(days=14) for row in booked]
    limit = today + (today - start)
    end = max([today + ahead, *[day for day in later if day <= limit]])
    return Range(start, end)


def within(lines: tuple[LineOfTime, ...], span: Range) -> tuple[LineOfTime, ...]:
    """The lines that have something to show in a range."""
    return tuple(
        line
        for line in lines
        if any((row.followup_on or row.performed_on) >= span.start for row in line.done)
        or any(row.start.date() <= span.end for row in line.booked)
    )


def lines_of_time(
    done: tuple[PastProcedure, ...], booked: tuple[UpcomingAppointment, ...]
) -> tuple[LineOfTime, ...]:
    """Lines by kind, the one used last first; struck-out entries are left out."""
    groups: dict[str, list[PastProcedure]] = {}
    for row in sorted(done, key=_when):
        if not row.struck:
            groups.setdefault(row.name, []).append(row)
    ahead: dict[str, list[UpcomingAppointment]] = {}
    for plan in booked:
        # What was booked for a day and is done there stands once, as done.
        same = (row for row in groups.get(plan.title, ()) if row.performed_on == plan.start.date())
        if plan.sites and not any(set(row.sites) & set(plan.sites) for row in same):
            ahead.setdefault(plan.title, []).append(plan)
    names = sorted(groups, key=lambda name: groups[name][-1].performed_on, reverse=True)
    names += [name for name in ahead if name not in groups]
    return tuple(
        _line(name, tuple(groups.get(name, ())), tuple(ahead.get(name, ()))) for name in names
    )


def _when(row: PastProcedure) -> tuple[date, int]:
    return (row.performed_on, row.id)


def _line(
    name: str, done: tuple[PastProcedure, ...], booked: tuple[UpcomingAppointment, ...]
) -> LineOfTime:
    sites = list(dict.fromkeys(sites_text(row.sites) for row in reversed(done)))
    sites += [s for s in (sites_text(row.sites) for row in booked) if s not in sites]
    note = sites[0] if sites else ""
    if len(sites) > 1:
        note = _("{site} and {count} more").format(site=note, count=len(sites) - 1)
    family = done[-1].family if done else booked[0].family
    return LineOfTime(family, name, note, done, booked)
