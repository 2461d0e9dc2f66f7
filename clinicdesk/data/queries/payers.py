"""Payers as the records write them, and the packs that the clinic mapped them to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from clinicdesk.data.current import current_on
from clinicdesk.data.tables import (
    Appointment,
    Coverage,
    DueItem,
    Patient,
    PayerPack,
    PlannedProcedure,
    ProcedureRecord,
)
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.domain import payers
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.payers import payer_key

_TO_COME = (Status.BOOKED.value, Status.CONFIRMED.value)


def mapped(tx: Tx) -> dict[str, tuple[payers.PayerPack, ...]]:
    """Every mapping by the payer's key, as entered."""
    query = select(PayerPack.payer_key, PayerPack.pack, PayerPack.begins_on).order_by(PayerPack.id)
    found: defaultdict[str, list[payers.PayerPack]] = defaultdict(list)
    for key, pack, begins_on in tx.session.execute(query):
        found[key].append(payers.PayerPack(key, pack, begins_on))
    return {key: tuple(rows) for key, rows in found.items()}


def names_mapped(tx: Tx) -> dict[str, str]:
    """Key to the payer as it was written when it was mapped last."""
    query = select(PayerPack.payer_key, PayerPack.payer).order_by(PayerPack.id)
    return {row.payer_key: row.payer for row in tx.session.execute(query)}


def add(tx: Tx, payer: str, pack: str, begins_on: date) -> None:
    """Maps a payer to a pack from a day on."""
    tx.add(
        PayerPack(
            payer=payer, payer_key=payer_key(payer), pack=pack, begins_on=begins_on,
            at=tx.now, staff_id=tx.staff_id,
        )
    )  # fmt: skip


# -- who is covered by whom ---------------------------------------------------------------------


def written(tx: Tx, on: date) -> list[tuple[str, int, int]]:
    """Each payer as written, with its patients and their appointments from ``on`` on."""
    covered, visits = _covered(on), _visits(on)
    query = (
        select(
            covered.c.payer, func.count(), func.coalesce(func.sum(visits.c.booked), 0)
        )
        .outerjoin(visits, visits.c.person == covered.c.person)
        .group_by(covered.c.payer)
    )  # fmt: skip
    return [
        (payer, int(people), int(booked)) for payer, people, booked in tx.session.execute(query)
    ]


def visits_of(tx: Tx, spellings: Sequence[str], on: date) -> list[tuple[int, int, date, str, str]]:
    """Appointments to come of a payer's patients: id, patient, day, family and given name."""
    covered, (record, person) = _covered(on), _people()
    query = (
        select(Appointment.id, person.id, Appointment.local_date, person.family, person.given)
        .join(record, record.id == Appointment.patient_id)
        .join(person, _is_of(record, person))
        .join(covered, covered.c.person == person.id)
        .where(covered.c.payer.in_(spellings), *_to_come(on))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return [tuple(row) for row in tx.session.execute(query)]


def spelled(tx: Tx, keys: Iterable[str]) -> list[str]:
    """Every spelling in the records, of any day, of these payers."""
    wanted = set(keys)
    every = tx.session.scalars(select(Coverage.payer).distinct())
    return sorted(payer for payer in every if payer_key(payer) in wanted)


def patients_of(tx: Tx, keys: Iterable[str]) -> list[int]:
    """Patients with a coverage by these payers on any day, ascending."""
    return sorted(set(tx.session.scalars(_owners(spelled(tx, keys)))))


def due_again(tx: Tx, keys: Iterable[str], today: date) -> None:
    """Notes that what the due list keeps of these payers' patients rests on other rules now."""
    items, owners = table_of(DueItem), _owners(spelled(tx, keys))
    tx.session.execute(update(items).where(items.c.patient_id.in_(owners)).values(stale_on=today))


def _owners(spellings: Sequence[str]) -> Select[Any]:
    record = aliased(Patient)
    return (
        select(func.coalesce(record.merged_into, record.id))
        .join(Coverage, Coverage.patient_id == record.id)
        .where(Coverage.payer.in_(spellings))
    )


def _people() -> tuple[Any, Any]:
    """A record, and the one that it was merged into or is itself."""
    return aliased(Patient), aliased(Patient)


def _is_of(record: Any, person: Any) -> Any:  # noqa: ANN401 - aliases of a table
    return person.id == func.coalesce(record.merged_into, record.id)


def _covered(on: date) -> Subquery:
    """Living people with the payer of the day: of several current rows the latest begun."""
    record, person = _people()
    place = func.row_number().over(
        partition_by=person.id,
        order_by=(Coverage.valid_from.desc().nulls_last(), Coverage.id.desc()),
    )
    ranked = (
        select(
            person.id.label("person"), Coverage.payer, Coverage.pack, place.label("place")
        )
        .select_from(Coverage)
        .join(record, record.id == Coverage.patient_id)
        .join(person, _is_of(record, person))
        .where(
            current_on(Coverage, on),
            or_(Coverage.payer != "", Coverage.pack != ""),
            person.deceased_on.is_(None),
        )
        .subquery()
    )  # fmt: skip
    return (
        select(ranked.c.person, ranked.c.payer)
        .where(ranked.c.place == 1, ranked.c.payer != "", ranked.c.pack == "")
        .subquery()
    )


def _to_come(on: date) -> tuple[Any, ...]:
    """What is booked with a procedure, is not over and was not logged."""
    return (
        Appointment.local_date >= on,
        Appointment.status.in_(_TO_COME),
        exists().where(PlannedProcedure.appointment_id == Appointment.id),
        ~exists().where(ProcedureRecord.appointment_id == Appointment.id),
    )


def _visits(on: date) -> Subquery:
    record, person = _people()
    return (
        select(person.id.label("person"), func.count().label("booked"))
        .select_from(Appointment)
        .join(record, record.id == Appointment.patient_id)
        .join(person, _is_of(record, person))
        .where(*_to_come(on))
        .group_by(person.id)
        .subquery()
    )
