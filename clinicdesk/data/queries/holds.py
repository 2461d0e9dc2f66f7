"""The steps of held drugs, and the appointments that may have some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from clinicdesk.data.current import current_on
from clinicdesk.data.queries.deaths import died
from clinicdesk.data.tables import (
    Appointment,
    HoldStep,
    Patient,
    PatientDrug,
    PlannedProcedure,
    ProcedureRecord,
    Staff,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import OVER
from clinicdesk.domain.rows.holds import HoldStepRow
from clinicdesk.domain.states import HoldStepKind


@dataclass(frozen=True)
class Booked:
    """A booked appointment as the worklist of held drugs needs it; ``start`` in the zone asked."""

    appointment_id: int
    patient_id: int
    patient: str
    day: date
    start: datetime


def add_step(tx: Tx, patient_id: int, appointment_id: int, step: HoldStepRow) -> None:
    """Keeps a step; who took it and when is the transaction's."""
    tx.add(
        HoldStep(
            patient_id=patient_id,
            appointment_id=appointment_id,
            drug=step.drug,
            step=step.step.value,
            last_dose_on=step.last_dose_on,
            last_dose_at=step.last_dose_at,
            answer=step.answer,
            who=step.who,
            note=step.note,
            at=tx.now,
            staff_id=tx.staff_id,
        )
    )


def steps(tx: Tx, ids: Sequence[int], zone: ZoneInfo) -> dict[int, list[HoldStepRow]]:
    """By appointment: its steps, oldest first."""
    by = aliased(Staff)
    query = (
        select(HoldStep, by.name)
        .outerjoin(by, by.id == HoldStep.staff_id)
        .where(HoldStep.appointment_id.in_(ids))
        .order_by(HoldStep.id)
    )
    found: dict[int, list[HoldStepRow]] = defaultdict(list)
    for row, name in tx.session.execute(query):
        found[row.appointment_id].append(
            HoldStepRow(
                drug=row.drug,
                step=HoldStepKind(row.step),
                at=row.at.astimezone(zone),
                by=name or "",
                last_dose_on=row.last_dose_on,
                last_dose_at=row.last_dose_at.astimezone(zone) if row.last_dose_at else None,
                answer=row.answer,
                who=row.who,
                note=row.note,
            )
        )
    return found


def drugs_of(tx: Tx, patient_ids: Sequence[int]) -> dict[int, list[str]]:
    """By patient: every drug that was ever on the list, those of merged records included."""
    owner = func.coalesce(Patient.merged_into, Patient.id)
    query = (
        select(Patient.id, owner, PatientDrug.drug)
        .join(PatientDrug, PatientDrug.patient_id == Patient.id)
        .where(or_(Patient.id.in_(patient_ids), Patient.merged_into.in_(patient_ids)))
    )
    found: dict[int, list[str]] = defaultdict(list)
    for number, kept, drug in tx.session.execute(query):
        for each in {number, kept}:
            found[each].append(drug)
    return found


def booked(
    tx: Tx, zone: ZoneInfo, since: date, until: date, appointment_id: int | None = None
) -> tuple[Booked, ...]:
    """Appointments with a plan, not over, whose living patient takes any drug on that day.

    Args:
        tx: a transaction.
        zone: the clinic's, for ``start``.
        since, until: days, both included.
        appointment_id: that one alone, whatever its day and its patient's drugs.
    """
    drugs = exists().where(
        PatientDrug.patient_id == Appointment.patient_id,
        current_on(PatientDrug, Appointment.local_date),
    )
    # A record that was merged into the booked one has drugs of the same person.
    other = aliased(Patient)
    merged_drugs = exists().where(
        other.merged_into == Appointment.patient_id,
        PatientDrug.patient_id == other.id,
        current_on(PatientDrug, Appointment.local_date),
    )
    query = (
        select(
            Appointment.id,
            Appointment.patient_id,
            Patient.family,
            Patient.given,
            Appointment.local_date,
            Appointment.starts_at,
        )
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(exists().where(PlannedProcedure.appointment_id == Appointment.id))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    if appointment_id is not None:
        query = query.where(Appointment.id == appointment_id)
    else:
        query = query.where(
            Appointment.local_date.between(since, until),
            Appointment.status.not_in(OVER),
            ~died(),
            ~exists().where(ProcedureRecord.appointment_id == Appointment.id),
            or_(drugs, merged_drugs),
        )
    return tuple(
        Booked(number, patient, f"{family}, {given}".strip(", "), day, start.astimezone(zone))
        for number, patient, family, given, day, start in tx.session.execute(query)
    )
