"""Appointments that lie ahead of patients who have died."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from clinicdesk.data.tables import Appointment, Patient, ProcedureRecord
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.deaths import AheadOfDeath, StillBooked

_TO_COME = (Status.BOOKED.value, Status.CONFIRMED.value)


def ahead(tx: Tx, on: date, zone: ZoneInfo, patient_id: int | None = None) -> list[AheadOfDeath]:
    """Patients who died with what is booked for them from a day on, the soonest first.

    Records merged into another count with it: the death stands on the one that was kept.

    Args:
        tx: a transaction.
        on: the day, included; what began already is left alone.
        zone: the clinic's.
        patient_id: this patient alone, by the record that was kept.
    """
    logged = exists().where(ProcedureRecord.appointment_id == Appointment.id)
    owner = (Patient.id == Appointment.patient_id) | (
        Patient.id
        == select(_MERGED.c.merged_into)
        .where(_MERGED.c.id == Appointment.patient_id)
        .scalar_subquery()
    )
    query = (
        select(
            Patient.id,
            Patient.family,
            Patient.given,
            Patient.deceased_on,
            Appointment.id,
            Appointment.version,
            Appointment.starts_at,
        )
        .join(Appointment, owner)
        .where(
            Patient.deceased_on.is_not(None),
            Appointment.local_date >= on,
            Appointment.status.in_(_TO_COME),
            ~logged,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    if patient_id is not None:
        query = query.where(Patient.id == patient_id)
    found: dict[int, AheadOfDeath] = {}
    for number, family, given, died, appointment_id, version, start in tx.session.execute(query):
        assert died is not None
        booked = StillBooked(appointment_id, version, start.astimezone(zone))
        known = found.get(number)
        found[number] = AheadOfDeath(
            patient_id=number,
            patient=f"{family}, {given}".strip(", "),
            deceased_on=died,
            booked=(*known.booked, booked) if known else (booked,),
        )
    return list(found.values())


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


_MERGED = Patient.__table__.alias("merged_record")
