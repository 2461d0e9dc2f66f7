"""A day of the schedule, and what booking writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from clinicdesk.data.tables import (
    Allergy,
    Appointment,
    Block,
    Capability,
    Claim,
    OpeningHours,
    Patient,
    PatientDrug,
    PlannedProcedure,
    PlannedSite,
    ProcedureRecord,
    Resource,
    Staff,
    StatusChange,
    VerdictRecord,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.rows.schedule import (
    AppointmentRow,
    BlockRow,
    ClaimRow,
    DayRows,
    OpenHours,
    PlannedRow,
    ResourceRow,
    StatusStep,
)

CLOSED = time(0)


@dataclass(frozen=True)
class Describe:
    """What the rows need that is not in the database: the catalogue and the zone."""

    procedures: Mapping[str, Procedure]
    zone: ZoneInfo

    def local(self, moment: datetime) -> datetime:
        """The moment in the clinic's zone."""
        return moment.astimezone(self.zone)


def resources(tx: Tx, kind: str | None = None) -> tuple[ResourceRow, ...]:
    """Active resources in the order of the columns; of staff, physicians only."""
    has: dict[int, set[str]] = defaultdict(set)
    for row in tx.session.execute(select(Capability.resource_id, Capability.capability)):
        has[row.resource_id].add(row.capability)
    query = (
        select(Resource.id, Resource.kind, Resource.name)
        .outerjoin(Staff, Staff.resource_id == Resource.id)
        .where(Resource.active, or_(Staff.id.is_(None), Staff.role == "physician"))
        .where(or_(Staff.id.is_(None), Staff.active))
        .order_by(Resource.position, Resource.id)
    )
    if kind is not None:
        query = query.where(Resource.kind == kind)
    order = {"staff": 0, "room": 1, "equipment": 2, "bay": 3}
    found = [
        ResourceRow(r.id, r.kind, r.name, frozenset(has[r.id])) for r in tx.session.execute(query)
    ]
    return tuple(sorted(found, key=lambda r: order[r.kind]))


def open_hours(tx: Tx, day: date) -> tuple[OpenHours, ...]:
    """Hours that hold on a day; an empty stretch for a resource that is away all day."""
    query = select(OpeningHours).where(
        OpeningHours.valid_from <= day,
        or_(OpeningHours.valid_to.is_(None), OpeningHours.valid_to >= day),
    )
    rows = tx.session.execute(query).scalars().all()
    today = [
        OpenHours(row.resource_id, row.starts, row.ends)
        for row in rows
        if row.weekday == day.weekday()
    ]
    named = {hours.resource_id for hours in today}
    away = {row.resource_id for row in rows} - named
    return (*today, *(OpenHours(who, CLOSED, CLOSED) for who in sorted(away, key=str)))


def day_rows(tx: Tx, day: date, describe: Describe) -> DayRows:
    """Everything that the schedule shows of a day."""
    appointments = tx.session.execute(
        _appointments().where(Appointment.local_date == day).order_by(Appointment.starts_at)
    ).all()
    return DayRows(
        day,
        resources(tx),
        open_hours(tx, day),
        _rows(tx, appointments, describe),
        _blocks(tx, day, describe),
    )


def appointment(tx: Tx, appointment_id: int, describe: Describe) -> AppointmentRow | None:
    """One appointment as the schedule shows it."""
    found = tx.session.execute(_appointments().where(Appointment.id == appointment_id)).all()
    rows = _rows(tx, found, describe)
    return rows[0] if rows else None


def _appointments() -> Any:  # noqa: ANN401 (a select of many columns has no useful type)
    physician, room = aliased(Resource), aliased(Resource)
    return (
        select(
            Appointment,
            Patient.family,
            Patient.given,
            Patient.mrn,
            Patient.birth_date,
            physician.name.label("physician"),
            room.name.label("room"),
        )
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(physician, physician.id == Appointment.physician_id)
        .outerjoin(room, room.id == Appointment.room_id)
    )


def _grouped(rows: Iterable[Any], key: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


def _rows(tx: Tx, found: Sequence[Any], describe: Describe) -> tuple[AppointmentRow, ...]:
    ids = [row.Appointment.id for row in found]
    if not ids:
        return ()
    people = {row.Appointment.patient_id for row in found}
    planned = _planned(tx, ids, describe)
    claims = _grouped(
        tx.session.execute(
            select(Claim).where(Claim.appointment_id.in_(ids), Claim.released.is_(False))
        ).scalars(),
        "appointment_id",
    )
    logs = {
        row.appointment_id: (row.id, row.state)
        for row in tx.session.execute(
            select(ProcedureRecord.appointment_id, ProcedureRecord.id, ProcedureRecord.state).where(
                ProcedureRecord.appointment_id.in_(ids)
            )
        )
    }
    flags = _flags(tx, people, ids)
    return tuple(
        _row(row, planned.get(row.Appointment.id, ()), claims, logs, flags, describe)
        for row in found
    )


def _row(
    row: Any,  # noqa: ANN401
    planned: tuple[PlannedRow, ...],
    claims: Mapping[int, list[Claim]],
    logs: Mapping[int, tuple[int, str]],
    flags: _Flags,
    describe: Describe,
) -> AppointmentRow:
    a: Appointment = row.Appointment
    first = planned[0] if planned else None
    procedure_id, state = logs.get(a.id, (None, ""))
    return AppointmentRow(
        id=a.id,
        version=a.version,
        patient_id=a.patient_id,
        family_name=row.family,
        given_name=row.given,
        mrn=row.mrn,
        birth_date=row.birth_date,
        start=describe.local(a.starts_at),
        end=describe.local(a.ends_at),
        status=Status(a.status),
        title=first.name if first else a.title or "Visit",
        short=first.short if first else a.title or "Visit",
        family=first.family if first else "VIS",
        sites=first.sites if first else (),
        physician_id=a.physician_id,
        physician=row.physician,
        room_id=a.room_id,
        room=row.room or "",
        note=a.note,
        flags=flags.of(a.patient_id, a.id),
        planned=planned,
        claims=tuple(_claim(c, describe) for c in claims.get(a.id, ())),
        procedure_id=procedure_id,
        procedure_state=state,
    )


def _claim(claim: Claim, describe: Describe) -> ClaimRow:
    return ClaimRow(
        claim.resource_id,
        claim.patient_id,
        claim.role,
        describe.local(claim.starts_at),
        describe.local(claim.ends_at),
        claim.exclusive,
    )


def _planned(
    tx: Tx, appointment_ids: Sequence[int], describe: Describe
) -> dict[int, tuple[PlannedRow, ...]]:
    plans = (
        tx.session.execute(
            select(PlannedProcedure)
            .where(PlannedProcedure.appointment_id.in_(appointment_ids))
            .order_by(PlannedProcedure.position)
        )
        .scalars()
        .all()
    )
    sites = _grouped(
        tx.session.execute(
            select(PlannedSite)
            .where(PlannedSite.planned_id.in_([p.id for p in plans]))
            .order_by(PlannedSite.position)
        ).scalars(),
        "planned_id",
    )
    result: dict[int, list[PlannedRow]] = defaultdict(list)
    for plan in plans:
        known = describe.procedures.get(plan.procedure)
        result[plan.appointment_id].append(
            PlannedRow(
                plan.id,
                plan.procedure,
                known.name if known else plan.procedure,
                known.short if known else plan.procedure,
                known.family if known else "VIS",
                tuple(f"{s.name} {s.side}" for s in sites.get(plan.id, ())),
                plan.intent or (known.usual.intent.value if known else ""),
                plan.guidance
                or (known.usual.guidance.value if known and known.usual.guidance else ""),
            )
        )
    return {key: tuple(value) for key, value in result.items()}


@dataclass(frozen=True)
class _Flags:
    allergic: frozenset[int]
    thinned: frozenset[int]
    overruled: frozenset[int]

    def of(self, patient_id: int, appointment_id: int) -> frozenset[str]:
        words = (
            ("allergy", patient_id in self.allergic),
            ("anticoagulant", patient_id in self.thinned),
            ("verdict", appointment_id in self.overruled),
        )
        return frozenset(word for word, true in words if true)


def _flags(tx: Tx, people: set[int], appointment_ids: Sequence[int]) -> _Flags:
    run = tx.session.execute
    allergic = run(
        select(Allergy.patient_id).where(Allergy.patient_id.in_(people), Allergy.valid_to.is_(None))
    ).scalars()
    thinned = run(
        select(PatientDrug.patient_id).where(
            PatientDrug.patient_id.in_(people),
            PatientDrug.kind == "anticoagulant",
            PatientDrug.valid_to.is_(None),
        )
    ).scalars()
    overruled = run(
        select(VerdictRecord.appointment_id).where(
            VerdictRecord.appointment_id.in_(appointment_ids), VerdictRecord.reason != ""
        )
    ).scalars()
    return _Flags(
        frozenset(allergic),
        frozenset(thinned),
        frozenset(a for a in overruled if a is not None),
    )


def _blocks(tx: Tx, day: date, describe: Describe) -> tuple[BlockRow, ...]:
    blocks = (
        tx.session.execute(
            select(Block)
            .where(Block.local_date == day, Block.cancelled_at.is_(None))
            .order_by(Block.starts_at)
        )
        .scalars()
        .all()
    )
    claims = _grouped(
        tx.session.execute(
            select(Claim).where(
                Claim.block_id.in_([b.id for b in blocks]), Claim.released.is_(False)
            )
        ).scalars(),
        "block_id",
    )
    return tuple(
        BlockRow(
            b.id,
            tuple(c.resource_id for c in claims.get(b.id, ()) if c.resource_id is not None),
            b.kind,
            b.label,
            describe.local(b.starts_at),
            describe.local(b.ends_at),
        )
        for b in blocks
    )


def month_load(tx: Tx, first: date, last: date) -> dict[date, int]:
    """Appointments per day that take time, first and last included."""
    query = (
        select(Appointment.local_date, func.count())
        .where(
            Appointment.local_date.between(first, last),
            Appointment.status.not_in(("cancelled", "no_show")),
        )
        .group_by(Appointment.local_date)
    )
    return {row[0]: row[1] for row in tx.session.execute(query)}


def history(tx: Tx, appointment_id: int, describe: Describe) -> tuple[StatusStep, ...]:
    """The steps of an appointment, oldest first."""
    query = (
        select(StatusChange, Staff.name)
        .outerjoin(Staff, Staff.id == StatusChange.staff_id)
        .where(StatusChange.appointment_id == appointment_id)
        .order_by(StatusChange.id)
    )
    return tuple(
        StatusStep(
            Status(row.StatusChange.status),
            describe.local(row.StatusChange.at),
            row.name or "",
            row.StatusChange.note,
        )
        for row in tx.session.execute(query)
    )
