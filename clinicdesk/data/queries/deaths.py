"""Appointments that lie ahead of patients who have died."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from clinicdesk.data.queries import merged
from clinicdesk.data.tables import Appointment, Patient, ProcedureRecord
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.deaths import AheadOfDeath, StillBooked

_TO_COME = (Status.BOOKED, Status.CONFIRMED)
_HERE = (Status.ARRIVED, Status.PREPARING, Status.IN_ROOM, Status.RECOVERING, Status.READY)


def ahead(tx: Tx, on: date, zone: ZoneInfo, patient_id: int | None = None) -> list[AheadOfDeath]:
    """Patients who died with what is booked for them from a day on, the soonest first.

    Who died in the house counts until the visit is ended. Records merged into another count with
    it: the death stands on the one that was kept.

    Args:
        tx: a transaction.
        on: the day, included; what is over already is left alone.
        zone: the clinic's.
        patient_id: this patient alone, by the record that was kept.
    """
    logged = exists().where(ProcedureRecord.appointment_id == Appointment.id)
    query = (
        select(
            Appointment.id,
            Appointment.version,
            Appointment.patient_id,
            Appointment.starts_at,
            Appointment.status,
            logged.label("logged"),
        )
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(
            or_(Patient.deceased_on.is_not(None), Patient.merged_into.is_not(None)),
            Appointment.local_date >= on,
            or_(
                Appointment.status.in_([status.value for status in _TO_COME]) & ~logged,
                Appointment.status.in_([status.value for status in _HERE]),
            ),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    booked: dict[int, list[StillBooked]] = {}
    for row in tx.session.execute(query):
        each = StillBooked(
            row.id, row.version, row.starts_at.astimezone(zone), Status(row.status), row.logged
        )
        booked.setdefault(merged.root_of(tx, row.patient_id), []).append(each)
    wanted = [number for number in booked if patient_id in (None, number)]
    return [
        AheadOfDeath(
            patient_id=number,
            patient=f"{who.family}, {who.given}".strip(", "),
            deceased_on=who.deceased_on,
            booked=tuple(booked[number]),
        )
        for number in wanted
        if (who := tx.get(Patient, number)).deceased_on is not None
    ]


def died() -> ColumnElement[bool]:
    """Whether an appointment's patient has died, by the record that was kept: for a select."""
    own, other, kept = aliased(Patient), aliased(Patient), aliased(Patient)
    return or_(
        exists().where(own.id == Appointment.patient_id, own.deceased_on.is_not(None)),
        exists().where(
            other.id == Appointment.patient_id,
            kept.id == other.merged_into,
            kept.deceased_on.is_not(None),
        ),
    )
