"""Dangers raised on appointments, and their answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from clinicdesk.data.queries.deaths import died
from clinicdesk.data.tables import (
    Appointment,
    Patient,
    PlannedProcedure,
    PlannedSite,
    ProcedureRecord,
    Resource,
    SafetyAnswer,
    SafetyFinding,
    Staff,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import OVER
from clinicdesk.domain.errors import NotFound, Stale
from clinicdesk.domain.rows.reviews import GivenReason, ReviewRow
from clinicdesk.domain.rows.safety import SafetyFinding as FindingRow
from clinicdesk.domain.states import RaisedIn, ReviewOutcome
from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class Ahead:
    """An appointment that is still to come, with what is planned in it."""

    appointment_id: int
    patient_id: int
    day: date
    start: datetime


def raise_finding(
    tx: Tx,
    patient_id: int,
    appointment_id: int,
    finding: FindingRow,
    raised_in: RaisedIn,
    note: str,
) -> int:
    """Keeps a danger on an appointment; its id."""
    row = tx.add(
        SafetyFinding(
            patient_id=patient_id,
            appointment_id=appointment_id,
            check_key=finding.check,
            because=list(finding.because),
            sentence=finding.sentence,
            source=finding.source,
            raised_in=raised_in.value,
            note=note,
            at=tx.now,
            staff_id=tx.staff_id,
        )
    )
    return row.id


def add_answer(
    tx: Tx, finding_id: int, outcome: ReviewOutcome, given: GivenReason | None = None
) -> None:
    """Keeps the answer to a finding.

    Raises:
        Stale: somebody has answered it in the meantime.
    """
    if tx.session.execute(
        select(SafetyAnswer.id).where(SafetyAnswer.finding_id == finding_id)
    ).first():
        raise Stale(_("Somebody has answered this in the meantime. Look at the answer."))
    tx.add(
        SafetyAnswer(
            finding_id=finding_id,
            outcome=outcome.value,
            code=given.code if given else "",
            words=given.words if given else "",
            at=tx.now,
            staff_id=tx.staff_id,
        )
    )


def finding_of(tx: Tx, finding_id: int, zone: ZoneInfo) -> ReviewRow:
    """One finding with its answer; raises NotFound."""
    rows = _rows(tx, _reviews().where(SafetyFinding.id == finding_id), zone)
    if not rows:
        raise NotFound(_("This finding does not exist. Refresh the list."))
    return rows[0]


def of_appointment(tx: Tx, appointment_id: int, zone: ZoneInfo) -> tuple[ReviewRow, ...]:
    """All findings of an appointment, oldest first, answered ones included."""
    return _rows(tx, _reviews().where(SafetyFinding.appointment_id == appointment_id), zone)


def waiting(tx: Tx, on: date, zone: ZoneInfo) -> tuple[ReviewRow, ...]:
    """What waits on the day ``on``: for a physician, or (refused) for the desk to change it.

    Of appointments from that day on that are neither over nor logged, of living patients.
    """
    query = _reviews().where(_still_to_come(on), or_(SafetyAnswer.id.is_(None), _REFUSED))
    return _rows(tx, query, zone)


_REFUSED = SafetyAnswer.outcome == ReviewOutcome.REFUSED.value


def marked() -> ColumnElement[bool]:
    """Whether an appointment waits for a physician, or was refused: for a select of those.

    What is logged, over, or of a patient who has died waits no more.
    """
    answered = exists().where(SafetyAnswer.finding_id == SafetyFinding.id, ~_REFUSED)
    raised = exists().where(SafetyFinding.appointment_id == Appointment.id, ~answered)
    return raised & _to_be_done()


def _to_be_done() -> ColumnElement[bool]:
    # By a name of its own: the day's statement reads the records, too.
    record = aliased(ProcedureRecord)
    logged = exists().where(record.appointment_id == Appointment.id)
    return Appointment.status.not_in(OVER) & ~logged & ~died()


def _still_to_come(on: date) -> ColumnElement[bool]:
    return (Appointment.local_date >= on) & _to_be_done()


def ahead(tx: Tx, patient_ids: Iterable[int], on: date) -> tuple[Ahead, ...]:
    """Appointments of patients from a day on that hold their time, plan something, are not done."""
    query = (
        select(
            Appointment.id, Appointment.patient_id, Appointment.local_date, Appointment.starts_at
        )
        .where(Appointment.patient_id.in_(tuple(patient_ids)), _still_to_come(on))
        .where(exists().where(PlannedProcedure.appointment_id == Appointment.id))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return tuple(Ahead(*row) for row in tx.session.execute(query))


def _reviews() -> Any:  # noqa: ANN401 (a select of many columns has no useful type)
    raiser, answerer = aliased(Staff), aliased(Staff)
    physician = aliased(Resource)
    return (
        select(
            SafetyFinding,
            SafetyAnswer,
            Appointment.starts_at,
            Appointment.local_date,
            Patient.family,
            Patient.given,
            physician.name.label("physician"),
            raiser.name.label("raised_by"),
            answerer.name.label("answered_by"),
        )
        .join(Appointment, Appointment.id == SafetyFinding.appointment_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(physician, physician.id == Appointment.physician_id)
        .outerjoin(SafetyAnswer, SafetyAnswer.finding_id == SafetyFinding.id)
        .outerjoin(raiser, raiser.id == SafetyFinding.staff_id)
        .outerjoin(answerer, answerer.id == SafetyAnswer.staff_id)
        .order_by(Appointment.starts_at, SafetyFinding.appointment_id, SafetyFinding.id)
    )


def _rows(tx: Tx, query: Any, zone: ZoneInfo) -> tuple[ReviewRow, ...]:  # noqa: ANN401
    found = tx.session.execute(query).all()
    plans = _plans(tx, {line[0].appointment_id for line in found})
    return tuple(_row(line, plans.get(line[0].appointment_id, ("", ())), zone) for line in found)


def _plans(tx: Tx, ids: set[int]) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Of appointments: the first planned procedure and all sites."""
    if not ids:
        return {}
    query = (
        select(
            PlannedProcedure.appointment_id,
            PlannedProcedure.procedure,
            PlannedSite.name,
            PlannedSite.side,
        )
        .outerjoin(PlannedSite, PlannedSite.planned_id == PlannedProcedure.id)
        .where(PlannedProcedure.appointment_id.in_(ids))
        .order_by(PlannedProcedure.position, PlannedSite.position)
    )
    lines: dict[int, list[Sequence[Any]]] = {}
    for line in tx.session.execute(query):
        lines.setdefault(line.appointment_id, []).append(tuple(line))
    return {
        number: (rows[0][1], tuple(f"{name} {side}" for *__, name, side in rows if name))
        for number, rows in lines.items()
    }


def _row(line: Any, plan: tuple[str, tuple[str, ...]], zone: ZoneInfo) -> ReviewRow:  # noqa: ANN401
    finding, answer = line[0], line[1]
    return ReviewRow(
        id=finding.id,
        patient_id=finding.patient_id,
        patient=f"{line.family}, {line.given}".strip(", "),
        appointment_id=finding.appointment_id,
        day=line.local_date,
        start=line.starts_at.astimezone(zone),
        procedure=plan[0],
        sites=plan[1],
        physician=line.physician,
        check=finding.check_key,
        because=tuple(finding.because),
        sentence=finding.sentence,
        source=finding.source,
        raised_in=RaisedIn(finding.raised_in),
        raised_at=finding.at.astimezone(zone),
        raised_by=line.raised_by or "",
        note=finding.note,
        outcome=ReviewOutcome(answer.outcome) if answer else None,
        code=answer.code if answer else "",
        words=answer.words if answer else "",
        answered_by=line.answered_by or "" if answer else "",
        answered_at=answer.at.astimezone(zone) if answer else None,
    )
