"""Dangers that are known of a booked patient: who raised them, and what a physician answered.

The desk may book past one *for review*: the appointment is marked until a physician has answered.
What is learned later (an allergy, a thinner) is raised on what is already booked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clinicdesk.data.queries import merged, sessions
from clinicdesk.data.queries import reviews as queries
from clinicdesk.domain.errors import Invalid, ReasonNeeded, Stale
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.reviews import GivenReason, ReviewRow, SafetyReason, about
from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding
from clinicdesk.domain.safety_reasons import fault
from clinicdesk.domain.states import RaisedIn, ReviewOutcome, SafetyLevel
from clinicdesk.domain.translation import _
from clinicdesk.services import day_dangers, safety
from clinicdesk.services.context import Work, act, ask


@ask(Permission.SEE_SCHEDULE)
def waiting(work: Work) -> tuple[ReviewRow, ...]:
    """What waits for a physician, or was refused and waits for the desk; the next day first."""
    return queries.waiting(work.tx, work.today, work.zone)


@ask(Permission.SEE_SCHEDULE)
def of_appointment(work: Work, appointment_id: int) -> tuple[ReviewRow, ...]:
    """Every finding raised on an appointment, with its answer."""
    return queries.of_appointment(work.tx, appointment_id, work.zone)


@act("safety.answer", Permission.ANSWER_SAFETY)
def answer(work: Work, finding_id: int, given: GivenReason, *, go_ahead: bool) -> int:
    """A physician answers a finding, for good; returns the appointment's id.

    Raises:
        Invalid: on ``reason``, with what it lacks.
        Stale: somebody has answered it in the meantime.
        NotFound: no such finding.
    """
    row = queries.finding_of(work.tx, finding_id, work.zone)
    if not row.open:
        raise Stale(_("Somebody has answered this in the meantime. Look at the answer."))
    if wrong := fault(given, row.check, work.catalogue.safety_reasons):
        raise Invalid({"reason": wrong})
    outcome = ReviewOutcome.GO_AHEAD if go_ahead else ReviewOutcome.REFUSED
    queries.add_answer(work.tx, finding_id, outcome, given)
    work.tx.concerns(row.patient_id)
    work.tx.changed("appointment", row.patient_id, row.day)
    work.because(_said(given, work.catalogue.safety_reasons))
    return row.appointment_id


# -- what booking, moving and new facts go on to ----------------------------------------------


def require(
    work: Work,
    card: SafetyCard,
    given: Mapping[str, GivenReason],
    *,
    for_review: bool,
    answered: Iterable[ReviewRow] = (),
) -> None:
    """Lets a plan pass, or says what it asks for.

    Args:
        work: of an act that books or moves.
        card: what the checks found.
        given: a physician's reasons, each by the check that it answers.
        for_review: the desk books it and leaves the answer to a physician.
        answered: findings of the appointment that were answered before: they need no second one.

    Raises:
        ReasonNeeded: a danger is known and nobody has answered it.
        Invalid: a reason does not do, on ``safety``.
        NotAllowed: only a physician gives a reason.
    """
    known = {about(row) for row in answered if _holds(row)}
    open_ones = [f for f in dangers(card) if about(f) not in known]
    if not open_ones:
        return
    given = {f.check: given[f.check] for f in open_ones if f.check in given}
    why = " ".join(finding.sentence for finding in open_ones)
    if not given and not for_review:
        raise ReasonNeeded(
            _("{why} Book it for a physician to answer, or have one give the reason.").format(
                why=why
            )
        )
    if given:
        work.needs(
            Permission.ANSWER_SAFETY,
            _("Only a physician gives the reason for this: book it for review. {why}").format(
                why=why
            ),
        )
        for finding in open_ones:
            reason = given.get(finding.check)
            if reason is None and for_review:
                continue
            wrong = fault(reason or GivenReason(""), finding.check, work.catalogue.safety_reasons)
            if wrong:
                raise Invalid({"safety": f"{finding.sentence} {wrong}"})


def settle(
    work: Work,
    patient_id: int,
    appointment_id: int,
    day: date,
    cards: Sequence[SafetyCard],
    raised_in: RaisedIn,
    *,
    given: Mapping[str, GivenReason] | None = None,
    note: str = "",
) -> bool:
    """Brings an appointment's findings in step with what the checks, and its ``day``, say now.

    What is new is raised (and answered, where a reason was given), what no longer holds falls
    away; what a physician has let pass stays so. Returns whether anything was written.
    """
    rows = queries.of_appointment(work.tx, appointment_id, work.zone)
    said = {about(row): row for row in rows if row.open or _stands(row)}
    found = [finding for card in cards for finding in dangers(card)]
    found += day_dangers.of_appointment(work, patient_id, appointment_id, day, cards)
    now = {about(finding): finding for finding in found}
    changed = False
    given = given or {}
    for key, finding in now.items():
        reason = given.get(finding.check)
        row = said.get(key)
        if row is None:
            number = queries.raise_finding(
                work.tx, patient_id, appointment_id, finding, raised_in, note
            )
        elif row.open and reason is not None:
            number = row.id
        else:
            continue
        changed = True
        if reason is not None:
            work.tx.flush()
            queries.add_answer(work.tx, number, ReviewOutcome.GO_AHEAD, reason)
    for key, row in said.items():
        if key not in now and row.open:
            queries.add_answer(work.tx, row.id, ReviewOutcome.FELL_AWAY)
            changed = True
    return changed


def refresh(work: Work, patient_id: int) -> int:
    """Asks again about everything the patient is booked for, since a fact about them changed.

    Returns how many appointments it touched.
    """
    work.tx.flush()
    root = merged.root_of(work.tx, patient_id)
    people = merged.people_of(work.tx, [root])[root]
    touched = 0
    for booked in queries.ahead(work.tx, people, work.today):
        plans = sessions.planned_requests(work.tx, booked.appointment_id, booked.day)
        cards = [safety.safety_in(work, plan, start=booked.start) for plan in plans]
        if settle(work, booked.patient_id, booked.appointment_id, booked.day, cards, RaisedIn.FACT):
            work.tx.changed("appointment", booked.patient_id, booked.day)
            touched += 1
    return touched


def known(work: Work, appointment_id: int) -> tuple[ReviewRow, ...]:
    """As ``of_appointment``, inside a transaction that goes on to act upon it."""
    return queries.of_appointment(work.tx, appointment_id, work.zone)


def said(work: Work, given: Mapping[str, GivenReason]) -> str:
    """What a physician said to dangers, for the verdict that rests on the same facts."""
    reasons = work.catalogue.safety_reasons
    return "; ".join(_said(reason, reasons) for reason in given.values())


def undecided(
    work: Work, appointment_id: int | None, card: SafetyCard
) -> tuple[SafetyFinding, ...]:
    """The dangers that no physician has let pass: not answered yet, or refused.

    ``appointment_id`` None: of something that was never booked, so nobody has answered.
    """
    rows = () if appointment_id is None else known(work, appointment_id)
    passed = {about(row) for row in rows if row.outcome is ReviewOutcome.GO_AHEAD}
    return tuple(f for f in dangers(card) if about(f) not in passed)


def dangers(card: SafetyCard) -> tuple[SafetyFinding, ...]:
    """The findings that a physician must answer."""
    return card.of_level(SafetyLevel.REASON)


def _holds(row: ReviewRow) -> bool:
    """Whether it needs no new answer: a physician let it pass, or it waits for one already."""
    return row.open or row.outcome is ReviewOutcome.GO_AHEAD


def _stands(row: ReviewRow) -> bool:
    """Whether its answer still counts; one that fell away is raised anew if it comes back."""
    return row.outcome in (ReviewOutcome.GO_AHEAD, ReviewOutcome.REFUSED)


def _said(given: GivenReason, reasons: Mapping[str, SafetyReason]) -> str:
    reason = reasons.get(given.code)
    return ": ".join(filter(None, (reason.text if reason else given.code, given.words.strip())))
