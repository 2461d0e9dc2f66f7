"""Asks the checks about what is booked, as if answers that are not saved yet stood on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from clinicdesk.data.queries import facts as facts_queries
from clinicdesk.data.queries import merged, sessions
from clinicdesk.data.queries import reviews as review_queries
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.cases import (
    AllergyFact,
    ConditionFact,
    DrugFact,
    ImplantFact,
    PatientFacts,
    SurgeryFact,
)
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.safety_facts import (
    AllergyEntry,
    ConditionEntry,
    DrugEntry,
    Entry,
    FactsAnswer,
    ImplantEntry,
    Said,
    Topic,
)
from clinicdesk.domain.rows.touched import Touched
from clinicdesk.services import safety
from clinicdesk.services.context import Work, ask
from clinicdesk.services.safety_facts import complete
from clinicdesk.services.schedule import appointment_in

_NEW = 0
"""The id of an entry that has none yet."""


@ask(Permission.OPEN_CHART)
def touched(work: Work, patient_id: int, answers: tuple[FactsAnswer, ...]) -> tuple[Touched, ...]:
    """What the answers would mean for each appointment ahead, soonest first; nothing is kept."""
    root = merged.root_of(work.tx, patient_id)
    people = merged.people_of(work.tx, [root])[root]
    return tuple(
        _touched(work, booked.appointment_id, booked.day, answers)
        for booked in review_queries.ahead(work.tx, people, work.today)
    )


def _touched(
    work: Work, appointment_id: int, day: date, answers: tuple[FactsAnswer, ...]
) -> Touched:
    row = appointment_in(work, appointment_id)
    today: list[SafetyCard] = []
    then: list[SafetyCard] = []
    for plan in sessions.planned_requests(work.tx, appointment_id, day):
        known = facts_queries.facts_of(work.tx, plan.patient_id, plan.on, work.names)
        supposed = _supposed(work, known, answers)
        today.append(safety.safety_from(work, known, plan, start=row.start))
        then.append(safety.safety_from(work, supposed, plan, start=row.start))
    before = {(f.check, f.because): f for card in today for f in card.findings}
    after = {(f.check, f.because): f for card in then for f in card.findings}
    return Touched(
        appointment_id=appointment_id,
        start=row.start,
        what=", ".join((row.title, *row.sites)),
        place=" · ".join(part for part in (row.physician, row.room) if part),
        findings=tuple(after.values()),
        new=frozenset(f.check for key, f in after.items() if key not in before),
        gone=tuple(f.sentence for key, f in before.items() if key[0] not in {k[0] for k in after}),
        holds=tuple(
            {h.drug: h for card in then for h in card.holds if h.action != "none"}.values()
        ),
    )


def _supposed(work: Work, facts: PatientFacts, answers: Iterable[FactsAnswer]) -> PatientFacts:
    """The facts as they would be read once the answers stood on record."""
    for one in answers:
        if one.topic is Topic.PREGNANCY:
            said = {Said.YES: True, Said.NO: False}.get(one.said or Said.NOT_ASKED)
            facts = replace(facts, pregnant=said)
            continue
        before = getattr(facts, one.topic.value) or ()
        left = tuple(fact for fact in before if fact.id not in one.end)
        now = (*left, *(_fact(complete(work, entry)) for entry in one.add))
        changed: dict[str, Any] = {one.topic.value: _standing(now, one, before)}
        facts = replace(facts, **changed)
    return facts


def _standing(
    now: tuple[Any, ...], one: FactsAnswer, before: tuple[Any, ...]
) -> tuple[Any, ...] | None:
    """The list, or None where nobody would have asked: the end of an entry is no "none"."""
    if now or one.said is Said.NONE:
        return now
    return None if one.said is Said.NOT_ASKED or before else ()


def _fact(entry: Entry) -> Any:  # noqa: ANN401 - one of five kinds
    if isinstance(entry, AllergyEntry):
        return AllergyFact(_NEW, entry.substance, entry.category, entry.reaction, entry.severity)
    if isinstance(entry, DrugEntry):
        return DrugFact(_NEW, entry.drug, entry.kind, entry.dose)
    if isinstance(entry, ConditionEntry):
        return ConditionFact(_NEW, entry.name, entry.code_system, entry.code)
    if isinstance(entry, ImplantEntry):
        return ImplantFact(_NEW, entry.name, entry.site, bool(entry.prosthesis))
    return SurgeryFact(_NEW, entry.kind, entry.site, entry.day)
