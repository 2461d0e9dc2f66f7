"""What the page of the due list shows first: counts, and the first rows of each group.

As fast with many rows as with few: the counts are kept, the rows are read off the top of an
index, and only rows that time has moved since they were kept are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from clinicdesk.data.queries import due_counts, due_list, due_standing
from clinicdesk.data.queries.due_counts import Key, Span
from clinicdesk.data.queries.due_standing import Moved
from clinicdesk.data.tables import DueItem
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.due import DueFilter, DueGroup
from clinicdesk.domain.vocabulary import DueTerms
from clinicdesk.due.groups import ORDER

_ITEM = table_of(DueItem)


@dataclass(frozen=True)
class Opening:
    """The counts of the whole list, and the ids of the first rows of each group."""

    counts: due_list.Counted
    first: tuple[tuple[DueGroup, tuple[int, ...]], ...]


def answers(wanted: DueFilter) -> bool:
    """Whether the kept counts can answer this: they know groups, families and days."""
    return not (wanted.text.strip() or wanted.reasons or wanted.physicians)


def opening(
    tx: Tx, wanted: DueFilter, on: date, terms: DueTerms, limit: int, span: Span
) -> Opening:
    """The counts, and the first ``limit`` ids of each group that is wanted.

    Days outside ``span`` count for its first or last day.
    """
    moved = due_standing.moved(tx, on, terms)
    counts = due_counts.counted(tx, span, wanted.since, wanted.until)
    for row in moved.values():
        if _within(row.due_on, wanted):
            day = due_counts.clip(row.due_on, span)
            counts[Key(row.was.value, row.family, day)] -= 1
            counts[Key(row.now.value, row.family, day)] += 1
    named = {(DueGroup(key.stands), key.family, key.due_on): n for key, n in counts.items() if n}
    return Opening(
        counts=due_list.count(named, wanted),
        first=tuple(
            (group, _first(tx, wanted, group, moved, limit))
            for group in ORDER
            if not wanted.groups or group in wanted.groups
        ),
    )


def _within(day: date, wanted: DueFilter) -> bool:
    return (wanted.since or day) <= day <= (wanted.until or day)


def _first(
    tx: Tx, wanted: DueFilter, group: DueGroup, moved: Mapping[int, Moved], limit: int
) -> tuple[int, ...]:
    """The first ids of a group: those kept there, without who left and with who came."""
    came = [
        (row.due_on, row.id)
        for row in moved.values()
        if row.now is group
        and _within(row.due_on, wanted)
        and row.family in (wanted.families or (row.family,))
    ]
    left = sum(row.was is group for row in moved.values())
    kept = [place for place in _kept(tx, wanted, group, limit + left) if place[1] not in moved]
    return tuple(number for _, number in sorted(kept + came)[:limit])


def _kept(tx: Tx, wanted: DueFilter, group: DueGroup, limit: int) -> list[tuple[date, int]]:
    """Day and id of the first rows that are kept in a group."""
    c = _ITEM.c
    query = select(c.due_on, c.id).where(c.stands == group.value)
    if wanted.families:
        query = query.where(c.family.in_(sorted(wanted.families)))
    if wanted.since is not None:
        query = query.where(c.due_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(c.due_on <= wanted.until)
    query = query.order_by(c.due_on, c.id).limit(limit)
    return [(day, number) for day, number in tx.session.execute(query)]
