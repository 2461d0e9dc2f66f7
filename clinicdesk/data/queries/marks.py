"""The marks of a booked appointment: what of its patient matters, as far as one statement tells.

Read with the day itself, so that the day view asks nothing more. What the checks find in full is
asked when an appointment is opened.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, cast, exists, func, select

from clinicdesk.data.current import current_on
from clinicdesk.data.queries.reviews import marked
from clinicdesk.data.tables import (
    Allergy,
    Appointment,
    Condition,
    Implant,
    PatientAsked,
    PatientDrug,
    VerdictRecord,
)
from clinicdesk.domain.appointments import OVER, Status
from clinicdesk.domain.people import age
from clinicdesk.domain.procedures import Guidance, Procedure
from clinicdesk.domain.rows.cases import ANTICOAGULANT
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.safety.knowledge import Knowledge
from clinicdesk.safety.recorded import is_device, is_thinner
from clinicdesk.safety.session import STEROID

PREGNANT, DEVICE, UNASKED = "pregnant", "device", "unasked"
_PLAIN = ("allergy", ANTICOAGULANT, "verdict", "review")
_BETWEEN = "\n"
_X_RAYS = (Guidance.FLUOROSCOPY.value, Guidance.CT.value)


def columns() -> tuple[Any, ...]:
    """What the day's statement reads for it, each by its name."""
    on, patient = Appointment.local_date, Appointment.patient_id

    def names(table: Any, column: Any, *more: Any) -> Any:  # noqa: ANN401
        return (
            select(func.aggregate_strings(column, _BETWEEN))
            .where(table.patient_id == patient, current_on(table, on), *more)
            .scalar_subquery()
        )

    answers = (
        select(
            func.aggregate_strings(
                cast(PatientAsked.id, Text) + " " + PatientAsked.topic + " " + PatientAsked.answer,
                _BETWEEN,
            )
        )
        .where(PatientAsked.patient_id == patient)
        .scalar_subquery()
    )
    return (
        exists().where(Allergy.patient_id == patient, current_on(Allergy, on)).label("allergy"),
        exists()
        .where(
            PatientDrug.patient_id == patient,
            PatientDrug.kind == ANTICOAGULANT,
            current_on(PatientDrug, on),
        )
        .label(ANTICOAGULANT),
        names(PatientDrug, PatientDrug.drug, PatientDrug.kind != ANTICOAGULANT).label(
            "other_drugs"
        ),
        names(Condition, Condition.name).label("conditions"),
        names(Implant, Implant.name).label("implants"),
        answers.label("answers"),
        exists()
        .where(VerdictRecord.appointment_id == Appointment.id, VerdictRecord.reason != "")
        .label("verdict"),
        marked().label("review"),
    )


def marks_of(a: Any, procedure: Procedure | None, knowledge: Knowledge) -> frozenset[str]:  # noqa: ANN401
    """What is marked on a row of the day's statement.

    A drug that thins the blood also where the record does not sort it so. A device, a pregnancy and
    what nobody has asked only where ``procedure`` makes something of it, and it is still ahead.
    """
    found = {word for word in _PLAIN if getattr(a, word)}
    if any(is_thinner(drug, "", knowledge) for drug in _lines(a.other_drugs)):
        found.add(ANTICOAGULANT)
    if procedure is None or a.procedure_id is not None or Status(a.status) in OVER:
        return frozenset(found)
    said = _answers(a.answers)
    x_rays = (a.guidance or _usual(procedure)) in _X_RAYS
    if said.get(Topic.PREGNANCY) == Said.YES and x_rays:
        found.add(PREGNANT)
    things = (*_lines(a.implants), *_lines(a.conditions))
    if "radiofrequency" in procedure.safety and any(is_device(t, knowledge) for t in things):
        found.add(DEVICE)
    if _unasked(a, said, procedure, knowledge, x_rays=x_rays):
        found.add(UNASKED)
    return frozenset(found)


def _unasked(
    a: Any,  # noqa: ANN401
    said: dict[str, str],
    procedure: Procedure,
    knowledge: Knowledge,
    *,
    x_rays: bool,
) -> bool:
    """Whether a list that this procedure asks for has neither entry nor answer."""
    asked = {topic for topic, answer in said.items() if answer != Said.NOT_ASKED}
    known = {
        Topic.ALLERGIES: bool(a.allergy),
        Topic.DRUGS: bool(a.anticoagulant or a.other_drugs),
        Topic.CONDITIONS: bool(a.conditions),
        Topic.IMPLANTS: bool(a.implants),
        Topic.PREGNANCY: False,
    }
    wanted = [Topic.ALLERGIES, Topic.DRUGS]
    steroid = any(
        (product := knowledge.products.get(key)) is not None and product.kind == STEROID
        for key, __ in procedure.usual.medications
    )
    if steroid:
        wanted.append(Topic.CONDITIONS)
    if {"radiofrequency", "joint"} & set(procedure.safety):
        wanted.append(Topic.IMPLANTS)
    first, last = knowledge.limits.pregnancy_ages
    years = age(a.birth_date, a.local_date)
    if x_rays and a.sex in ("female", "unknown") and first <= years <= last:
        wanted.append(Topic.PREGNANCY)
    return any(not known[topic] and topic not in asked for topic in wanted)


def _usual(procedure: Procedure) -> str:
    return procedure.usual.guidance.value if procedure.usual.guidance else ""


def _lines(text: str | None) -> list[str]:
    return text.split(_BETWEEN) if text else []


def _answers(text: str | None) -> dict[str, str]:
    """By topic the newest answer; the database gives them in no order."""
    rows = sorted((int(n), topic, said) for n, topic, said in map(str.split, _lines(text)))
    return {topic: said for __, topic, said in rows}
