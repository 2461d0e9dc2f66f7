"""In which order a language writes a date: English as the program has always had it."""

from __future__ import annotations

from clinicdesk.domain.translation import _p


def day() -> str:
    """``1 Dec 2026``."""
    return _p("date", "{day} {month} {year}")


def day_short() -> str:
    """``1 Dec``."""
    return _p("date", "{day} {month}")


def weekday() -> str:
    """``Tue 12 Jan 2027``."""
    return _p("date", "{weekday} {day} {month} {year}")


def weekday_short() -> str:
    """``Tue 12 Jan``."""
    return _p("date", "{weekday} {day} {month}")


def day_long() -> str:
    """``Tuesday 24 November 2026``: the names in full."""
    return _p("date in full", "{weekday} {day} {month} {year}")


def month() -> str:
    """``November 2026``."""
    return _p("date", "{month} {year}")


def with_a_day() -> tuple[str, ...]:
    """All that name a day."""
    return (weekday(), day_long(), weekday_short(), day(), day_short())
