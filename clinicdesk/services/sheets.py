"""Consent and after-care sheets: make, keep, open, and note what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from clinicdesk.data.queries import documents as queries
from clinicdesk.data.queries import patients as patient_queries
from clinicdesk.data.queries.documents import Subject
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Procedure, Steroid
from clinicdesk.domain.rows.documents import (
    DocumentRow,
    RenderedSheet,
    SheetFacts,
    SheetShelf,
    SheetSubject,
    StoredSheet,
)
from clinicdesk.domain.rows.people import Actor, Banner
from clinicdesk.domain.sheets import KINDS, NOTE
from clinicdesk.services.clinics import letterhead
from clinicdesk.services.context import Clinic, Done, Work, act, ask, look, require
from clinicdesk.services.sheet_hours import in_hours_of

if TYPE_CHECKING:
    from clinicdesk.catalogue.sheets import SheetLibrary

_libraries: WeakKeyDictionary[Clinic, SheetLibrary] = WeakKeyDictionary()
_PAPERS = ("letter", "a4")
_SOON, _LATEST = 4, 4


def library(clinic: Clinic) -> SheetLibrary:
    """The clinic's sheet texts, read once; raises Malformed with file and line."""
    if clinic not in _libraries:
        from clinicdesk.catalogue.sheets import load_sheets

        _libraries[clinic] = load_sheets(clinic.catalogue.procedures)
    return _libraries[clinic]


def prepare(
    clinic: Clinic,
    actor: Actor,
    kind: str,
    *,
    appointment_id: int | None = None,
    procedure_id: int | None = None,
    planned_id: int | None = None,
    language: str | None = None,
    paper: str | None = None,
    large: bool = False,
    restart: datetime | None = None,
    repeat_from: date | None = None,
) -> Done[StoredSheet]:
    """Makes a sheet once and stores it; what comes back are the stored bytes.

    Args:
        kind: ``consent`` or ``aftercare``.
        appointment_id: for its planned procedure (after-care prefers what was logged for it).
        procedure_id: for a logged procedure; it wins over the appointment.
        planned_id: which of several planned procedures; the first when left out.
        language: None for the patient's own; English where there is no such text.
        paper: ``letter`` or ``a4``; None for the clinic's.
        restart: when the blood thinner starts again, once a clinician has confirmed it.
        repeat_from: the next possible date, once a clinician has confirmed it.

    Raises:
        Invalid: an unknown kind or paper, or a date confirmed by somebody who may not.
        NotFound: no such appointment or procedure, nothing planned in it, or no text for it.
        NotAllowed, Malformed (a damaged text file), Unavailable.
    """
    require(clinic, actor, Permission.PRINT, "document.prepare")
    _check(kind, actor, confirmed=bool(restart or repeat_from))
    chosen = paper_of(clinic, paper)
    material = _material(clinic, actor, kind, appointment_id, procedure_id, planned_id)
    facts = _facts(clinic, material, restart, repeat_from)
    wanted = language or material.banner.language
    texts = library(clinic).pick(kind, material.subject.procedure, wanted)
    texts = in_hours_of(texts, clinic.customs)
    # Made before the transaction that stores it begins: no lock is held while pages are drawn.
    from clinicdesk.documents.render import render

    sheet = render(kind, facts, texts, chosen, large)
    return keep(clinic, actor, sheet, material.subject, large=large)


def paper_of(clinic: Clinic, paper: str | None) -> str:
    """The paper that was chosen, else the clinic's; raises Invalid."""
    if paper is not None and paper not in _PAPERS:
        raise Invalid({"paper": "Choose Letter or A4."})
    return paper or clinic.settings.paper


def _check(kind: str, actor: Actor, *, confirmed: bool) -> None:
    wrong = {}
    if kind not in KINDS:
        wrong["kind"] = f"There is no sheet “{kind}” yet. Choose {' or '.join(KINDS)}."
    if confirmed and not actor.may(Permission.LOG_PROCEDURE):
        wrong["restart"] = "A nurse or physician has to confirm this date."
    if wrong:
        raise Invalid(wrong)


@act("document.prepare", Permission.PRINT)
def keep(work: Work, sheet: RenderedSheet, subject: Subject, *, large: bool) -> StoredSheet:
    """Stores bytes, row and audit entry together."""
    row = queries.add_document(work.tx, sheet, subject, large=large)
    work.tx.note("document.prepare", document=row.id, sha256=row.sha256)
    work.tx.changed("document", row.patient_id)
    return StoredSheet(row, queries.content(work.tx, row))


def stored(clinic: Clinic, actor: Actor, document_id: int) -> StoredSheet:
    """A sheet with the bytes that were stored. Kept in the audit.

    Raises:
        NotFound: there is no such sheet.
        NotAllowed: also of a procedure note, for who may not read the record itself.
    """
    if _kind_of(clinic, actor, document_id) == NOTE:
        require(clinic, actor, Permission.READ_NOTES, "document.open")
    return _stored(clinic, actor, document_id)


@ask(Permission.PRINT)
def _kind_of(work: Work, document_id: int) -> str:
    return queries.document(work.tx, document_id).kind


@look("document.open", Permission.PRINT)
def _stored(work: Work, document_id: int) -> StoredSheet:
    row = queries.document(work.tx, document_id)
    work.tx.concerns(row.patient_id)
    work.tx.note("document.open", document=row.id, sha256=row.sha256)
    return StoredSheet(row, queries.content(work.tx, row))


def open_document(clinic: Clinic, actor: Actor, document_id: int) -> bytes:
    """The bytes of a stored sheet; raises as ``stored``. Kept in the audit."""
    return stored(clinic, actor, document_id).pdf


@ask(Permission.PRINT)
def documents(work: Work, patient_id: int) -> tuple[DocumentRow, ...]:
    """Everything stored for a patient, newest first."""
    return queries.documents(work.tx, patient_id)


def note_use(clinic: Clinic, actor: Actor, document_id: int, use: str) -> Done[DocumentRow]:
    """Notes that a sheet was ``printed`` or ``saved``; raises as ``stored``."""
    if _kind_of(clinic, actor, document_id) == NOTE:
        require(clinic, actor, Permission.READ_NOTES, "document.use")
    return _note_use(clinic, actor, document_id, use)


@act("document.use", Permission.PRINT)
def _note_use(work: Work, document_id: int, use: str) -> DocumentRow:
    if use not in ("printed", "saved"):
        raise Invalid({"use": "A sheet is printed or saved."})
    row = queries.document(work.tx, document_id)
    queries.add_use(work.tx, document_id, use)
    work.tx.changed("document", row.patient_id)
    return queries.document(work.tx, document_id)


@ask(Permission.PRINT)
def shelf(
    work: Work,
    patient_id: int | None = None,
    appointment_id: int | None = None,
    procedure_id: int | None = None,
) -> SheetShelf:
    """What sheets can be made for a patient, appointment or procedure, and what is stored."""
    tx = work.tx
    found: list[Subject] = []
    if procedure_id is not None:
        found = [queries.done_subject(tx, procedure_id)]
    elif appointment_id is not None:
        found = _of_appointment(work, appointment_id)
    elif patient_id is not None:
        for soon in queries.appointments_from(tx, patient_id, work.today, _SOON):
            found += _of_appointment(work, soon)
        shown = {subject.procedure_id for subject in found}
        latest = queries.done_of_patient(tx, patient_id, _LATEST)
        found += [subject for subject in latest if subject.procedure_id not in shown]
    whose = patient_id or (found[0].patient_id if found else None)
    if whose is None:
        raise NotFound("Choose a patient first.")
    return SheetShelf(
        banner=patient_queries.banner(tx, whose, work.today),
        subjects=tuple(_shown(work, subject) for subject in found),
        documents=queries.documents(tx, whose),
        languages=tuple(library(work.clinic).languages.items()),
        paper=work.clinic.settings.paper,
    )


def _of_appointment(work: Work, appointment_id: int) -> list[Subject]:
    """Planned procedures, each replaced by what was logged for it."""
    done = queries.done_of_appointment(work.tx, appointment_id)
    logged = {subject.planned_id: subject for subject in done}
    plans = queries.planned_subjects(work.tx, appointment_id)
    named = {plan.planned_id for plan in plans}
    return [logged.get(plan.planned_id, plan) for plan in plans] + [
        subject for subject in done if subject.planned_id not in named
    ]


def _shown(work: Work, subject: Subject) -> SheetSubject:
    kind = work.catalogue.procedures.get(subject.procedure)
    return SheetSubject(
        patient_id=subject.patient_id,
        appointment_id=subject.appointment_id,
        planned_id=subject.planned_id,
        procedure_id=subject.procedure_id,
        procedure=subject.procedure,
        name=kind.name if kind else subject.procedure,
        sites=subject.sites,
        when=_moment(work.clinic, subject),
        state=subject.state,
    )


# -- facts -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Material:
    """What was read for a sheet."""

    subject: Subject
    banner: Banner
    conditions: tuple[str, ...]
    call_on: date | None


def _material(
    clinic: Clinic,
    actor: Actor,
    kind: str,
    appointment_id: int | None,
    procedure_id: int | None,
    planned_id: int | None,
) -> _Material:
    with clinic.store.read(actor) as tx:
        work = Work(clinic, actor, tx)
        if procedure_id is not None:
            subject = queries.done_subject(tx, procedure_id)
        elif appointment_id is not None:
            subject = _planned(work, kind, appointment_id, planned_id)
        else:
            raise Invalid({"appointment": "Say for which appointment or procedure."})
        number = subject.procedure_id
        return _Material(
            subject=subject,
            banner=patient_queries.banner(tx, subject.patient_id, work.today),
            conditions=queries.condition_names(tx, subject.patient_id, work.today),
            call_on=queries.next_call(tx, number) if number is not None else None,
        )


def _planned(work: Work, kind: str, appointment_id: int, planned_id: int | None) -> Subject:
    """The planned procedure asked for; for after-care what was logged in its place, if anything."""
    plans = queries.planned_subjects(work.tx, appointment_id)
    found = plans if kind == "consent" else tuple(_of_appointment(work, appointment_id))
    for subject in found:
        if planned_id in (None, subject.planned_id):
            return subject
    raise NotFound("Nothing is planned in this appointment. Add a procedure to it first.")


def _facts(
    clinic: Clinic, material: _Material, restart: datetime | None, repeat_from: date | None
) -> SheetFacts:
    """Everything a sheet says; what the planner did not say comes from the usual plan."""
    subject, banner = material.subject, material.banner
    kind = clinic.catalogue.procedure(subject.procedure)
    usual = kind.usual
    steroids = usual.steroids if subject.steroids is None else subject.steroids
    contrast = usual.contrast if subject.contrast is None else subject.contrast
    return SheetFacts(
        clinic=letterhead(clinic),
        family_name=banner.family,
        given_name=banner.given,
        birth_date=banner.birth_date,
        mrn=banner.mrn,
        allergies=tuple(allergy.substance for allergy in banner.allergies),
        anticoagulants=banner.anticoagulants,
        procedure=subject.procedure,
        intent=subject.intent or usual.intent.value,
        sites=subject.sites,
        guidance=_guidance(subject, kind),
        contrast=bool(contrast),
        steroids=tuple(_steroid_words(steroid) for steroid in steroids),
        physician=subject.physician,
        when=_moment(clinic, subject),
        done=subject.procedure_id is not None,
        has_diabetes=_has_diabetes((*material.conditions, *banner.alerts)),
        interpreter=banner.interpreter,
        restart=restart.astimezone(clinic.zone) if restart else None,
        repeat_from=repeat_from,
        follow_up_call=material.call_on,
    )


def _guidance(subject: Subject, kind: Procedure) -> str:
    if subject.guidance:
        return subject.guidance
    return kind.usual.guidance.value if kind.usual.guidance else ""


def _steroid_words(steroid: Steroid) -> str:
    """``dexamethasone 10 mg``: the number without zeros at its end."""
    return f"{steroid.drug} {steroid.mg.normalize():f} mg"


def _moment(clinic: Clinic, subject: Subject) -> datetime:
    """When, in the clinic's zone; the start of the day where only the day is known."""
    if subject.started_at is not None:
        local = subject.started_at.astimezone(clinic.zone)
        if local.date() == subject.day:
            return local
    return datetime.combine(subject.day, time(), clinic.zone)


def _has_diabetes(words: tuple[str, ...]) -> bool:
    """Whether a problem or alert names diabetes; a stage before it, or none, does not count."""
    return any(
        "diabet" in text.casefold()
        and not any(no in text.casefold() for no in ("prediabet", "pre-diabet", "no diabet"))
        for text in words
    )
