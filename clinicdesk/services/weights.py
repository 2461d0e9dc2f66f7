"""A patient's weight, measured on the day: the most of a local anaesthetic rests on it."""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.data.queries import patient_writes
from clinicdesk.data.tables import Patient
from clinicdesk.domain.errors import Doubtful, Invalid
from clinicdesk.domain.patient_checks import weight_doubt, weight_problem
from clinicdesk.domain.permissions import Permission
from clinicdesk.services.context import Work, act


@act("patient.weigh", Permission.EDIT_PATIENT)
def weigh(work: Work, patient_id: int, kg: Decimal, *, sure: bool = False) -> int:
    """Keeps a weight measured today, in kg; returns the patient's id.

    Args:
        work: a write.
        patient_id: whose.
        kg: as measured.
        sure: it was asked back, and is meant so.

    Raises:
        Doubtful: on ``weight_kg``: seldom meant at that age, and nobody is sure.
        Invalid: on ``weight_kg``: it cannot be right.
        NotFound: there is no such patient.
    """
    if wrong := weight_problem(kg):
        raise Invalid({"weight_kg": wrong})
    work.tx.concerns(patient_id)
    born = work.tx.get(Patient, patient_id).birth_date
    doubt = weight_doubt(kg, born, work.today, work.catalogue.safety.limits.weight)
    if doubt and not sure:
        raise Doubtful({"weight_kg": doubt})
    patient_writes.add_weight(work.tx, patient_id, kg, work.today)
    work.tx.changed("patient", patient_id)
    return patient_id
