"""In which group kept rows stand: as kept, and as it is on another day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select, union_all, update

from clinicdesk.data.queries import due_counts
from clinicdesk.data.queries.due_counts import Key
from clinicdesk.data.tables import DueItem
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.due import DueGroup
from clinicdesk.domain.vocabulary import DueTerms
from clinicdesk.due.groups import Dates, group_of, stay_of

_ITEM = table_of(DueItem)
_DATES = tuple(field.name for field in fields(Dates))
"""The columns that decide about the group."""


def standing(values: Mapping[Any, Any], on: date, terms: DueTerms) -> dict[str, Any]:
    """The columns of a row that say where it stands on the day ``on``, from its dates."""
    stay = stay_of(on, _dates(values), terms)
    return {
        "stands": stay.group.value, "stands_since": stay.since, "stands_until": stay.until,
    }  # fmt: skip


def _dates(values: Mapping[Any, Any]) -> Dates:
    return Dates(*(values[name] for name in _DATES))


def elsewhere(on: date, *columns: Any) -> tuple[Select[Any], ...]:  # noqa: ANN401 - columns
    """Rows that are kept in another group than that of the day ``on``, index by index.

    To be put together with UNION ALL: for a UNION a file is read from end to end.
    """
    c = _ITEM.c
    return (
        select(*columns).where(c.stands_until <= on), select(*columns).where(c.stands_since > on)
    )  # fmt: skip


class Moved(NamedTuple):
    """A row that is kept in the group ``was`` and stands in ``now`` on the day asked about."""

    id: int
    family: str
    due_on: date
    was: DueGroup
    now: DueGroup


def moved(tx: Tx, on: date, terms: DueTerms) -> dict[int, Moved]:
    """The rows that stand elsewhere on the day ``on``, by id."""
    c = _ITEM.c
    query = union_all(*elsewhere(on, c.id, c.family, c.stands, *(c[name] for name in _DATES)))
    return {
        row["id"]: Moved(
            row["id"],
            row["family"],
            row["due_on"],
            DueGroup(row["stands"]),
            group_of(on, _dates(row), terms),
        )
        for row in tx.session.execute(query).mappings()
    }


def patients_moved(tx: Tx, on: date) -> list[int]:
    """Whose rows those are, ascending."""
    return sorted(set(tx.session.scalars(union_all(*elsewhere(on, _ITEM.c.patient_id)))))


def put_in_place(tx: Tx, patients: Sequence[int], on: date, terms: DueTerms) -> None:
    """Keeps the rows of these patients, who are locked, in the group of the day ``on``."""
    c = _ITEM.c
    query = select(c.id, c.family, c.stands, *(c[name] for name in _DATES)).where(
        c.patient_id.in_(patients), (c.stands_until <= on) | (c.stands_since > on)
    )
    more: due_counts.Counts = Counter()
    rows = []
    for row in tx.session.execute(query).mappings():
        now = standing(row, on, terms)
        rows.append({"row_id": row["id"], **now})
        more[Key(row["stands"], row["family"], row["due_on"])] -= 1
        more[Key(now["stands"], row["family"], row["due_on"])] += 1
    if rows:
        there = update(_ITEM).where(c.id == bindparam("row_id"))
        tx.session.connection().execute(there, rows)
    due_counts.note(tx, more)
