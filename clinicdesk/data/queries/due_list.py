"""The due list for a day: one pass over the index ``ix_due_item_overview``, never over the rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from clinicdesk.data.tables import DueItem, PatientSearch
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.domain.due_groups import NOW_DAYS, ORDER, SOON_DAYS, lapsed_before
from clinicdesk.domain.rows.due import DueFilter, DueGroup
from clinicdesk.domain.text import key

_ITEM = table_of(DueItem)
_ESCAPE = "\\"
_FEW = 500
"""So many rows are looked up one by one; more are picked out of all."""


@dataclass(frozen=True)
class Overview:
    """What one pass found: the ids, group under group and by ``due_on`` within, and the counts.

    ``groups``: without the filter of groups; ``families``: without the filter of families.
    ``days``: how many rows of a group are due on a day, all filters applied.
    """

    ids: tuple[int, ...]
    groups: dict[DueGroup, int]
    families: dict[str, int]
    days: tuple[tuple[date, DueGroup, int], ...]


def overview(tx: Tx, wanted: DueFilter, on: date) -> Overview:
    """The list of the day ``on`` with all filters applied."""
    rows = _rows(tx, wanted, on)
    counts = Counter(map(itemgetter(1, 2, 3), rows))
    shown = {place for place, group in enumerate(ORDER) if group in (wanted.groups or ORDER)}
    families = wanted.families or frozenset(family for _, family, _ in counts)
    if wanted.groups or wanted.families:
        rows = [row for row in rows if row[1] in shown and row[2] in families]
    rows.sort(key=itemgetter(1))  # stable: within a group the order of the index stays
    per_group = [0] * len(ORDER)
    per_family: Counter[str] = Counter()
    days: list[tuple[date, DueGroup, int]] = []
    for (place, family, day), number in counts.items():
        if family in families:
            per_group[place] += number
        if place in shown:
            per_family[family] += number
            if family in families:
                days.append((_day(day), ORDER[place], number))
    return Overview(
        ids=tuple(map(itemgetter(0), rows)),
        groups=dict(zip(ORDER, per_group, strict=True)),
        families=dict(per_family),
        days=tuple(days),
    )


def _rows(tx: Tx, wanted: DueFilter, on: date) -> list[tuple[Any, ...]]:
    """Id, place of the group, family, due_on of every row, by ``due_on``.

    Span after span of ``due_on``, so that as little as possible is decided row by row.
    """
    c = _ITEM.c
    week, month = on + timedelta(days=NOW_DAYS), on + timedelta(days=SOON_DAYS)
    spans = (
        (_past(on), c.due_on <= on),
        (_at(DueGroup.NOW), and_(c.due_on > on, c.due_on <= week)),
        (_at(DueGroup.SOON), and_(c.due_on > week, c.due_on <= month)),
        (_at(DueGroup.HOLDING), c.due_on > month),
    )
    said = _saying(tx, wanted.text) if wanted.text.strip() else None
    few = sorted(said) if said is not None and len(said) <= _FEW else None
    rows: list[tuple[Any, ...]] = []
    for group, span in spans:
        held = case(
            (c.booked_on >= on, _at(DueGroup.BOOKED)),
            (c.snoozed_until > on, _at(DueGroup.SNOOZED)),
            else_=group,
        )
        query = _narrowed(select(c.id, held, c.family, c.due_on).where(span), wanted)
        if few is not None:
            query = query.where(c.id.in_(few))
        rows += _plain(tx, query.order_by(c.due_on, c.id))
    return rows if said is None or few is not None else [row for row in rows if row[0] in said]


def _past(on: date) -> ColumnElement[int]:
    """The group of what is due by ``on``, as ``due_groups.group_of`` says it."""
    c = _ITEM.c
    return case(
        (or_(c.relief_latest >= on, c.allowed_from > on), _at(DueGroup.NOW)),
        (c.last_done < lapsed_before(on), _at(DueGroup.LAPSED)),
        else_=_at(DueGroup.OVERDUE),
    )


def _at(group: DueGroup) -> ColumnElement[int]:
    """The place of a group in ``ORDER``."""
    return literal_column(str(ORDER.index(group)))


def _plain(tx: Tx, query: Select[Any] | CompoundSelect[Any]) -> list[tuple[Any, ...]]:
    """The driver's own tuples: a hundred thousand of them are half the time of the list."""
    cursor = tx.session.connection().execute(query).cursor
    assert cursor is not None
    return list(cursor.fetchall())


def _day(stored: date | str) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


def _narrowed(query: Select[Any], wanted: DueFilter) -> Select[Any]:
    """The filters that a column answers; those of groups and families the counts go around."""
    c = _ITEM.c
    if wanted.reasons:
        query = query.where(c.reason.in_(sorted(reason.value for reason in wanted.reasons)))
    if wanted.physicians:
        query = query.where(c.physician_id.in_(sorted(wanted.physicians)))
    if wanted.until is not None:
        query = query.where(c.due_on <= wanted.until)
    if wanted.since is not None:
        query = query.where(c.due_on >= wanted.since)
    return query


def _saying(tx: Tx, text: str) -> set[int]:
    """Ids of the rows of which every word is part of a name, of the record number or the site.

    Index by index, each of them narrow: the rows themselves are not read.
    """
    words = text.split()
    people = [_named(tx, word) for word in words]
    c = _ITEM.c
    hits = [func.lower(c.site).like(_like(word.casefold()), escape=_ESCAPE) for word in words]
    rows = _plain(tx, select(c.id, c.patient_id, *hits))
    return {
        row[0]
        for row in rows
        if all(hit or row[1] in named for hit, named in zip(row[2:], people, strict=True))
    }


def _named(tx: Tx, word: str) -> set[int]:
    """Patients in whose name or record number the word stands."""
    found = PatientSearch
    names = found.family_key.like(_like(key(word) or word), escape=_ESCAPE)
    numbers = found.mrn.like(_like(word), escape=_ESCAPE)
    query = union_all(
        select(found.patient_id).where(names), select(found.patient_id).where(numbers)
    )
    return {number for (number,) in _plain(tx, query)}


def _like(part: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        part = part.replace(sign, _ESCAPE + sign)
    return f"%{part}%"
