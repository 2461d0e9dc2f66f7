"""The due list for a day: one pass over the index ``ix_due_item_overview``, never over the rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
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
    rows: list[tuple[Any, ...]] = []
    for group, span in spans:
        held = case(
            (c.booked_on >= on, _at(DueGroup.BOOKED)),
            (c.snoozed_until > on, _at(DueGroup.SNOOZED)),
            else_=group,
        )
        query = _narrowed(select(c.id, held, c.family, c.due_on).where(span), wanted)
        rows += _plain(tx, query.order_by(c.due_on, c.id))
    return rows


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


def _plain(tx: Tx, query: Select[Any]) -> list[tuple[Any, ...]]:
    """The driver's own tuples: a hundred thousand of them are half the time of the list."""
    cursor = tx.session.connection().execute(query).cursor
    assert cursor is not None
    return list(cursor.fetchall())


def _day(stored: date | str) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(stored)


def _narrowed(query: Select[Any], wanted: DueFilter) -> Select[Any]:
    """All filters but those of groups and families, which the counts go around."""
    c = _ITEM.c
    if wanted.reasons:
        query = query.where(c.reason.in_(sorted(reason.value for reason in wanted.reasons)))
    if wanted.physicians:
        query = query.where(c.physician_id.in_(sorted(wanted.physicians)))
    if wanted.until is not None:
        query = query.where(c.due_on <= wanted.until)
    if wanted.since is not None:
        query = query.where(c.due_on >= wanted.since)
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
