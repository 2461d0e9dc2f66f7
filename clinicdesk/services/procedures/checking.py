"""What still blocks a signature, with everything the checks need gathered from the records."""

from __future__ import annotations

from collections.abc import Mapping

from clinicdesk.data.queries import log, log_lists, patients
from clinicdesk.domain import log_checks
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.log_safety import steroids_of, unanswered
from clinicdesk.domain.one_fact import without_shared
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.procedures import Guidance, Intent, Product
from clinicdesk.domain.rows.log import LogForm
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.services import verdicts
from clinicdesk.services.context import Work, ask
from clinicdesk.services.living import died_on
from clinicdesk.services.procedures.settling import procedure_of, safety_in


@ask(Permission.LOG_PROCEDURE)
def missing(work: Work, form: LogForm, procedure_id: int | None = None) -> Mapping[str, str]:
    """Field → sentence for everything that blocks signing by the person who asks."""
    return missing_in(work, form, verdict_in(work, form, procedure_id))


def missing_in(work: Work, form: LogForm, card: VerdictCard | None) -> Mapping[str, str]:
    """As ``missing``, inside a transaction; ``card`` is what the rules say of this log."""
    visit = log.visit_of(work.tx, form.appointment_id)
    safety = safety_in(work, form)
    # What a danger asks already, the payer's rule about the same fact does not ask again.
    status = without_shared(card, safety.card).status if card else ""
    limits = work.catalogue.safety.limits
    context = log_checks.LogContext(
        today=work.today,
        scales=work.catalogue.vocabulary.scales,
        signer_id=log_lists.resource_of(work.tx, work.actor.staff_id) or 0,
        physician=log_lists.resource_name(work.tx, form.physician_id),
        planned_sites=log.planned_sites_of(work.tx, form.planned_id),
        verdict_status=status,
        birth_date=patients.person(work.tx, form.patient_id).birth_date,
        died_on=died_on(work, form.patient_id),
        booked_on=visit.day if visit else None,
        plausible_seconds=limits.most_seconds,
        plausible_mgy=limits.most_mgy,
    )
    procedure = procedure_of(work, form)
    found = log_checks.missing(form, procedure, work.catalogue.products, context)
    return found | unanswered(safety.asks, form.answers, work.catalogue.safety_reasons)


def verdict_in(work: Work, form: LogForm, procedure_id: int | None = None) -> VerdictCard | None:
    """What the interval rules say of this log; None while the form is too empty to ask.

    ``procedure_id`` is the record this log was saved as: it never counts against itself.
    """
    request = plan_of(form, work.catalogue.products, procedure_id)
    if request is None:
        return None
    try:
        return verdicts.assess_in(work, request)
    except Invalid:
        # A site or day that cannot stand is named at its field by the checks.
        return None


def plan_of(
    form: LogForm, products: Mapping[str, Product], procedure_id: int | None = None
) -> PlanRequest | None:
    """The question to the interval rules; None while procedure or site is missing."""
    if not form.procedure or not form.sites:
        return None
    return PlanRequest(
        patient_id=form.patient_id,
        procedure=form.procedure,
        sites=form.sites,
        on=form.performed_on,
        intent=Intent(form.intent) if form.intent else None,
        guidance=Guidance(form.guidance) if form.guidance else None,
        contrast=form.contrast,
        steroids=steroids_of(form, products),
        appointment_id=form.appointment_id,
        procedure_id=procedure_id,
    )
