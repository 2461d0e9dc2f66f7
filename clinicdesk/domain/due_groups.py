"""Where a row stands on a day. The database asks the same in SQL; a test holds the two together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from clinicdesk.domain.dates import add_months
from clinicdesk.domain.rows.due import DueGroup

NOW_DAYS, SOON_DAYS = 7, 28
LAPSED_MONTHS = 24
ORDER = (
    DueGroup.OVERDUE,
    DueGroup.NOW,
    DueGroup.SOON,
    DueGroup.HOLDING,
    DueGroup.BOOKED,
    DueGroup.LAPSED,
    DueGroup.SNOOZED,
)
"""The groups as they stand under one another."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stay:
    """A row stands in ``group`` on every day from ``since`` to the one before ``until``."""

    group: DueGroup
    since: date
    until: date


def group_of(
    on: date,
    *,
    booked_on: date | None,
    snoozed_until: date | None,
    allowed_from: date,
    relief_latest: date,
    due_on: date,
    last_done: date,
) -> DueGroup:
    """The group of a row on the day ``on``; ``snoozed_until`` far away stands for "for good"."""
    if booked_on is not None and booked_on >= on:
        return DueGroup.BOOKED
    if snoozed_until is not None and snoozed_until > on:
        return DueGroup.SNOOZED
    if relief_latest < on and allowed_from <= on and due_on <= on:
        return DueGroup.LAPSED if last_done < lapsed_before(on) else DueGroup.OVERDUE
    if due_on <= on + timedelta(days=NOW_DAYS):
        return DueGroup.NOW
    if due_on <= on + timedelta(days=SOON_DAYS):
        return DueGroup.SOON
    return DueGroup.HOLDING


def stay_of(
    on: date,
    *,
    booked_on: date | None,
    snoozed_until: date | None,
    allowed_from: date,
    relief_latest: date,
    due_on: date,
    last_done: date,
) -> Stay:
    """The group of a row on the day ``on``, and how long it stood and will stand there.

    Arguments as of ``group_of``. A row that never leaves its group stays until ``date.max``.
    """
    group: Callable[[date], DueGroup] = partial(
        group_of,
        booked_on=booked_on,
        snoozed_until=snoozed_until,
        allowed_from=allowed_from,
        relief_latest=relief_latest,
        due_on=due_on,
        last_done=last_done,
    )
    overdue = max(relief_latest + _DAY, allowed_from, due_on)
    days = [due_on - timedelta(days=SOON_DAYS), due_on - timedelta(days=NOW_DAYS), overdue,
            max(overdue, lapses_on(last_done))]  # fmt: skip
    if booked_on is not None:
        days.append(booked_on + _DAY)
    if snoozed_until is not None and snoozed_until.year < date.max.year:
        days.append(snoozed_until)
    here = group(on)
    after = (day for day in sorted(days) if day > on and group(day) is not here)
    before = (day for day in sorted(days, reverse=True)
              if day <= on and group(day - _DAY) is not here)  # fmt: skip
    return Stay(here, next(before, date.min), next(after, date.max))


def lapsed_before(on: date) -> date:
    """Overdue rows last done before this day have lapsed."""
    return add_months(on, -LAPSED_MONTHS)


def lapses_on(last_done: date) -> date:
    """The first day on which what was last done then has lapsed, if it is overdue."""
    day = add_months(last_done, LAPSED_MONTHS)
    while lapsed_before(day) <= last_done:
        day += _DAY
    return day
