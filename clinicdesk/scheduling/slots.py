"""Times on the grid, and the first free one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinicdesk.domain.rows.schedule import DayRows
from clinicdesk.scheduling.conflicts import Wanted, hindrances

GRID = 15
SNAP = 5


def snap(minute: float, step: int = SNAP) -> int:
    """The nearest multiple of ``step`` minutes; halves go up."""
    return int((minute + step / 2) // step) * step


def free_starts(
    wanted: Wanted, day: DayRows, now: datetime, midnight: datetime, step: int = GRID
) -> Iterator[datetime]:
    """Starts of the day, ascending, at which nothing stands in the way.

    ``midnight`` is the day's first moment in the clinic's zone; steps are wall-clock minutes, so
    a day with a change of the clocks has no hole and no double hour.
    """
    length = wanted.end - wanted.start
    for minute in range(0, 1440, step):
        start = midnight.replace(hour=minute // 60, minute=minute % 60)
        attempt = Wanted(start, start + length, wanted.patient_id, wanted.resources, wanted.ignore)
        if start >= now - timedelta(minutes=step) and not hindrances(attempt, day, now):
            yield start
