"""When a resource may be booked.

Hours are local wall-clock stretches of one day. A resource without hours of its
own follows the clinic's; one whose only stretch is empty (start equals end) is
closed that day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.dates import minute_words
from clinicdesk.domain.lists import both
from clinicdesk.domain.rows.schedule import DayRows, OpenHours
from clinicdesk.domain.translation import _

Stretch = tuple[int, int]


def minutes(moment: time) -> int:
    """Minutes since midnight; 00:00 as an end is written 23:59 by the clinic, never 24:00."""
    return moment.hour * 60 + moment.minute


def on_the_wall(moment: datetime, day: date) -> int:
    """Minutes on the wall's clock since a day's midnight; ``moment`` in the clinic's zone."""
    return (moment.date() - day).days * 1440 + moment.hour * 60 + moment.minute


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches of minutes, ascending, joined where they touch or overlap; empty ones dropped."""
    result: list[Stretch] = []
    for start, end in sorted(s for s in stretches if s[0] < s[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def open_stretches(hours: Iterable[OpenHours], resource_id: int | None) -> tuple[Stretch, ...]:
    """Stretches in which both the clinic and the resource are open."""
    listed = tuple(hours)
    clinic = merged((minutes(h.start), minutes(h.end)) for h in listed if h.resource_id is None)
    own = [h for h in listed if h.resource_id == resource_id and resource_id is not None]
    if not own:
        return clinic
    mine = merged((minutes(h.start), minutes(h.end)) for h in own)
    if not any(h.resource_id is None for h in listed):
        return mine
    both = ((max(a, c), min(b, d)) for a, b in clinic for c, d in mine)
    return merged(both)


def closed_stretches(
    hours: Iterable[OpenHours], resource_id: int | None, first: int, last: int
) -> tuple[Stretch, ...]:
    """What of the minutes ``first`` to ``last`` is closed."""
    closed: list[Stretch] = []
    at = first
    for start, end in open_stretches(hours, resource_id):
        if start > at:
            closed.append((at, min(start, last)))
        at = max(at, end)
    if at < last:
        closed.append((at, last))
    return tuple(s for s in closed if s[0] < s[1])


def fits(hours: Iterable[OpenHours], resource_id: int | None, start: int, end: int) -> bool:
    """Whether the minutes lie in one open stretch."""
    return any(a <= start and end <= b for a, b in open_stretches(hours, resource_id))


def bookable_minutes(day: DayRows, resource_id: int) -> int:
    """How long a resource is open on a day, without what is kept for lunch and the like."""
    open_for = sum(end - start for start, end in open_stretches(day.hours, resource_id))
    kept = sum(
        round((block.end - block.start).total_seconds() / 60)
        for block in day.blocks
        if resource_id in block.resource_ids
    )
    return max(0, open_for - kept)


def in_words(stretches: Iterable[Stretch], customs: Customs) -> str:
    """``08:00–12:00 and 13:00–17:00``; ``closed all day`` for none."""
    parts = [f"{minute_words(a, customs)}–{minute_words(b, customs)}" for a, b in stretches]
    return both(parts) if parts else _("closed all day")
