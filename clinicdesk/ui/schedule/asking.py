"""What the schedule page asks the services, in the lane."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.procedures import Guidance, Intent
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.schedule import AppointmentRow, PlanRequest, VerdictCard
from clinicdesk.services import patients, schedule, verdicts
from clinicdesk.services.context import Clinic
from clinicdesk.ui.schedule.detail import Detail


def detail(clinic: Clinic, actor: Actor, row: AppointmentRow) -> Detail:
    """An appointment with its patient's banner, verdict and history."""
    return Detail(
        row,
        patients.banner(clinic, actor, row.patient_id),
        verdict(clinic, actor, row),
        schedule.history(clinic, actor, row.id),
    )


def verdict(
    clinic: Clinic, actor: Actor, row: AppointmentRow, on: date | None = None
) -> VerdictCard | None:
    """The rules' answer for what is planned, None for a visit or what is done already."""
    if not row.planned or row.procedure_id is not None or not row.status.holds_time:
        return None
    plan = row.planned[0]
    return verdicts.assess(
        clinic,
        actor,
        PlanRequest(
            patient_id=row.patient_id,
            procedure=plan.procedure,
            sites=plan.sites,
            on=on or row.start.date(),
            intent=Intent(plan.intent) if plan.intent else None,
            guidance=Guidance(plan.guidance) if plan.guidance else None,
            appointment_id=row.id,
        ),
    )
