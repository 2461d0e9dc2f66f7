"""Calendar dates: months that clamp, and days in words that are the same in every locale."""

from __future__ import annotations

import calendar
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def add_months(day: date, months: int) -> date:
    """The same day number ``months`` later (or earlier), clamped to that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def day_words(day: date) -> str:
    """``1 Dec 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_short(day: date) -> str:
    """``1 Dec``."""
    return f"{day.day} {MONTHS[day.month - 1]}"
