"""Columns of dates: what all values together allow, in whatever order the rows stand."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from clinicdesk.domain.dates import possible_orders, read_cell

TODAY = date(2026, 12, 1)
BOTH = ("mdy", "dmy")
COLUMNS = [
    (["5/25/1989", "1/2/1990"], ("mdy",)),
    (["25/5/1989", "1/2/1990"], ("dmy",)),
    (["1/2/1990"], BOTH),
    (["3/3/1990"], ("mdy",)),
    (["12/25/1961", "25/12/1961", "1/2/1990"], BOTH),
    (["1958-03-14", "1/2/1990"], BOTH),
    (["1958-03-14", "12/25/1961"], ("mdy",)),
    (["1958-03-14"], ("ymd",)),
    (["19580314", "19611225"], ("ymd",)),
    (["03141958"], ("mdy",)),
    (["14-Mar-1958", "25-Dec-61"], ("ymd",)),
    (["3/14/28"], ("mdy",)),
    (["21258", "22640"], ("serial",)),
    (["21258", "1958-03-14"], ("ymd",)),
    (["1958", "1961"], ("ymd",)),
    (["0000-00-00", ""], ("ymd", *BOTH)),
]


@pytest.mark.parametrize(("values", "orders"), COLUMNS)
def test_the_order_of_rows_decides_nothing(values: list[str], orders: tuple[str, ...]) -> None:
    assert {possible_orders(rows, TODAY) for rows in permutations(values)} == {orders}


CELLS = [
    ("3/14/28", "mdy", date(1928, 3, 14)),
    ("3/14/26", "mdy", date(2026, 3, 14)),
    ("12/25/26", "mdy", date(1926, 12, 25)),
    ("14-Mar-58", "ymd", date(1958, 3, 14)),
    ("14 March 1958", "mdy", date(1958, 3, 14)),
    ("19580314", "mdy", date(1958, 3, 14)),
    ("03141958", "mdy", date(1958, 3, 14)),
    ("03141958", "ymd", None),
    ("1958-03-14T00:00:00", "dmy", date(1958, 3, 14)),
    ("1958-03-14 00:00:00", "ymd", date(1958, 3, 14)),
    ("21258", "serial", date(1958, 3, 14)),
    ("21258", "ymd", None),
    ("1958", "serial", None),
    ("60000", "serial", None),
    ("0000-00-00 00:00:00", "ymd", None),
    ("0001-01-01 00:00:00", "ymd", None),
    ("3/14/958", "mdy", None),
    ("1958", "ymd", None),
    ("2/29/2023", "mdy", None),
]


@pytest.mark.parametrize(("text", "order", "day"), CELLS)
def test_a_cell(text: str, order: str, day: date | None) -> None:
    assert read_cell(text, order, TODAY) == day
