"""The procedure note: a signed record as a page, stored like every sheet."""

from __future__ import annotations

from clinicdesk.data.queries import documents as queries
from clinicdesk.data.queries import log, log_lists
from clinicdesk.data.queries.documents import Subject
from clinicdesk.domain import note_words
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.log_checks import sites_differ
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.rows.documents import StoredSheet
from clinicdesk.domain.rows.log import LogRecord
from clinicdesk.domain.rows.notes import NoteFacts
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.services.clinics import letterhead
from clinicdesk.services.context import Clinic, Done, Work, look, permitted
from clinicdesk.services.procedures.opening import opened
from clinicdesk.services.schedule import appointment_in
from clinicdesk.services.sheets import keep, paper_of

_UNSIGNED = _("This log is not signed yet. Sign it, then print the note.")
_BROKEN = _("This record no longer matches its signature. Tell the clinic manager.")


@permitted("note.read", Permission.PRINT)
def prepare(
    clinic: Clinic,
    actor: Actor,
    *,
    procedure_id: int | None = None,
    appointment_id: int | None = None,
    paper: str | None = None,
    large: bool = False,
) -> Done[StoredSheet]:
    """Makes the note of a signed procedure and stores it; what comes back are the stored bytes.

    Args:
        procedure_id: which; it wins over the appointment.
        appointment_id: for the procedure that was logged for it.
        paper: ``letter`` or ``a4``; None for the clinic's.
        large: large print.

    Raises:
        Invalid: ``procedure``: not signed, or no longer what was signed; ``paper``.
        NotFound: no such procedure, or nothing was logged for the appointment.
        NotAllowed, Unavailable.
    """
    chosen = paper_of(clinic, paper)
    subject, facts = _read(clinic, actor, procedure_id, appointment_id)
    from clinicdesk.documents.note import render_note

    return keep(clinic, actor, render_note(facts, chosen, large), subject, large=large)


@look("note.read", Permission.READ_NOTES)
def _read(
    work: Work, procedure_id: int | None, appointment_id: int | None
) -> tuple[Subject, NoteFacts]:
    if procedure_id is not None:
        subject = queries.done_subject(work.tx, procedure_id)
    else:
        subject = _of_appointment(work, appointment_id)
    assert subject.procedure_id is not None
    work.tx.note("note.read", procedure=subject.procedure_id)
    record = opened(work, subject.procedure_id, fresh=True)
    if record.state != LogState.SIGNED:
        raise Invalid({"procedure": _UNSIGNED})
    if not record.seal_ok:
        raise Invalid({"procedure": _BROKEN})
    return subject, _facts(work, record)


def _of_appointment(work: Work, appointment_id: int | None) -> Subject:
    """What was logged for it: the one that is signed, else the one there is."""
    if appointment_id is not None:
        appointment_in(work, appointment_id)
    done = queries.done_of_appointment(work.tx, appointment_id) if appointment_id else ()
    if not done:
        raise NotFound(_("Nothing was logged for this appointment. Log the procedure first."))
    found = [subject for subject in done if subject.state == LogState.SIGNED] or list(done)
    if len(found) > 1:
        named = ", ".join(str(n) for n in sorted(subject.procedure_id or 0 for subject in found))
        raise Invalid(
            {
                "procedure": _(
                    "This appointment has several procedures: {named}. Choose one of them."
                ).format(named=named)
            }
        )
    return found[0]


def _facts(work: Work, record: LogRecord) -> NoteFacts:
    form, catalogue, banner = record.form, work.catalogue, record.banner
    kind = catalogue.procedures.get(form.procedure)
    name = kind.name if kind else form.procedure
    physician = log_lists.resource_name(work.tx, form.physician_id)
    products = dict(record.signed_products)
    parts = (
        note_words.procedure_part(record, name, physician, _booked(work, record, kind)),
        note_words.guidance_part(form),
        note_words.outcome_part(form, catalogue.complications),
        note_words.safety_part(form),
        note_words.interval_part(record.verdict, _pack_title(work, record), form.reason),
    )
    return NoteFacts(
        clinic=letterhead(work.clinic),
        family_name=banner.family,
        given_name=banner.given,
        birth_date=banner.birth_date,
        mrn=banner.mrn,
        title=", ".join((name, *form.sites)),
        performed_on=form.performed_on,
        parts=tuple(part for part in parts if part is not None),
        given=tuple(note_words.given_line(entry, products) for entry in form.medications),
        note=form.note.strip(),
        signed_by=record.signed_by,
        signed_at=record.signed_at,
        seal=record.seal,
        addenda=record.addenda,
        country=work.clinic.customs.country,
    )


def _booked(work: Work, record: LogRecord, done: Procedure | None) -> str:
    """What had been booked, where that is something else than what was done."""
    booked = log.planned_procedure_of(work.tx, record.form.planned_id)
    if not booked:
        return ""
    elsewhere = bool(
        done and record.planned_sites and sites_differ(record.form, record.planned_sites, done)
    )
    if booked == record.form.procedure and not elsewhere:
        return ""
    kind = work.catalogue.procedures.get(booked)
    return ", ".join((kind.name if kind else booked, *record.planned_sites))


def _pack_title(work: Work, record: LogRecord) -> str:
    """Whose rules were asked; by their id where the pack is not here any more."""
    if record.verdict is None:
        return ""
    pack = work.catalogue.packs.get(record.verdict.pack)
    return pack.title if pack else record.verdict.pack
