"""A page of the due list: the kept rows, and around them what is asked afresh each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    bindparam,
    cast,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from clinicdesk.data.current import current_on
from clinicdesk.data.queries.due_acts import Attempt, attempts
from clinicdesk.data.queries.phones import shown_phones
from clinicdesk.data.tables import (
    Appointment,
    DueDate,
    DueItem,
    DueSnooze,
    DueTaken,
    Patient,
    PatientDrug,
    PatientSearch,
    PlannedProcedure,
    Resource,
    Staff,
)
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import NEVER_DONE, Status
from clinicdesk.domain.rows.due import HandDate, Snooze
from clinicdesk.domain.site_names import SiteNames
from clinicdesk.due.hand import same_site
from clinicdesk.safety.knowledge import Knowledge
from clinicdesk.safety.recorded import is_thinner

_ITEM = table_of(DueItem)
Item = Any
"""The columns of ``due_item`` and of its patient."""
_GONE = (*NEVER_DONE, Status.LEFT)
# Statements with several tables are put together once: that takes longer than asking them.
_PATIENTS: BindParameter[int] = bindparam("patients", expanding=True)


@dataclass(frozen=True)
class Kept:
    """A kept row with all that stands beside it. Moments are UTC.

    ``item``: the columns of ``due_item`` and of the patient. ``contacts``: since the last
    session, newest first. ``taken_by``: staff id and name, while in hand.
    """

    item: Item
    hand: HandDate | None
    snooze: Snooze | None
    contacts: tuple[Attempt, ...]
    next_appointment: datetime | None
    booked_for: datetime | None
    phone: str
    anticoagulant: str
    taken_by: tuple[int, str] | None


def kept_rows(
    tx: Tx, ids: Sequence[int], today: date, knowledge: Knowledge, names: SiteNames
) -> tuple[Kept, ...]:
    """The rows of ``ids`` that are still there, in that order; phones and drugs of ``today``.

    ``knowledge`` says which drugs thin the blood.
    """
    items = _items(tx, ids)
    patients = sorted({row.patient_id for row in items.values()})
    hands, snoozes = _hands(tx, items.values()), _snoozes(tx, items.values())
    contacts = attempts(tx, patients)
    coming, booked = _coming(tx, patients), _booked(tx, items.values())
    thinners, taken = _thinners(tx, patients, today, knowledge), _taken(tx, patients)
    numbers = shown_phones(tx, patients, today)
    return tuple(
        Kept(
            item=row,
            hand=hands.get(row.hand_id),
            snooze=snoozes.get(row.snooze_id),
            contacts=_about(row, contacts[row.patient_id], names),
            next_appointment=coming.get(row.patient_id),
            booked_for=booked.get(row.planned_id),
            phone=numbers.get(row.patient_id, ""),
            anticoagulant=", ".join(thinners[row.patient_id]),
            taken_by=taken.get(row.patient_id),
        )
        for number in ids
        if (row := items.get(number)) is not None
    )


def _about(row: Item, found: Iterable[Attempt], names: SiteNames) -> tuple[Attempt, ...]:
    """Attempts about this place since it was last done."""
    return tuple(
        a
        for a in found
        if a.local_date > row.last_done and same_site(a.track, a.site, row.track, row.site, names)
    )


def _items(tx: Tx, ids: Sequence[int]) -> dict[int, Row[Any]]:
    return {row.id: row for row in tx.session.execute(_item_query(), {"ids": ids})}


@cache
def _item_query() -> Select[*tuple[Any, ...]]:
    found = PatientSearch
    return (
        select(
            _ITEM, found.family.label("family_name"), found.given.label("given_name"), found.mrn,
            found.birth_date, found.sex, Patient.language,
            Resource.name.label("physician"),
        )
        .join(found, found.patient_id == _ITEM.c.patient_id)
        .join(Patient, Patient.id == _ITEM.c.patient_id)
        .outerjoin(Resource, Resource.id == _ITEM.c.physician_id)
        .where(_ITEM.c.id.in_(bindparam("ids", expanding=True)))
    )  # fmt: skip


def _hands(tx: Tx, items: Iterable[Row[Any]]) -> dict[int | None, HandDate]:
    wanted = {row.hand_id: row.hand_stale for row in items if row.hand_id is not None}
    if not wanted:
        return {}
    query = (
        select(DueDate.id, DueDate.day, Staff.name, DueDate.reason, DueDate.set_on)
        .join(Staff, Staff.id == DueDate.staff_id)
        .where(DueDate.id.in_(wanted), DueDate.day.is_not(None))
    )
    return {
        number: HandDate(day, name, reason, set_on, wanted[number])
        for number, day, name, reason, set_on in tx.session.execute(query)
        if day is not None
    }


def _snoozes(tx: Tx, items: Iterable[Row[Any]]) -> dict[int | None, Snooze]:
    wanted = [row.snooze_id for row in items if row.snooze_id is not None]
    if not wanted:
        return {}
    query = (
        select(DueSnooze.id, DueSnooze.until, Staff.name, DueSnooze.reason)
        .join(Staff, Staff.id == DueSnooze.staff_id)
        .where(DueSnooze.id.in_(wanted))
    )
    return {
        number: Snooze(until, name, reason)
        for number, until, name, reason in tx.session.execute(query)
    }


def _coming(tx: Tx, patients: Sequence[int]) -> dict[int, datetime]:
    """The next appointment of each patient, whatever it is for, of records merged into his too."""
    asked = {"patients": patients, "now": tx.now}
    found: dict[int, datetime] = {}
    for patient, into, starts in tx.session.execute(_coming_query(), asked):
        found[into or patient] = starts
    return found


@cache
def _coming_query() -> CompoundSelect[*tuple[Any, ...]]:
    """His own, and those of records merged into his: each found by its index, never all looked at.

    (As one question with OR over two tables, every appointment there is was read for a page.)
    """
    merged = aliased(Patient)
    own = select(
        Appointment.patient_id, cast(null(), BigInteger).label("into"), Appointment.starts_at
    ).where(Appointment.patient_id.in_(_PATIENTS), *_still_to_come())
    others = (
        select(Appointment.patient_id, merged.merged_into, Appointment.starts_at)
        .join(merged, merged.id == Appointment.patient_id)
        .where(merged.merged_into.in_(_PATIENTS), *_still_to_come())
    )
    return union_all(own, others).order_by(literal_column("starts_at").desc())


def _still_to_come() -> tuple[ColumnElement[bool], ...]:
    return Appointment.starts_at > bindparam("now"), Appointment.status.not_in(_GONE)


def _booked(tx: Tx, items: Iterable[Row[Any]]) -> dict[int | None, datetime]:
    wanted = [row.planned_id for row in items if row.planned_id is not None]
    if not wanted:
        return {}
    query = (
        select(PlannedProcedure.id, Appointment.starts_at)
        .join(Appointment, Appointment.id == PlannedProcedure.appointment_id)
        .where(PlannedProcedure.id.in_(wanted))
    )
    return dict(iter(tx.session.execute(query)))


def _thinners(
    tx: Tx, patients: Sequence[int], on: date, knowledge: Knowledge
) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    asked = {"patients": patients, "on": on}
    for patient, drug, kind in tx.session.execute(_drug_query(), asked):
        if is_thinner(drug, kind, knowledge):
            found[patient].append(drug)
    return found


@cache
def _drug_query() -> Select[*tuple[Any, ...]]:
    return (
        select(PatientDrug.patient_id, PatientDrug.drug, PatientDrug.kind)
        .where(
            PatientDrug.patient_id.in_(_PATIENTS),
            current_on(PatientDrug, bindparam("on")),
        )
        .order_by(PatientDrug.id)
    )


def _taken(tx: Tx, patients: Sequence[int]) -> dict[int, tuple[int, str]]:
    query = (
        select(DueTaken.patient_id, Staff.id, Staff.name)
        .join(Staff, Staff.id == DueTaken.staff_id)
        .where(DueTaken.patient_id.in_(patients), DueTaken.until > tx.now)
    )
    return {patient: (staff, name) for patient, staff, name in tx.session.execute(query)}
