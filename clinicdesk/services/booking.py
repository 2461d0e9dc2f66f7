"""Booking, moving, checking in, cancelling.

One transaction checks and writes; the database's own constraint on claims has the
last word, so that of two desks that take one slot exactly one gets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import wraps
from itertools import zip_longest
from typing import Concatenate, ParamSpec

from clinicdesk.data.errors import TAKEN
from clinicdesk.data.queries import booking as writes
from clinicdesk.domain.anatomy import listed_site
from clinicdesk.domain.appointments import NEVER_DONE, Status, goes_on, may_follow
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import Clash, Invalid, ReasonNeeded
from clinicdesk.domain.identifiers import ssn_in
from clinicdesk.domain.one_fact import shared, without_shared
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.reviews import GivenReason
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import (
    BookRequest,
    PlanRequest,
    TimeRequest,
)
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.safety_reasons import NO_SENTENCE, says_enough
from clinicdesk.domain.states import RaisedIn, VerdictStatus
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.overlap import real_minutes
from clinicdesk.scheduling.places import Needs, moving_needs, wrong_length
from clinicdesk.services import free_times, living, reviews, safety, twins, verdicts
from clinicdesk.services.context import Clinic, Done, Work, act
from clinicdesk.services.due.keeping import refresh_patient
from clinicdesk.services.schedule import appointment_in

P = ParamSpec("P")

_WANT_A_REASON = (VerdictStatus.NOT_BEFORE, VerdictStatus.NEEDS_REASON)


def _naming_the_clash(
    service: Callable[Concatenate[Clinic, Actor, P], Done[int]],
) -> Callable[Concatenate[Clinic, Actor, P], Done[int]]:
    """Of two desks at the same moment the database refuses one, without saying for whom: asked
    once more, the own check sees the other's booking and names it (or the time is free again).
    """

    @wraps(service)
    def asked(clinic: Clinic, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> Done[int]:
        try:
            return service(clinic, actor, *args, **kwargs)
        except Clash as error:
            if str(error) != TAKEN:
                raise
        return service(clinic, actor, *args, **kwargs)

    return asked


@_naming_the_clash
@act("appointment.book", Permission.BOOK)
def book(work: Work, request: BookRequest) -> int:
    """Books; returns the appointment's id.

    Raises:
        Invalid: a field cannot be taken, with the sentence for it.
        Clash: the time is taken or closed, with what stands in the way.
        ReasonNeeded: the interval rules ask for a reason that was not given, or a danger is known
            and it is not booked for review.
        NotAllowed: only a physician books ahead of a *not before*, or answers a danger.
    """
    procedure, sites = _plan(work, request)
    _check(work, request)
    place = _place(work, request.start, free_times.needs_of(work, _time_of(request)))
    plan = _plan_on(request, place.day) if procedure else None
    card = verdicts.assess_in(work, plan) if plan else None
    checked = safety.safety_in(work, plan, start=place.start) if plan else None
    given = dict(request.safety)
    said = ""
    if checked is not None:
        reviews.require(work, checked, given, for_review=request.for_review)
    if card is not None and plan is not None:
        asked = twins.with_twin(work, card, plan)
        _answer(work, without_shared(asked, checked), request.reason)
        said = _interval_reason(
            work, asked, checked, given, request.reason, for_review=request.for_review
        )
    _sentence(request.review_note)
    if request.for_review:
        _sentence(request.reason)
    appointment_id = writes.write_appointment(
        work.tx, request, place, sites, work.catalogue.version
    )
    if card is not None:
        verdicts.record(work, card, said, appointment_id=appointment_id)
    if checked is not None:
        reviews.settle(
            work,
            request.patient_id,
            appointment_id,
            place.day,
            (checked,),
            RaisedIn.BOOKING,
            given=given,
            note=(request.review_note or request.reason) if request.for_review else "",
        )
    refresh_patient(work, request.patient_id)
    work.because(request.reason)
    return appointment_id


@_naming_the_clash
@act("appointment.move", Permission.BOOK)
def move(
    work: Work,
    appointment_id: int,
    version: int,
    start: datetime,
    physician_id: int,
    room_id: int | None,
    minutes: int,
    reason: str = "",
    *,
    safety_reasons: Iterable[tuple[str, GivenReason]] = (),
    for_review: bool = False,
) -> int:
    """Gives an appointment another time, physician or room; returns its new version.

    ``safety_reasons`` and ``for_review`` as of ``BookRequest``: what a physician has let pass, or
    what waits for one already, needs no second answer.

    Raises:
        Clash, Invalid, ReasonNeeded, NotAllowed: as for ``book``.
        Stale: somebody changed it since it was read.
    """
    row = appointment_in(work, appointment_id)
    writes.lock_appointment(work.tx, appointment_id, version)
    if not row.status.holds_time:
        raise Invalid({"start": _("This appointment is cancelled. Book a new one.")})
    if row.procedure_id is not None or row.status is Status.LEFT:
        raise Invalid({"start": _("This appointment is over and stays where it is.")})
    _check_minutes(minutes)
    place = _place(work, start, moving_needs(row, minutes, physician_id, room_id))
    _check_alive(work, row.patient_id, place.day, "start")
    cards: tuple[VerdictCard, ...] = ()
    if place.day != row.start.date():
        cards = twins.assess_moved(work, appointment_id, place.day)
    given = dict(safety_reasons)
    checked = safety.safety_moved(work, appointment_id, place.day, place.start)
    known = reviews.known(work, appointment_id)
    for found in checked:
        reviews.require(work, found, given, for_review=for_review, answered=known)
    for card, found in zip_longest(cards, checked):
        if card is not None:
            _answer(work, without_shared(card, found), reason)
    if for_review:
        _sentence(reason)
    result = writes.move_appointment(work.tx, appointment_id, version, place, reason)
    for card, found in zip(cards, checked, strict=False):
        said = _interval_reason(work, card, found, given, reason, for_review=for_review)
        verdicts.record(work, twins.rules_only(card), said, appointment_id=appointment_id)
    reviews.settle(
        work, row.patient_id, appointment_id, place.day, checked, RaisedIn.MOVE,
        given=given, note=reason,
    )  # fmt: skip
    refresh_patient(work, row.patient_id)
    work.because(reason)
    return result


@_naming_the_clash
@act("appointment.status", Permission.CHECK_IN)
def set_status(
    work: Work, appointment_id: int, version: int, status: Status, note: str = ""
) -> int:
    """Takes a step of the day (check in, in room, …); returns the new version.

    Raises:
        Invalid: the step does not follow from where the appointment stands.
        Stale: somebody changed it since it was read.
        Clash: a cancelled one was to come back, and its time has been given away.
    """
    return _set_status(work, appointment_id, version, status, note)


@act("appointment.cancel", Permission.BOOK)
def cancel(
    work: Work, appointment_id: int, version: int, reason: str, *, no_show: bool = False
) -> int:
    """Cancels (or marks as no-show) with a reason; the time is free again."""
    if not reason.strip() and not no_show:
        raise Invalid({"reason": _("Say why it is cancelled, e.g. “patient called, has a cold”.")})
    work.because(reason)
    if no_show:
        return _set_status(work, appointment_id, version, Status.NO_SHOW, reason)
    return cancel_in(work, appointment_id, version, reason)


def cancel_in(work: Work, appointment_id: int, version: int, reason: str) -> int:
    """As ``cancel``, inside a transaction that cancels more than one."""
    return _set_status(work, appointment_id, version, Status.CANCELLED, reason)


# -- parts ------------------------------------------------------------------------------------


def _set_status(work: Work, appointment_id: int, version: int, status: Status, note: str) -> int:
    old, patient_id = writes.lock_appointment(work.tx, appointment_id, version)
    if not may_follow(old, status):
        raise Invalid(
            {
                "status": _("{old_label} cannot become {status_label}.").format(
                    old_label=old.label, status_label=status.label.lower()
                )
            }
        )
    if status in NEVER_DONE:
        _check_never_done(work, appointment_id, status)
    if goes_on(old, status):
        _check_alive(work, patient_id, work.today, "status")
    place = None
    if not old.holds_time and status.holds_time:
        row = appointment_in(work, appointment_id)
        minutes = real_minutes(row.start, row.end)
        needs = moving_needs(row, minutes, row.physician_id, row.room_id)
        place = _place(work, row.start, needs)
    result = writes.set_status(work.tx, appointment_id, status, note, place)
    refresh_patient(work, patient_id)
    return result


def _check_never_done(work: Work, appointment_id: int, status: Status) -> None:
    """Nothing is logged in it, and nobody is missed before the day; raises Invalid."""
    row = appointment_in(work, appointment_id)
    if row.procedure_id is not None:
        raise Invalid({"status": _("A procedure is logged in this appointment. It stays.")})
    if status is Status.NO_SHOW and row.start.date() > work.today:
        said = _("This appointment is on {day}: nobody has missed it yet.")
        raise Invalid({"status": said.format(day=day_words(row.start.date()))})


def _time_of(request: BookRequest) -> TimeRequest:
    return TimeRequest(
        request.start,
        request.minutes,
        request.patient_id,
        request.physician_id,
        request.room_id,
        request.procedure,
        request.guidance,
    )


def _plan(work: Work, request: BookRequest) -> tuple[Procedure | None, tuple[tuple[str, str], ...]]:
    if not request.procedure:
        if not request.title.strip():
            raise Invalid({"procedure": _("Choose a procedure, or say what the visit is for.")})
        return None, ()
    procedure = work.catalogue.procedures.get(request.procedure)
    if procedure is None:
        raise Invalid(
            {
                "procedure": _("There is no procedure “{procedure}”.").format(
                    procedure=request.procedure
                )
            }
        )
    if not request.sites:
        raise Invalid({"sites": _("Say where, for example “L5 left”.")})
    sites = []
    for text in request.sites:
        try:
            site = listed_site(text, procedure)
        except ValueError as error:
            raise Invalid({"sites": str(error)}) from error
        sites.append((site.name, site.side))
    return procedure, tuple(dict.fromkeys(sites))


def _check_alive(work: Work, patient_id: int, on: date, field: str) -> None:
    """A step that is taken for the living; raises Invalid on ``field``."""
    if said := living.died_by(work, patient_id, on):
        raise Invalid({field: said})


def _check_minutes(minutes: int) -> None:
    if wrong := wrong_length(minutes):
        raise Invalid({wrong.kind: wrong.message})


def _check(work: Work, request: BookRequest) -> None:
    _check_minutes(request.minutes)
    if request.start.tzinfo is None:
        raise Invalid({"start": _("The start needs a time zone.")})
    if never := ssn_in(note=request.note, reason=request.reason, title=request.title):
        raise Invalid(never)
    patient = writes.patient_state(work.tx, request.patient_id)
    if patient is None:
        raise Invalid({"patient": _("Choose a patient from the list.")})
    if patient.merged_into is not None:
        raise Invalid({"patient": _("This record was merged. Book on the record that was kept.")})
    if patient.deceased_on is not None:
        said = _("This patient died on {deceased_on}.")
        raise Invalid({"patient": said.format(deceased_on=day_words(patient.deceased_on))})


def _place(work: Work, start: datetime, needs: Needs) -> writes.Place:
    """Where and when, with the machine that goes along.

    Raises:
        Invalid: physician or room will not do at any time.
        Clash: the time is taken or closed.
    """
    tried = free_times.tried(work, start, needs)
    if tried.unfit:
        first = tried.unfit[0]
        raise Invalid({first.kind: first.message})
    if tried.clashes:
        raise Clash(tried.clashes)
    assert needs.physician_id is not None
    return writes.Place(
        tried.start.astimezone(UTC),
        tried.end.astimezone(UTC),
        tried.start.date(),
        needs.physician_id,
        needs.room_id,
        tried.equipment,
    )


def _plan_on(request: BookRequest, day: date) -> PlanRequest:
    return PlanRequest(
        patient_id=request.patient_id,
        procedure=request.procedure,
        sites=request.sites,
        on=day,
        intent=request.intent,
        guidance=request.guidance,
        contrast=request.contrast,
        steroids=request.steroids,
    )


def _answer(work: Work, card: VerdictCard, reason: str) -> None:
    """Lets a verdict pass, or says what it asks for."""
    said = says_enough(reason)
    findings = [f.message for f in card.findings if f.status == card.status]
    why = " ".join(findings)
    if card.status == VerdictStatus.NOT_BEFORE:
        if not said:
            raise ReasonNeeded(
                _(
                    "Not before {earliest}. {why} A physician may go ahead with a "
                    "reason, in a sentence of at least three words."
                ).format(earliest=day_words(card.earliest), why=why)
            )
        work.needs(
            Permission.OVERRIDE_VERDICT,
            _(
                "Not before {earliest}. Only a physician may go ahead sooner: "
                "choose a later day, or ask one to book it."
            ).format(earliest=day_words(card.earliest)),
        )
    elif card.status == VerdictStatus.NEEDS_REASON:
        if not said:
            _sentence(reason)
            raise ReasonNeeded(_("Give the clinician's reason. {why}").format(why=why))
        work.needs(
            Permission.GIVE_REASON,
            _("Your role may not give the reason: ask a physician or nurse to book it."),
        )


def _interval_reason(
    work: Work,
    card: VerdictCard,
    checked: SafetyCard | None,
    given: Mapping[str, GivenReason],
    reason: str,
    *,
    for_review: bool,
) -> str:
    """What a person answered to the interval rules; empty where nobody did.

    A note to the physician who reviews it is none. Where a rule and a danger name the same fact,
    the physician's reason for the danger answers both.
    """
    asked = without_shared(card, checked).status in _WANT_A_REASON
    if reason.strip() and (asked or not for_review):
        return reason
    both = shared(card, checked)
    return reviews.said(work, {check: each for check, each in given.items() if check in both})


def _sentence(text: str) -> None:
    """Nothing, or a sentence: a few letters explain nothing to whoever reads them."""
    if text.strip() and not says_enough(text):
        raise ReasonNeeded(NO_SENTENCE.format(text=text.strip()))
