"""The facts of patients: the one reader of what the engines ask about, for one patient or many.

A dozen queries for a set of patients, whatever its size; a single patient is a set of one.
A list is None where nobody has asked: where it has no entry and no newest answer says "none".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, select

from clinicdesk.data.current import days_of, is_current, latest_begun, turns
from clinicdesk.data.queries import merged, payers, sessions
from clinicdesk.data.queries.asked import Newest, newest_answers
from clinicdesk.data.queries.sessions import RECORDS, Query, grouped
from clinicdesk.data.tables import (
    Allergy,
    ClinicSettings,
    Condition,
    Coverage,
    Implant,
    Patient,
    PatientDrug,
    PlannedSurgery,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.payers import PayerPack, payer_key
from clinicdesk.domain.rows.cases import (
    AllergyFact,
    BookedRow,
    ConditionFact,
    CoverageFact,
    DoneRow,
    DrugFact,
    ImplantFact,
    PatientFacts,
    SurgeryFact,
)
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.site_names import SiteNames

T = TypeVar("T")
Lists = Mapping[int, list[T]]


def facts_of(tx: Tx, patient_id: int, on: date, names: SiteNames) -> PatientFacts:
    """The facts of one patient; raises NotFound."""
    tx.get(Patient, patient_id)
    return patient_facts(tx, (patient_id,), on, names)[patient_id]


def patient_facts(
    tx: Tx, ids: Sequence[int], on: date, names: SiteNames, *, treated_only: bool = False
) -> dict[int, PatientFacts]:
    """By patient; with ``treated_only``, those without a procedure that counts are left out.

    Args:
        tx: a transaction.
        ids: of patients that exist.
        on: the day on which what is dated must be current.
        names: sites are given by their canonical names, whatever was written.
    """
    people = merged.people_of(tx, ids)
    done = sessions.done(tx, _all(people), names)
    if treated_only:
        people = {key: own for key, own in people.items() if any(each in done for each in own)}
    if not people:
        return {}
    wanted = _all(people)
    booked = sessions.booked(tx, wanted, names)
    dated = _Dated(tx, people, on, payers.mapped(tx))
    surgeries = _surgeries(tx, wanted)
    asked = _Asked(newest_answers(tx, wanted))
    clinic_pack = _clinic_pack(tx)
    return {
        patient_id: PatientFacts(
            patient_id=patient_id,
            on=on,
            done=_together(done, own, _by_day),
            booked=_together(booked, own, _by_day),
            pregnant=asked.pregnant(own),
            pregnant_asked_on=asked.day(Topic.PREGNANCY, own),
            allergies=asked.of(Topic.ALLERGIES, own, dated.current(Allergy, own)),
            drugs=asked.of(Topic.DRUGS, own, dated.current(PatientDrug, own)),
            conditions=asked.of(Topic.CONDITIONS, own, dated.current(Condition, own)),
            implants=asked.of(Topic.IMPLANTS, own, dated.current(Implant, own)),
            surgeries=asked.of(Topic.SURGERIES, own, _together(surgeries, own, _by_day)),
            coverage=dated.coverage(own),
            clinic_pack=clinic_pack,
            payer_packs=dated.payer_packs(own),
            turns=dated.turns(own),
        )
        for patient_id, own in people.items()
    }


def payer_facts(tx: Tx, ids: Sequence[int], on: date) -> dict[int, PatientFacts]:
    """Of many patients only what chooses the rules: who pays, and what is mapped to that."""
    people = merged.people_of(tx, ids)
    dated = _Dated(tx, people, on, payers.mapped(tx), (Coverage,))
    clinic_pack = _clinic_pack(tx)
    return {
        patient_id: PatientFacts(
            patient_id=patient_id,
            on=on,
            coverage=dated.coverage(own),
            clinic_pack=clinic_pack,
            payer_packs=dated.payer_packs(own),
        )
        for patient_id, own in people.items()
    }


def _clinic_pack(tx: Tx) -> str:
    return tx.session.scalars(_pack()).first() or ""


@cache
def _pack() -> Select[str]:
    return select(ClinicSettings.pack)


def _all(people: Mapping[int, Sequence[int]]) -> list[int]:
    """Every record, once."""
    return list(dict.fromkeys(each for own in people.values() for each in own))


def _together(
    found: Lists[T], own: Sequence[int], order: Callable[[T], tuple[Any, ...]]
) -> tuple[T, ...]:
    """What belongs to any of a patient's records, in order; of one record it is in order."""
    lists = [found[each] for each in own if each in found]
    if len(lists) == 1:
        return tuple(lists[0])
    return tuple(sorted((row for rows in lists for row in rows), key=order))


def _by_day(row: DoneRow | BookedRow | SurgeryFact) -> tuple[date, int]:
    return row.day, row.id


def _number(answer: Newest) -> int:
    return answer[0]


def _by_id(row: Any) -> tuple[int]:  # noqa: ANN401 - a row of columns
    return (row.id,)


class _Asked:
    """The newest answers of many records."""

    def __init__(self, answers: Mapping[tuple[int, str], Newest]) -> None:
        self._answers = answers

    def of(self, topic: Topic, own: Sequence[int], entries: tuple[T, ...]) -> tuple[T, ...] | None:
        """The entries; where there are none, whether that was the answer."""
        return entries if entries or self._newest(topic, own) == Said.NONE else None

    def pregnant(self, own: Sequence[int]) -> bool | None:
        said = self._newest(Topic.PREGNANCY, own)
        return {Said.YES: True, Said.NO: False}.get(Said(said)) if said else None

    def _newest(self, topic: Topic, own: Sequence[int]) -> str:
        found = self._last(topic, own)
        return found[1] if found else ""

    def day(self, topic: Topic, own: Sequence[int]) -> date | None:
        """The day of the newest answer; None also where it was not kept."""
        found = self._last(topic, own)
        return found[2] if found else None

    def _last(self, topic: Topic, own: Sequence[int]) -> Newest | None:
        """Of the answers given on any of a patient's records, the last one given."""
        said = [found for each in own if (found := self._answers.get((each, topic.value)))]
        return max(said, key=_number) if said else None


def _surgeries(tx: Tx, people: Sequence[int]) -> Lists[SurgeryFact]:
    return grouped(
        (key, SurgeryFact(number, kind, site, day))
        for key, number, kind, site, day in tx.session.execute(_planned(), {"records": people})
    )


@cache
def _planned() -> Query:
    table = PlannedSurgery
    return (
        select(table.patient_id, table.id, table.kind, table.site, table.planned_on)
        .where(table.patient_id.in_(RECORDS), table.cancelled.is_(False))
        .order_by(table.planned_on, table.id)
    )


# -- what holds from a day to a day ------------------------------------------------------------

_FACTS: dict[Any, type] = {
    Allergy: AllergyFact,
    PatientDrug: DrugFact,
    Condition: ConditionFact,
    Implant: ImplantFact,
    Coverage: CoverageFact,
}
"""Dated tables and what is made of a row: the fields of the one are columns of the other."""


class _Dated:
    """The dated rows of many records: which are current, and when that turns."""

    def __init__(
        self,
        tx: Tx,
        people: Mapping[int, Sequence[int]],
        on: date,
        mapped: Mapping[str, tuple[PayerPack, ...]],
        tables: Iterable[type] = tuple(_FACTS),
    ) -> None:
        self._on, self._mapped = on, mapped
        self._found = {table: _rows(tx, table, _all(people)) for table in tables}

    def current(self, table: type, own: Sequence[int]) -> tuple[Any, ...]:
        return tuple(_FACTS[table](*row[1:-2]) for row in self._current(table, own))

    def coverage(self, own: Sequence[int]) -> CoverageFact | None:
        """The one that holds: of several, the latest begun."""
        row = latest_begun(filter(_says_who_pays, self._current(Coverage, own)))
        return CoverageFact(row.id, row.payer, row.pack) if row else None

    def payer_packs(self, own: Sequence[int]) -> tuple[PayerPack, ...]:
        """What the payer of the day is mapped to, on every day."""
        covered = self.coverage(own)
        return self._mapped.get(payer_key(covered.payer), ()) if covered else ()

    def _current(self, table: type, own: Sequence[int]) -> Iterator[Any]:
        rows = _together(self._found[table], own, _by_id)
        return (row for row in rows if is_current(row, self._on))

    def turns(self, own: Sequence[int]) -> tuple[date, ...]:
        """Later days on which another one counts for the rules."""
        rows = (
            row
            for table, counts in _COUNTS.items()
            for row in _together(self._found[table], own, _by_id)
            if counts(row)
        )
        begins = (each.begins_on for each in self.payer_packs(own))
        later = {turn for row in rows for turn in turns(row, self._on)}
        return tuple(sorted(later.union(day for day in begins if day > self._on)))


def _rows(tx: Tx, table: Any, people: Sequence[int]) -> defaultdict[int, list[Any]]:  # noqa: ANN401
    rows = tx.session.execute(_of_table(table), {"records": people})
    return grouped((row.patient_id, row) for row in rows)


@cache
def _of_table(table: Any) -> Query:  # noqa: ANN401 - a table
    columns = (getattr(table, each.name) for each in fields(_FACTS[table]))
    return (
        select(table.patient_id, *columns, *days_of(table))
        .where(table.patient_id.in_(RECORDS))
        .order_by(table.id)
    )


def _always(_row: Any) -> bool:  # noqa: ANN401 - a row of columns
    # What it counts as is read from its words, by those who know them (``safety.recorded``).
    return True


def _says_who_pays(row: Any) -> bool:  # noqa: ANN401 - a row of columns
    return bool(row.payer or row.pack)


_COUNTS: dict[type, Callable[[Any], bool]] = {
    Allergy: _always,
    Condition: _always,
    Implant: _always,
    Coverage: _says_who_pays,
}
"""What of the dated the interval rules look at."""
