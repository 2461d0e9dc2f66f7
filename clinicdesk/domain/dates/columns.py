"""Dates as a file wrote them: the order is read off the whole column, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.dates.reading import Sort, read_day

ORDERS = {"ymd": "year-month-day", "mdy": "month/day/year", "dmy": "day/month/year"}
# The country is only there for its order: a file says which it is.
_LIKE = {"mdy": "US", "dmy": "GB"}
_NUMBERS = re.compile(r"\s*(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})(?:[T ].*)?\s*")
_FULL_YEAR = re.compile(r"\d{4}")
_IN_DIGITS = re.compile(r"\d\s*[-/.]\s*\d")
_ANY_DAY = date(2000, 1, 1)


def possible_orders(values: Iterable[str]) -> tuple[str, ...]:
    """The orders in which every readable value is a real day; several when it stays open."""
    left = set(ORDERS)
    for text in values:
        if _NUMBERS.fullmatch(text) is not None:
            left &= {order for order in left if read_cell(text, order) is not None} or left
    return tuple(order for order in ORDERS if order in left)


def read_cell(text: str, order: str) -> date | None:
    """The day, None where it is none; nobody sees it in words, so its year has four digits."""
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return _named(text)
    first, second, third = found[1], found[3], found[4]
    if len(third if order != "ymd" else first) != 4 or (order != "ymd" and len(first) > 2):
        return None
    sign = "-" if order == "ymd" else "/"
    return _day(sign.join((first, second, third)), _like(order))


def _named(text: str) -> date | None:
    """``14 Mar 1958``: a month by name has no order."""
    by_name = _FULL_YEAR.search(text) and not _IN_DIGITS.search(text)
    return _day(text, _like("dmy")) if by_name else None


@lru_cache(maxsize=4)
def _like(order: str) -> Customs:
    return customs_of(_LIKE.get(order, "GB"))


def _day(text: str, customs: Customs) -> date | None:
    try:
        return read_day(text, _ANY_DAY, customs, Sort.BIRTH)
    except ValueError:
        return None
