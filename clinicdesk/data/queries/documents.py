"""Printed sheets: what they are about, storing them, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import exists, func, select

from clinicdesk.data.queries.chart import planned, site_text
from clinicdesk.data.tables import (
    Administration,
    Appointment,
    Document,
    DocumentBlob,
    DocumentEvent,
    FollowUp,
    ProcedureRecord,
    ProcedureSite,
    Resource,
    Signature,
    Staff,
    StatusChange,
    StrikeOut,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import NEVER_DONE, Status
from clinicdesk.domain.errors import NotFound
from clinicdesk.domain.procedures import Purpose, Steroid
from clinicdesk.domain.rows.documents import DocumentRow, RenderedSheet, SaidRestart
from clinicdesk.domain.states import LogState, SheetUse
from clinicdesk.domain.translation import _

_OUT_OF_THE_ROOM = (Status.RECOVERING, Status.READY, Status.LEFT)
_GONE = _("This appointment no longer exists. Go back to the schedule.")


@dataclass(frozen=True)
class Subject:
    """What a sheet is about, as the tables hold it; None: not said.

    ``started_at`` is UTC; None for a procedure of which only the day is known. ``began_at`` is as
    logged, ``ended_at`` too; ``planned_end`` as booked for that very day. ``left_at``: when the
    patient left the room; ``saved_at``, ``signed_at``: when the record was begun and signed.
    """

    patient_id: int
    appointment_id: int | None
    planned_id: int | None
    procedure_id: int | None
    procedure: str
    sites: tuple[str, ...]
    intent: str | None
    guidance: str | None
    contrast: bool | None
    steroids: tuple[Steroid, ...] | None
    physician: str
    started_at: datetime | None
    day: date
    state: str
    began_at: datetime | None = None
    ended_at: datetime | None = None
    planned_end: datetime | None = None
    left_at: datetime | None = None
    saved_at: datetime | None = None
    signed_at: datetime | None = None


# -- what a sheet is about -------------------------------------------------------------------


def planned_subjects(tx: Tx, appointment_id: int) -> tuple[Subject, ...]:
    """The planned procedures of an appointment, in order; raises NotFound for no appointment."""
    query = (
        select(Appointment, Resource.name)
        .outerjoin(Resource, Resource.id == Appointment.physician_id)
        .where(Appointment.id == appointment_id)
    )
    found = tx.session.execute(query).one_or_none()
    if found is None:
        raise NotFound(_GONE, "appointment")
    appointment, physician = found
    return tuple(
        Subject(
            patient_id=appointment.patient_id,
            appointment_id=appointment.id,
            planned_id=plan.id,
            procedure_id=None,
            procedure=plan.procedure,
            sites=plan.sites,
            intent=plan.intent,
            guidance=plan.guidance,
            contrast=plan.contrast,
            steroids=plan.steroids,
            physician=physician or "",
            started_at=appointment.starts_at,
            day=appointment.local_date,
            state=LogState.PLANNED.value,
        )
        for plan in planned(tx, [appointment_id]).get(appointment_id, ())
    )


def done_subject(tx: Tx, procedure_id: int) -> Subject:
    """A logged procedure; raises NotFound, also when it was struck out."""
    found = _done(tx, ProcedureRecord.id == procedure_id)
    if not found:
        raise NotFound(
            _("This procedure is not in the record any more. Refresh the page."), "procedure"
        )
    return found[0]


def done_of_appointment(tx: Tx, appointment_id: int) -> tuple[Subject, ...]:
    """What was logged for an appointment."""
    return _done(tx, ProcedureRecord.appointment_id == appointment_id)


def done_of_patient(tx: Tx, patient_id: int, limit: int) -> tuple[Subject, ...]:
    """The latest logged procedures of a patient, newest first."""
    return _done(tx, ProcedureRecord.patient_id == patient_id, limit)


def appointments_from(tx: Tx, patient_id: int, day: date, limit: int) -> tuple[int, ...]:
    """Ids of the patient's appointments from a day on, soonest first."""
    query = (
        select(Appointment.id)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.local_date >= day,
            Appointment.status.not_in(NEVER_DONE),
        )
        .order_by(Appointment.starts_at)
        .limit(limit)
    )
    return tuple(tx.session.execute(query).scalars())


def _done(tx: Tx, condition: object, limit: int = 20) -> tuple[Subject, ...]:
    struck = exists().where(StrikeOut.procedure_id == ProcedureRecord.id)
    query = (
        select(ProcedureRecord, Resource.name, Appointment)
        .outerjoin(Resource, Resource.id == ProcedureRecord.physician_id)
        .outerjoin(Appointment, Appointment.id == ProcedureRecord.appointment_id)
        .where(
            condition,  # type: ignore[arg-type]
            ProcedureRecord.outcome != "outside",
            ~struck,
        )
        .order_by(ProcedureRecord.performed_on.desc(), ProcedureRecord.id.desc())
        .limit(limit)
    )
    rows = tx.session.execute(query).all()
    ids = [row[0].id for row in rows]
    sites, steroids = sites_of(tx, ids), _steroids(tx, ids)
    left = _left_room(tx, [row[2].id for row in rows if row[2] is not None])
    signed = _signed(tx, ids)
    return tuple(
        Subject(
            patient_id=record.patient_id,
            appointment_id=record.appointment_id,
            planned_id=record.planned_id,
            procedure_id=record.id,
            procedure=record.procedure,
            sites=sites.get(record.id, ()),
            intent=record.intent,
            guidance=record.guidance,
            contrast=record.contrast,
            # Nothing entered yet is not "none given".
            steroids=steroids.get(record.id) if record.state == LogState.OPEN else
            steroids.get(record.id, ()),
            physician=physician or "",
            started_at=record.started_at or (visit.starts_at if visit else None),
            day=record.performed_on,
            state=record.state,
            began_at=record.started_at,
            ended_at=record.ended_at,
            planned_end=visit.ends_at
            if visit and visit.local_date == record.performed_on
            else None,
            left_at=left.get(visit.id) if visit else None,
            saved_at=record.created_at,
            signed_at=signed.get(record.id),
        )
        for record, physician, visit in rows
    )  # fmt: skip


def _left_room(tx: Tx, appointment_ids: Sequence[int]) -> dict[int, datetime]:
    """Appointment id to when the patient left the room: last moved on to recovery, or further."""
    query = (
        select(StatusChange.appointment_id, StatusChange.status, func.max(StatusChange.at))
        .where(
            StatusChange.appointment_id.in_(appointment_ids),
            StatusChange.status.in_([each.value for each in _OUT_OF_THE_ROOM]),
        )
        .group_by(StatusChange.appointment_id, StatusChange.status)
    )
    rows = {(row[0], row[1]): row[2] for row in tx.session.execute(query)}
    found: dict[int, datetime] = {}
    for status in _OUT_OF_THE_ROOM:
        for appointment in appointment_ids:
            if (at := rows.get((appointment, status.value))) is not None:
                found.setdefault(appointment, at)
    return found


def _signed(tx: Tx, ids: Sequence[int]) -> dict[int, datetime]:
    """Procedure id to when its record was first signed."""
    query = (
        select(Signature.procedure_id, func.min(Signature.signed_at))
        .where(Signature.procedure_id.in_(ids))
        .group_by(Signature.procedure_id)
    )
    return {row[0]: row[1] for row in tx.session.execute(query)}


def sites_of(tx: Tx, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Procedure id to its sites, ``L5 left``, in order."""
    query = (
        select(ProcedureSite)
        .where(ProcedureSite.procedure_id.in_(list(ids)))
        .order_by(ProcedureSite.procedure_id, ProcedureSite.position)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in tx.session.execute(query).scalars():
        site = site_text(row.name, row.side)
        found[row.procedure_id] = (*found.get(row.procedure_id, ()), site)
    return found


def _steroids(tx: Tx, ids: Iterable[int]) -> dict[int, tuple[Steroid, ...]]:
    """Procedure id to the steroids given, doses of one drug added up; no key without any entry."""
    query = (
        select(Administration)
        .where(Administration.procedure_id.in_(list(ids)))
        .order_by(Administration.procedure_id, Administration.position)
    )
    found: dict[int, dict[str, Steroid]] = {}
    for row in tx.session.execute(query).scalars():
        drugs = found.setdefault(row.procedure_id, {})
        if row.kind == "steroid" and row.dose:
            before = drugs.get(row.drug)
            total = row.dose + ((before.mg or 0) if before else 0)
            drugs[row.drug] = Steroid(row.drug, total)
    return {procedure: tuple(drugs.values()) for procedure, drugs in found.items()}


def next_call(tx: Tx, procedure_id: int) -> date | None:
    """The day of the first call still due after a procedure that asks for the scores.

    The sheet says to have them ready; a safety call stands in only where no other call is due.
    """
    safety = FollowUp.kind == Purpose.SAFETY.value
    query = (
        select(FollowUp.due_on)
        .where(FollowUp.procedure_id == procedure_id, FollowUp.done_at.is_(None))
        .order_by(safety, FollowUp.due_on)
    )
    return tx.session.execute(query.limit(1)).scalar_one_or_none()


# -- stored sheets ---------------------------------------------------------------------------


def restarts_said(tx: Tx, subject: Subject) -> tuple[SaidRestart, ...]:
    """The last restart of each blood thinner that a person gave for a subject."""
    query = (
        select(Document.about)
        .where(
            Document.patient_id == subject.patient_id,
            _same(Document.appointment_id, subject.appointment_id),  # type: ignore[arg-type]
            _same(Document.procedure_id, subject.procedure_id),  # type: ignore[arg-type]
        )
        .order_by(Document.id.desc())
    )
    found: dict[str, SaidRestart] = {}
    for about in tx.session.scalars(query):
        if about.get("planned_id") == subject.planned_id and (said := about.get("said")):
            drugs = tuple(said["drugs"])
            # Of several drugs nobody knows which was meant before it was kept: of none.
            drug = said.get("drug", drugs[0] if len(drugs) == 1 else "")
            each = SaidRestart(
                drug=drug,
                restart=_moment(said["restart"]),
                by=said["by"],
                over=_moment(said["over"]),
                drugs=drugs,
            )
            found.setdefault(drug, each)
    return tuple(found.values())


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _kept(said: SaidRestart) -> dict[str, object]:
    return {
        "drug": said.drug,
        "restart": said.restart.isoformat() if said.restart else None,
        "by": said.by,
        "over": said.over.astimezone(UTC).isoformat() if said.over else None,
        "drugs": list(said.drugs),
    }


def add_document(
    tx: Tx,
    sheet: RenderedSheet,
    subject: Subject,
    *,
    large: bool,
    said: SaidRestart | None = None,
) -> DocumentRow:
    """Stores the bytes under their hash and the sheet beside them.

    The very same sheet for the same subject is not stored twice: its row is given back. ``said``:
    what a person said for it just now; unless it was said last, that is kept with a row of its own.
    """
    known = _rows(
        tx,
        Document.sha256 == sheet.sha256,
        Document.patient_id == subject.patient_id,
        _same(Document.appointment_id, subject.appointment_id),
        _same(Document.procedure_id, subject.procedure_id),
    )
    if known and (said is None or said in restarts_said(tx, subject)):
        return known[0]
    if tx.session.get(DocumentBlob, sheet.sha256) is None:
        tx.add(DocumentBlob(sha256=sheet.sha256, size=len(sheet.pdf), content=sheet.pdf))
    row = tx.add(
        Document(
            patient_id=subject.patient_id,
            appointment_id=subject.appointment_id,
            procedure_id=subject.procedure_id,
            kind=sheet.kind,
            title=sheet.title,
            language=sheet.language,
            paper=sheet.paper,
            large=large,
            template_id=sheet.template_id,
            template_version=sheet.template_version,
            document_code=sheet.document_code,
            sha256=sheet.sha256,
            pages=sheet.pages,
            about={
                "planned_id": subject.planned_id,
                "sites": list(subject.sites),
                **({"said": _kept(said)} if said else {}),
            },
            created_at=tx.now,
            created_by=tx.staff_id,
        )
    )
    return document(tx, row.id)


def _same(column: object, value: int | None) -> object:
    return column.is_(None) if value is None else column == value  # type: ignore[attr-defined]


def document(tx: Tx, document_id: int) -> DocumentRow:
    """One stored sheet; raises NotFound."""
    rows = _rows(tx, Document.id == document_id)
    if not rows:
        raise NotFound(_("This document is not in the record. Refresh the page."))
    return rows[0]


def documents(tx: Tx, patient_id: int) -> tuple[DocumentRow, ...]:
    """Everything stored for a patient, newest first."""
    return _rows(tx, Document.patient_id == patient_id)


def content(tx: Tx, row: DocumentRow) -> bytes:
    """The stored bytes."""
    blob = tx.get(DocumentBlob, row.sha256)
    return bytes(blob.content)


def add_use(tx: Tx, document_id: int, use: str) -> None:
    """Notes that a sheet was ``printed``, ``saved`` or ``viewed``."""
    tx.add(
        DocumentEvent(
            document_id=document_id,
            use=use,
            at=tx.now,
            staff_id=tx.staff_id,
            workstation=tx.workstation,
        )
    )


def _rows(tx: Tx, *conditions: object) -> tuple[DocumentRow, ...]:
    query = (
        select(Document, Staff.name)
        .outerjoin(Staff, Staff.id == Document.created_by)
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(Document.created_at.desc(), Document.id.desc())
    )
    found = tx.session.execute(query).all()
    uses = _uses(tx, [row.id for row, __ in found])
    return tuple(
        DocumentRow(
            id=row.id,
            patient_id=row.patient_id,
            kind=row.kind,
            title=row.title,
            language=row.language,
            template_id=row.template_id,
            template_version=row.template_version,
            sha256=row.sha256,
            created_at=row.created_at,
            created_by=name or "",
            pages=row.pages,
            appointment_id=row.appointment_id,
            procedure_id=row.procedure_id,
            paper=row.paper,
            large=row.large,
            document_code=row.document_code,
            printed=uses.get((row.id, SheetUse.PRINTED), 0),
            saved=uses.get((row.id, SheetUse.SAVED), 0),
        )
        for row, name in found
    )


def _uses(tx: Tx, ids: list[int]) -> dict[tuple[int, str], int]:
    query = (
        select(DocumentEvent.document_id, DocumentEvent.use, func.count())
        .where(DocumentEvent.document_id.in_(ids))
        .group_by(DocumentEvent.document_id, DocumentEvent.use)
    )
    return {(row[0], row[1]): row[2] for row in tx.session.execute(query)}
