"""Half-open intervals of time: back-to-back is no overlap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_FAR = timedelta(hours=3)


def overlaps(a_start: datetime, a_end: datetime, b_start: datetime, b_end: datetime) -> bool:
    """Whether two half-open intervals of aware moments share a moment."""
    # Python compares two times of one zone by the clock on the wall, which is an hour wrong in
    # the night the clocks go back. For all that lie further apart it is right, and quick.
    if a_start - b_end >= _FAR or b_start - a_end >= _FAR:
        return False
    a0, a1 = a_start.astimezone(UTC), a_end.astimezone(UTC)
    b0, b1 = b_start.astimezone(UTC), b_end.astimezone(UTC)
    return a0 < b1 and b0 < a1


def after(start: datetime, minutes: int) -> datetime:
    """The moment so many real minutes later, in the same zone."""
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def real_minutes(start: datetime, end: datetime) -> int:
    """The length between two moments, also in the nights the clocks change: two times of one zone
    subtracted tell the clock on the wall alone."""
    return round((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 60)


def exists(moment: datetime) -> bool:
    """Whether the clock on the wall shows this time at all (not where the clocks jump forward)."""
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)
