"""Dates as a file wrote them: the order is read off the whole column, never guessed.

One value says nothing about another: what the column may be is what all of them together allow,
in whatever order the rows stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.dates.reading import Sort, read_day
from clinicdesk.domain.translation import _

SERIAL = "serial"
ORDERS = {
    "ymd": _("year-month-day"),
    "mdy": _("month/day/year"),
    "dmy": _("day/month/year"),
    SERIAL: _("day numbers of a spreadsheet"),
}
# The country is only there for its order: a file says which it is.
_LIKE = {"mdy": "US", "dmy": "GB"}
_NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})(?:[T ]+\d.*)?")
_COMPACT = re.compile(r"\d{8}")
_SERIAL = re.compile(r"\d{4,5}")
_IN_DIGITS = re.compile(r"\d\s*[-/.]\s*\d")
_YEARS = range(1850, 2100)
"""What may be the year of eight digits, and is no day number of a spreadsheet."""
_FIRST_SERIAL = date(1899, 12, 30)
_NULL = re.compile(r"0000-00-00.*|0001-01-01.*|1/1/0001.*|01/01/0001.*|0+")
# Dates of a birth lie in the past; where nobody says when a file is read, all of a century do.
_LATEST = date(2099, 12, 31)


def no_date(text: str) -> bool:
    """Whether the value is what databases write for "no date" (``0000-00-00``)."""
    return _NULL.fullmatch(text.strip()) is not None


@dataclass
class ColumnDates:
    """What the values of a column, seen one by one, allow.

    Attributes:
        examples: of each order the first value that can only be read so, with its line.
        ambiguous: how many values can be read in two orders; ``first_ambiguous`` is one.
    """

    today: date = _LATEST
    examples: dict[str, tuple[str, int]] = field(default_factory=dict)
    ambiguous: int = 0
    first_ambiguous: str = ""
    _either: int = 0
    _serials: int = 0
    _others: int = 0

    def see(self, text: str, line: int = 0) -> None:
        """Takes one value into account; what is no date says nothing."""
        text = text.strip()
        if not text or no_date(text):
            return
        if _SERIAL.fullmatch(text) and read_cell(text, SERIAL, self.today) is not None:
            self._serials += 1
            return
        orders = [each for each in ("mdy", "dmy") if read_cell(text, each, self.today) is not None]
        self._others += 1
        if len(orders) == 1:
            self.examples.setdefault(orders[0], (text, line))
        elif orders and len({read_cell(text, each, self.today) for each in orders}) > 1:
            self.ambiguous += 1
            self.first_ambiguous = self.first_ambiguous or text
        elif orders and read_cell(text, "ymd", self.today) is None:
            self._either += 1  # 3/3/1958

    @property
    def contradictory(self) -> bool:
        """Whether some can only be read in one order, and others only in the other."""
        return len(self.examples) > 1

    def possible(self) -> tuple[str, ...]:
        """The orders that are possible: one where that is settled."""
        if self._serials and not self._others:
            return (SERIAL,)
        if self.contradictory:
            return ("mdy", "dmy")
        if self.examples:
            return tuple(self.examples)
        if self.ambiguous:
            return ("mdy", "dmy")
        if self._either:
            return ("mdy",)
        if self._others:
            return ("ymd",)
        return ("ymd", "mdy", "dmy")


def possible_orders(values: Iterable[str], today: date = _LATEST) -> tuple[str, ...]:
    """The orders in which a column may be written; several where that stays open."""
    seen = ColumnDates(today)
    for text in values:
        seen.see(text)
    return seen.possible()


def read_cell(text: str, order: str, today: date = _LATEST) -> date | None:
    """The day, None where it is none.

    A year that stands first, a month by name and eight digits have no order. A year of two digits
    is of a birth: ``28`` is 1928 in 2026.
    """
    text = text.strip()
    if no_date(text):
        return None
    if order == SERIAL and _SERIAL.fullmatch(text):
        return _of_serial(int(text), today)
    if _COMPACT.fullmatch(text):
        return _of_digits(text, order, today)
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None if _IN_DIGITS.search(text) else _day(text, _like("dmy"), today)
    first, second, third = found.groups()
    if len(first) == 4:
        return _day(f"{first}-{second}-{third}", _like(order), today)
    if order not in _LIKE or len(third) not in (2, 4):
        return None
    return _day(f"{first}/{second}/{third}", _like(order), today)


def _of_serial(number: int, today: date) -> date | None:
    day = _FIRST_SERIAL + timedelta(days=number)
    return day if number not in _YEARS and day <= today else None


def _of_digits(text: str, order: str, today: date) -> date | None:
    """``19580314``, or ``03141958`` in the order of the column: never both, by the year."""
    if int(text[:4]) in _YEARS:
        return _day(f"{text[:4]}-{text[4:6]}-{text[6:]}", _like(order), today)
    if order not in _LIKE or int(text[4:]) not in _YEARS:
        return None
    return _day(f"{text[:2]}/{text[2:4]}/{text[4:]}", _like(order), today)


@lru_cache(maxsize=4)
def _like(order: str) -> Customs:
    return customs_of(_LIKE.get(order, "GB"))


def _day(text: str, customs: Customs, today: date) -> date | None:
    try:
        return read_day(text, today, customs, Sort.BIRTH)
    except ValueError:
        return None
