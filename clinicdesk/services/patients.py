"""Patients: find, open, add, change."""

from __future__ import annotations

from clinicdesk.data.queries import chart as chart_queries
from clinicdesk.data.queries import facts, patient_writes
from clinicdesk.data.queries import find as find_queries
from clinicdesk.data.queries import patients as patient_queries
from clinicdesk.data.queries.identifiers import national_owner
from clinicdesk.data.queries.safety_facts import safety_facts
from clinicdesk.data.queries.visitors import visitors
from clinicdesk.data.tables import Patient
from clinicdesk.domain import patient_checks
from clinicdesk.domain.duplicates import Person
from clinicdesk.domain.errors import Doubtful, Invalid, Stale
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import (
    Banner,
    PastProcedure,
    PatientChart,
    PatientForm,
    PatientHit,
    UpcomingAppointment,
    Visitor,
)
from clinicdesk.domain.steroid_year import SteroidYear, steroid_year
from clinicdesk.domain.translation import _
from clinicdesk.services import reviews
from clinicdesk.services.context import Work, act, ask, look
from clinicdesk.services.due.keeping import refresh_patient


@ask(Permission.FIND_PATIENT)
def search(work: Work, text: str, limit: int = 12) -> tuple[PatientHit, ...]:
    """Patients as one types: name parts in any order, birth date, record number, phone."""
    return find_queries.find(work.tx, text, work.today, limit, work.clinic.customs)


@ask(Permission.FIND_PATIENT)
def of_today(work: Work) -> tuple[Visitor, ...]:
    """The patients of today, by the hour of their visit."""
    return visitors(work.tx, work.today, work.zone)


@ask(Permission.FIND_PATIENT)
def banner(work: Work, patient_id: int) -> Banner:
    """What stands over everything about the patient; raises NotFound."""
    return patient_queries.banner(work.tx, patient_id, work.today, work.catalogue.safety)


@look("patient.open", Permission.OPEN_CHART)
def open_chart(work: Work, patient_id: int) -> PatientChart:
    """The patient page. Opening it is kept in the audit. Raises NotFound."""
    tx = work.tx
    tx.concerns(patient_id)
    tx.note("patient.open", patient=patient_id)
    return PatientChart(
        banner=patient_queries.banner(tx, patient_id, work.today, work.catalogue.safety),
        record=patient_queries.record(tx, patient_id, work.today),
        procedures=tuple(
            _past(work, row)
            for row in chart_queries.performed(tx, patient_id, work.catalogue.vocabulary.pain)
        ),
        upcoming=tuple(
            _upcoming(work, row) for row in chart_queries.upcoming(tx, patient_id, work.today)
        ),
        address=patient_queries.address(tx, patient_id, work.today, work.clinic.settings.country),
        phones=patient_queries.phones(tx, patient_id, work.today),
        other_names=patient_queries.other_names(tx, patient_id),
        safety=safety_facts(tx, patient_id, work.today, work.zone),
        steroid_year=_steroid_year(work, patient_id),
    )


def _steroid_year(work: Work, patient_id: int) -> SteroidYear:
    records = facts.facts_of(work.tx, patient_id, work.today, work.names)
    equivalents = work.catalogue.safety.equivalents
    return steroid_year(records.done, work.today, equivalents)


def _past(work: Work, row: chart_queries.Performed) -> PastProcedure:
    kind = work.catalogue.procedures.get(row.procedure)
    return PastProcedure(
        id=row.id,
        performed_on=row.performed_on,
        procedure=row.procedure,
        name=kind.name if kind else row.procedure,
        family=kind.family if kind else "",
        sites=tuple(map(work.names.read_site, row.sites)),
        intent=row.intent,
        physician=row.physician,
        guidance=row.guidance,
        medications=tuple(_given(work, given) for given in row.given),
        scale=row.scores.scale,
        before=row.scores.before,
        after=row.scores.after,
        followup=row.scores.followup,
        followup_on=row.scores.followup_on,
        state=row.state,
        signed_at=row.signed_at.astimezone(work.zone) if row.signed_at else None,
        signed_by=row.signed_by,
        struck=row.struck,
    )


def _given(work: Work, given: chart_queries.Given) -> str:
    product = work.catalogue.products.get(given.product)
    name = product.drug.capitalize() if product else given.product
    return f"{name} {given.dose:f} {given.unit}" if given.dose is not None else name


def _upcoming(work: Work, row: chart_queries.Upcoming) -> UpcomingAppointment:
    kinds = [work.catalogue.procedures.get(plan.procedure) for plan in row.planned]
    first = next((kind for kind in kinds if kind), None)
    return UpcomingAppointment(
        id=row.id,
        start=row.starts_at.astimezone(work.zone),
        title=first.name if first else (row.title or _("Visit")),
        family=first.family if first else "",
        sites=tuple(work.names.read_site(site) for plan in row.planned for site in plan.sites),
        physician=row.physician,
        room=row.room,
        status=row.status,
        review=row.review,
    )


@ask(Permission.FIND_PATIENT)
def likely_duplicates(
    work: Work, form: PatientForm, besides: int | None = None
) -> tuple[PatientHit, ...]:
    """Patients who may be the one on the form, likeliest first; empty while names are missing.

    Args:
        besides: the patient being edited, who is not his own duplicate.
    """
    form = patient_checks.tidy(form)
    if form.birth_date is None or not (form.family or form.given):
        return ()
    region = work.clinic.settings.country
    phones = {
        patient_checks.phone_digits(typed, region)
        for typed in (form.phone_mobile, form.phone_home)
        if typed
    }
    person = Person(
        form.family, form.given, form.birth_date, frozenset(p for p in phones if p), form.mrn
    )
    return patient_queries.likely_same(work.tx, person, work.today, besides=besides)


def checked(work: Work, form: PatientForm, besides: int | None = None) -> PatientForm:
    """The tidied form; raises Invalid with a sentence per field."""
    form = patient_checks.tidy(form)
    wrong = patient_checks.check(form, work.today, work.clinic.settings.country)
    if form.mrn:
        owner = patient_queries.mrn_owner(work.tx, form.mrn)
        if owner is not None and owner != besides:
            wrong["mrn"] = _(
                "Another patient has this record number. Leave it empty for a new one."
            )
    if form.pack and form.pack not in work.catalogue.packs:
        wrong["pack"] = _("This rule pack is not installed. Choose one from the list.")
    country = work.clinic.settings.country
    made = patient_checks.as_written(form, country)
    if made.national_id:
        owner = national_owner(work.tx, country, made.national_id)
        if owner is not None and owner != besides:
            wrong["national_id"] = _("Another patient has this number. Find that patient first.")
    if wrong:
        raise Invalid(wrong)
    return made


def add_in(work: Work, form: PatientForm) -> int:
    """``add`` inside a transaction that is already open (imports)."""
    form = checked(work, form)
    country, words = work.clinic.settings.country, work.catalogue.entry_words
    return patient_writes.add_patient(work.tx, form, work.today, country, words)


def change_in(work: Work, patient_id: int, form: PatientForm, version: int | None = None) -> bool:
    """``change`` inside a transaction that is already open; returns whether anything changed.

    The caller brings the due list in step: it may have many patients.
    """
    form = checked(work, form, besides=patient_id)
    row = work.tx.lock(Patient, patient_id)
    if version is not None and row.version != version:
        theirs = patient_queries.record(work.tx, patient_id, work.today).form
        raise Stale(
            _(
                "Somebody else has just changed this patient. Look at both versions, then save "
                "again."
            ),
            {"version": row.version, **vars(theirs)},
        )
    country, words = work.clinic.settings.country, work.catalogue.entry_words
    return patient_writes.change_patient(work.tx, row, form, work.today, country, words)


def _ask_back(work: Work, form: PatientForm, *, sure: bool) -> None:
    """Raises Doubtful for a weight that is seldom meant; one that cannot be is no doubt."""
    if sure or form.weight_kg is None or patient_checks.weight_problem(form.weight_kg):
        return
    plausible = work.catalogue.safety.limits.weight
    said = patient_checks.weight_doubt(form.weight_kg, form.birth_date, work.today, plausible)
    if said:
        raise Doubtful({"weight_kg": said})


@act("patient.add", Permission.EDIT_PATIENT)
def add(work: Work, form: PatientForm, *, sure: bool = False) -> int:
    """Adds a patient and returns the id; raises Invalid, Doubtful as ``change``."""
    added = add_in(work, form)
    _ask_back(work, form, sure=sure)
    return added


@act("patient.change", Permission.EDIT_PATIENT)
def change(
    work: Work, patient_id: int, version: int, form: PatientForm, *, sure: bool = False
) -> int:
    """Saves the form over the record read at ``version``; returns the new version.

    Raises Invalid, Stale (with what the database holds now), NotFound; Doubtful on ``weight_kg``
    where a new weight is seldom meant and nobody is ``sure``.
    """
    work.tx.concerns(patient_id)
    known = patient_queries.record(work.tx, patient_id, work.today).form.weight_kg
    if form.weight_kg != known:
        _ask_back(work, form, sure=sure)
    change_in(work, patient_id, form, version)
    reviews.refresh(work, patient_id)
    refresh_patient(work, patient_id)
    return work.tx.get(Patient, patient_id).version
