"""What the procedure log reads: the plan and the stored record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import exists, select

from clinicdesk.data.queries import consents
from clinicdesk.data.tables import (
    Addendum,
    Administration,
    Appointment,
    PlannedProcedure,
    PlannedSite,
    ProcedureRecord,
    ProcedureSite,
    Reading,
    ReadingLink,
    Signature,
    Staff,
    StrikeOut,
    VerdictRecord,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.rows.consents import counting
from clinicdesk.domain.rows.log import (
    AddendumRow,
    KeptVerdict,
    LogAnswer,
    LogForm,
    MedicationEntry,
)
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class Planned:
    """What was booked: one planned procedure, or the bare appointment (``planned_id`` None)."""

    appointment_id: int
    planned_id: int | None
    patient_id: int
    status: str
    local_date: date
    physician_id: int
    room_id: int | None
    procedure: str
    intent: str | None
    guidance: str | None
    contrast: bool | None
    steroids: tuple[tuple[str, Decimal], ...] | None
    sites: tuple[str, ...]
    procedure_id: int | None


@dataclass(frozen=True)
class Stored:
    """A procedure record with everything the log shows."""

    form: LogForm
    version: int
    state: str
    created_by: str
    signed_by: str
    signed_at: datetime | None
    snapshot: str
    sha256: str
    struck: bool


def planned(tx: Tx, appointment_id: int) -> tuple[Planned, ...]:
    """The appointment's planned procedures in order; one bare line if it has none."""
    row = tx.session.get(Appointment, appointment_id)
    if row is None:
        raise NotFound(
            _("This appointment no longer exists. Go back to the schedule."), "appointment"
        )
    plans = tx.session.scalars(
        select(PlannedProcedure)
        .where(PlannedProcedure.appointment_id == appointment_id)
        .order_by(PlannedProcedure.position)
    ).all()
    if not plans:
        done = tx.session.scalar(
            select(ProcedureRecord.id)
            .where(ProcedureRecord.appointment_id == appointment_id)
            .where(ProcedureRecord.planned_id.is_(None))
            .order_by(ProcedureRecord.id)
        )
        return (_planned(row, None, (), done),)
    return tuple(
        _planned(row, plan, _planned_sites(tx, plan.id), _done(tx, plan.id)) for plan in plans
    )


def _done(tx: Tx, planned_id: int) -> int | None:
    return tx.session.scalar(
        select(ProcedureRecord.id).where(ProcedureRecord.planned_id == planned_id)
    )


def _planned_sites(tx: Tx, planned_id: int) -> tuple[str, ...]:
    rows = tx.session.execute(
        select(PlannedSite.name, PlannedSite.side)
        .where(PlannedSite.planned_id == planned_id)
        .order_by(PlannedSite.position)
    )
    return tuple(f"{name} {side}" for name, side in rows)


def _planned(
    row: Appointment, plan: PlannedProcedure | None, sites: tuple[str, ...], done: int | None
) -> Planned:
    steroids = None
    if plan is not None and plan.steroids is not None:
        steroids = tuple((item["drug"], Decimal(item["mg"])) for item in plan.steroids)
    return Planned(
        appointment_id=row.id,
        planned_id=plan.id if plan else None,
        patient_id=row.patient_id,
        status=row.status,
        local_date=row.local_date,
        physician_id=row.physician_id,
        room_id=row.room_id,
        procedure=plan.procedure if plan else "",
        intent=plan.intent if plan else None,
        guidance=plan.guidance if plan else None,
        contrast=plan.contrast if plan else None,
        steroids=steroids,
        sites=sites,
        procedure_id=done,
    )


def planned_sites_of(tx: Tx, planned_id: int | None) -> tuple[str, ...]:
    """What was booked for a record; empty where nothing was."""
    return _planned_sites(tx, planned_id) if planned_id is not None else ()


def planned_procedure_of(tx: Tx, planned_id: int | None) -> str:
    """Which procedure was booked for a record; empty where none was."""
    if planned_id is None:
        return ""
    found = tx.session.get(PlannedProcedure, planned_id)
    return found.procedure if found is not None else ""


@dataclass(frozen=True)
class Visit:
    """When an appointment is: the clinic's day, and its start in UTC."""

    day: date
    start: datetime


def visit_of(tx: Tx, appointment_id: int | None) -> Visit | None:
    """The appointment of a record; None where it has none."""
    row = tx.session.get(Appointment, appointment_id) if appointment_id is not None else None
    return Visit(row.local_date, row.starts_at) if row is not None else None


def consented_sites(tx: Tx, appointment_id: int | None, planned_id: int | None) -> tuple[str, ...]:
    """The sites on the consent signed last, else on the one printed last; empty: none is known.

    Of an appointment with several procedures the consent for the same one counts.
    """
    if appointment_id is None:
        return ()
    paper = counting(consents.of_appointment(tx, appointment_id), planned_id)
    return paper.sites if paper else ()


def booking_reason(tx: Tx, appointment_id: int | None) -> tuple[str, str]:
    """The reason with which the interval rules were answered at booking, and who gave it."""
    if appointment_id is None:
        return "", ""
    found = tx.session.execute(
        select(VerdictRecord.reason, Staff.name)
        .outerjoin(Staff, Staff.id == VerdictRecord.staff_id)
        .where(VerdictRecord.appointment_id == appointment_id, VerdictRecord.reason != "")
        .where(VerdictRecord.procedure_id.is_(None))
        .order_by(VerdictRecord.id.desc())
        .limit(1)
    ).first()
    return (found.reason, found.name or "") if found else ("", "")


def _reason_by(tx: Tx, kept: VerdictRecord) -> str:
    """Who gave the reason at booking, where it was signed as it stood there; else empty."""
    if kept.appointment_id is None or not kept.reason:
        return ""
    found = tx.session.scalar(
        select(Staff.name)
        .join(VerdictRecord, VerdictRecord.staff_id == Staff.id)
        .where(VerdictRecord.appointment_id == kept.appointment_id)
        .where(VerdictRecord.procedure_id.is_(None), VerdictRecord.reason == kept.reason)
        .order_by(VerdictRecord.id)
        .limit(1)
    )
    return found or ""


def kept_verdict(tx: Tx, procedure_id: int) -> KeptVerdict | None:
    """The verdict a record was signed over, the last one kept; None where none was."""
    found = tx.session.execute(
        select(VerdictRecord, Staff.name)
        .outerjoin(Staff, Staff.id == VerdictRecord.staff_id)
        .where(VerdictRecord.procedure_id == procedure_id)
        .order_by(VerdictRecord.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    row, name = found
    kept = json.loads(row.verdict_json)
    findings = kept["findings"]
    return KeptVerdict(
        status=row.status,
        pack=row.pack,
        version=row.pack_version,
        reason=row.reason,
        by=_reason_by(tx, row) or name or "",
        findings=tuple(each["message"] for each in findings if each["status"] != VerdictStatus.OK),
        ruled=bool(findings),
        beside=tuple(each["message"] for each in kept.get("beside", ())),
        assumed=kept.get("assumed", ""),
    )


def stored(tx: Tx, procedure_id: int, usual_scale: str) -> Stored:
    """The record; raises NotFound.

    ``usual_scale`` is that of records from before the scale was kept.
    """
    row = tx.session.get(ProcedureRecord, procedure_id)
    if row is None or row.outcome == "outside":
        raise NotFound(_("This procedure is not in the log. Go back to the patient."), "procedure")
    signature = tx.session.scalar(
        select(Signature)
        .where(Signature.procedure_id == procedure_id, Signature.meaning == "author")
        .order_by(Signature.id)
        .limit(1)
    )
    author = tx.session.get(Staff, row.created_by) if row.created_by else None
    struck = tx.session.scalar(select(exists().where(StrikeOut.procedure_id == procedure_id)))
    return Stored(
        form=_form(tx, row, usual_scale),
        version=row.version,
        state=row.state,
        created_by=author.name if author else "",
        signed_by=signature.name if signature else "",
        signed_at=signature.signed_at if signature else None,
        snapshot=signature.snapshot if signature else "",
        sha256=signature.sha256 if signature else "",
        struck=bool(struck),
    )


WHOSE = ("patient_id", "appointment_id", "planned_id")
"""What a record is of: written once, when it is made."""
_OTHERWISE = {"physician_id", "guidance", "complications"}
PLAIN = tuple(
    each.name
    for each in fields(LogForm)
    if each.name in ProcedureRecord.__table__.columns and each.name not in {*WHOSE, *_OTHERWISE}
)
"""Fields of the form that are columns of the record, with the same values."""


def _form(tx: Tx, row: ProcedureRecord, usual_scale: str) -> LogForm:
    own = row.fields
    scores = _scores(tx, row.id)
    sites = {site.id: f"{site.name} {site.side}" for site in sites_of(tx, row.id)}
    return LogForm(
        **{name: getattr(row, name) for name in (*WHOSE, *PLAIN)},
        sites=tuple(sites.values()),
        physician_id=row.physician_id or 0,
        guidance=row.guidance or "",
        medications=_medications(tx, row.id, own.get("no_lot", {}), sites),
        scale=own.get("scale", usual_scale),
        pain_before=scores.get("baseline"),
        pain_after=scores.get("post"),
        complications=tuple(row.complications),
        reason=own.get("reason", ""),
        aborted=row.outcome == "aborted",
        radiation_reason=own.get("radiation_reason", ""),
        day_reason=own.get("day_reason", ""),
        answers=tuple(
            LogAnswer(**{**each, "because": tuple(each["because"])})
            for each in own.get("answers", ())
        ),
    )


def sites_of(tx: Tx, procedure_id: int) -> list[ProcedureSite]:
    """The record's sites, in order."""
    return list(
        tx.session.scalars(
            select(ProcedureSite)
            .where(ProcedureSite.procedure_id == procedure_id)
            .order_by(ProcedureSite.position)
        )
    )


def given_of(tx: Tx, procedure_id: int) -> list[Administration]:
    """What was given, in order."""
    return list(
        tx.session.scalars(
            select(Administration)
            .where(Administration.procedure_id == procedure_id)
            .order_by(Administration.position)
        )
    )


def _medications(
    tx: Tx, procedure_id: int, no_lot: Mapping[str, str], sites: Mapping[int, str]
) -> tuple[MedicationEntry, ...]:
    return tuple(
        MedicationEntry(
            product=row.product,
            volume_ml=row.volume_ml,
            dose=row.dose,
            unit=row.unit,
            lot=row.lot_text,
            expiry=row.expiry,
            expiry_month_only=row.expiry_month_only,
            waste_ml=row.waste_ml,
            site=sites.get(row.site_id or 0, ""),
            no_lot_reason=no_lot.get(str(row.position), ""),
        )
        for row in given_of(tx, procedure_id)
    )


def _scores(tx: Tx, procedure_id: int) -> dict[str, Decimal]:
    rows = tx.session.execute(
        select(ReadingLink.phase, Reading.value)
        .join(Reading, Reading.id == ReadingLink.reading_id)
        .where(ReadingLink.procedure_id == procedure_id)
        .where(ReadingLink.phase.in_(("baseline", "post")))
        .order_by(ReadingLink.id)
    )
    return {phase: value for phase, value in rows}  # noqa: C416 - rows are not pairs to mypy


def addenda(tx: Tx, procedure_id: int) -> tuple[AddendumRow, ...]:
    """Additions after signing, oldest first."""
    rows = tx.session.execute(
        select(Addendum.at, Staff.name, Addendum.text)
        .join(Staff, Staff.id == Addendum.staff_id)
        .where(Addendum.procedure_id == procedure_id)
        .order_by(Addendum.id)
    )
    return tuple(AddendumRow(at, by, text) for at, by, text in rows)
