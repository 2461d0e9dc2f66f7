"""The due list for a day: one pass over the index ``ix_due_item_overview``, never over the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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
    literal_column,
    or_,
    select,
)

from clinicdesk.data.queries import due_text
from clinicdesk.data.tables import DueItem
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.due import DueFilter, DueGroup
from clinicdesk.domain.vocabulary import DueTerms
from clinicdesk.due.groups import ORDER, lapsed_before

_ITEM = table_of(DueItem)
_FEW, _AT_ONCE = 5000, 500
"""So many rows are looked up one by one, so many at once; more are picked out of all."""


@dataclass(frozen=True)
class Counted:
    """How many rows there are.

    ``groups``: without the filter of groups; ``families``: without the filter of families.
    ``days``: how many rows of a group are due on a day, all filters applied.
    """

    groups: dict[DueGroup, int]
    families: dict[str, int]
    days: tuple[tuple[date, DueGroup, int], ...]


@dataclass(frozen=True)
class Overview:
    """What one pass found: the ids, group under group and by ``due_on`` within, and the counts."""

    ids: tuple[int, ...]
    counts: Counted


def overview(tx: Tx, wanted: DueFilter, on: date, terms: DueTerms) -> Overview:
    """The list of the day ``on`` with all filters applied."""
    rows = _rows(tx, wanted, on, terms)
    counts = Counter(map(itemgetter(1, 2, 3), rows))
    if wanted.groups or wanted.families:
        shown = {place for place, group in enumerate(ORDER) if group in (wanted.groups or ORDER)}
        families = wanted.families or {family for _, family, _ in counts}
        rows = [row for row in rows if row[1] in shown and row[2] in families]
    rows.sort(key=itemgetter(1))  # stable: within a group the order of the index stays
    named = {(ORDER[place], family, _day(day)): n for (place, family, day), n in counts.items()}
    return Overview(tuple(map(itemgetter(0), rows)), count(named, wanted))


def ids_of_patient(tx: Tx, patient_id: int) -> tuple[int, ...]:
    """All rows of a patient, by ``due_on``."""
    c = _ITEM.c
    query = select(c.id).where(c.patient_id == patient_id).order_by(c.due_on, c.id)
    return tuple(tx.session.scalars(query))


def count(rows: Mapping[tuple[DueGroup, str, date], int], wanted: DueFilter) -> Counted:
    """Adds up how many rows of a group and a family are due on a day."""
    shown = wanted.groups or frozenset(ORDER)
    families = wanted.families or {family for _, family, _ in rows}
    groups = dict.fromkeys(ORDER, 0)
    per_family: Counter[str] = Counter()
    days: list[tuple[date, DueGroup, int]] = []
    for (group, family, day), number in rows.items():
        if family in families:
            groups[group] += number
        if group in shown:
            per_family[family] += number
            if family in families:
                days.append((day, group, number))
    return Counted(groups, dict(per_family), tuple(days))


Row = tuple[Any, ...]
"""Id, place of the group, family, ``due_on`` as the database gives it."""


def _rows(tx: Tx, wanted: DueFilter, on: date, terms: DueTerms) -> list[Row]:
    """All that the filters of the columns let through, by ``due_on``."""
    if not wanted.text.strip():
        return _all_rows(tx, wanted, on, terms)
    said = due_text.saying(tx, wanted.text)
    if len(said) > _FEW:
        return [row for row in _all_rows(tx, wanted, on, terms) if row[0] in said]
    ids, rows = sorted(said), []
    for start in range(0, len(ids), _AT_ONCE):
        few = _ITEM.c.id.in_(ids[start : start + _AT_ONCE])
        rows += _plain(tx, _placed(wanted, on, _open_group(on, terms)).where(few))
    return sorted(rows, key=itemgetter(3, 0))


def _all_rows(tx: Tx, wanted: DueFilter, on: date, terms: DueTerms) -> list[Row]:
    """Span after span of ``due_on``, so that as little as possible is decided row by row."""
    c = _ITEM.c
    week, month = on + timedelta(days=terms.now_days), on + timedelta(days=terms.soon_days)
    spans = (
        (_past(on, terms), c.due_on <= on),
        (_at(DueGroup.NOW), and_(c.due_on > on, c.due_on <= week)),
        (_at(DueGroup.SOON), and_(c.due_on > week, c.due_on <= month)),
        (_at(DueGroup.HOLDING), c.due_on > month),
    )
    rows: list[Row] = []
    for group, span in spans:
        rows += _plain(tx, _placed(wanted, on, group).where(span).order_by(c.due_on, c.id))
    return rows


def _placed(wanted: DueFilter, on: date, group: ColumnElement[int]) -> Select[Any]:
    """Rows with their group, which is ``group`` unless they are booked or put aside."""
    c = _ITEM.c
    held = case(
        (c.booked_on >= on, _at(DueGroup.BOOKED)),
        (c.snoozed_until > on, _at(DueGroup.SNOOZED)),
        else_=group,
    )
    return _narrowed(select(c.id, held, c.family, c.due_on), wanted)


def _open_group(on: date, terms: DueTerms) -> ColumnElement[int]:
    """The group of a row that is neither booked nor put aside."""
    c = _ITEM.c
    return case(
        (c.due_on <= on, _past(on, terms)),
        (c.due_on <= on + timedelta(days=terms.now_days), _at(DueGroup.NOW)),
        (c.due_on <= on + timedelta(days=terms.soon_days), _at(DueGroup.SOON)),
        else_=_at(DueGroup.HOLDING),
    )


def _past(on: date, terms: DueTerms) -> ColumnElement[int]:
    """The group of what is due by ``on``, as ``due.groups.group_of`` says it."""
    c = _ITEM.c
    return case(
        (or_(c.relief_latest >= on, c.allowed_from > on), _at(DueGroup.NOW)),
        (c.last_done < lapsed_before(on, terms), _at(DueGroup.LAPSED)),
        else_=_at(DueGroup.OVERDUE),
    )


def _at(group: DueGroup) -> ColumnElement[int]:
    """The place of a group in ``ORDER``."""
    return literal_column(str(ORDER.index(group)))


def _plain(tx: Tx, query: Select[Any] | CompoundSelect[Any]) -> list[Row]:
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
