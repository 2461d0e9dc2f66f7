"""The safety lists of one patient: what they hold, joined with what is added, ended by id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import select

from clinicdesk.data.current import current_on, end_before, lasts_as_long
from clinicdesk.data.queries.asked import Answer, answers_of, keep_answer
from clinicdesk.data.tables import (
    Allergy,
    Condition,
    Implant,
    Patient,
    PatientDrug,
    PlannedSurgery,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain import fact_entries
from clinicdesk.domain.rows.safety_facts import (
    LISTS,
    AllergyEntry,
    ConditionEntry,
    DrugEntry,
    Entry,
    FactsAnswer,
    ImplantEntry,
    KeptEntry,
    SafetyFacts,
    Said,
    SurgeryEntry,
    Topic,
    TopicState,
)


@dataclass(frozen=True)
class _Kind:
    """A list's table, and how a row becomes an entry."""

    table: Any
    entry: Callable[[Any], Entry]


def _allergy(row: Allergy) -> Entry:
    return AllergyEntry(
        row.substance, row.reaction, row.severity, row.category, row.code_system, row.code
    )


def _drug(row: PatientDrug) -> Entry:
    return DrugEntry(row.drug, row.dose, row.kind)


def _condition(row: Condition) -> Entry:
    return ConditionEntry(row.name, row.valid_from, row.code_system, row.code)


def _implant(row: Implant) -> Entry:
    return ImplantEntry(row.name, row.site, row.prosthesis)


def _surgery(row: PlannedSurgery) -> Entry:
    return SurgeryEntry(row.site, row.planned_on, row.kind)


_KINDS = {
    Topic.ALLERGIES: _Kind(Allergy, _allergy),
    Topic.DRUGS: _Kind(PatientDrug, _drug),
    Topic.CONDITIONS: _Kind(Condition, _condition),
    Topic.IMPLANTS: _Kind(Implant, _implant),
    Topic.SURGERIES: _Kind(PlannedSurgery, _surgery),
}


def rows_of(tx: Tx, topic: Topic, patient_id: int, on: date) -> list[Any]:
    """The rows of a list that hold on a day, oldest first."""
    table = _KINDS[topic].table
    query = select(table).where(table.patient_id == patient_id).order_by(table.id)
    if topic is Topic.SURGERIES:
        query = query.where(table.cancelled.is_(False))
    else:
        query = query.where(current_on(table, on))
    return list(tx.session.scalars(query))


def safety_facts(tx: Tx, patient_id: int, on: date, zone: tzinfo) -> SafetyFacts:
    """Where every question of a patient stands on a day of the clinic; raises NotFound."""
    patient = tx.get(Patient, patient_id)
    answers = answers_of(tx, patient_id)
    states = []
    for topic in Topic:
        answer = answers.get(topic)
        said = answer.said if answer else Said.NOT_ASKED
        entries: tuple[KeptEntry, ...] = ()
        if topic in LISTS:
            rows = rows_of(tx, topic, patient_id, on)
            entries = tuple(KeptEntry(r.id, entry_of(topic, r), _since(topic, r)) for r in rows)
            said = _standing(said, entries)
        if answer is None or said is Said.NOT_ASKED:
            states.append(TopicState(topic, said, entries=entries))
            continue
        taken_over = answer.asked_on is None and answer.who
        entered = answer.at.astimezone(zone).date() if taken_over else None
        states.append(TopicState(topic, said, answer.asked_on, answer.who, entries, entered))
    return SafetyFacts(patient_id, patient.sex, patient.birth_date, tuple(states))


def _standing(said: Said, entries: tuple[KeptEntry, ...]) -> Said:
    """Of a list: entries were asked; a list whose entries have all ended is asked again."""
    if entries:
        return Said.LIST
    return Said.NONE if said is Said.NONE else Said.NOT_ASKED


def entry_of(topic: Topic, row: Any) -> Entry:  # noqa: ANN401 - a row of that topic's table
    """What a row says."""
    return _KINDS[topic].entry(row)


def _since(topic: Topic, row: Any) -> date | None:  # noqa: ANN401 - a row of that topic's table
    return None if topic is Topic.SURGERIES else row.valid_from


def change_list(tx: Tx, patient_id: int, answer: FactsAnswer, today: date) -> bool:
    """Ends, joins and answers, in this order; returns whether anything changed.

    The caller has checked the entries, and that nobody says "none" over entries that stand.
    """
    topic = answer.topic
    rows = rows_of(tx, topic, patient_id, today)
    ended = [row for row in rows if row.id in answer.end]
    for row in ended:
        _end(topic, row, today)
    standing = [row for row in rows if row.id not in answer.end]
    added = [_join(tx, patient_id, topic, entry, standing, today) for entry in answer.add]
    left = any(added) or bool(standing)
    said = answer.said
    if said is None and any(added):
        said = Said.LIST
    newest = answers_of(tx, patient_id).get(topic)
    if said is None and ended and not left and newest is not None and newest.said is Said.NONE:
        # "None" was said before these entries were: their end does not bring it back.
        said = Said.NOT_ASKED
    kept = said is not None and keep_answer(tx, patient_id, topic, said, today)
    return bool(ended) or any(added) or kept


def _end(topic: Topic, row: Any, today: date) -> None:  # noqa: ANN401 - a row of that table
    if topic is Topic.SURGERIES:
        row.cancelled = True
    else:
        end_before(row, today)


def _join(
    tx: Tx, patient_id: int, topic: Topic, entry: Entry, standing: list[Any], today: date
) -> bool:
    """Adds an entry unless it is there; one that says more of the same takes the old one's place.

    Two that differ both stand: which is right is for people.
    """
    alike = [
        row for row in standing if fact_entries.key(entry_of(topic, row)) == fact_entries.key(entry)
    ]
    if any(fact_entries.repeats(entry, entry_of(topic, row)) for row in alike):
        return False
    for row in alike:
        if fact_entries.adds_to(entry, entry_of(topic, row)):
            _end(topic, row, today)
            standing.remove(row)
    standing.append(tx.add(row_of(patient_id, entry, today)))
    return True


def add_dated(
    tx: Tx,
    patient_id: int,
    topic: Topic,
    entries: Sequence[tuple[Entry, date | None, date | None]],
    today: date,
) -> int:
    """Adds entries of a file with their first and last days; how many were new.

    One that is on record and holds today, or ended on the same day, is not added again; of the
    same one twice, the one that still holds counts, else the latest.
    """
    table = _KINDS[topic].table
    rows = list(
        tx.session.scalars(select(table).where(table.patient_id == patient_id).order_by(table.id))
    )
    best: dict[tuple[str, ...], tuple[Entry, date | None, date | None]] = {}
    for entry, since, until in entries:
        old = best.get(fact_entries.key(entry))
        later = old is not None and old[2] is not None and (until is None or until > old[2])
        if old is None or later:
            best[fact_entries.key(entry)] = (entry, since, until)
    added = 0
    for key, (entry, since, until) in best.items():
        if any(
            fact_entries.key(entry_of(topic, row)) == key and lasts_as_long(row, today, until)
            for row in rows
        ):
            continue
        row = row_of(patient_id, entry, since)
        row.valid_to = until
        tx.session.add(row)
        added += 1
    if added:
        tx.flush()
        keep_answer(tx, patient_id, topic, Said.LIST, None)
        tx.touch(tx.get(Patient, patient_id))
        tx.changed("patient", patient_id)
    return added


def take_over_none(tx: Tx, patient_id: int, topic: Topic, today: date) -> bool | None:
    """Keeps the "none" of a file; whether it was new, or None where entries stand."""
    if rows_of(tx, topic, patient_id, today):
        return None
    newest = answers_of(tx, patient_id).get(topic)
    if newest is not None and newest.said is Said.NONE:
        return False
    keep_answer(tx, patient_id, topic, Said.NONE, None)
    tx.touch(tx.get(Patient, patient_id))
    tx.changed("patient", patient_id)
    return True


def row_of(patient_id: int, entry: Entry, since: date | None) -> Any:  # noqa: ANN401 - a row
    """A new row that says what a completed entry says."""
    if isinstance(entry, AllergyEntry):
        return Allergy(
            patient_id=patient_id, substance=entry.substance, reaction=entry.reaction,
            severity=entry.severity, category=entry.category, code_system=entry.code_system,
            code=entry.code, valid_from=since,
        )  # fmt: skip
    if isinstance(entry, DrugEntry):
        return PatientDrug(
            patient_id=patient_id, drug=entry.drug, dose=entry.dose, kind=entry.kind or "other",
            valid_from=since,
        )  # fmt: skip
    if isinstance(entry, ConditionEntry):
        return Condition(
            patient_id=patient_id, name=entry.name, code_system=entry.code_system,
            code=entry.code, valid_from=entry.since or since,
        )  # fmt: skip
    if isinstance(entry, ImplantEntry):
        return Implant(
            patient_id=patient_id, name=entry.name, site=entry.site,
            prosthesis=bool(entry.prosthesis), valid_from=since,
        )  # fmt: skip
    return PlannedSurgery(
        patient_id=patient_id, site=entry.site, planned_on=entry.day, kind=entry.kind
    )


def take_over_pregnancy(tx: Tx, patient_id: int, said: Said) -> Answer | bool:
    """Keeps what a file says; whether it was new, or the answer on record that says otherwise."""
    newest = answers_of(tx, patient_id).get(Topic.PREGNANCY)
    if newest is not None and newest.said is not Said.NOT_ASKED:
        return False if newest.said is said else newest
    keep_answer(tx, patient_id, Topic.PREGNANCY, said, None)
    tx.touch(tx.get(Patient, patient_id))
    tx.changed("patient", patient_id)
    return True
