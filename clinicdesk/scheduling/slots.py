"""Times on the grid, and the first free one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from clinicdesk.domain.rows.schedule import DayRows, ResourceRow
from clinicdesk.scheduling.conflicts import Wanted, hindrances
from clinicdesk.scheduling.overlap import exists
from clinicdesk.scheduling.places import Needs, attempt, unfit

GRID = 15
SNAP = 5
SOUGHT = 30
"""Minutes that a free slot should have."""
_MORNING, _LATEST = 9 * 60, 23 * 60


def snap(minute: float, step: int = SNAP) -> int:
    """The nearest multiple of ``step`` minutes; halves go up."""
    return int((minute + step / 2) // step) * step


def free_starts(needs: Needs, day: DayRows, now: datetime, step: int = GRID) -> Iterator[datetime]:
    """Starts of the day, ascending, at which nothing stands in the way.

    ``now`` is in the clinic's zone; steps are minutes of the clock on the wall: the hour that is
    left out in spring has no starts, the one that comes twice in autumn is offered once.
    """
    if any(unfit(needs, day)):
        return
    midnight = datetime.combine(day.day, time(), now.tzinfo)
    for minute in range(0, 1440, step):
        start = midnight.replace(hour=minute // 60, minute=minute % 60)
        if start < now - timedelta(minutes=step) or not exists(start):
            continue
        if not attempt(needs, start, day, now).clashes:
            yield start


def next_quarter(now: datetime, day: date) -> datetime:
    """When a booking on ``day`` begins while nobody has said when, in the zone of ``now``.

    Today the next quarter of an hour, 23:00 at the latest; 09:00 on another day.
    """
    minute = _MORNING
    if now.date() == day:
        minute = min(-(-(now.hour * 60 + now.minute) // GRID) * GRID, _LATEST)
    return datetime.combine(day, time(minute // 60, minute % 60), now.tzinfo)


def next_free(day: DayRows, resource: ResourceRow, now: datetime, later_than: int) -> int | None:
    """The minute since midnight at which a resource's next free half hour begins.

    Args:
        day: the day's rows.
        resource: a physician or a room.
        now: in the clinic's zone; nothing is offered before it.
        later_than: minute since midnight; what begins there or before was seen already.
    """
    needs = (
        Needs(SOUGHT, physician_id=resource.id)
        if resource.kind == "staff"
        else Needs(SOUGHT, room_id=resource.id)
    )
    for start in free_starts(needs, day, now):
        minute = start.hour * 60 + start.minute
        if minute > later_than and start >= now:
            return minute
    return None


def is_free(day: DayRows, resource_id: int, start: datetime, end: datetime) -> bool:
    """Whether a resource is there, not kept and not booked; of the past, too."""
    return not hindrances(Wanted(start, end, None, (resource_id,)), day, start)
