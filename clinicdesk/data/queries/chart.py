"""The patient page's lists, with procedure ids: the services put the catalogue's names to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Row, exists, select

from clinicdesk.data.queries.reviews import marked
from clinicdesk.data.tables import (
    Administration,
    Appointment,
    PlannedProcedure,
    PlannedSite,
    ProcedureRecord,
    ProcedureSite,
    Reading,
    ReadingLink,
    Resource,
    Signature,
    StrikeOut,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import NEVER_DONE
from clinicdesk.domain.procedures import Steroid


@dataclass(frozen=True)
class Given:
    """One thing given: catalogue key, dose and unit."""

    product: str
    dose: Decimal | None
    unit: str


@dataclass(frozen=True)
class Scores:
    """Pain before, right after and later on one scale."""

    scale: str = ""
    before: Decimal | None = None
    after: Decimal | None = None
    followup: Decimal | None = None
    followup_on: date | None = None


@dataclass(frozen=True)
class Performed:
    """A performed procedure as the tables hold it."""

    id: int
    performed_on: date
    procedure: str
    sites: tuple[str, ...]
    intent: str
    outcome: str
    physician: str
    guidance: str
    given: tuple[Given, ...]
    scores: Scores
    state: str
    signed_at: datetime | None
    signed_by: str
    struck: bool


@dataclass(frozen=True)
class Planned:
    """One planned procedure of an appointment as the tables hold it; None: not said."""

    id: int
    procedure: str
    sites: tuple[str, ...]
    intent: str | None
    guidance: str | None
    contrast: bool | None
    steroids: tuple[Steroid, ...] | None


@dataclass(frozen=True)
class Upcoming:
    """A future appointment as the tables hold it."""

    id: int
    starts_at: datetime
    title: str
    status: str
    physician: str
    room: str
    planned: tuple[Planned, ...]
    review: bool = False


def site_text(name: str, side: str) -> str:
    """``L5 left``, as everywhere outside the tables."""
    return f"{name} {side}"


def performed(tx: Tx, patient_id: int, pain: Collection[str]) -> tuple[Performed, ...]:
    """Everything performed on a patient, newest first, struck-out entries included.

    ``pain``: the scales whose scores are shown.
    """
    query = (
        select(ProcedureRecord, Resource.name.label("physician"))
        .outerjoin(Resource, Resource.id == ProcedureRecord.physician_id)
        .where(ProcedureRecord.patient_id == patient_id)
        .order_by(ProcedureRecord.performed_on.desc(), ProcedureRecord.id.desc())
    )
    rows = list(tx.session.execute(query))
    ids = [row.ProcedureRecord.id for row in rows]
    sites, given = _sites(tx, ids), _given(tx, ids)
    scores, seals, struck = _scores(tx, ids, pain), _seals(tx, ids), _struck(tx, ids)
    found = []
    for record, physician in rows:
        seal = seals.get(record.id)
        found.append(
            Performed(
                id=record.id,
                performed_on=record.performed_on,
                procedure=record.procedure,
                sites=sites.get(record.id, ()),
                intent=record.intent,
                outcome=record.outcome,
                physician=physician or "",
                guidance=record.guidance or "",
                given=given.get(record.id, ()),
                scores=scores.get(record.id, Scores()),
                state=record.state,
                signed_at=seal[0] if seal else None,
                signed_by=seal[1] if seal else "",
                struck=record.id in struck,
            )
        )
    return tuple(found)


def _sites(tx: Tx, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    query = (
        select(ProcedureSite.procedure_id, ProcedureSite.name, ProcedureSite.side)
        .where(ProcedureSite.procedure_id.in_(ids))
        .order_by(ProcedureSite.procedure_id, ProcedureSite.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in tx.session.execute(query):
        found[row.procedure_id] = (
            *found.get(row.procedure_id, ()),
            site_text(row.name, row.side),
        )
    return found


def _given(tx: Tx, ids: Sequence[int]) -> dict[int, tuple[Given, ...]]:
    query = (
        select(
            Administration.procedure_id,
            Administration.product,
            Administration.dose,
            Administration.unit,
        )
        .where(Administration.procedure_id.in_(ids))
        .order_by(Administration.procedure_id, Administration.position)
    )
    found: dict[int, tuple[Given, ...]] = {}
    for row in tx.session.execute(query):
        found[row.procedure_id] = (
            *found.get(row.procedure_id, ()),
            Given(row.product, row.dose, row.unit),
        )
    return found


def _scores(tx: Tx, ids: Sequence[int], pain: Collection[str]) -> dict[int, Scores]:
    struck = exists().where(StrikeOut.reading_id == Reading.id)
    query = (
        select(
            ReadingLink.procedure_id,
            ReadingLink.phase,
            Reading.scale,
            Reading.value,
            Reading.local_date,
        )
        .join(Reading, Reading.id == ReadingLink.reading_id)
        .where(
            ReadingLink.procedure_id.in_(ids),
            Reading.scale.in_(pain),
            ~struck,
        )
        .order_by(ReadingLink.procedure_id, Reading.local_date, Reading.id)
    )
    grouped: dict[int, list[Row[int, str, str, Decimal, date]]] = {}
    for row in tx.session.execute(query):
        grouped.setdefault(row.procedure_id, []).append(row)
    return {procedure: _one_scale(rows) for procedure, rows in grouped.items()}


def _one_scale(rows: Sequence[Row[int, str, str, Decimal, date]]) -> Scores:
    """The scale of the baseline speaks; of several readings of a phase the latest."""
    scales = [row.scale for row in rows if row.phase == "baseline"] or [rows[0].scale]
    scale = scales[-1]
    last = {row.phase: row for row in rows if row.scale == scale}
    later = last.get("followup")
    return Scores(
        scale,
        last["baseline"].value if "baseline" in last else None,
        last["post"].value if "post" in last else None,
        later.value if later else None,
        later.local_date if later else None,
    )


def _seals(tx: Tx, ids: Sequence[int]) -> dict[int, tuple[datetime, str]]:
    query = (
        select(Signature.procedure_id, Signature.signed_at, Signature.name)
        .where(Signature.procedure_id.in_(ids), Signature.meaning == "author")
        .order_by(Signature.id.desc())
    )
    return {row.procedure_id: (row.signed_at, row.name) for row in tx.session.execute(query)}


def _struck(tx: Tx, ids: Sequence[int]) -> frozenset[int]:
    query = select(StrikeOut.procedure_id).where(StrikeOut.procedure_id.in_(ids))
    return frozenset(n for n in tx.session.execute(query).scalars() if n is not None)


def planned(tx: Tx, appointment_ids: Iterable[int]) -> dict[int, tuple[Planned, ...]]:
    """Appointment id to what is planned in it, in order."""
    ids = list(appointment_ids)
    query = (
        select(PlannedProcedure)
        .where(PlannedProcedure.appointment_id.in_(ids))
        .order_by(PlannedProcedure.appointment_id, PlannedProcedure.position)
    )
    rows = list(tx.session.execute(query).scalars())
    sites: dict[int, tuple[str, ...]] = {}
    site_query = (
        select(PlannedSite.planned_id, PlannedSite.name, PlannedSite.side)
        .where(PlannedSite.planned_id.in_([row.id for row in rows]))
        .order_by(PlannedSite.planned_id, PlannedSite.position)
    )
    for site in tx.session.execute(site_query):
        sites[site.planned_id] = (
            *sites.get(site.planned_id, ()),
            site_text(site.name, site.side),
        )
    found: dict[int, tuple[Planned, ...]] = {}
    for row in rows:
        one = Planned(
            row.id,
            row.procedure,
            sites.get(row.id, ()),
            row.intent,
            row.guidance,
            row.contrast,
            steroids_of(row),
        )
        found[row.appointment_id] = (*found.get(row.appointment_id, ()), one)
    return found


def steroids_of(row: PlannedProcedure) -> tuple[Steroid, ...] | None:
    """The planned steroids; None where the planner did not say."""
    if row.steroids is None:
        return None
    return tuple(Steroid(entry["drug"], Decimal(entry["mg"])) for entry in row.steroids)


def upcoming(tx: Tx, patient_id: int, since: date) -> tuple[Upcoming, ...]:
    """The patient's appointments from a day on, soonest first; cancelled ones left out."""
    room = Resource.__table__.alias("room")
    query = (
        select(
            Appointment,
            Resource.name.label("physician"),
            room.c.name.label("room"),
            marked().label("review"),
        )
        .join(Resource, Resource.id == Appointment.physician_id)
        .outerjoin(room, room.c.id == Appointment.room_id)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.local_date >= since,
            Appointment.status.not_in(NEVER_DONE),
        )
        .order_by(Appointment.starts_at)
    )
    rows = list(tx.session.execute(query))
    plans = planned(tx, [row.Appointment.id for row in rows])
    return tuple(
        Upcoming(
            row.Appointment.id,
            row.Appointment.starts_at,
            row.Appointment.title,
            row.Appointment.status,
            row.physician,
            row.room or "",
            plans.get(row.Appointment.id, ()),
            review=row.review,
        )
        for row in rows
    )
