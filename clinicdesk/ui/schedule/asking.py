"""What the schedule page asks the services, in the lane."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.one_fact import shared, without_shared
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.services import check_in, patients, safety, schedule, verdicts
from clinicdesk.services.context import Clinic
from clinicdesk.ui.safety.standing import ask_standing, said_here
from clinicdesk.ui.schedule.detail import Detail
from clinicdesk.ui.verdict.words import worst_card


def detail(clinic: Clinic, actor: Actor, row: AppointmentRow) -> Detail:
    """An appointment with its patient's banner, verdict and history."""
    standing, dangers = ask_standing(clinic, actor, row), _dangers(clinic, actor, row)
    card, said = verdict(clinic, actor, row), said_here(standing, dangers)
    return Detail(
        row,
        patients.banner(clinic, actor, row.patient_id),
        without_shared(card, said) if card else None,
        schedule.history(clinic, actor, row.id),
        standing,
        dangers,
        check_in.driver_of(clinic, actor, row.id) if row.planned else None,
        shared(card, said),
    )


def _dangers(clinic: Clinic, actor: Actor, row: AppointmentRow) -> tuple[SafetyCard, ...]:
    """What the checks find against what is planned; empty for a visit or what is over."""
    if not row.planned or not row.status.holds_time:
        return ()
    try:
        return safety.safety_of_appointment(clinic, actor, row.id, row.start.date(), row.start)
    except Invalid:
        return ()


def verdict(
    clinic: Clinic, actor: Actor, row: AppointmentRow, on: date | None = None
) -> VerdictCard | None:
    """The rules' answer for what is planned, None for a visit or what is done already."""
    if not row.planned or row.procedure_id is not None or not row.status.holds_time:
        return None
    cards = verdicts.assess_appointment(clinic, actor, row.id, on or row.start.date())
    return worst_card(cards)
