"""Free times: on the day wanted, on the days after it, and the first one the rules allow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from clinicdesk.domain.rows.schedule import DayRows
from clinicdesk.scheduling.places import Needs
from clinicdesk.scheduling.slots import free_starts

Days = Callable[[date], DayRows]
Barred = Callable[[date], date | None]
"""Until which day the rules bar a day; None where they do not."""

OFFERED, OFFERED_LATER = 4, 2
"""Free times offered of the day wanted, and of a later one."""
DAYS_AHEAD = 10
"""Days looked at for another time, the one wanted included."""
DAYS_SOUGHT = 60
"""Days looked at for the first time the rules allow."""


def free_instead(needs: Needs, wanted: datetime, days: Days, now: datetime) -> tuple[datetime, ...]:
    """Free starts near a time that is not: of its day, else of the next day that has any.

    ``wanted`` and ``now`` in the clinic's zone.
    """
    free = _near(needs, wanted, days(wanted.date()), now)
    for ahead in range(1, DAYS_AHEAD):
        if free:
            return free
        other = days(wanted.date() + timedelta(days=ahead))
        free = _near(needs, wanted, other, now)[:OFFERED_LATER]
    return free


def _near(needs: Needs, wanted: datetime, rows: DayRows, now: datetime) -> tuple[datetime, ...]:
    """Free starts of a day, those after the time wanted before those earlier."""
    starts = tuple(free_starts(needs, rows, now))
    later = [start for start in starts if start.time() >= wanted.time()]
    return tuple(later[:OFFERED]) or starts[-OFFERED:]


def first_free(
    needs: Needs, first: date, at: time, days: Days, barred: Barred, now: datetime
) -> datetime | None:
    """Day by day from ``first`` on; of a day the free start nearest to ``at``.

    A later free day may be barred again, by a booking in between. None where nothing is free
    within ``DAYS_SOUGHT`` days.
    """
    day = first
    while day < first + timedelta(days=DAYS_SOUGHT):
        start = _nearest(needs, at, days(day), now)
        until = barred(day) if start is not None else None
        if start is not None and until is None:
            return start
        day = max(day + timedelta(days=1), until or day)
    return None


def _nearest(needs: Needs, at: time, rows: DayRows, now: datetime) -> datetime | None:
    aim = datetime.combine(rows.day, at, now.tzinfo)
    starts = [start for start in free_starts(needs, rows, now) if start >= now]
    return min(starts, key=lambda start: abs(start - aim), default=None)
