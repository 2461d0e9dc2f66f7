"""Months that clamp, weeks that begin where the country begins them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day number ``months`` later (or earlier), clamped to that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def week_start(day: date, first_weekday: int) -> date:
    """The day on which the week of ``day`` begins; weekdays from Monday 0."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)
