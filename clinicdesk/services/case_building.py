"""From the facts to a case of the rules: what counts, and what the usual plan fills in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.domain.anatomy import Side, Site, Sort, fold, parse_site, site_for
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.procedures import Guidance, Intent, Procedure, Steroid
from clinicdesk.domain.readings import Scales
from clinicdesk.domain.relief import usable
from clinicdesk.domain.rows.cases import BookedRow, DoneRow, PatientFacts
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.site_names import SiteNames
from clinicdesk.domain.translation import _
from clinicdesk.rules.case import (
    Arthroplasty,
    Case,
    Entry,
    Patient,
    Phase,
    Plan,
    Reading,
    State,
)
from clinicdesk.rules.parse import CaseError
from clinicdesk.rules.payers import CLINIC_DEFAULT, Chosen, choose_pack
from clinicdesk.rules.write import case_to_json, dump_case
from clinicdesk.safety import recorded

__all__ = ["CLINIC_DEFAULT", "case_of", "case_text", "chosen_pack"]

_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def case_of(facts: PatientFacts, plan: PlanRequest, catalogue: Catalogue) -> Case:
    """The question that ``plan`` asks about the facts; its own session is left out of them.

    Raises:
        Invalid: on ``procedure``, ``sites``, ``on`` or ``pack`` of the plan.
        CaseError: at an entry that the rules cannot read.
    """
    facts = facts.without(appointment_id=plan.appointment_id, procedure_id=plan.procedure_id)
    chosen, on = chosen_pack(facts, plan, catalogue), meant_day(plan.on)
    planned = _plan(plan, catalogue)
    return Case(
        pack=chosen.pack,
        on=on,
        plan=planned,
        patient=_patient(facts, planned.sites, on, catalogue),
        history=tuple(_history(facts, plan.on, catalogue)),
        readings=tuple(
            reading
            for row in facts.done
            for reading in _readings(row, plan.on, catalogue.vocabulary.scales)
        ),
    )


def case_text(case: Case) -> str:
    """The case as it is kept beside what was done upon it: JSON of the verdict contract."""
    return dump_case(case_to_json(case))


def chosen_pack(facts: PatientFacts, plan: PlanRequest, catalogue: Catalogue) -> Chosen:
    """The pack of this question and why it is this one.

    Raises:
        Invalid: on ``pack``: one that was chosen and is not installed is said, never replaced.
    """
    packs = catalogue.packs
    chosen = choose_pack(facts, packs, plan.pack or "")
    if chosen.pack not in packs:
        known = ", ".join(packs)
        raise Invalid(
            {
                "pack": _("There is no rule pack “{said}”. Known are: {known}.").format(
                    said=chosen.pack, known=known
                )
            }
        )
    return chosen


def meant_day(day: date) -> date:
    """The day asked about, or Invalid on ``on``."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Invalid({"on": _("The year {year} cannot be meant.").format(year=day.year)})
    return day


def not_before_birth(birth: date, day: date) -> None:
    """Nothing is done to somebody who is not born; raises Invalid on ``on``."""
    if day < birth:
        raise Invalid(
            {
                "on": _("The patient was born on {birth}, after this day.").format(
                    birth=day_words(birth)
                )
            }
        )


def _plan(plan: PlanRequest, catalogue: Catalogue) -> Plan:
    """What was said; where nothing was said, the usual plan."""
    procedure = known_procedure(plan.procedure, catalogue)
    sites = plan_sites(plan.sites, procedure)
    usual = procedure.usual_at(site.name for site in sites)
    guidance = plan.guidance or usual.guidance
    return Plan(
        procedure=procedure.id,
        sites=sites,
        intent=Intent(plan.intent or usual.intent),
        guidance=Guidance(guidance) if guidance else None,
        contrast=plan.contrast if plan.contrast is not None else usual.contrast,
        steroids=_steroids(
            plan.steroids if plan.steroids is not None else usual.steroids, "$.plan"
        ),
    )


def known_procedure(procedure_id: str, catalogue: Catalogue) -> Procedure:
    """The planned procedure, or Invalid on ``procedure``."""
    try:
        return catalogue.procedure(procedure_id)
    except NotFound as error:
        raise Invalid({"procedure": str(error)}) from error


def plan_sites(sites: tuple[str, ...], procedure: Procedure) -> tuple[Site, ...]:
    """The planned sites, or Invalid on ``sites``."""
    if not sites:
        raise Invalid({"sites": _("Choose a site.")})
    try:
        return tuple(site_for(text, procedure) for text in sites)
    except ValueError as error:
        raise Invalid({"sites": str(error)}) from error


# -- the patient -------------------------------------------------------------------------------


def _patient(
    facts: PatientFacts, planned: tuple[Site, ...], on: date, catalogue: Catalogue
) -> Patient:
    knowledge, names = catalogue.safety, catalogue.vocabulary.names
    prostheses = recorded.prostheses(facts.implants, facts.conditions, knowledge)
    joints = facts.arthroplasties
    return Patient(
        contrast_allergy=any(
            recorded.is_contrast(each, knowledge) for each in facts.allergies or ()
        ),
        pregnant=recorded.is_pregnant(facts, on, knowledge),
        prostheses=_sites_of((item.site for item in prostheses), names)
        if prostheses is not None
        else None,
        arthroplasty_planned=tuple(
            Arthroplasty(site, day)
            for text, day in joints
            if (site := free_site(text, names)) is not None
        )
        if joints is not None
        else None,
        unplaced_prostheses=tuple(
            item.name for item in prostheses or () if _may_be_at(item.site, planned, names)
        ),
        unplaced_surgeries=tuple(
            f"{text} {day_words(day)}".strip()
            for text, day in joints or ()
            if day >= on and _may_be_at(text, planned, names)
        ),
    )


def _sites_of(texts: Iterable[str], names: SiteNames) -> tuple[Site, ...]:
    return tuple(site for text in texts if (site := free_site(text, names)) is not None)


def _may_be_at(site: str, planned: tuple[Site, ...], names: SiteNames) -> bool:
    """Whether what is stored without a readable side may be at a planned site.

    ``knee`` may be at either knee and at no hip; where not even a joint is said, anywhere.
    """
    if free_site(site, names) is not None:
        return False
    joint = fold(site).strip()
    # "knee" is read by giving it a side: only its name is looked at.
    read = free_site(f"{joint} {Side.LEFT}", names) if joint else None
    return read is None or any(read.name == each.name for each in planned)


def free_site(site: str, names: SiteNames) -> Site | None:
    """A stored site of an implant or operation; None for one that the rules cannot compare."""
    try:
        return parse_site(site, Sort.FREE, names=names)
    except ValueError:
        return None


# -- the history -------------------------------------------------------------------------------


def _history(facts: PatientFacts, on: date, catalogue: Catalogue) -> Iterator[Entry]:
    """What was done, then what is booked; one done after the day asked about stands there like a
    booking."""
    number = -1
    for number, row in enumerate(facts.done):
        path = f"$.history[{number}]"
        yield Entry(
            id=f"p{row.id}",
            date=_meant(row.day, path),
            state=State.DONE if row.day <= on else State.BOOKED,
            procedure=_known(row.procedure, catalogue, path).id,
            sites=_entry_sites(row, catalogue, path),
            intent=_intent(row.intent, path),
            steroids=None if row.steroids is None else _steroids(row.steroids, path),
        )
    for place, plan in enumerate(facts.booked, number + 1):
        path = f"$.history[{place}]"
        procedure, sites = (
            _known(plan.procedure, catalogue, path),
            _entry_sites(plan, catalogue, path),
        )
        usual = procedure.usual_at(site.name for site in sites)
        steroids = usual.steroids if plan.steroids is None else plan.steroids
        yield Entry(
            id=f"b{plan.id}",
            date=_meant(plan.day, path),
            state=State.BOOKED,
            procedure=procedure.id,
            sites=sites,
            intent=_intent(plan.intent or usual.intent, path),
            steroids=_steroids(steroids, path) if all(s.mg is not None for s in steroids) else None,
        )


def _meant(day: date, path: str) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        years = _("{first_year} to {last_year}").format(
            first_year=_FIRST_YEAR, last_year=_LAST_YEAR
        )
        raise CaseError(
            f"{path}.date",
            _("expected a day in the years {years}, not {day}").format(years=years, day=day),
        )
    return day


def _known(procedure: str, catalogue: Catalogue, path: str) -> Procedure:
    known = catalogue.procedures
    if procedure not in known:
        raise CaseError(
            f"{path}.procedure", _("expected one of {known}").format(known=", ".join(known))
        )
    return known[procedure]


def _intent(intent: str, path: str) -> Intent:
    try:
        return Intent(intent)
    except ValueError as error:
        raise CaseError(
            f"{path}.intent", _("expected one of {intent}").format(intent=", ".join(Intent))
        ) from error


def _entry_sites(row: DoneRow | BookedRow, catalogue: Catalogue, path: str) -> tuple[Site, ...]:
    if not row.sites:
        raise CaseError(f"{path}.sites", _("expected at least one site"))
    try:
        procedure = _known(row.procedure, catalogue, path)
        return tuple(site_for(text, procedure) for text in row.sites)
    except ValueError as error:
        sentence = _("expected a site of {procedure} ({error})").format(
            procedure=row.procedure, error=error
        )
        raise CaseError(f"{path}.sites", sentence) from error


def _steroids(steroids: Iterable[Steroid], path: str) -> tuple[Steroid, ...]:
    return tuple(_steroid(steroid, path) for steroid in steroids)


def _steroid(steroid: Steroid, path: str) -> Steroid:
    drug = fold(steroid.drug)
    if not drug:
        raise CaseError(f"{path}.steroids", _("expected a drug, not empty"))
    if steroid.mg is not None and (not steroid.mg.is_finite() or steroid.mg <= 0):
        raise CaseError(f"{path}.steroids", _("expected a number of milligrams above 0"))
    return Steroid(drug, steroid.mg)


def _readings(row: DoneRow, on: date, scales: Scales) -> Iterator[Reading]:
    """The readings of a session that the rules can use on the day."""
    if row.day > on:
        return
    for score in usable(row.readings, row.day, on, scales):
        yield Reading(f"p{row.id}", score.day, Phase(score.phase), score.scale, score.value)
