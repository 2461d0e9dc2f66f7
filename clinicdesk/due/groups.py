"""Where a row stands on a day. The database asks the same in SQL; a test holds the two together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from clinicdesk.domain.dates import add_months
from clinicdesk.domain.rows.due import DueGroup
from clinicdesk.domain.vocabulary import DueTerms

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
class Dates:
    """What decides about a row's group; ``snoozed_until`` far away stands for "for good"."""

    booked_on: date | None
    snoozed_until: date | None
    allowed_from: date
    relief_latest: date
    due_on: date
    last_done: date


@dataclass(frozen=True)
class Stay:
    """A row stands in ``group`` on every day from ``since`` to the one before ``until``."""

    group: DueGroup
    since: date
    until: date


def group_of(on: date, row: Dates, terms: DueTerms) -> DueGroup:
    """The group of a row on the day ``on``."""
    if row.booked_on is not None and row.booked_on >= on:
        return DueGroup.BOOKED
    if row.snoozed_until is not None and row.snoozed_until > on:
        return DueGroup.SNOOZED
    if row.relief_latest < on and row.allowed_from <= on and row.due_on <= on:
        return DueGroup.LAPSED if row.last_done < lapsed_before(on, terms) else DueGroup.OVERDUE
    if row.due_on <= on + timedelta(days=terms.now_days):
        return DueGroup.NOW
    if row.due_on <= on + timedelta(days=terms.soon_days):
        return DueGroup.SOON
    return DueGroup.HOLDING


def stay_of(on: date, row: Dates, terms: DueTerms) -> Stay:
    """The group of a row on the day ``on``, and how long it stood and will stand there.

    A row that never leaves its group stays until ``date.max``.
    """
    here, days = group_of(on, row, terms), _turns(row, terms)
    after = (day for day in days if day > on and group_of(day, row, terms) is not here)
    before = (
        day for day in reversed(days) if day <= on and group_of(day - _DAY, row, terms) is not here
    )
    return Stay(here, next(before, date.min), next(after, date.max))


def _turns(row: Dates, terms: DueTerms) -> list[date]:
    """Every day on which the group may be another than on the day before, ascending."""
    overdue = max(row.relief_latest + _DAY, row.allowed_from, row.due_on)
    days = [
        row.due_on - timedelta(days=terms.soon_days),
        row.due_on - timedelta(days=terms.now_days),
        overdue,
        max(overdue, lapses_on(row.last_done, terms)),
    ]
    if row.booked_on is not None:
        days.append(row.booked_on + _DAY)
    if row.snoozed_until is not None and row.snoozed_until.year < date.max.year:
        days.append(row.snoozed_until)
    return sorted(days)


def lapsed_before(on: date, terms: DueTerms) -> date:
    """Overdue rows last done before this day have lapsed."""
    return add_months(on, -terms.lapsed_months)


def lapses_on(last_done: date, terms: DueTerms) -> date:
    """The first day on which what was last done then has lapsed, if it is overdue."""
    day = add_months(last_done, terms.lapsed_months)
    while lapsed_before(day, terms) <= last_done:
        day += _DAY
    return day
