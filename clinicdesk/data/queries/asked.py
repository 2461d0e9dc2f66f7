"""What patients were asked: the newest answer of each topic. Answers are only added to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from clinicdesk.data.tables import PatientAsked, Staff
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.safety_facts import Said, Topic

Newest = tuple[int, str, date | None]
"""Id, answer and day of an answer."""


def newest_answers(tx: Tx, ids: Sequence[int]) -> dict[tuple[int, str], Newest]:
    """The newest one by (patient, topic); topics never answered are left out."""
    rows = tx.session.execute(_newest(), {"records": ids})
    return {(row.patient_id, row.topic): (row.id, row.answer, row.asked_on) for row in rows}


@cache
def _newest() -> Select[*tuple[Any, ...]]:
    last = (
        select(func.max(PatientAsked.id))
        .where(PatientAsked.patient_id.in_(bindparam("records", expanding=True)))
        .group_by(PatientAsked.patient_id, PatientAsked.topic)
    )
    return select(
        PatientAsked.patient_id,
        PatientAsked.topic,
        PatientAsked.id,
        PatientAsked.answer,
        PatientAsked.asked_on,
    ).where(PatientAsked.id.in_(last))


class Answer(NamedTuple):
    """The newest answer to a question; ``asked_on`` None: it was taken over, ``at`` that moment."""

    said: Said
    asked_on: date | None
    who: str
    staff_id: int | None
    at: datetime


def answers_of(tx: Tx, patient_id: int) -> dict[Topic, Answer]:
    """The newest answers of one patient, by topic."""
    query = (
        select(PatientAsked, Staff.name)
        .outerjoin(Staff, Staff.id == PatientAsked.asked_by)
        .where(PatientAsked.patient_id == patient_id)
        .order_by(PatientAsked.id)
    )
    return {
        Topic(row.topic): Answer(Said(row.answer), row.asked_on, name or "", row.asked_by, row.at)
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

    ``on`` None: it was taken over from a file, and nobody was asked here.

    Returns whether it was added.
    """
    newest = answers_of(tx, patient_id).get(topic)
    if newest and (newest.said, newest.asked_on, newest.staff_id) == (said, on, tx.staff_id):
        return False
    tx.add(
        PatientAsked(
            patient_id=patient_id, topic=topic.value, answer=said.value, asked_on=on,
            asked_by=tx.staff_id, at=tx.now,
        )
    )  # fmt: skip
    return True
