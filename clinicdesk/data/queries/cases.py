"""The records behind a case of the interval rules, and the verdicts that were acted upon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy import exists, or_, select

from clinicdesk.data.tables import (
    Administration,
    Allergy,
    Appointment,
    ClinicSettings,
    Coverage,
    Implant,
    Patient,
    PlannedProcedure,
    PlannedSite,
    PlannedSurgery,
    ProcedureRecord,
    ProcedureSite,
    Reading,
    ReadingLink,
    StrikeOut,
    VerdictRecord,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import NEVER_DONE
from clinicdesk.domain.procedures import Guidance, Intent, Steroid
from clinicdesk.domain.rows.cases import BookedRow, CaseRecords, DoneRow, ReadingRow
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.states import LogState


class Recorded(Protocol):
    """What of a procedure's record tells whether its steroids are known."""

    @property
    def steroids_known(self) -> bool: ...
    @property
    def state(self) -> str: ...


class Given(Protocol):
    """What of an administration tells its steroid."""

    @property
    def kind(self) -> str: ...
    @property
    def drug(self) -> str: ...
    @property
    def dose(self) -> Decimal | None: ...


def case_records(tx: Tx, plan: PlanRequest) -> CaseRecords:
    """Everything that counts for the session that ``plan`` asks about.

    Struck-out procedures are left out, so are attempts given up before an injection,
    and the session itself: all of its appointment, and its own log.

    Raises:
        NotFound: no such patient.
    """
    on = plan.on
    patient = tx.get(Patient, plan.patient_id)
    people = _one_and_the_same(tx, plan.patient_id)
    payer, pack = _coverage(tx, people, on)
    return CaseRecords(
        contrast_allergy=_contrast_allergy(tx, people, on),
        pregnant=patient.pregnant,
        prostheses=_prostheses(tx, people, on),
        arthroplasties=_arthroplasties(tx, people),
        done=_done(tx, people, plan),
        booked=_booked(tx, people, plan.appointment_id),
        payer=payer,
        pack=pack,
        clinic_pack=tx.session.scalars(select(ClinicSettings.pack)).first() or "",
    )


def _one_and_the_same(tx: Tx, patient_id: int) -> tuple[int, ...]:
    """The patient and every record merged into that one, however many steps."""
    people = [patient_id]
    new = [patient_id]
    while new:
        query = select(Patient.id).where(Patient.merged_into.in_(new))
        new = [found for found in tx.session.scalars(query) if found not in people]
        people += new
    return tuple(people)


def _done(tx: Tx, people: Sequence[int], plan: PlanRequest) -> tuple[DoneRow, ...]:
    struck = exists().where(StrikeOut.procedure_id == ProcedureRecord.id)
    query = (
        select(ProcedureRecord)
        .where(ProcedureRecord.patient_id.in_(people))
        .where(ProcedureRecord.outcome != "aborted", ~struck)
        .order_by(ProcedureRecord.performed_on, ProcedureRecord.id)
    )
    if plan.procedure_id is not None:
        query = query.where(ProcedureRecord.id != plan.procedure_id)
    if plan.appointment_id is not None:
        query = query.where(
            or_(
                ProcedureRecord.appointment_id.is_(None),
                ProcedureRecord.appointment_id != plan.appointment_id,
            )
        )
    records = tx.session.scalars(query).all()
    ids = [record.id for record in records]
    sites, given, readings = _sites(tx, ids), _given(tx, ids), _readings(tx, ids)
    return tuple(
        DoneRow(
            id=record.id,
            day=record.performed_on,
            procedure=record.procedure,
            intent=record.intent,
            sites=tuple(sites[record.id]),
            steroids=steroids_of(record, given[record.id]),
            readings=tuple(readings[record.id]),
        )
        for record in records
    )


def _sites(tx: Tx, ids: Sequence[int]) -> defaultdict[int, list[str]]:
    query = (
        select(ProcedureSite.procedure_id, ProcedureSite.name, ProcedureSite.side)
        .where(ProcedureSite.procedure_id.in_(ids))
        .order_by(ProcedureSite.procedure_id, ProcedureSite.position)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for procedure_id, name, side in tx.session.execute(query):
        found[procedure_id].append(f"{name} {side}")
    return found


def _given(tx: Tx, ids: Sequence[int]) -> defaultdict[int, list[Administration]]:
    query = (
        select(Administration)
        .where(Administration.procedure_id.in_(ids))
        .order_by(Administration.procedure_id, Administration.position)
    )
    found: defaultdict[int, list[Administration]] = defaultdict(list)
    for row in tx.session.scalars(query):
        found[row.procedure_id].append(row)
    return found


def steroids_of(record: Recorded, given: Iterable[Given]) -> tuple[Steroid, ...] | None:
    """What was given; None while it is not known: never taken for "none"."""
    rows = list(given)
    if not record.steroids_known or (record.state == LogState.OPEN and not rows):
        return None
    steroids = [row for row in rows if row.kind == "steroid"]
    if any(row.dose is None or row.dose <= 0 for row in steroids):
        return None
    return tuple(Steroid(row.drug, row.dose) for row in steroids if row.dose is not None)


def _readings(tx: Tx, ids: Sequence[int]) -> defaultdict[int, list[ReadingRow]]:
    struck = exists().where(StrikeOut.reading_id == Reading.id)
    query = (
        select(
            ReadingLink.procedure_id,
            Reading.local_date,
            ReadingLink.phase,
            Reading.scale,
            Reading.value,
        )
        .join(Reading, Reading.id == ReadingLink.reading_id)
        .where(ReadingLink.procedure_id.in_(ids), ~struck)
        .order_by(ReadingLink.procedure_id, Reading.local_date, Reading.id)
    )
    found: defaultdict[int, list[ReadingRow]] = defaultdict(list)
    for procedure_id, day, phase, scale, value in tx.session.execute(query):
        found[procedure_id].append(ReadingRow(day, phase, scale, value))
    return found


def _booked(tx: Tx, people: Sequence[int], appointment_id: int | None) -> tuple[BookedRow, ...]:
    """Planned procedures of appointments still meant to happen, and of past ones nobody closed."""
    logged = exists().where(ProcedureRecord.planned_id == PlannedProcedure.id)
    query = (
        select(PlannedProcedure, Appointment.local_date)
        .join(Appointment, Appointment.id == PlannedProcedure.appointment_id)
        .where(Appointment.patient_id.in_(people))
        .where(Appointment.status.not_in(NEVER_DONE), ~logged)
        .order_by(Appointment.local_date, PlannedProcedure.id)
    )
    if appointment_id is not None:
        query = query.where(Appointment.id != appointment_id)
    rows = tx.session.execute(query).all()
    sites = _planned_sites(tx, [planned.id for planned, _ in rows])
    return tuple(
        BookedRow(
            id=planned.id,
            day=day,
            procedure=planned.procedure,
            intent=planned.intent,
            sites=tuple(sites[planned.id]),
            steroids=planned_steroids(planned.steroids),
        )
        for planned, day in rows
    )


def _planned_sites(tx: Tx, ids: Sequence[int]) -> defaultdict[int, list[str]]:
    query = (
        select(PlannedSite.planned_id, PlannedSite.name, PlannedSite.side)
        .where(PlannedSite.planned_id.in_(ids))
        .order_by(PlannedSite.planned_id, PlannedSite.position)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for planned_id, name, side in tx.session.execute(query):
        found[planned_id].append(f"{name} {side}")
    return found


def planned_steroids(stored: list[dict[str, Any]] | None) -> tuple[Steroid, ...] | None:
    if stored is None:
        return None
    return tuple(Steroid(str(item["drug"]), Decimal(str(item["mg"]))) for item in stored)


def _contrast_allergy(tx: Tx, people: Sequence[int], on: date) -> bool:
    query = select(Allergy.id).where(
        Allergy.patient_id.in_(people),
        Allergy.category == "contrast",
        or_(Allergy.valid_to.is_(None), Allergy.valid_to >= on),
    )
    return tx.session.scalars(query.limit(1)).first() is not None


def _prostheses(tx: Tx, people: Sequence[int], on: date) -> tuple[str, ...]:
    query = (
        select(Implant.site)
        .where(
            Implant.patient_id.in_(people),
            Implant.prosthesis.is_(True),
            Implant.site != "",
            or_(Implant.valid_to.is_(None), Implant.valid_to >= on),
        )
        .order_by(Implant.id)
    )
    return tuple(tx.session.scalars(query))


def _arthroplasties(tx: Tx, people: Sequence[int]) -> tuple[tuple[str, date], ...]:
    query = (
        select(PlannedSurgery.site, PlannedSurgery.planned_on)
        .where(
            PlannedSurgery.patient_id.in_(people),
            PlannedSurgery.kind == "arthroplasty",
            PlannedSurgery.cancelled.is_(False),
        )
        .order_by(PlannedSurgery.planned_on, PlannedSurgery.id)
    )
    return tuple((site, day) for site, day in tx.session.execute(query))


def _coverage(tx: Tx, people: Sequence[int], on: date) -> tuple[str, str]:
    """Payer and pack of the coverage that holds on the day, the latest begun; empty without."""
    query = (
        select(Coverage.payer, Coverage.pack)
        .where(
            Coverage.patient_id.in_(people),
            or_(Coverage.pack != "", Coverage.payer != ""),
            or_(Coverage.valid_from.is_(None), Coverage.valid_from <= on),
            or_(Coverage.valid_to.is_(None), Coverage.valid_to >= on),
        )
        .order_by(Coverage.valid_from.desc().nulls_last(), Coverage.id.desc())
    )
    found = tx.session.execute(query.limit(1)).first()
    return (found.payer, found.pack) if found else ("", "")


def planned_requests(tx: Tx, appointment_id: int, on: date) -> tuple[PlanRequest, ...]:
    """What an appointment plans, exactly as it was said, asked about for another day."""
    query = (
        select(PlannedProcedure, Appointment.patient_id)
        .join(Appointment, Appointment.id == PlannedProcedure.appointment_id)
        .where(Appointment.id == appointment_id)
        .order_by(PlannedProcedure.position)
    )
    rows = tx.session.execute(query).all()
    sites = _planned_sites(tx, [planned.id for planned, _ in rows])
    return tuple(
        PlanRequest(
            patient_id=patient_id,
            procedure=planned.procedure,
            sites=tuple(sites[planned.id]),
            on=on,
            intent=Intent(planned.intent) if planned.intent else None,
            guidance=Guidance(planned.guidance) if planned.guidance else None,
            contrast=planned.contrast,
            steroids=planned_steroids(planned.steroids),
            appointment_id=appointment_id,
        )
        for planned, patient_id in rows
    )


def add_verdict(
    tx: Tx,
    card: VerdictCard,
    reason: str,
    appointment_id: int | None = None,
    procedure_id: int | None = None,
) -> int:
    """Keep a verdict that somebody acted upon; its id."""
    row = tx.add(
        VerdictRecord(
            patient_id=card.patient_id,
            appointment_id=appointment_id,
            procedure_id=procedure_id,
            pack=card.pack,
            pack_version=card.pack_version,
            status=card.status,
            case_json=card.case_json,
            verdict_json=card.verdict_json,
            reason=reason,
            staff_id=tx.staff_id,
            at=tx.now,
        )
    )
    return row.id
