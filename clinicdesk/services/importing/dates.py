"""Dates as a spreadsheet wrote them: the order is read off the whole column, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

ORDERS = {"ymd": "year-month-day", "mdy": "month/day/year", "dmy": "day/month/year"}
_PARTS = re.compile(r"^\s*(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})(?:[T ].*)?\s*$")


def _numbers(text: str) -> tuple[int, int, int] | None:
    found = _PARTS.match(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def possible_orders(values: Iterable[str]) -> tuple[str, ...]:
    """The orders in which every readable value is a real day; several when it stays open."""
    left = set(ORDERS)
    for text in values:
        numbers = _numbers(text)
        if numbers is not None:
            left &= {order for order in left if _date(numbers, order) is not None} or left
    return tuple(order for order in ORDERS if order in left)


def read_date(text: str, order: str) -> date | None:
    """The day, None where it is none."""
    numbers = _numbers(text)
    return _date(numbers, order) if numbers is not None else None


def _date(numbers: tuple[int, int, int], order: str) -> date | None:
    a, b, c = numbers
    year, month, day = {"ymd": (a, b, c), "mdy": (c, a, b), "dmy": (c, b, a)}[order]
    if year < 1000:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
