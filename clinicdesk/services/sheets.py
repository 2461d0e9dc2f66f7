"""Consent and after-care sheets: make, keep, open, and note what became of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clinicdesk.data.queries import documents as queries
from clinicdesk.data.queries import patients as patient_queries
from clinicdesk.data.queries.documents import Subject
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.lists import either
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.documents import (
    DocumentRow,
    RenderedSheet,
    SaidRestart,
    SheetRequest,
    SheetShelf,
    SheetSubject,
    StoredSheet,
)
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.sheets import KINDS, NOTE, SheetTexts
from clinicdesk.domain.states import SheetUse
from clinicdesk.domain.translation import _
from clinicdesk.services.context import (
    Clinic,
    Done,
    Work,
    act,
    ask,
    everybody,
    look,
    permitted,
    require,
)
from clinicdesk.services.sheet_facts import (
    facts_of,
    material_of,
    moment_of,
    said_now,
    still_said,
    subjects_of,
)
from clinicdesk.services.sheet_hours import in_hours_of
from clinicdesk.services.sheet_texts import library

if TYPE_CHECKING:
    from clinicdesk.catalogue.sheet_library import SheetLibrary

_PAPERS = ("letter", "a4")
_SOON, _LATEST = 4, 4


@permitted("document.prepare", Permission.PRINT)
def prepare(clinic: Clinic, actor: Actor, request: SheetRequest) -> Done[StoredSheet]:
    """Makes a sheet once and stores it; what comes back are the stored bytes.

    Raises:
        Invalid: an unknown kind or paper, or a date confirmed by somebody who may not.
        NotFound: no such appointment or procedure, nothing planned in it, or no text for it.
        NotAllowed, Malformed (a damaged text file), Unavailable.
    """
    _check(request, actor)
    form = request.form
    chosen = paper_of(clinic, form.paper)
    material = material_of(clinic, actor, request)
    if material.died:
        raise Invalid({"kind": material.died})
    new = said_now(clinic, actor, material, request.dates)
    said = still_said(clinic, material, new)
    facts = facts_of(clinic, material, said)
    procedure, wanted = material.subject.procedure, form.language or material.banner.language
    texts = in_hours_of(library(clinic).pick(request.kind, procedure, wanted), clinic.customs)
    # Made before the transaction that stores it begins: no lock is held while pages are drawn.
    from clinicdesk.documents.render import render

    sheet = render(request.kind, facts, texts, chosen, form.large)
    done = keep(clinic, actor, sheet, material.subject, large=form.large, said=new)
    lacks = _lacking(library(clinic), texts, wanted, material.banner.language)
    untold = tuple(t.drug for t in facts.thinners if not t.keep and t.restart is None)
    waits = material.dangers.waits
    told = tuple(each for each in said if each.restart)
    still = {each.drug for each in said}
    lapsed = tuple(
        each for each in material.said if each.drug not in still and (each.drug or not said)
    )
    held = tuple(drug.written for drug in material.drugs if not drug.kept_on)
    value = replace(
        done.value, lacks=lacks, untold=untold, waits=waits, held=held, said=told, lapsed=lapsed
    )
    return replace(done, value=value)


def _lacking(known: SheetLibrary, texts: SheetTexts, wanted: str, spoken: str) -> str:
    """The file that is missing in the language wanted, or in the patient's for an English sheet."""
    lacks = known.lacks(texts.kind, texts.procedure, wanted)
    if not lacks and texts.language == known.fallback:
        lacks = known.lacks(texts.kind, texts.procedure, spoken)
    return lacks


@everybody(_("the clinic's own paper; nothing of a patient"))
def paper_of(clinic: Clinic, paper: str | None) -> str:
    """The paper that was chosen, else the clinic's; raises Invalid."""
    if paper is not None and paper not in _PAPERS:
        raise Invalid({"paper": _("Choose Letter or A4.")})
    return paper or clinic.settings.paper


def _check(request: SheetRequest, actor: Actor) -> None:
    wrong = {}
    if request.kind not in KINDS:
        wrong["kind"] = _("There is no sheet “{kind}” yet. Choose {kinds}.").format(
            kind=request.kind, kinds=either(KINDS)
        )
    if request.dates and not actor.may(Permission.LOG_PROCEDURE):
        wrong["restart"] = _("A nurse or physician has to confirm this date.")
    if wrong:
        raise Invalid(wrong)


@act("document.prepare", Permission.PRINT)
def keep(
    work: Work,
    sheet: RenderedSheet,
    subject: Subject,
    *,
    large: bool,
    said: SaidRestart | None = None,
) -> StoredSheet:
    """Stores bytes, row and audit entry together.

    ``said``: when a person says that a blood thinner starts again; kept with who said so.
    """
    row = queries.add_document(work.tx, sheet, subject, large=large, said=said)
    noted = {"restart": said.restart.isoformat()} if said and said.restart else {}
    work.tx.note("document.prepare", document=row.id, sha256=row.sha256, **noted)
    work.tx.changed("document", row.patient_id)
    return StoredSheet(row, queries.content(work.tx, row))


@permitted("document.open", Permission.PRINT)
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


@permitted("document.open", Permission.PRINT)
def open_document(clinic: Clinic, actor: Actor, document_id: int) -> bytes:
    """The bytes of a stored sheet; raises as ``stored``. Kept in the audit."""
    return stored(clinic, actor, document_id).pdf


@ask(Permission.PRINT)
def documents(work: Work, patient_id: int) -> tuple[DocumentRow, ...]:
    """Everything stored for a patient, newest first."""
    return queries.documents(work.tx, patient_id)


@permitted("document.use", Permission.PRINT)
def note_use(clinic: Clinic, actor: Actor, document_id: int, use: str) -> Done[DocumentRow]:
    """Notes that a sheet was ``printed`` or ``saved``; raises as ``stored``."""
    if _kind_of(clinic, actor, document_id) == NOTE:
        require(clinic, actor, Permission.READ_NOTES, "document.use")
    return _note_use(clinic, actor, document_id, use)


@act("document.use", Permission.PRINT)
def _note_use(work: Work, document_id: int, use: str) -> DocumentRow:
    if use not in (SheetUse.PRINTED, SheetUse.SAVED):
        raise Invalid({"use": _("A sheet is printed or saved.")})
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
        found = subjects_of(work, appointment_id)
    elif patient_id is not None:
        for soon in queries.appointments_from(tx, patient_id, work.today, _SOON):
            found += subjects_of(work, soon)
        shown = {subject.procedure_id for subject in found}
        latest = queries.done_of_patient(tx, patient_id, _LATEST)
        found += [subject for subject in latest if subject.procedure_id not in shown]
    whose = patient_id or (found[0].patient_id if found else None)
    if whose is None:
        raise NotFound(_("Choose a patient first."))
    banner = patient_queries.banner(tx, whose, work.today, work.catalogue.safety)
    texts = library(work.clinic)
    return SheetShelf(
        banner=banner,
        subjects=tuple(_shown(work, subject) for subject in found),
        documents=queries.documents(tx, whose),
        languages=tuple(texts.languages.items()),
        paper=work.clinic.settings.paper,
        language=texts.nearest(banner.language),
    )


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
        when=moment_of(work.clinic, subject),
        state=subject.state,
    )
