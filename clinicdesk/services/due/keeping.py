"""Makes and keeps the rows of patients: the one place where the due list is computed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clinicdesk.catalogue.model import Catalogue
from clinicdesk.data.queries import due_items, due_standing, merged
from clinicdesk.data.queries.facts import patient_facts
from clinicdesk.data.tables.due import FOR_GOOD
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.cases import PatientFacts
from clinicdesk.domain.vocabulary import Vocabulary
from clinicdesk.due.facts import DueFacts, due_facts
from clinicdesk.due.hand import Said, newest
from clinicdesk.services.context import Work
from clinicdesk.services.due.asking import Asker

BATCH = 250
"""Patients whose records are read at once, and locked while their rows are made."""

_FORM = 5
"""Counts up when rows are computed in another way, so that kept ones are made anew."""


def refresh_patient(work: Work, patient_id: int) -> None:
    """Brings a patient's rows in step with what this transaction has written.

    Every write calls it that changes what the list says of a patient: a procedure, a booking, a
    score, what is known of the patient.
    """
    refresh_patients(work, (patient_id,))


def refresh_patients(work: Work, patient_ids: Iterable[int]) -> None:
    """As ``refresh_patient``, for as many as an import has touched."""
    work.tx.flush()
    _note_day(work)
    roots = sorted({merged.root_of(work.tx, patient_id) for patient_id in patient_ids})
    for start in range(0, len(roots), BATCH):
        for changed in keep(work.tx, work.catalogue, roots[start : start + BATCH], work.today):
            work.tx.changed("due", changed)


def _note_day(work: Work) -> None:
    """The first act of a day says which day rows are kept of, should its clock be wrong."""
    last = due_items.build(work.tx).at
    if last is not None and last.astimezone(work.zone).date() < work.today:
        due_items.note_moment(work.tx)


def keep(tx: Tx, catalogue: Catalogue, ids: Sequence[int], on: date) -> set[int]:
    """Computes and keeps the rows of many patients; those whose rows changed."""
    due_items.lock_patients(tx, ids)
    names = catalogue.vocabulary.names
    patients = patient_facts(tx, merged.alive(tx, ids), on, names, treated_only=True)
    dates = due_items.said_dates(tx, ids)
    snoozes = due_items.said_snoozes(tx, ids)
    rows: dict[int, list[due_items.Values]] = {}
    for patient_id, patient in patients.items():
        facts = due_facts(patient, on, Asker(patient, catalogue, on), catalogue.vocabulary)
        rows[patient_id] = [
            _values(
                patient,
                row,
                dates.get(patient_id, ()),
                snoozes.get(patient_id, ()),
                on,
                catalogue.vocabulary,
            )
            for row in facts
        ]
    return due_items.keep(tx, ids, rows)


def fingerprint(catalogue: Catalogue, clinic_pack: str) -> str:
    """Of all that kept rows rest on besides the records: another one, and they are made anew."""
    packs = {key: pack.version for key, pack in catalogue.packs.items()}
    parts = [_FORM, catalogue.version, clinic_pack, packs, catalogue.vocabulary.digest]
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _values(
    patient: PatientFacts,
    facts: DueFacts,
    dates: Iterable[Said],
    snoozes: Iterable[Said],
    on: date,
    vocabulary: Vocabulary,
) -> due_items.Values:
    """The row as it is kept: the facts, and over them what was set by hand."""
    names = vocabulary.names
    hand, snooze = newest(dates, facts, names), newest(snoozes, facts, names)
    if hand is not None and hand.day is None:
        hand = None
    if snooze is not None and snooze.older_than(facts):
        snooze = None
    stale = hand is not None and hand.older_than(facts)
    fresh = hand.day if hand is not None and not stale else None
    physician = next((d.physician_id for d in patient.done if d.id == facts.last_id), None)
    values = {
        "patient_id": patient.patient_id,
        **_facts(facts),
        "physician_id": physician,
        "due_on": fresh or facts.due_on,
        "hand_id": hand.id if hand else None,
        "hand_stale": stale,
        "snooze_id": snooze.id if snooze else None,
        "snoozed_until": (snooze.day or FOR_GOOD) if snooze else None,
        "as_of": on,
        "stale_on": min((facts.stale_on, *patient.turns)),
    }
    return values | due_standing.standing(values, on, vocabulary.due)


def _facts(facts: DueFacts) -> Mapping[str, object]:
    return {
        "track": facts.track,
        "site": facts.site,
        "family": facts.family,
        "procedure": facts.wanted.procedure,
        "intent": facts.wanted.intent,
        "sites": list(facts.wanted.sites),
        "reason": facts.reason.value,
        "status": facts.status,
        "detail": facts.detail,
        "last_procedure_id": facts.last_id,
        "last_procedure": facts.last_procedure,
        "last_done": facts.last_done,
        "last_sites": list(facts.last_sites),
        "allowed_from": facts.allowed_from,
        "relief_ends": facts.relief.ends,
        "relief_latest": facts.relief.latest,
        "relief_basis": facts.relief.basis,
        "relief_percent": facts.relief_percent,
        "relief_days": facts.relief_days,
        "last_score": facts.last_score,
        "booked_on": facts.booked_on,
        "planned_id": facts.booked_id,
    }
