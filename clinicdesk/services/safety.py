"""What must be settled about a patient before the needle, asked about the patient's records.

Independent of who pays: the interval rules (``verdicts.py``) are asked beside it.
"""

from __future__ import annotations

from datetime import date, datetime

from clinicdesk.data.queries import facts, patients, sessions
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.safety import holds
from clinicdesk.safety.engine import check
from clinicdesk.services.context import Work, ask, look
from clinicdesk.services.safety_case import Medications, case_from_facts
from clinicdesk.services.schedule import appointment_in


@ask(Permission.SEE_SCHEDULE)
def safety_of(
    work: Work,
    plan: PlanRequest,
    *,
    medications: Medications | None = None,
    start: datetime | None = None,
) -> SafetyCard:
    """The findings while choosing, before anything is booked.

    Raises:
        Invalid: on ``procedure``, ``sites``, ``on``, ``start`` or ``medications``.
        NotFound: no such patient.
    """
    card = safety_in(work, plan, medications=medications, start=start)
    return in_time(work, card, plan.on)


@look("safety.ask", Permission.SEE_SCHEDULE)
def safety_audited(
    work: Work,
    plan: PlanRequest,
    *,
    medications: Medications | None = None,
    start: datetime | None = None,
) -> SafetyCard:
    """As ``safety_of``, kept in the audit: for those who ask without opening the chart."""
    work.tx.concerns(plan.patient_id)
    card = safety_in(work, plan, medications=medications, start=start)
    return in_time(work, card, plan.on)


@ask(Permission.SEE_SCHEDULE)
def safety_of_appointment(
    work: Work, appointment_id: int, on: date, start: datetime | None = None
) -> tuple[SafetyCard, ...]:
    """The findings of each planned procedure of an appointment, were it on the day ``on``."""
    cards = safety_moved(work, appointment_id, on, start)
    if appointment_in(work, appointment_id).start.date() == on:
        return cards  # booked for that day: when the last dose was is tracked
    return tuple(in_time(work, card, on) for card in cards)


def in_time(work: Work, card: SafetyCard, on: date) -> SafetyCard:
    """The holds as they stand now: whether there is time left to stop for a day ahead."""
    now = work.now.astimezone(work.zone)
    if on < now.date():
        return card
    return holds.card_in_time(card, on, now)


def safety_in(
    work: Work,
    plan: PlanRequest,
    *,
    medications: Medications | None = None,
    start: datetime | None = None,
) -> SafetyCard:
    """As ``safety_of``, inside a transaction that goes on to act upon the findings."""
    records = facts.facts_of(work.tx, plan.patient_id, plan.on, work.newest_names())
    return safety_from(work, records, plan, medications=medications, start=start)


def safety_from(
    work: Work,
    records: PatientFacts,
    plan: PlanRequest,
    *,
    medications: Medications | None = None,
    start: datetime | None = None,
) -> SafetyCard:
    """As ``safety_in``, where the patient's facts were read already."""
    person = patients.person(work.tx, plan.patient_id)
    local = start.astimezone(work.zone) if start is not None else None
    case = case_from_facts(
        records, person, plan, work.catalogue, medications=medications, start=local
    )
    return check(case, work.catalogue.safety)


def safety_moved(
    work: Work, appointment_id: int, on: date, start: datetime | None = None
) -> tuple[SafetyCard, ...]:
    """As ``safety_of_appointment``, inside a transaction."""
    plans = sessions.planned_requests(work.tx, appointment_id, on)
    return tuple(safety_in(work, plan, start=start) for plan in plans)
