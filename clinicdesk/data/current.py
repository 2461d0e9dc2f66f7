"""What is current on a day: the one place that compares the days of a row with another day.

A dated row holds from ``valid_from`` to ``valid_to``, both included; NULL: not known since when, or
still. The same twice, as SQL for a query and as Python for rows at hand; a test keeps every other
file from comparing these days by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

_ONE_DAY = timedelta(days=1)


class Span(Protocol):
    """A row that holds from a day to a day."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


S = TypeVar("S", bound=Span)


# -- the predicate, twice ------------------------------------------------------------------------


def current_on(table: Any, day: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a table; day or column
    """SQL: whether a row of ``table`` is current on ``day``, a date or a column of dates."""
    return and_(
        or_(table.valid_from.is_(None), table.valid_from <= day),
        or_(table.valid_to.is_(None), table.valid_to >= day),
    )


def is_current(row: Span, day: date) -> bool:
    """Python: whether a row is current on ``day``."""
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or row.valid_to >= day)


# -- what follows from it ------------------------------------------------------------------------


def days_of(table: Any) -> tuple[InstrumentedAttribute[date], ...]:  # noqa: ANN401 - a table
    """The two columns that ``is_current`` and ``turns`` look at, for a query of columns."""
    return table.valid_from, table.valid_to


def lasts_as_long(row: Span, day: date, last: date | None) -> bool:
    """A row current on ``day``, or one that ends on the very day ``last`` (None: never)."""
    return is_current(row, day) or row.valid_to == last


def not_over(row: Span, day: date) -> bool:
    """Whether a row is current on ``day`` or may be on a later one."""
    return row.valid_to is None or row.valid_to >= day


def turns(row: Span, day: date) -> tuple[date, ...]:
    """The days after ``day`` on which the row begins to be current, or no longer is."""
    after = row.valid_to + _ONE_DAY if row.valid_to is not None else None
    if row.valid_from is not None and after is not None and row.valid_from >= after:
        return ()  # ended before it began: it never was
    return tuple(turn for turn in (row.valid_from, after) if turn is not None and turn > day)


def end_before(row: Any, day: date) -> None:  # noqa: ANN401 - a row of any dated table
    """Ends a row so that it is not current on ``day`` any more, whenever it began."""
    row.valid_to = day - _ONE_DAY


def latest_begun(rows: Iterable[S]) -> S | None:
    """Of several current rows of which one counts, the one that began last; then the newest."""
    found: S | None = None
    for row in rows:  # in the order of their ids
        if found is None or (row.valid_from or date.min) >= (found.valid_from or date.min):
            found = row
    return found
