"""What a sheet says of a patient and procedure, read from the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from clinicdesk.data.queries import asked, letters, merged
from clinicdesk.data.queries import documents as queries
from clinicdesk.data.queries import facts as fact_queries
from clinicdesk.data.queries import patients as patient_queries
from clinicdesk.data.queries.documents import Subject
from clinicdesk.domain.anatomy import usual_plan
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.procedures import Procedure, Steroid
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.domain.rows.documents import (
    ConfirmedDates,
    NoneSaid,
    SaidRestart,
    SheetFacts,
    SheetRequest,
)
from clinicdesk.domain.rows.people import Actor, Banner
from clinicdesk.domain.rows.safety_facts import Topic
from clinicdesk.domain.translation import _
from clinicdesk.safety import recorded
from clinicdesk.services import living
from clinicdesk.services.clinics import letterhead
from clinicdesk.services.context import Clinic, Work
from clinicdesk.services.due.listing import rows_in
from clinicdesk.services.sheet_dangers import Dangers, card_of, dangers_of
from clinicdesk.services.sheet_texts import library
from clinicdesk.services.sheet_thinners import (
    HeldDrug,
    check_restart,
    drugs_of,
    meant,
    over_at,
    thinners_of,
)


@dataclass(frozen=True)
class Material:
    """What was read for a sheet."""

    subject: Subject
    banner: Banner
    records: PatientFacts
    drugs: tuple[HeldDrug, ...]
    dangers: Dangers
    none_on: Mapping[Topic, date]
    call_on: date | None
    repeat_from: date | None
    said: tuple[SaidRestart, ...]
    died: str = ""


def material_of(clinic: Clinic, actor: Actor, request: SheetRequest) -> Material:
    """Everything that is read for a sheet, in one transaction; raises Invalid, NotFound."""
    with clinic.store.read(actor) as tx:
        work = Work(clinic, actor, tx)
        if request.procedure_id is not None:
            subject = queries.done_subject(tx, request.procedure_id)
        elif request.appointment_id is not None:
            subject = _planned(work, request.appointment_id, request)
        else:
            raise Invalid({"appointment": _("Say for which appointment or procedure.")})
        number, patient = subject.procedure_id, subject.patient_id
        banner = patient_queries.banner(tx, patient, work.today, work.catalogue.safety)
        # As for the booking: what will hold on the day. A sheet printed later says what holds now.
        day = max(subject.day, work.today)
        records = fact_queries.facts_of(tx, patient, day, work.newest_names())
        return Material(
            subject=subject,
            banner=banner,
            records=records,
            drugs=drugs_of(work, subject, records, banner.anticoagulants),
            dangers=dangers_of(work, subject, card_of(work, subject, records)),
            none_on=asked.none_said_on(tx, merged.people_of(tx, (patient,))[patient]),
            call_on=queries.next_call(tx, number) if number is not None else None,
            repeat_from=_repeat_from(work, subject),
            said=queries.restarts_said(tx, subject),
            died=living.died_by(work, patient, subject.day) if number is None else "",
        )


def _repeat_from(work: Work, subject: Subject) -> date | None:
    """The day that the due list says for this very treatment; None where it says none."""
    if subject.procedure_id is None:
        return None
    rows = rows_in(work, letters.due_rows_of(work.tx, subject.procedure_id), work.today)
    # Several places in one session: what holds for all of them, or nothing.
    days = [
        row.again_from
        if (row.procedure, row.intent) == (subject.procedure, subject.intent)
        else None
        for row in rows
    ]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _planned(work: Work, appointment_id: int, request: SheetRequest) -> Subject:
    """The planned procedure asked for; for after-care what was logged in its place, if anything."""
    consent = request.kind == "consent"
    found = (
        queries.planned_subjects(work.tx, appointment_id)
        if consent
        else tuple(subjects_of(work, appointment_id))
    )
    for subject in found:
        if request.planned_id in (None, subject.planned_id):
            return subject
    raise NotFound(_("Nothing is planned in this appointment. Add a procedure to it first."))


def subjects_of(work: Work, appointment_id: int) -> list[Subject]:
    """Planned procedures, each replaced by what was logged for it."""
    done = queries.done_of_appointment(work.tx, appointment_id)
    logged = {subject.planned_id: subject for subject in done}
    plans = queries.planned_subjects(work.tx, appointment_id)
    named = {plan.planned_id for plan in plans}
    return [logged.get(plan.planned_id, plan) for plan in plans] + [
        subject for subject in done if subject.planned_id not in named
    ]


def said_now(
    clinic: Clinic, actor: Actor, material: Material, dates: ConfirmedDates
) -> SaidRestart | None:
    """What a person says on this very sheet about the restart of one drug; None: nothing new.

    Raises:
        Invalid: it is not said of which drug, or it cannot be meant.
    """
    if not dates:
        return None
    drug = meant(material.drugs, dates.drug)
    if dates.restart is not None:
        check_restart(clinic, actor, material.subject, drug, dates.restart)
    elif drug.written not in {each.drug for each in material.said}:
        return None
    over = over_at(clinic, material.subject)
    return SaidRestart(drug.written, dates.restart, actor.name, over, _written(material))


def still_said(
    clinic: Clinic, material: Material, new: SaidRestart | None = None
) -> tuple[SaidRestart, ...]:
    """What persons said, ``new`` last; earlier only where said of this time and these drugs."""
    over, written = over_at(clinic, material.subject), _written(material)
    earlier = (each for each in material.said if new is None or each.drug != new.drug)
    found = [each for each in earlier if each.drug and each.holds(over, written)]
    return (*found, new) if new is not None else tuple(found)


def _written(material: Material) -> tuple[str, ...]:
    return tuple(drug.written for drug in material.drugs)


def facts_of(clinic: Clinic, material: Material, said: Sequence[SaidRestart] = ()) -> SheetFacts:
    """Everything a sheet says; what the planner did not say comes from the usual plan.

    ``said``: what a person said of single blood thinners instead of the guideline.
    """
    subject, banner = material.subject, material.banner
    knowledge = clinic.catalogue.safety
    kind = clinic.catalogue.procedure(subject.procedure)
    usual = usual_plan(kind, subject.sites)
    steroids = usual.steroids if subject.steroids is None else subject.steroids
    contrast = usual.contrast if subject.contrast is None else subject.contrast
    return SheetFacts(
        clinic=letterhead(clinic),
        family_name=banner.family,
        given_name=banner.given,
        birth_date=banner.birth_date,
        mrn=banner.mrn,
        allergies=tuple(allergy.substance for allergy in banner.allergies),
        anticoagulants=tuple(drug.written for drug in material.drugs),
        procedure=subject.procedure,
        intent=subject.intent or usual.intent.value,
        sites=tuple(map(clinic.catalogue.vocabulary.names.read_site, subject.sites)),
        guidance=_guidance(subject, kind),
        contrast=bool(contrast),
        steroids=tuple(_steroid_words(steroid) for steroid in steroids),
        physician=subject.physician,
        when=moment_of(clinic, subject),
        done=subject.procedure_id is not None,
        has_diabetes=recorded.has_diabetes(
            (*(each.name for each in material.records.conditions or ()), *banner.alerts), knowledge
        ),
        interpreter=banner.interpreter,
        thinners=thinners_of(clinic, subject, material.drugs, said),
        repeat_from=material.repeat_from,
        follow_up_call=material.call_on,
        pregnant=recorded.is_pregnant(material.records, subject.day, knowledge)
        or material.dangers.pregnant,
        allergic_to=recorded.allergic_to(
            banner.allergies, (steroid.drug for steroid in steroids), knowledge
        ),
        help=library(clinic).help_in(clinic.settings.country),
        no_allergies=_none_said(Topic.ALLERGIES, material.records.allergies, material),
        no_thinner=_none_said(Topic.DRUGS, material.records.drugs, material),
        waits=bool(material.dangers.waits),
        agreed=tuple(sorted(material.dangers.agreed)),
        steroid_logged=subject.procedure_id is not None and subject.steroids is not None,
        prosthesis=material.dangers.prosthesis,
    )


def _none_said(topic: Topic, entries: Sequence[object] | None, material: Material) -> NoneSaid:
    """What an empty list of the sheet means: not asked, none at all, or none among others."""
    day = material.none_on.get(topic) if entries == () else None
    return NoneSaid(asked=entries is not None, on=day, among=bool(entries))


def _guidance(subject: Subject, kind: Procedure) -> str:
    if subject.guidance:
        return subject.guidance
    return kind.usual.guidance.value if kind.usual.guidance else ""


def _steroid_words(steroid: Steroid) -> str:
    """``dexamethasone 10 mg``: the number without zeros at its end; of no known dose the drug."""
    if steroid.mg is None:
        return steroid.drug
    return _("{drug} {mg:f} mg").format(drug=steroid.drug, mg=steroid.mg.normalize())


def moment_of(clinic: Clinic, subject: Subject) -> datetime:
    """When, in the clinic's zone; the start of the day where only the day is known."""
    if subject.started_at is not None:
        local = subject.started_at.astimezone(clinic.zone)
        if local.date() == subject.day:
            return local
    return datetime.combine(subject.day, time(), clinic.zone)
