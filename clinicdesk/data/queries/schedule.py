"""A day of the schedule, and what booking writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Text,
    bindparam,
    cast,
    func,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from clinicdesk.data.current import current_on
from clinicdesk.data.queries import marks, merged
from clinicdesk.data.tables import (
    Appointment,
    AuditAct,
    Block,
    Capability,
    Claim,
    OpeningHours,
    Patient,
    PlannedProcedure,
    PlannedSite,
    ProcedureRecord,
    Resource,
    Staff,
    StatusChange,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import NEVER_DONE, Status
from clinicdesk.domain.permissions import Role
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
from clinicdesk.domain.translation import _
from clinicdesk.safety.knowledge import Knowledge

CLOSED = time(0)


@dataclass(frozen=True)
class Describe:
    """What the rows need that is not in the database: the catalogue and the zone.

    ``knowledge`` says which drugs thin the blood.
    """

    procedures: Mapping[str, Procedure]
    zone: ZoneInfo
    knowledge: Knowledge

    def local(self, moment: datetime) -> datetime:
        """The moment in the clinic's zone."""
        return moment.astimezone(self.zone)


def resources(tx: Tx, kind: str | None = None) -> tuple[ResourceRow, ...]:
    """Active resources in the order of the columns; of staff, physicians only. One statement."""
    query = (
        select(Resource.id, Resource.kind, Resource.name, Capability.capability)
        .outerjoin(Capability, Capability.resource_id == Resource.id)
        .outerjoin(Staff, Staff.resource_id == Resource.id)
        .where(Resource.active, or_(Staff.id.is_(None), Staff.role == Role.PHYSICIAN.value))
        .where(or_(Staff.id.is_(None), Staff.active))
        .order_by(Resource.position, Resource.id)
    )
    if kind is not None:
        query = query.where(Resource.kind == kind)
    has: dict[tuple[int, str, str], set[str]] = defaultdict(set)
    for row in tx.session.execute(query):
        found = has[row.id, row.kind, row.name]
        if row.capability is not None:
            found.add(row.capability)
    order = {"staff": 0, "room": 1, "equipment": 2, "bay": 3}
    made = [ResourceRow(*key, frozenset(can)) for key, can in has.items()]
    return tuple(sorted(made, key=lambda r: order[r.kind]))


def open_hours(tx: Tx, day: date) -> tuple[OpenHours, ...]:
    """Hours that hold on a day; an empty stretch for a resource that is away all day."""
    query = select(OpeningHours).where(current_on(OpeningHours, day))
    rows = tx.session.execute(query).scalars().all()
    today = [
        OpenHours(row.resource_id, row.starts, row.ends)
        for row in rows
        if row.weekday == day.weekday()
    ]
    named = {hours.resource_id for hours in today}
    away = {row.resource_id for row in rows} - named
    return (*today, *(OpenHours(who, CLOSED, CLOSED) for who in sorted(away, key=str)))


def day_rows(tx: Tx, day: date, describe: Describe, country: str) -> DayRows:
    """Everything that the schedule shows of a day, in four statements; more for merged records.

    ``country`` is the clinic's, as in ``DayRows``.
    """
    return _day(tx, day, describe, country, _Stretch.of(None))


def day_at(
    tx: Tx, day: date, start: datetime, end: datetime, describe: Describe, country: str
) -> DayRows:
    """A day as ``day_rows``, with only the appointments between two moments: what a time meets."""
    return _day(tx, day, describe, country, _Stretch.of((start, end)))


def _day(tx: Tx, day: date, describe: Describe, country: str, stretch: _Stretch) -> DayRows:
    asked = {"day": day, **stretch.asked}
    found = tx.session.execute(_of_day(whole=stretch.whole), asked).all()
    claims = _claims_of_day(tx, day, stretch)
    return DayRows(
        day,
        resources(tx),
        open_hours(tx, day),
        _rows(found, _grouped(claims, "appointment_id"), describe, _deaths(tx, found)),
        _blocks(_grouped(claims, "block_id"), describe),
        country,
    )


def last_hand(tx: Tx, patient_id: int) -> str:
    """Who has last changed an appointment of a patient."""
    query = (
        select(Staff.name)
        .join(AuditAct, AuditAct.staff_id == Staff.id)
        .where(AuditAct.patient_id == patient_id, AuditAct.action.like("appointment.%"))
        .order_by(AuditAct.id.desc())
        .limit(1)
    )
    return tx.session.execute(query).scalar() or ""


@dataclass(frozen=True)
class _Stretch:
    """The whole of a day, or the part of it between ``since`` and ``until``."""

    whole: bool
    asked: Mapping[str, datetime]

    @classmethod
    def of(cls, between: tuple[datetime, datetime] | None) -> _Stretch:
        if between is None:
            return cls(whole=True, asked={})
        return cls(whole=False, asked={"since": between[0], "until": between[1]})


def hours_of_day(tx: Tx, day: date, describe: Describe, country: str) -> DayRows:
    """A day as ``day_rows``, without its appointments: when it is worked."""
    kept = _blocks(_grouped(_claims_of_day(tx, day, _Stretch.of(None)), "block_id"), describe)
    return DayRows(day, resources(tx), open_hours(tx, day), (), kept, country)


def appointment(tx: Tx, appointment_id: int, describe: Describe) -> AppointmentRow | None:
    """One appointment as the schedule shows it; two statements."""
    found = tx.session.execute(_appointments().where(Appointment.id == appointment_id)).all()
    claims = tx.session.execute(
        select(*_CLAIM).where(Claim.appointment_id == appointment_id, Claim.released.is_(False))
    ).all()
    rows = _rows(found, {appointment_id: list(claims)}, describe, _deaths(tx, found))
    return rows[0] if rows else None


_CLAIM = (
    Claim.id,
    Claim.appointment_id,
    Claim.resource_id,
    Claim.patient_id,
    Claim.role,
    Claim.starts_at,
    Claim.ends_at,
    Claim.exclusive,
)


@cache
def _appointments() -> Any:  # noqa: ANN401 (a select of many columns has no useful type)
    """One row per appointment, planned procedure, site and log: few, and one statement.

    Put together once: with every look at a day, that took longer than asking.
    """
    physician, room = aliased(Resource), aliased(Resource)
    return (
        select(
            Appointment.id,
            Appointment.version,
            Appointment.patient_id,
            Appointment.starts_at,
            Appointment.ends_at,
            Appointment.status,
            Appointment.title,
            Appointment.note,
            Appointment.physician_id,
            Appointment.room_id,
            Patient.family,
            Patient.given,
            Patient.mrn,
            Patient.birth_date,
            Patient.deceased_on,
            Patient.merged_into,
            physician.name.label("physician"),
            room.name.label("room"),
            PlannedProcedure.id.label("planned_id"),
            PlannedProcedure.procedure,
            PlannedProcedure.intent,
            PlannedProcedure.guidance,
            PlannedSite.name.label("site"),
            PlannedSite.side,
            ProcedureRecord.id.label("procedure_id"),
            ProcedureRecord.state.label("procedure_state"),
            Patient.sex,
            Appointment.local_date,
            *marks.columns(),
        )
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(physician, physician.id == Appointment.physician_id)
        .outerjoin(room, room.id == Appointment.room_id)
        .outerjoin(PlannedProcedure, PlannedProcedure.appointment_id == Appointment.id)
        .outerjoin(PlannedSite, PlannedSite.planned_id == PlannedProcedure.id)
        .outerjoin(ProcedureRecord, ProcedureRecord.appointment_id == Appointment.id)
        .order_by(
            Appointment.starts_at,
            Appointment.id,
            ProcedureRecord.id,
            PlannedProcedure.position,
            PlannedSite.position,
        )
    )


def _grouped(rows: Iterable[Any], key: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        owner = getattr(row, key)
        if owner is not None:
            groups[owner].append(row)
    return groups


def _deaths(tx: Tx, found: Iterable[Any]) -> dict[int, date]:
    """By patient when they died; a record merged into another asks that one."""
    days = {line.patient_id: (line.deceased_on, line.merged_into) for line in found}
    known = {
        number: died if into is None else merged.died_on(tx, number)
        for number, (died, into) in days.items()
    }
    return {number: day for number, day in known.items() if day is not None}


def _rows(
    found: Iterable[Any],
    claims: Mapping[int, Sequence[Any]],
    describe: Describe,
    deaths: Mapping[int, date],
) -> tuple[AppointmentRow, ...]:
    return tuple(
        _row(lines, claims.get(number, ()), describe, deaths.get(lines[0].patient_id))
        for number, lines in _grouped(found, "id").items()
    )


def _row(
    lines: Sequence[Any], claims: Sequence[Any], describe: Describe, died: date | None
) -> AppointmentRow:
    a, last = lines[0], lines[-1]
    planned = _planned(lines, describe)
    first = planned[0] if planned else None
    return AppointmentRow(
        id=a.id,
        version=a.version,
        patient_id=a.patient_id,
        family_name=a.family,
        given_name=a.given,
        mrn=a.mrn,
        birth_date=a.birth_date,
        start=describe.local(a.starts_at),
        end=describe.local(a.ends_at),
        status=Status(a.status),
        title=first.name if first else a.title or _("Visit"),
        short=first.short if first else a.title or _("Visit"),
        family=first.family if first else "",
        sites=first.sites if first else (),
        physician_id=a.physician_id,
        physician=a.physician,
        room_id=a.room_id,
        room=a.room or "",
        note=a.note,
        flags=_flags(lines, describe, died),
        planned=planned,
        claims=tuple(_claim(c, describe) for c in claims),
        procedure_id=last.procedure_id,
        procedure_state=last.procedure_state or "",
    )


def _flags(lines: Sequence[Any], describe: Describe, died: date | None) -> frozenset[str]:
    """The marks of all that is planned, each plan once."""
    known, plans = describe.procedures, {line.planned_id: line for line in lines}
    over = died is not None and died <= lines[0].local_date
    return frozenset({"died"} if over else ()).union(
        *(marks.marks_of(a, known.get(a.procedure), describe.knowledge) for a in plans.values())
    )


def _claim(claim: Any, describe: Describe) -> ClaimRow:  # noqa: ANN401
    return ClaimRow(
        claim.resource_id,
        claim.patient_id,
        claim.role,
        describe.local(claim.starts_at),
        describe.local(claim.ends_at),
        claim.exclusive,
    )


def _planned(lines: Sequence[Any], describe: Describe) -> tuple[PlannedRow, ...]:
    # Several logs of one appointment repeat its plan: the lines of the last one say it all.
    lines = [line for line in lines if line.procedure_id == lines[-1].procedure_id]
    made = []
    for number, plan in _grouped(lines, "planned_id").items():
        line = plan[0]
        known = describe.procedures.get(line.procedure)
        usual = known.usual.guidance if known else None
        made.append(
            PlannedRow(
                number,
                line.procedure,
                known.name if known else line.procedure,
                known.short if known else line.procedure,
                known.family if known else "",
                tuple(f"{s.site} {s.side}" for s in plan if s.site is not None),
                line.intent or (known.usual.intent.value if known else ""),
                line.guidance or (usual.value if usual else ""),
            )
        )
    return tuple(made)


def _claims_of_day(tx: Tx, day: date, stretch: _Stretch) -> Sequence[Any]:
    """Claims of the day's appointments and of its blocks, with the block; one statement."""
    asked = {"day": day, **stretch.asked}
    found = tx.session.execute(_claims_query(whole=stretch.whole), asked)
    return sorted(found, key=attrgetter("id"))


@cache
def _of_day(*, whole: bool) -> Any:  # noqa: ANN401 (as of _appointments)
    return _appointments().where(*_on_the_day(whole=whole))


def _on_the_day(*, whole: bool) -> Sequence[ColumnElement[bool]]:
    """Appointments of ``day``; unless ``whole`` those that overlap ``since`` to ``until``.

    What an appointment claims lies within its own time, so that no clash is left out.
    """
    on = [Appointment.local_date == bindparam("day")]
    if not whole:
        on += [Appointment.starts_at < bindparam("until"), Appointment.ends_at > bindparam("since")]
    return on


@cache
def _claims_query(*, whole: bool) -> CompoundSelect[*tuple[Any, ...]]:
    none = null()
    taken = (
        select(
            *_CLAIM,
            cast(none, BigInteger).label("block_id"),
            cast(none, Text).label("kind"),
            cast(none, Text).label("label"),
        )
        .join(Appointment, Appointment.id == Claim.appointment_id)
        .where(*_on_the_day(whole=whole), Claim.released.is_(False))
    )
    kept = (
        select(*_CLAIM, Block.id, Block.kind, Block.label)
        .join(Block, Block.id == Claim.block_id)
        .where(
            Block.local_date == bindparam("day"),
            Block.cancelled_at.is_(None),
            Claim.released.is_(False),
        )
    )
    return union_all(taken, kept)


def _blocks(claims: Mapping[int, Sequence[Any]], describe: Describe) -> tuple[BlockRow, ...]:
    made = (
        BlockRow(
            number,
            tuple(line.resource_id for line in lines if line.resource_id is not None),
            lines[0].kind,
            lines[0].label,
            describe.local(lines[0].starts_at),
            describe.local(lines[0].ends_at),
        )
        for number, lines in claims.items()
    )
    return tuple(sorted(made, key=lambda block: (block.start, block.id)))


def month_load(tx: Tx, first: date, last: date) -> dict[date, int]:
    """Appointments per day that take time, first and last included."""
    query = (
        select(Appointment.local_date, func.count())
        .where(
            Appointment.local_date.between(first, last),
            Appointment.status.not_in(NEVER_DONE),
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
