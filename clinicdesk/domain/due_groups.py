"""Where a row stands on a day. The database asks the same in SQL; a test holds the two together."""

from __future__ import annotations

from datetime import date, timedelta

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


def lapsed_before(on: date) -> date:
    """Overdue rows last done before this day have lapsed."""
    return add_months(on, -LAPSED_MONTHS)
