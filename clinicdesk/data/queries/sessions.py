"""The procedures of many patients at once: those that were done and those that are booked.

Only columns are read, no objects of the session: at half a million procedures that is what takes
the time. By record; whose record it is (``queries.merged``), ``queries.facts`` knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import BindParameter, Select, bindparam, exists, or_, select

from clinicdesk.data.tables import (
    Administration,
    Appointment,
    PlannedProcedure,
    PlannedSite,
    ProcedureRecord,
    ProcedureSite,
    Reading,
    ReadingLink,
    StrikeOut,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import NEVER_DONE
from clinicdesk.domain.procedures import Guidance, Intent, Steroid
from clinicdesk.domain.rows.cases import BookedRow, DoneRow, ReadingRow
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.site_names import SiteNames
from clinicdesk.domain.states import LogState

T = TypeVar("T")
ABORTED, OUTSIDE = "aborted", "outside"
STEROID = "steroid"
# The statements are put together once: for one patient, that took longer than asking them.
RECORDS: BindParameter[int] = bindparam("records", expanding=True)
Query = Select[*tuple[Any, ...]]


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


def grouped(pairs: Iterable[tuple[int, T]]) -> defaultdict[int, list[T]]:
    """Values by key, in the order in which they come."""
    found: defaultdict[int, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


# -- done ------------------------------------------------------------------------------------


def done(tx: Tx, people: Sequence[int], names: SiteNames) -> defaultdict[int, list[DoneRow]]:
    """By record, oldest first. Struck-out procedures are left out, so are attempts given up
    before a steroid went in; one given up after it counts. Sites by their canonical names."""
    rows = tx.session.execute(_done(), {"records": people}).all()
    if not rows:
        return defaultdict(list)
    sites, given, readings = _sites(tx, people, names), _given(tx, people), _readings(tx, people)
    return grouped(
        (
            row.patient_id,
            DoneRow(
                id=row.id,
                day=row.performed_on,
                procedure=row.procedure,
                intent=row.intent,
                sites=tuple(sites[row.id]),
                steroids=steroids_of(row, given[row.id]),
                readings=tuple(readings[row.id]),
                appointment_id=row.appointment_id,
                physician_id=row.physician_id,
                given_up=row.outcome == ABORTED,
                elsewhere=row.outcome == OUTSIDE,
            ),
        )
        for row in rows
    )


@cache
def _done() -> Query:
    record = ProcedureRecord
    struck = exists().where(StrikeOut.procedure_id == record.id)
    injected = exists().where(
        Administration.procedure_id == record.id, Administration.kind == STEROID
    )
    return (
        select(
            record.id, record.patient_id, record.performed_on, record.procedure, record.intent,
            record.state, record.steroids_known, record.physician_id, record.appointment_id,
            record.outcome,
        )
        .where(
            record.patient_id.in_(RECORDS), or_(record.outcome != ABORTED, injected), ~struck
        )
        .order_by(record.performed_on, record.id)
    )  # fmt: skip


def _sites(tx: Tx, people: Sequence[int], names: SiteNames) -> defaultdict[int, list[str]]:
    rows = tx.session.execute(_sites_of(), {"records": people})
    read = names.read
    return grouped((key, f"{read(name)} {side}") for key, name, side in rows)


@cache
def _sites_of() -> Query:
    return (
        select(ProcedureSite.procedure_id, ProcedureSite.name, ProcedureSite.side)
        .join(ProcedureRecord, ProcedureRecord.id == ProcedureSite.procedure_id)
        .where(ProcedureRecord.patient_id.in_(RECORDS))
        .order_by(ProcedureSite.procedure_id, ProcedureSite.position)
    )


def _given(tx: Tx, people: Sequence[int]) -> defaultdict[int, list[Any]]:
    rows = tx.session.execute(_given_in(), {"records": people})
    return grouped((row.procedure_id, row) for row in rows)


@cache
def _given_in() -> Query:
    given = Administration
    return (
        select(given.procedure_id, given.kind, given.drug, given.dose)
        .join(ProcedureRecord, ProcedureRecord.id == given.procedure_id)
        .where(ProcedureRecord.patient_id.in_(RECORDS))
        .order_by(given.procedure_id, given.position)
    )


def steroids_of(record: Recorded, given: Iterable[Given]) -> tuple[Steroid, ...] | None:
    """What was given; None while it is not known: never taken for "none"."""
    rows = list(given)
    if not record.steroids_known or (record.state == LogState.OPEN and not rows):
        return None
    steroids = [row for row in rows if row.kind == STEROID]
    if any(row.dose is None or row.dose <= 0 for row in steroids):
        return None
    return tuple(Steroid(row.drug, row.dose) for row in steroids if row.dose is not None)


def _readings(tx: Tx, people: Sequence[int]) -> defaultdict[int, list[ReadingRow]]:
    return grouped(
        (key, ReadingRow(day, phase, scale, value))
        for key, day, phase, scale, value in tx.session.execute(_readings_of(), {"records": people})
    )


@cache
def _readings_of() -> Query:
    struck = exists().where(StrikeOut.reading_id == Reading.id)
    return (
        select(
            ReadingLink.procedure_id, Reading.local_date, ReadingLink.phase, Reading.scale,
            Reading.value,
        )
        .join(Reading, Reading.id == ReadingLink.reading_id)
        .join(ProcedureRecord, ProcedureRecord.id == ReadingLink.procedure_id)
        .where(ProcedureRecord.patient_id.in_(RECORDS), ~struck)
        .order_by(ReadingLink.procedure_id, Reading.local_date, Reading.id)
    )  # fmt: skip


# -- booked ----------------------------------------------------------------------------------


def booked(tx: Tx, people: Sequence[int], names: SiteNames) -> defaultdict[int, list[BookedRow]]:
    """By record, soonest first: planned procedures of appointments still meant to happen, and of
    past ones nobody closed. Sites by their canonical names."""
    rows = tx.session.execute(_booked(), {"records": people}).all()
    sites = _planned_sites(tx, [row.id for row in rows])
    return grouped(
        (
            row.patient_id,
            BookedRow(
                id=row.id,
                day=row.local_date,
                procedure=row.procedure,
                intent=row.intent,
                sites=tuple(map(names.read_site, sites[row.id])),
                steroids=planned_steroids(row.steroids),
                appointment_id=row.appointment_id,
            ),
        )
        for row in rows
    )


@cache
def _booked() -> Query:
    plan = PlannedProcedure
    logged = exists().where(ProcedureRecord.planned_id == plan.id)
    return (
        select(
            plan.id, plan.procedure, plan.intent, plan.steroids, plan.appointment_id,
            Appointment.local_date, Appointment.patient_id,
        )
        .join(Appointment, Appointment.id == plan.appointment_id)
        .where(
            Appointment.patient_id.in_(RECORDS), Appointment.status.not_in(NEVER_DONE), ~logged
        )
        .order_by(Appointment.local_date, plan.id)
    )  # fmt: skip


def _planned_sites(tx: Tx, ids: Sequence[int]) -> defaultdict[int, list[str]]:
    if not ids:
        return defaultdict(list)
    query = (
        select(PlannedSite.planned_id, PlannedSite.name, PlannedSite.side)
        .where(PlannedSite.planned_id.in_(ids))
        .order_by(PlannedSite.planned_id, PlannedSite.position)
    )
    return grouped((key, f"{name} {side}") for key, name, side in tx.session.execute(query))


def planned_steroids(stored: list[dict[str, Any]] | None) -> tuple[Steroid, ...] | None:
    """Steroids as a plan keeps them; None: the planner did not say."""
    if stored is None:
        return None
    return tuple(Steroid(str(item["drug"]), Decimal(str(item["mg"]))) for item in stored)


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
