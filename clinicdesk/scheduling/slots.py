"""Times on the grid, and the first free one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from clinicdesk.domain.rows.schedule import DayRows
from clinicdesk.scheduling.conflicts import Wanted, hindrances
from clinicdesk.scheduling.overlap import after, exists

GRID = 15
SNAP = 5
SOUGHT = 30
"""Minutes that a free slot should have."""
_MORNING, _LATEST = 9 * 60, 23 * 60


def snap(minute: float, step: int = SNAP) -> int:
    """The nearest multiple of ``step`` minutes; halves go up."""
    return int((minute + step / 2) // step) * step


def free_starts(
    wanted: Wanted, day: DayRows, now: datetime, midnight: datetime, step: int = GRID
) -> Iterator[datetime]:
    """Starts of the day, ascending, at which nothing stands in the way.

    ``midnight`` is the day's first moment in the clinic's zone; steps are minutes of the clock on
    the wall: the hour that is left out in spring has no starts, the one that comes twice in
    autumn is offered once.
    """
    length = round((wanted.end - wanted.start).total_seconds() / 60)
    for minute in range(0, 1440, step):
        start = midnight.replace(hour=minute // 60, minute=minute % 60)
        if start < now - timedelta(minutes=step) or not exists(start):
            continue
        attempt = replace(wanted, start=start, end=after(start, length))
        if not hindrances(attempt, day, now):
            yield start


def next_quarter(now: datetime, day: date) -> datetime:
    """When a booking on ``day`` begins while nobody has said when, in the zone of ``now``.

    Today the next quarter of an hour, 23:00 at the latest; 09:00 on another day.
    """
    minute = _MORNING
    if now.date() == day:
        minute = min(-(-(now.hour * 60 + now.minute) // GRID) * GRID, _LATEST)
    return datetime.combine(day, time(minute // 60, minute % 60), now.tzinfo)


def next_free(
    day: DayRows, resource_id: int, midnight: datetime, now: datetime, later_than: int
) -> int | None:
    """The minute since midnight at which a resource's next free half hour begins.

    Args:
        day: the day's rows.
        resource_id: a physician or a room.
        midnight: the day's first moment in the clinic's zone.
        now: nothing is offered before it.
        later_than: minute since midnight; what begins there or before was seen already.
    """
    wanted = Wanted(midnight, after(midnight, SOUGHT), None, (resource_id,))
    for start in free_starts(wanted, day, now, midnight):
        minute = start.hour * 60 + start.minute
        if minute > later_than and start >= now:
            return minute
    return None
