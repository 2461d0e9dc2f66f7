"""From the facts to a case of the safety checks: what is known, what nobody has asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.anatomy import fold
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.procedures import Steroid
from clinicdesk.domain.rows.cases import ARTHROPLASTY, AllergyFact, PatientFacts, PersonFacts
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.site_names import SiteNames, site_name
from clinicdesk.domain.translation import _
from clinicdesk.safety.case import Allergy, Case, Implant, Patient, Plan, Surgery
from clinicdesk.services.case_building import (
    free_site,
    known_procedure,
    meant_day,
    not_before_birth,
    plan_sites,
)

Medications = tuple[tuple[str, Decimal | None], ...]
"""Product keys of the catalogue, each with its mL; None: not known yet."""


def case_from_facts(
    facts: PatientFacts,
    person: PersonFacts,
    plan: PlanRequest,
    catalogue: Catalogue,
    *,
    medications: Medications | None = None,
    start: datetime | None = None,
) -> Case:
    """The question that ``plan`` asks about the facts.

    Args:
        facts: of the patient, current on the plan's day.
        person: who it is.
        plan: what it does not say is left to the usual plan.
        catalogue: with the procedures and products that it names.
        medications: what is to be injected; None: the plan's steroids, and the usual rest.
        start: the planned start, with its zone.

    Raises:
        Invalid: on ``procedure``, ``sites``, ``on``, ``start`` or ``medications``.
    """
    on = meant_day(plan.on)
    not_before_birth(person.birth_date, on)
    if start is not None and start.date() != on:
        raise Invalid({"start": _("The start is on another day than the one asked about.")})
    return Case(
        on,
        _patient(facts, person, catalogue.vocabulary.names),
        _plan(plan, medications, catalogue),
        start,
    )


def _patient(facts: PatientFacts, person: PersonFacts, names: SiteNames) -> Patient:
    allergies, drugs = facts.allergies, facts.drugs
    conditions, implants = facts.conditions, facts.implants
    return Patient(
        birth_date=person.birth_date,
        sex=person.sex,
        weight_kg=person.weight_kg,
        allergies=None
        if allergies is None
        else tuple(Allergy(row.substance, _reaction(row), row.category) for row in allergies),
        drugs=None
        if drugs is None
        else tuple(" ".join(filter(None, (row.drug, row.dose))) for row in drugs),
        conditions=None if conditions is None else tuple(row.name for row in conditions),
        implants=None
        if implants is None
        else tuple(
            Implant(
                row.name,
                names.read_site(row.site),
                row.prosthesis,
                unlisted=bool(row.site) and not names.lists(site_name(row.site)),
            )
            for row in implants
        ),
        pregnant=None if _only_written(facts) else facts.pregnant,
        pregnant_asked_on=facts.pregnant_asked_on,
        conditions_since=tuple(row.valid_from for row in conditions or ()),
        surgeries=tuple(
            Surgery(site, row.day, row.kind == ARTHROPLASTY)
            for row in facts.surgeries or ()
            if (site := free_site(row.site, names)) is not None
        ),
    )


def _reaction(row: AllergyFact) -> str:
    """``hives, moderate``: how bad it was belongs to what a physician answers."""
    return ", ".join(filter(None, (row.reaction, row.severity)))


def _only_written(facts: PatientFacts) -> bool:
    """Whether "not pregnant" stands in an imported file alone: of what day is not known."""
    return facts.pregnant is False and facts.pregnant_asked_on is None


def _plan(plan: PlanRequest, medications: Medications | None, catalogue: Catalogue) -> Plan:
    procedure = known_procedure(plan.procedure, catalogue)
    for key, __ in medications or ():
        if key not in catalogue.products:
            raise Invalid(
                {
                    "medications": _("There is no medication “{key}” in the catalogue.").format(
                        key=key
                    )
                }
            )
    return Plan(
        procedure=procedure.id,
        sites=plan_sites(plan.sites, procedure),
        guidance=plan.guidance,
        contrast=plan.contrast,
        medications=medications,
        steroids=None if medications is not None else _steroids(plan.steroids),
    )


def _steroids(steroids: Iterable[Steroid] | None) -> tuple[Steroid, ...] | None:
    if steroids is None:
        return None
    return tuple(Steroid(fold(each.drug), each.mg) for each in steroids)
