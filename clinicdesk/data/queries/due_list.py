"""The due list for a day: one pass over the index ``ix_due_item_overview``, never over the rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from clinicdesk.data.tables import DueItem, PatientSearch
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.domain.due_groups import NOW_DAYS, ORDER, SOON_DAYS, lapsed_before
from clinicdesk.domain.rows.due import DueFilter, DueGroup
from clinicdesk.domain.text import key

_ITEM = table_of(DueItem)
_ESCAPE = "\\"


@dataclass
class Overview:
    """What one pass found: ids by group in order, and the counts.

    ``groups``: without the filter of groups; ``families``: without the filter of families.
    ``weeks``: by (weeks after this week's Monday, -1 for all before; group).
    """

    ids: dict[DueGroup, list[int]] = field(default_factory=dict)
    groups: Counter[DueGroup] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    weeks: Counter[tuple[int, DueGroup]] = field(default_factory=Counter)


def overview(tx: Tx, wanted: DueFilter, on: date, weeks: int) -> Overview:
    """The list with all filters applied.

    Args:
        tx: a transaction.
        wanted: what is wanted.
        on: the day.
        weeks: how many weeks from this Monday are counted one by one.
    """
    monday = on - timedelta(days=on.weekday())
    query = _narrowed(
        select(_ITEM.c.id, _group(on), _ITEM.c.family, _week(monday, weeks)), wanted
    ).order_by(_ITEM.c.due_on, _ITEM.c.id)
    found = Overview({group: [] for group in ORDER})
    lists = [found.ids[group] for group in ORDER]
    families, groups = wanted.families, wanted.groups
    shown = [not groups or group in groups for group in ORDER]
    counts: Counter[tuple[int, str, int]] = Counter()
    for number, group, family, week in tx.session.connection().execute(query):
        counts[group, family, week] += 1
        if shown[group] and (not families or family in families):
            lists[group].append(number)
    _count(found, counts, shown, families)
    return found


def _count(
    found: Overview,
    counts: Counter[tuple[int, str, int]],
    shown: list[bool],
    families: frozenset[str],
) -> None:
    for (position, family, week), number in counts.items():
        group, fits = ORDER[position], not families or family in families
        if fits:
            found.groups[group] += number
        if shown[position]:
            found.families[family] += number
        if fits and shown[position]:
            found.weeks[week, group] += number


def _group(on: date) -> ColumnElement[int]:
    """The place in ``ORDER`` of a row's group, as ``due_groups.group_of`` says it."""
    c, at = _ITEM.c, {group: place for place, group in enumerate(ORDER)}
    over = and_(c.relief_latest < on, c.allowed_from <= on, c.due_on <= on)
    return case(
        (c.booked_on >= on, at[DueGroup.BOOKED]),
        (c.snoozed_until > on, at[DueGroup.SNOOZED]),
        (and_(over, c.last_done < lapsed_before(on)), at[DueGroup.LAPSED]),
        (over, at[DueGroup.OVERDUE]),
        (c.due_on <= on + timedelta(days=NOW_DAYS), at[DueGroup.NOW]),
        (c.due_on <= on + timedelta(days=SOON_DAYS), at[DueGroup.SOON]),
        else_=at[DueGroup.HOLDING],
    )


def _week(monday: date, weeks: int) -> ColumnElement[int]:
    """Weeks after ``monday``; -1 before it, ``weeks`` for all that is later still."""
    steps = [(_ITEM.c.due_on < monday, literal(-1))]
    steps += [(_ITEM.c.due_on < monday + timedelta(weeks=n + 1), literal(n)) for n in range(weeks)]
    return case(*steps, else_=literal(weeks))


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
