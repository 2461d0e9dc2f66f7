"""The due list for a day: one pass over the index ``ix_due_item_overview``, never over the rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, or_, select

from clinicdesk.data.tables import DueItem, PatientSearch
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.domain.due_groups import NOW_DAYS, ORDER, SOON_DAYS, lapsed_before
from clinicdesk.domain.rows.due import DueFilter, DueGroup
from clinicdesk.domain.text import key

_ITEM = table_of(DueItem)
_ESCAPE = "\\"


@dataclass(frozen=True)
class Overview:
    """What one pass found: the ids, group under group and by ``due_on`` within, and the counts.

    ``groups``: without the filter of groups; ``families``: without the filter of families.
    ``days``: rows by day and group, all filters applied.
    """

    ids: tuple[int, ...]
    groups: Counter[DueGroup] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    days: Counter[tuple[date, DueGroup]] = field(default_factory=Counter)


def overview(tx: Tx, wanted: DueFilter, on: date) -> Overview:
    """The list of the day ``on`` with all filters applied."""
    c = _ITEM.c
    query = _narrowed(select(c.id, _group(on), c.family, c.due_on), wanted)
    rows = _plain(tx, query.order_by(c.due_on, c.id))
    counts = Counter(map(itemgetter(1, 2, 3), rows))
    shown = {place for place, group in enumerate(ORDER) if group in (wanted.groups or ORDER)}
    families = wanted.families or frozenset(family for _, family, _ in counts)
    if wanted.groups or wanted.families:
        rows = [row for row in rows if row[1] in shown and row[2] in families]
    rows.sort(key=itemgetter(1))  # stable: within a group the order of the index stays
    found = Overview(tuple(map(itemgetter(0), rows)))
    for (place, family, day), number in counts.items():
        group = ORDER[place]
        if family in families:
            found.groups[group] += number
        if place in shown:
            found.families[family] += number
        if place in shown and family in families:
            found.days[_day(day), group] += number
    return found


def _plain(tx: Tx, query: Select[Any]) -> list[tuple[Any, ...]]:
    """The driver's own tuples: a hundred thousand of them are half the time of the list."""
    cursor = tx.session.connection().execute(query).cursor
    assert cursor is not None
    return list(cursor.fetchall())


def _day(stored: date | str) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


def _group(on: date) -> ColumnElement[int]:
    """The place in ``ORDER`` of a row's group, as ``due_groups.group_of`` says it."""
    c = _ITEM.c
    at: dict[DueGroup, ColumnElement[int]] = {
        group: literal_column(str(place)) for place, group in enumerate(ORDER)
    }
    lapsed = case(
        (c.last_done < lapsed_before(on), at[DueGroup.LAPSED]), else_=at[DueGroup.OVERDUE]
    )
    return case(
        (c.booked_on >= on, at[DueGroup.BOOKED]),
        (c.snoozed_until > on, at[DueGroup.SNOOZED]),
        (and_(c.relief_latest < on, c.allowed_from <= on, c.due_on <= on), lapsed),
        (c.due_on <= on + timedelta(days=NOW_DAYS), at[DueGroup.NOW]),
        (c.due_on <= on + timedelta(days=SOON_DAYS), at[DueGroup.SOON]),
        else_=at[DueGroup.HOLDING],
    )


def _narrowed(query: Select[Any], wanted: DueFilter) -> Select[Any]:
    """All filters but those of groups and families, which the counts go around."""
    c = _ITEM.c
    if wanted.reasons:
        query = query.where(c.reason.in_(sorted(reason.value for reason in wanted.reasons)))
    if wanted.physicians:
        query = query.where(c.physician_id.in_(sorted(wanted.physicians)))
    if wanted.until is not None:
        query = query.where(c.due_on <= wanted.until)
    if wanted.text.strip():
        query = query.where(_says(wanted.text))
    return query


def _says(text: str) -> ColumnElement[bool]:
    """Every word is part of a name, of the record number or of the site."""
    parts = []
    for word in text.split():
        folded, typed = key(word), _like(word.casefold())
        names = select(PatientSearch.patient_id).where(
            or_(
                PatientSearch.family_key.like(_like(folded or word), escape=_ESCAPE),
                PatientSearch.mrn.like(_like(word), escape=_ESCAPE),
            )
        )
        place = func.lower(_ITEM.c.site).like(typed, escape=_ESCAPE)
        parts.append(or_(place, _ITEM.c.patient_id.in_(names)))
    return and_(*parts)


def _like(part: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        part = part.replace(sign, _ESCAPE + sign)
    return f"%{part}%"
