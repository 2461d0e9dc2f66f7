"""The patients of a day, for whoever looks for one of them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinicdesk.data.queries.phones import shown_phones
from clinicdesk.data.tables import Appointment, PatientSearch
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.people import PatientHit, Visitor

_VISITORS = (
    select(
        PatientSearch.patient_id,
        PatientSearch.mrn,
        PatientSearch.family,
        PatientSearch.given,
        PatientSearch.birth_date,
        PatientSearch.sex,
        Appointment.starts_at,
        Appointment.status,
    )
    .join(Appointment, Appointment.patient_id == PatientSearch.patient_id)
    .order_by(Appointment.starts_at, Appointment.id)
)


def visitors(tx: Tx, on: date, zone: ZoneInfo) -> tuple[Visitor, ...]:
    """Who is expected or has come, by the hour of the first visit; whoever cancelled is not.

    Args:
        tx: a transaction.
        on: the clinic's day; the phone is the one to call then.
        zone: the clinic's.
    """
    rows = tx.session.execute(
        _VISITORS.where(Appointment.local_date == on, Appointment.status != Status.CANCELLED.value)
    ).all()
    phones = shown_phones(tx, [row.patient_id for row in rows], on)
    found: dict[int, Visitor] = {}
    for row in rows:
        hit = PatientHit(
            row.patient_id, row.mrn, row.family, row.given, row.birth_date,
            phones.get(row.patient_id, ""), row.sex,
        )  # fmt: skip
        start = row.starts_at.astimezone(zone)
        found.setdefault(row.patient_id, Visitor(hit, start, Status(row.status)))
    return tuple(found.values())
