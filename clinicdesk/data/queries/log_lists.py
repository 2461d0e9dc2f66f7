"""What stands around a procedure log: lots, people, and what is to do."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select

from clinicdesk.data.tables import (
    Administration,
    Appointment,
    Patient,
    PlannedProcedure,
    ProcedureRecord,
    Resource,
    Staff,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import NEVER_DONE
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.states import LogState

_LOTS_LOOKED_AT = 400


def last_lots(
    tx: Tx, products: Collection[str], valid_on: date
) -> tuple[tuple[str, str, date, bool], ...]:
    """Lots lately used and still valid: (product, lot, expiry, month only), newest first."""
    rows = tx.session.execute(
        select(
            Administration.product,
            Administration.lot_text,
            Administration.expiry,
            Administration.expiry_month_only,
        )
        .where(Administration.product.in_(tuple(products)))
        .where(Administration.lot_text != "", Administration.expiry >= valid_on)
        .order_by(Administration.id.desc())
        .limit(_LOTS_LOOKED_AT)
    )
    return tuple(
        dict.fromkeys(
            (product, lot, expiry, month_only)
            for product, lot, expiry, month_only in rows
            if expiry is not None
        )
    )


def physicians(tx: Tx) -> tuple[tuple[int, str], ...]:
    """(resource id, name) of the physicians who work here."""
    rows = tx.session.execute(
        select(Staff.resource_id, Staff.name)
        .where(Staff.role == Role.PHYSICIAN.value, Staff.active)
        .order_by(Staff.name)
    )
    return tuple((resource, name) for resource, name in rows)


def resource_of(tx: Tx, staff_id: int) -> int | None:
    """The resource that stands for a member of staff."""
    return tx.session.scalar(select(Staff.resource_id).where(Staff.id == staff_id))


def resource_name(tx: Tx, resource_id: int | None) -> str:
    """A room's or person's name; empty for None."""
    if resource_id is None:
        return ""
    return tx.session.scalar(select(Resource.name).where(Resource.id == resource_id)) or ""


def patient_names(tx: Tx, ids: Collection[int]) -> dict[int, tuple[str, str, str]]:
    """Patient id → (family name, given name, record number)."""
    rows = tx.session.execute(
        select(Patient.id, Patient.family, Patient.given, Patient.mrn).where(
            Patient.id.in_(tuple(ids))
        )
    )
    return {key: (family, given, mrn) for key, family, given, mrn in rows}


def open_ids(
    tx: Tx, *, physician_id: int | None, staff_id: int
) -> tuple[tuple[int, datetime], ...]:
    """(id, when saved) of unsigned records this person did or saved, oldest first."""
    mine = ProcedureRecord.created_by == staff_id
    if physician_id is not None:
        mine = mine | (ProcedureRecord.physician_id == physician_id)
    rows = tx.session.execute(
        select(ProcedureRecord.id, ProcedureRecord.created_at)
        .where(ProcedureRecord.state == LogState.OPEN, ProcedureRecord.outcome != "outside", mine)
        .order_by(ProcedureRecord.performed_on, ProcedureRecord.id)
        .limit(100)
    )
    return tuple((key, at) for key, at in rows)


_LOOKED_BACK = timedelta(days=366)
"""An entry that is older is no longer on anybody's list: the record is not made anew."""


def due_appointments(
    tx: Tx, day: date, physician_id: int | None
) -> tuple[tuple[int, datetime, str], ...]:
    """(appointment, start, status) of the procedures of the day, and of the year before it, that
    nobody has logged yet: the oldest first."""
    logged = exists().where(ProcedureRecord.planned_id == PlannedProcedure.id)
    query = (
        select(Appointment.id, Appointment.starts_at, Appointment.status)
        .join(PlannedProcedure, PlannedProcedure.appointment_id == Appointment.id)
        .where(Appointment.local_date <= day, Appointment.local_date > day - _LOOKED_BACK, ~logged)
        .where(Appointment.status.not_in(NEVER_DONE))
        .distinct()
        .order_by(Appointment.starts_at)
    )
    if physician_id is not None:
        query = query.where(Appointment.physician_id == physician_id)
    return tuple((key, at, status) for key, at, status in tx.session.execute(query))
