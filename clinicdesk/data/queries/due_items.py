"""The kept results of the due list: reading what is there, writing what differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, union_all, update

from clinicdesk.data.queries import due_counts, due_standing
from clinicdesk.data.queries.due_counts import Key
from clinicdesk.data.queries.sessions import RECORDS, Query
from clinicdesk.data.tables import DueBuild, DueDate, DueItem, DueSnooze, Patient
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.data.upsert import upsert
from clinicdesk.due.hand import Said

Values = dict[str, Any]
_ITEM, _BUILD = table_of(DueItem), table_of(DueBuild)
_COLUMNS = tuple(column.name for column in _ITEM.columns if column.name != "id")
_TIME_ALONE = {"as_of", "stale_on", "stands", "stands_since", "stands_until"}
"""Columns of which nobody needs to hear: the day has changed, not the row."""


@dataclass(frozen=True)
class Build:
    """How far the kept results are; ``fingerprint`` empty: never begun.

    ``at``: when rows were last kept, by whatever clock.
    """

    fingerprint: str = ""
    done_to: int = 0
    finished: bool = False
    at: datetime | None = None


def build(tx: Tx) -> Build:
    """The state of the kept results."""
    row = tx.session.get(DueBuild, 1, populate_existing=True)
    return Build(row.fingerprint, row.done_to, row.finished, row.at) if row else Build()


def write_build(tx: Tx, state: Build) -> None:
    """Keeps how far a build has come; two desks may build at once."""
    values = {
        "fingerprint": state.fingerprint,
        "done_to": state.done_to,
        "finished": state.finished,
        "at": tx.now,
    }
    upsert(tx, _BUILD, {"id": 1}, values)


def note_moment(tx: Tx) -> None:
    """Rows are kept now: a day before this one is noticed."""
    tx.session.execute(update(_BUILD).where(_BUILD.c.id == 1).values(at=tx.now))


def keep(tx: Tx, ids: Sequence[int], rows: Mapping[int, Sequence[Values]]) -> set[int]:
    """Brings the kept rows of patients in step; the patients whose rows changed.

    Args:
        tx: a write.
        ids: the patients concerned; those without ``rows`` lose theirs.
        rows: by patient, each with every column but ``id``.
    """
    there: dict[tuple[int, str, str], Any] = {
        (row.patient_id, row.track, row.site): row
        for row in tx.session.execute(_kept(), {"records": ids})
    }
    changed: set[int] = set()
    new: list[Values] = []
    more: due_counts.Counts = Counter()
    for patient_id, wanted in rows.items():
        for values in wanted:
            old = there.pop((patient_id, values["track"], values["site"]), None)
            if old is None:
                new.append(values)
                changed.add(patient_id)
            elif differing := _differing(old, values):
                tx.session.execute(update(_ITEM).where(_ITEM.c.id == old.id).values(**differing))
                more[_key(old)] -= 1
                if set(differing) - _TIME_ALONE:
                    changed.add(patient_id)
            else:
                continue
            more[Key(values["stands"], values["family"], values["due_on"])] += 1
    if there:
        gone = [row.id for row in there.values()]
        tx.session.execute(delete(_ITEM).where(_ITEM.c.id.in_(gone)))
        more.subtract(_key(row) for row in there.values())
        changed |= {row.patient_id for row in there.values()}
    if new:
        tx.session.execute(insert(_ITEM), new)
    due_counts.note(tx, more)
    return changed


@cache
def _kept() -> Query:
    return select(_ITEM).where(_ITEM.c.patient_id.in_(RECORDS))


def _key(row: Any) -> Key:  # noqa: ANN401 - a row of the table
    return Key(row.stands, row.family, row.due_on)


def _differing(old: Any, values: Values) -> Values:  # noqa: ANN401 - a row of the table
    return {name: values[name] for name in _COLUMNS if getattr(old, name) != values[name]}


def said_dates(tx: Tx, ids: Sequence[int]) -> dict[int, list[Said]]:
    """Every date set by hand, by patient."""
    return _said(tx, _dates(), ids)


@cache
def _dates() -> Query:
    row = DueDate
    return select(
        row.patient_id, row.id, row.track, row.site, row.procedure_id, row.last_done, row.day
    ).where(row.patient_id.in_(RECORDS))


def said_snoozes(tx: Tx, ids: Sequence[int]) -> dict[int, list[Said]]:
    """Every site that is put aside and was not taken up again, by patient."""
    return _said(tx, _snoozes(), ids)


@cache
def _snoozes() -> Query:
    row = DueSnooze
    return select(
        row.patient_id, row.id, row.track, row.site, row.procedure_id, row.last_done, row.until
    ).where(row.patient_id.in_(RECORDS), row.ended_at.is_(None))


def _said(tx: Tx, query: Query, ids: Sequence[int]) -> dict[int, list[Said]]:
    found: defaultdict[int, list[Said]] = defaultdict(list)
    for patient_id, *parts in tx.session.execute(query, {"records": ids}):
        found[patient_id].append(Said(*parts))
    return found


# -- which patients -----------------------------------------------------------------------------


def lock_patients(tx: Tx, ids: Sequence[int]) -> None:
    """Keeps two writers from making the rows of one patient from different records."""
    tx.session.execute(_held(), {"records": ids}).all()


@cache
def _held() -> Query:
    query = select(Patient.id).where(Patient.id.in_(RECORDS)).order_by(Patient.id)
    return query.with_for_update(key_share=True)


def count_behind(tx: Tx, on: date) -> int:
    """Kept rows whose answer may be another one on the day ``on``, or that stand elsewhere then."""
    number = _ITEM.c.id
    behind = union_all(*_stale(on, number), *due_standing.elsewhere(on, number)).subquery()
    return int(tx.session.execute(select(func.count(behind.c.id.distinct()))).scalar_one())


def patients_stale(tx: Tx, on: date) -> list[int]:
    """Whose rows have to be made anew on the day ``on``, ascending."""
    return sorted(set(tx.session.scalars(union_all(*_stale(on, _ITEM.c.patient_id)))))


def _stale(on: date, *columns: Any) -> tuple[Select[Any], ...]:  # noqa: ANN401 - columns
    """Rows of which the day alone may have changed the answer, index by index.

    To be put together with UNION ALL: for a UNION a file is read from end to end.
    """
    c = _ITEM.c
    return select(*columns).where(c.stale_on <= on), select(*columns).where(c.as_of > on)


def count_patients(tx: Tx, after: int = 0) -> int:
    """Patients with an id above ``after``."""
    query = select(func.count(Patient.id)).where(Patient.id > after)
    return int(tx.session.execute(query).scalar_one())


def next_patients(tx: Tx, after: int, limit: int) -> list[int]:
    """The next patients by id, above ``after``."""
    query = select(Patient.id).where(Patient.id > after).order_by(Patient.id).limit(limit)
    return list(tx.session.scalars(query))
