"""What patients were asked: the newest answer of each topic. Answers are only added to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, func, select

from clinicdesk.data.tables import PatientAsked, Staff
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.safety_facts import Said, Topic


def newest_answers(tx: Tx, ids: Sequence[int]) -> dict[tuple[int, str], tuple[int, str]]:
    """By (patient, topic): (id, answer) of the newest one; topics never answered are left out."""
    rows = tx.session.execute(_newest(), {"records": ids})
    return {(row.patient_id, row.topic): (row.id, row.answer) for row in rows}


@cache
def _newest() -> Select[int, str, int, str]:
    last = (
        select(func.max(PatientAsked.id))
        .where(PatientAsked.patient_id.in_(bindparam("records", expanding=True)))
        .group_by(PatientAsked.patient_id, PatientAsked.topic)
    )
    return select(
        PatientAsked.patient_id, PatientAsked.topic, PatientAsked.id, PatientAsked.answer
    ).where(PatientAsked.id.in_(last))


def answers_of(tx: Tx, patient_id: int) -> dict[Topic, tuple[Said, date | None, str, int | None]]:
    """Of one patient, by topic: newest answer, its day, who asked (name, id)."""
    query = (
        select(PatientAsked, Staff.name)
        .outerjoin(Staff, Staff.id == PatientAsked.asked_by)
        .where(PatientAsked.patient_id == patient_id)
        .order_by(PatientAsked.id)
    )
    return {
        Topic(row.topic): (Said(row.answer), row.asked_on, name or "", row.asked_by)
        for row, name in tx.session.execute(query)
    }


def none_said_on(tx: Tx, people: Sequence[int]) -> dict[Topic, date]:
    """By topic that was last answered "none" on any of a patient's records: on which day."""
    answers: dict[Topic, tuple[int, str, date | None]] = {}
    query = select(PatientAsked).where(PatientAsked.patient_id.in_(people))
    for row in tx.session.scalars(query.order_by(PatientAsked.id)):
        answers[Topic(row.topic)] = (row.id, row.answer, row.asked_on)
    return {topic: day for topic, (__, said, day) in answers.items() if said == Said.NONE and day}


def keep_answer(tx: Tx, patient_id: int, topic: Topic, said: Said, on: date | None) -> bool:
    """Adds an answer; the same one of the same day and person is not doubled.

    Returns whether it was added.
    """
    newest = answers_of(tx, patient_id).get(topic)
    if newest is not None and (newest[0], newest[1], newest[3]) == (said, on, tx.staff_id):
        return False
    tx.add(
        PatientAsked(
            patient_id=patient_id, topic=topic.value, answer=said.value, asked_on=on,
            asked_by=tx.staff_id, at=tx.now,
        )
    )  # fmt: skip
    return True
