"""How many kept rows stand in each group: kept beside them, so that nobody counts them all.

Whoever changes rows notes what became more and what fewer, in the same transaction.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, case, delete, func, insert, select, text

from clinicdesk.data.tables import DueCount, DueItem
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx

_COUNT, _ITEM = table_of(DueCount), table_of(DueItem)
_KEY = (_COUNT.c.stands, _COUNT.c.family, _COUNT.c.due_on)


class Key(NamedTuple):
    """What is counted apart: a group's name, a family, a day."""

    stands: str
    family: str
    due_on: date


Counts = Counter[Key]
Span = tuple[date, date]


def note(tx: Tx, more: Counts) -> None:
    """Keeps by how much each count has changed; counts below nothing are fewer."""
    rows = [{**key._asdict(), "number": number} for key, number in more.items() if number]
    if rows:
        tx.session.execute(insert(_COUNT), rows)


def counted(tx: Tx, span: Span, since: date | None = None, until: date | None = None) -> Counts:
    """The counts, of the rows due from ``since`` to ``until``, both included.

    Only the days of ``span`` are told apart: what is due before counts for its first day, what is
    due later for its last.
    """
    day = _COUNT.c.due_on
    clipped = case((day < span[0], span[0]), (day > span[1], span[1]), else_=day)
    key = (_COUNT.c.stands, _COUNT.c.family, clipped)
    query = select(*key, func.sum(_COUNT.c.number)).group_by(*key)
    if since is not None:
        query = query.where(day >= since)
    if until is not None:
        query = query.where(day <= until)
    return _counts(tx, query)


def clip(day: date, span: Span) -> date:
    """The day of the span that a day counts for."""
    return min(max(day, span[0]), span[1])


def recount(tx: Tx) -> None:
    """Counts the rows themselves. Who changes rows meanwhile waits, or was waited for.

    In a transaction of its own: who has noted something already must not wait for the others.
    """
    if tx.dialect == "postgresql":
        tx.session.execute(text("LOCK TABLE due_count IN EXCLUSIVE MODE"))
    tx.session.execute(delete(_COUNT))
    columns = (_ITEM.c.stands, _ITEM.c.family, _ITEM.c.due_on)
    note(tx, _counts(tx, select(*columns, func.count()).group_by(*columns)))


def _counts(tx: Tx, query: Select[Any]) -> Counts:
    return Counter({Key(*key): int(number) for *key, number in tx.session.execute(query)})
