"""Opening a procedure log: from an appointment, a draft, a saved or a signed procedure."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from clinicdesk.data.queries import check_in as day_queries
from clinicdesk.data.queries import drafts, log, log_lists, settings
from clinicdesk.data.queries import patients as patient_queries
from clinicdesk.domain.measures import PAIN, Measured
from clinicdesk.domain.people import display_name
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.log import KeptVerdict, LogForm, LogListRow, LogRecord
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Work, ask, look
from clinicdesk.services.procedures.codec import form_from_json, seal, sealed_form
from clinicdesk.services.procedures.prefill import blank_form

DRAFT = "log"


def subject_of(form: LogForm, procedure_id: int | None = None) -> str:
    """What a draft is about: a saved procedure, or a planned one of an appointment."""
    if procedure_id is not None:
        return f"procedure:{procedure_id}"
    return f"appointment:{form.appointment_id or 0}:{form.planned_id or 0}"


@look("log.open", Permission.LOG_PROCEDURE)
def open_log(work: Work, appointment_id: int, *, fresh: bool = False) -> LogRecord:
    """The log of an appointment: the saved record if there is one, else this person's
    draft, else a new one filled with what was planned. ``fresh`` leaves the draft aside.

    Raises:
        NotFound: the appointment is gone.
    """
    plans = log.planned(work.tx, appointment_id)
    plan = next((plan for plan in plans if plan.procedure_id is None), plans[0])
    if plan.procedure_id is not None:
        return opened(work, plan.procedure_id, fresh=fresh)
    procedure = work.catalogue.procedures.get(plan.procedure)
    form = blank_form(plan, procedure, work.catalogue.products, _scale(work))
    reason, by = log.booking_reason(work.tx, appointment_id)
    form = replace(form, reason=reason)
    record = _record(work, form, state=LogState.NEW, planned=plan.sites, fresh=fresh)
    return replace(record, reason_by=by if reason and record.form.reason == reason else "")


@look("log.open", Permission.READ_NOTES)
def open_procedure(work: Work, procedure_id: int, *, fresh: bool = False) -> LogRecord:
    """A saved or signed procedure, with addenda and the verification of its seal.

    This person's draft lies over a saved one, unless ``fresh``.

    Raises:
        NotFound: there is no such procedure here.
    """
    return opened(work, procedure_id, fresh=fresh)


def opened(work: Work, procedure_id: int, *, fresh: bool) -> LogRecord:
    """As ``open_procedure``, inside a transaction that is already open."""
    found = log.stored(work.tx, procedure_id, _scale(work))
    planned = log.planned_sites_of(work.tx, found.form.planned_id)
    record = _record(
        work,
        found.form,
        state=found.state,
        planned=planned,
        procedure_id=procedure_id,
        version=found.version,
        fresh=fresh,
    )
    if found.state != LogState.SIGNED:
        return replace(record, owner=found.created_by)
    signed = _as_signed(found)
    return replace(
        record,
        signed_by=found.signed_by,
        signed_at=_local(work, found.signed_at),
        seal=found.sha256,
        seal_ok=signed is not None,
        addenda=tuple(
            replace(entry, at=entry.at.astimezone(work.zone))
            for entry in log.addenda(work.tx, procedure_id)
        ),
        owner=found.created_by,
        verdict=_kept_verdict(work, procedure_id),
        signed_products=tuple(signed["products"].items()) if signed else (),
    )


def _kept_verdict(work: Work, procedure_id: int) -> KeptVerdict | None:
    """What was signed over, and what the rules that were asked leave unchecked."""
    kept = log.kept_verdict(work.tx, procedure_id)
    pack = work.catalogue.packs.get(kept.pack) if kept is not None else None
    return replace(kept, partial=pack.partial) if kept and pack else kept


def _as_signed(found: log.Stored) -> dict[str, Any] | None:
    """The snapshot, if it has its hash and the record still says what was signed."""
    if seal(found.snapshot) != found.sha256:
        return None
    signed: dict[str, Any] = json.loads(found.snapshot)
    return signed if signed.get("procedure") == sealed_form(found.form) else None


def _record(
    work: Work,
    form: LogForm,
    *,
    state: str,
    planned: tuple[str, ...],
    procedure_id: int | None = None,
    version: int = 0,
    fresh: bool = False,
) -> LogRecord:
    """The record as opened; an unsigned one with this person's draft laid over it."""
    work.tx.concerns(form.patient_id)
    typed: tuple[tuple[str, str], ...] = ()
    saved_at: datetime | None = None
    if state != LogState.SIGNED and not fresh:
        draft = drafts.load(work.tx, work.actor.staff_id, DRAFT, subject_of(form, procedure_id))
        if draft is not None:
            form = form_from_json(draft.body.get("form", {}), form)
            typed = tuple(draft.body.get("typed", {}).items())
            version = draft.body.get("version", version)
            saved_at = _local(work, draft.saved_at)
            state = LogState.DRAFT if procedure_id is None else state
    visit = log.visit_of(work.tx, form.appointment_id)
    return LogRecord(
        procedure_id=procedure_id,
        version=version,
        state=state,
        form=form,
        banner=patient_queries.banner(work.tx, form.patient_id, work.today, work.catalogue.safety),
        planned_sites=planned,
        signed_by="",
        signed_at=None,
        seal="",
        addenda=(),
        draft_saved_at=saved_at,
        lots=_lots(work, form),
        typed=typed,
        physicians=log_lists.physicians(work.tx),
        room=log_lists.resource_name(work.tx, form.room_id),
        mine=log_lists.resource_of(work.tx, work.actor.staff_id),
        booked_on=visit.day if visit else None,
        not_stocked=settings.not_stocked(work.tx),
        arrival_pain=None if state == LogState.SIGNED else _arrival_pain(work, form),
    )


def _arrival_pain(work: Work, form: LogForm) -> Measured | None:
    """What was asked at check-in on the day of the procedure; None where another scale is used."""
    found = day_queries.measured(work.tx, form.patient_id, form.performed_on, work.zone)
    known = work.catalogue.measures.values()
    keys = [each.key for each in known if each.what == PAIN and each.scale == form.scale]
    return next((found[key] for key in keys if key in found), None)


def _lots(work: Work, form: LogForm) -> tuple[tuple[str, str, Any, bool], ...]:
    """Lots lately used, of every product that may be chosen."""
    return log_lists.last_lots(work.tx, work.catalogue.products, form.performed_on)


def _local(work: Work, moment: datetime | None) -> datetime | None:
    return moment.astimezone(work.zone) if moment else None


@ask(Permission.LOG_PROCEDURE)
def to_do(work: Work) -> tuple[LogListRow, ...]:
    """My drafts, unsigned logs, and procedures without a log, of earlier days and of today.

    A nurse sees the day of every physician; whoever signs sees his own.
    """
    mine = log_lists.resource_of(work.tx, work.actor.staff_id)
    physician = mine if work.actor.may(Permission.SIGN) else None
    typed, drafted = _draft_rows(work)
    unsigned = [
        _row(work, LogState.OPEN, log.stored(work.tx, key, _scale(work)).form, at, procedure_id=key)
        for key, at in log_lists.open_ids(
            work.tx, physician_id=physician, staff_id=work.actor.staff_id
        )
        if f"procedure:{key}" not in drafted
    ]
    due = []
    for key, at, status in log_lists.due_appointments(work.tx, work.today, physician):
        for plan in log.planned(work.tx, key):
            form = blank_form(plan, None, {}, _scale(work))
            if plan.procedure_id is None and subject_of(form) not in drafted:
                late = at.astimezone(work.zone).date() < work.today
                due.append(_row(work, "late" if late else "due", form, at, status=status))
    return (*typed, *unsigned, *due)


def _draft_rows(work: Work) -> tuple[list[LogListRow], set[str]]:
    rows, subjects = [], set()
    for draft in drafts.listed(work.tx, work.actor.staff_id):
        if draft.kind != DRAFT:
            continue
        kind, __, rest = draft.subject.partition(":")
        procedure_id = int(rest) if kind == "procedure" else None
        if procedure_id is not None:
            form = log.stored(work.tx, procedure_id, _scale(work)).form
        else:
            appointment_id = int(rest.partition(":")[0])
            form = blank_form(log.planned(work.tx, appointment_id)[0], None, {}, _scale(work))
        form = form_from_json(draft.body.get("form", {}), form)
        subjects.add(draft.subject)
        rows.append(_row(work, LogState.DRAFT, form, draft.saved_at, procedure_id=procedure_id))
    return rows, subjects


def _row(
    work: Work,
    kind: str,
    form: LogForm,
    when: datetime,
    *,
    procedure_id: int | None = None,
    status: str = "",
) -> LogListRow:
    family, given, mrn = log_lists.patient_names(work.tx, [form.patient_id])[form.patient_id]
    procedure = work.catalogue.procedures.get(form.procedure)
    return LogListRow(
        kind=kind,
        appointment_id=form.appointment_id,
        procedure_id=procedure_id,
        patient=display_name(family, given),
        mrn=mrn,
        procedure=procedure.name if procedure else _("Procedure not chosen"),
        family=procedure.family if procedure else "",
        sites=form.sites,
        physician=log_lists.resource_name(work.tx, form.physician_id),
        when=when.astimezone(work.zone),
        status=status,
    )


def _scale(work: Work) -> str:
    return work.catalogue.vocabulary.usual_scale
