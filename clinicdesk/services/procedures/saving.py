"""Keeping, saving, signing and adding to a procedure log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from clinicdesk.data.queries import drafts, log, log_writes
from clinicdesk.data.queries import patients as patient_queries
from clinicdesk.domain.anatomy import listed_site
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.log_checks import before_birth
from clinicdesk.domain.log_safety import answer_text, kept
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.log import LogForm, MedicationEntry
from clinicdesk.domain.rows.log_safety import AskKind
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.translation import _
from clinicdesk.services import signin, verdicts
from clinicdesk.services.clocks import require_clock
from clinicdesk.services.context import Clinic, Done, Work, act, permitted
from clinicdesk.services.due.keeping import refresh_patient
from clinicdesk.services.procedures.checking import missing_in, verdict_in
from clinicdesk.services.procedures.codec import form_to_json, seal, snapshot
from clinicdesk.services.procedures.opening import DRAFT, subject_of
from clinicdesk.services.procedures.settling import procedure_of, safety_in
from clinicdesk.services.schedule import worked_from

_EMPTY = MedicationEntry()


@permitted("log.draft", Permission.LOG_PROCEDURE)
def save_draft(
    clinic: Clinic,
    actor: Actor,
    form: LogForm,
    *,
    procedure_id: int | None = None,
    version: int = 0,
    typed: Mapping[str, str] | None = None,
) -> datetime:
    """Keeps what is being typed, per person and subject; no record yet, so not audited.

    Args:
        typed: texts that cannot be read yet (field → text), so that none is lost.

    Returns the moment, in the clinic's zone.
    """
    body = {"form": form_to_json(form), "typed": dict(typed or {}), "version": version}
    subject = subject_of(form, procedure_id)
    saved_at = drafts.save(clinic.store, actor.staff_id, DRAFT, subject, body)
    return saved_at.astimezone(clinic.zone)


@permitted("log.draft", Permission.LOG_PROCEDURE)
def discard_draft(
    clinic: Clinic, actor: Actor, form: LogForm, *, procedure_id: int | None = None
) -> None:
    """Forgets this person's draft."""
    drafts.discard(clinic.store, actor.staff_id, DRAFT, subject_of(form, procedure_id))


@act("procedure.save", Permission.LOG_PROCEDURE)
def record(work: Work, form: LogForm, version: int, procedure_id: int | None = None) -> int:
    """Saves the log as performed and unsigned; it takes the place of what was booked.

    Raises:
        Invalid: procedure, sites, intent or a line of the table cannot stand.
        Stale: somebody saved it since ``version``.
        Locked: it is signed.
    """
    saved = _save(work, form, version, procedure_id)
    refresh_patient(work, form.patient_id)
    return saved


def _save(work: Work, form: LogForm, version: int, procedure_id: int | None) -> int:
    form, sites = _readable(work, form)
    if procedure_id is None:
        procedure_id = _already(work, form)
    saved = log_writes.save(
        work.tx,
        form,
        sites,
        work.catalogue.products,
        procedure_id=procedure_id,
        version=version,
        catalogue_version=work.catalogue.version,
        zone_now=work.now.astimezone(work.zone),
    )
    for subject in (subject_of(form), subject_of(form, saved)):
        drafts.discard_in(work.tx, work.actor.staff_id, DRAFT, subject)
    work.tx.changed("procedure", form.patient_id, form.performed_on)
    work.tx.changed("appointment", form.patient_id, form.performed_on)
    return saved


def _already(work: Work, form: LogForm) -> int | None:
    """The record that somebody made of the same plan in the meantime."""
    if form.appointment_id is None:
        return None
    for plan in log.planned(work.tx, form.appointment_id):
        if plan.planned_id == form.planned_id:
            return plan.procedure_id
    return None


def _readable(work: Work, form: LogForm) -> tuple[LogForm, Sequence[tuple[str, str]]]:
    """What even an unsigned record needs: it counts for the interval rules from now on."""
    problems: dict[str, str] = {}
    procedure = procedure_of(work, form)
    if procedure is None:
        raise Invalid({"procedure": _("Choose the procedure.")})
    sites = []
    for text in form.sites:
        try:
            site = listed_site(text, procedure)
        except ValueError as error:
            problems["sites"] = str(error)
        else:
            sites.append((site.name, site.side.value))
    if not form.sites:
        problems["sites"] = _("Choose the site, for example on the figure.")
    if not form.intent:
        problems["intent"] = _("Say whether it was diagnostic or therapeutic.")
    problems |= _impossible_day(work, form)
    entries = tuple(
        replace(entry, site=work.names.read_site(entry.site))
        for entry in form.medications
        if entry != _EMPTY
    )
    for index, entry in enumerate(entries):
        if entry.product not in work.catalogue.products:
            problems[f"medications.{index}.product"] = _("Choose the product, or remove this line.")
        if entry.volume_ml is not None and entry.volume_ml <= 0:
            problems[f"medications.{index}.volume_ml"] = _("The volume must be more than 0 mL.")
    if problems:
        raise Invalid(problems)
    sites = list(dict.fromkeys(sites))
    texts = tuple(f"{name} {side}" for name, side in sites)
    return replace(form, sites=texts, medications=entries), sites


def _impossible_day(work: Work, form: LogForm) -> dict[str, str]:
    if form.performed_on > work.today:
        return {"performed_on": _("A procedure of a later day cannot be saved yet.")}
    born = patient_queries.person(work.tx, form.patient_id).birth_date
    wrong = before_birth(form, born)
    return {"performed_on": wrong} if wrong else {}


@permitted("procedure.sign", Permission.SIGN)
def sign(
    clinic: Clinic,
    actor: Actor,
    form: LogForm,
    version: int,
    password: str,
    *,
    procedure_id: int | None = None,
    shown: VerdictCard | None = None,
    clock_sure: bool = False,
) -> Done[int]:
    """Saves and signs; from then on nothing of it changes, here or in the database.

    ``shown`` is the verdict the signer saw: another one by now refuses the signature.
    ``clock_sure``: the computer's clock was asked back and is right.

    Raises:
        NotAllowed: the role may not sign.
        Invalid: something is missing, or somebody else did the procedure.
        Doubtful: on ``clock``: it says a time before the last entry, and nobody is sure.
        SignInFailed: the password is not the actor's.
        Stale, Locked: it was saved or signed by somebody in the meantime.
    """
    with clinic.store.read(actor) as tx:
        work = Work(clinic, actor, tx)
        _complete(work, form, procedure_id)
        if not clock_sure:
            require_clock(work)
    signin.confirm_password(clinic, actor, password)
    return _sign(clinic, actor, form, version, procedure_id, shown)


def _complete(work: Work, form: LogForm, procedure_id: int | None) -> None:
    problems = missing_in(work, form, verdict_in(work, form, procedure_id))
    if problems:
        raise Invalid(problems)


@act("procedure.sign", Permission.SIGN)
def _sign(
    work: Work, form: LogForm, version: int, procedure_id: int | None, shown: VerdictCard | None
) -> int:
    card = verdict_in(work, form, procedure_id)
    _same_verdict(card, shown)
    problems = missing_in(work, form, card)
    if problems:
        raise Invalid(problems)
    asks = safety_in(work, form).asks
    dangers = {ask.check for ask in asks if ask.kind is AskKind.REASON and ask.settled is None}
    if dangers:
        work.needs(Permission.ANSWER_SAFETY, _("Only a physician gives the reason for this."))
    reasons = work.catalogue.safety_reasons
    form = replace(form, answers=kept(asks, form.answers, reasons, work.actor.name))
    given = [answer_text(answer) for answer in form.answers if answer.check in dangers]
    saved = _save(work, form, version, procedure_id)
    if card is not None:
        verdicts.record(
            work, card, form.reason, appointment_id=form.appointment_id, procedure_id=saved
        )
    procedure = work.catalogue.procedure(form.procedure)
    calls = [
        # Nobody calls from a closed clinic: the next day that it works.
        (call.purpose, worked_from(work, call.after.after(form.performed_on)))
        for call in procedure.follow_ups[Intent(form.intent)]
    ]
    log_writes.plan_follow_ups(work.tx, form.patient_id, saved, calls)
    if form.appointment_id is not None:
        day = log_writes.to_recovery(work.tx, form.appointment_id)
        if day is not None:
            work.tx.changed("appointment", form.patient_id, day)
    work.because("; ".join(filter(None, (form.reason, *given))))
    work.tx.flush()
    text = _snapshot(work, log.stored(work.tx, saved, work.catalogue.vocabulary.usual_scale).form)
    log_writes.sign(work.tx, saved, name=work.actor.name, snapshot=text, sha256=seal(text))
    refresh_patient(work, form.patient_id)
    return saved


def _said(card: VerdictCard) -> tuple[object, ...]:
    """What of a verdict is kept with the signature."""
    return (card.verdict_json, card.beside, card.assumed)


def _same_verdict(card: VerdictCard | None, shown: VerdictCard | None) -> None:
    """Nobody signs over a verdict he has not seen: another desk may have added to the history."""
    if shown is None:
        return
    if card is None or _said(card) != _said(shown):
        raise Invalid(
            {
                "reason": _(
                    "The interval verdict has changed since it was shown. Read it, then sign."
                )
            }
        )


def _snapshot(work: Work, form: LogForm) -> str:
    banner = patient_queries.banner(work.tx, form.patient_id, work.today, work.catalogue.safety)
    actor = work.actor
    products = work.catalogue.products
    return snapshot(
        form,
        patient={
            "mrn": banner.mrn,
            "family": banner.family,
            "given": banner.given,
            "birth_date": banner.birth_date.isoformat(),
        },
        signer={
            "login": actor.login,
            "name": actor.name,
            "role": actor.role.value,
            "meaning": "author",
        },
        products={entry.product: products[entry.product].name for entry in form.medications},
        signed_at=work.now,
        catalogue=work.catalogue.version,
    )


@act("procedure.addend", Permission.LOG_PROCEDURE)
def addend(work: Work, procedure_id: int, text: str) -> int:
    """Adds to a signed log; author and time are kept, the record itself stays as signed.

    Raises:
        Invalid: the text is empty.
        Locked: the log is not signed yet.
    """
    if not text.strip():
        raise Invalid({"text": _("Write what is to be added.")})
    patient_id, day = log_writes.patient_of(work.tx, procedure_id)
    added = log_writes.addend(work.tx, procedure_id, text.strip())
    work.tx.changed("procedure", patient_id, day)
    return added
