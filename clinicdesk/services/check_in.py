"""What is asked and measured when a patient comes: kept at once, each answer an act of its own.

Glucose, INR and the question for an infection are readings of the day; drugs, allergies and the
rest go where they always stand (``safety_facts.py``), last doses to their drug (``holds.py``). Who
takes the patient home belongs to the appointment.
"""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.data.queries import check_in as queries
from clinicdesk.data.queries import consents, patients
from clinicdesk.domain.errors import Invalid, Stale
from clinicdesk.domain.measures import INFECTION, INR, measure_problem
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.check_in import Contacts, DayFacts, DriverRow
from clinicdesk.domain.rows.consents import counting, waiting
from clinicdesk.domain.rows.safety_facts import ConditionEntry, FactsAnswer, Topic
from clinicdesk.domain.states import Known
from clinicdesk.domain.translation import _
from clinicdesk.safety.knowledge import INFECTION as INFECTION_KIND
from clinicdesk.safety.recorded import condition_is, infection_may_be_over
from clinicdesk.services import reviews
from clinicdesk.services.context import Work, act, ask
from clinicdesk.services.due.keeping import refresh_patient
from clinicdesk.services.safety_facts import record_in
from clinicdesk.services.schedule import appointment_in


@ask(Permission.SEE_SCHEDULE)
def of_appointment(work: Work, appointment_id: int) -> DayFacts:
    """What was measured and printed for an appointment; raises NotFound."""
    row = appointment_in(work, appointment_id)
    papers = consents.of_appointment(work.tx, appointment_id, work.zone)
    plans = [plan.id for plan in row.planned]
    counts = tuple(paper for plan in plans if (paper := counting(papers, plan)))
    return DayFacts(
        measured=queries.measured(work.tx, row.patient_id, row.start.date(), work.zone),
        booked=tuple(site for plan in row.planned for site in plan.sites),
        consents=counts,
        to_sign=tuple(paper for plan in plans if (paper := waiting(papers, plan))),
        asks_driver=any(
            kind.driver
            for plan in row.planned
            if (kind := work.catalogue.procedures.get(plan.procedure)) is not None
        ),
        driver=queries.driver(work.tx, appointment_id, row.start.date(), work.zone),
        contacts=_contacts(work, row.patient_id),
        confirmed=queries.confirmed(work.tx, row.patient_id, work.zone),
    )


def _contacts(work: Work, patient_id: int) -> Contacts:
    banner = patients.banner(work.tx, patient_id, work.today, work.catalogue.safety)
    address = patients.address(work.tx, patient_id, work.today, work.clinic.settings.country)
    return Contacts(banner.phone, banner.payer, address)


@act("patient.still_right", Permission.CHECK_IN)
def still_right(work: Work, patient_id: int, seen: Contacts) -> int:
    """Keeps that phone, payer and address hold, as they were read out; the patient's id.

    Raises:
        NotFound: there is no such patient.
        Stale: somebody has changed them since they were ``seen``.
    """
    work.tx.concerns(patient_id)
    if _contacts(work, patient_id) != seen:
        raise Stale(_("Somebody has just changed this. Read it again."))
    queries.add_confirmed(work.tx, patient_id, seen)
    work.tx.changed("patient", patient_id)
    return patient_id


@act("reading.measure", Permission.CHECK_IN)
def measure(work: Work, patient_id: int, key: str, value: Decimal) -> int:
    """Keeps a figure of this moment; the patient's id.

    Args:
        work: of an act.
        patient_id: whose it is.
        key: of the catalogue's ``measures``, which says its unit.
        value: in that unit.

    Raises:
        Invalid: on ``value``: it cannot be meant.
    """
    known = work.catalogue.measures.get(key)
    if known is None:
        raise Invalid({"value": _("Choose a unit.")})
    if wrong := measure_problem(value, known):
        raise Invalid({"value": wrong})
    kept = _kept(work, patient_id, key, value)
    if known.what == INR:
        # Above what is normal it is for a physician, at once.
        reviews.refresh(work, patient_id)
    return kept


@act("reading.infection", Permission.CHECK_IN)
def infection(work: Work, patient_id: int, words: str | None) -> int:
    """The answer to the question for an infection, fever, antibiotics or a wound; the patient's id.

    ``words`` None: none of these. Else what there is: it goes on the list of conditions, as an
    infection also where the tables do not know its name.

    Raises:
        Invalid: on ``words`` or ``conditions``: it cannot be kept so.
    """
    if words is None:
        return _kept(work, patient_id, INFECTION, Decimal(0))
    name = " ".join(words.split())
    if not name:
        raise Invalid({"words": _("Say what there is, for example “fever since Monday”.")})
    knows = work.catalogue.safety
    if not condition_is(name, INFECTION_KIND, knows) or infection_may_be_over(name, knows):
        # The word that the tables know; stored, and so in no language of the window.
        name = f"{INFECTION_KIND}: {name}"
    entry = ConditionEntry(name, since=work.today)
    record_in(work, patient_id, (FactsAnswer(Topic.CONDITIONS, add=(entry,)),))
    kept = _kept(work, patient_id, INFECTION, Decimal(1))
    reviews.refresh(work, patient_id)
    refresh_patient(work, patient_id)
    return kept


@ask(Permission.SEE_SCHEDULE)
def driver_of(work: Work, appointment_id: int) -> DriverRow | None:
    """What was answered of the way home on the appointment's day; raises NotFound."""
    row = appointment_in(work, appointment_id)
    return queries.driver(work.tx, appointment_id, row.start.date(), work.zone)


@act("appointment.driver", Permission.CHECK_IN)
def driver(work: Work, appointment_id: int, said: Known, words: str = "") -> int:
    """Keeps whether somebody takes the patient home; the appointment's id.

    Args:
        work: of an act.
        appointment_id: of which visit.
        said: the answer.
        words: who, with a phone, as far as it was said; of a yes alone.

    Raises:
        NotFound: the appointment is gone.
    """
    row = appointment_in(work, appointment_id)
    work.tx.concerns(row.patient_id)
    who = " ".join(words.split()) if said is Known.YES else ""
    queries.add_driver(work.tx, appointment_id, said, who)
    work.tx.changed("appointment", appointment_id)
    work.tx.changed("patient", row.patient_id)
    return appointment_id


def _kept(work: Work, patient_id: int, key: str, value: Decimal) -> int:
    work.tx.concerns(patient_id)
    queries.add_measured(work.tx, patient_id, key, value, work.today)
    work.tx.changed("patient", patient_id)
    return patient_id
