"""On which days the clinic works, as far as a promise to call somebody goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from clinicdesk.domain.rows.schedule import DayRows
from clinicdesk.scheduling.hours import bookable_minutes, open_stretches

_DAY = timedelta(days=1)
_FURTHEST = 31
"""Days looked at; a clinic closed for longer has to be asked anyway."""


def works(day: DayRows) -> bool:
    """Whether anybody is there on a day.

    Not outside the opening hours, nor while all staff of the schedule are kept for ``closed``. Of
    a clinic whose hours nobody has entered, every day is taken for one.
    """
    hours = [each for each in day.hours if each.resource_id is None]
    if not hours:
        return True
    if not open_stretches(hours, None):
        return False
    closed = tuple(block for block in day.blocks if block.kind == "closed")
    staff = [each.id for each in day.resources if each.kind == "staff"]
    if not closed or not staff:
        return True
    # Only what the clinic's own hours leave open: who is away on a day closes nothing.
    kept = replace(day, hours=tuple(hours), blocks=closed)
    return any(bookable_minutes(kept, who) > 0 for who in staff)


def first_worked(wanted: date, day_of: Callable[[date], DayRows]) -> date:
    """The first day from ``wanted`` on that the clinic works; itself where none is near."""
    days = (wanted + _DAY * ahead for ahead in range(_FURTHEST))
    return next((day for day in days if works(day_of(day))), wanted)
