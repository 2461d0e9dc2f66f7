"""The records of many patients at once, as the due list needs them: a dozen queries per batch.

What counts is the same as in ``queries.cases``; a test holds the two together. Only columns are
read, no objects of the session: at half a million procedures that is what takes the time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, exists, or_, select

from clinicdesk.data.queries.cases import planned_steroids, steroids_of
from clinicdesk.data.tables import (
    Administration,
    Allergy,
    Appointment,
    ClinicSettings,
    Coverage,
    Implant,
    Patient,
    PlannedProcedure,
    PlannedSite,
    PlannedSurgery,
    ProcedureRecord,
    ProcedureSite,
    Reading,
    ReadingLink,
    StrikeOut,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.appointments import NEVER_DONE
from clinicdesk.domain.rows.cases import BookedRow, CaseRecords, DoneRow, ReadingRow

_NO_COVERAGE = ("", "")
_ONE_DAY = timedelta(days=1)
Lists = defaultdict[int, list[Any]]


@dataclass(frozen=True)
class DuePatient:
    """A patient with all that counts for him, records merged into his included.

    ``physicians``: who did it, by procedure id. ``turns``: days after the one asked about on
    which an allergy, an implant or a coverage begins or ends to hold.
    """

    patient_id: int
    records: CaseRecords
    physicians: dict[int, int | None]
    turns: tuple[date, ...]


def root_of(tx: Tx, patient_id: int) -> int:
    """The record that this one was merged into, however many steps; itself if it was not."""
    seen = [patient_id]
    while True:
        query = select(Patient.merged_into).where(Patient.id == seen[-1])
        into = tx.session.scalars(query).first()
        if into is None or into in seen:
            return seen[-1]
        seen.append(into)


def lock_patients(tx: Tx, ids: Sequence[int]) -> None:
    """Keeps two writers from making the rows of one patient from different records."""
    query = select(Patient.id).where(Patient.id.in_(ids)).order_by(Patient.id)
    tx.session.execute(query.with_for_update(key_share=True)).all()


def due_patients(tx: Tx, ids: Sequence[int], on: date) -> dict[int, DuePatient]:
    """By patient id; the merged, the deceased and those without any procedure are left out."""
    people = _people(tx, ids)
    if not people:
        return {}
    everyone = list(people)
    done, physicians = _done(tx, people, everyone)
    if not done:
        return {}
    wanted = [person for person in everyone if people[person] in done]
    booked = _booked(tx, people, wanted)
    dated = _Dated(tx, people, wanted, on)
    pregnant = _pregnant(tx, list(done))
    clinic_pack = tx.session.scalars(select(ClinicSettings.pack)).first() or ""
    return {
        root: DuePatient(
            root,
            CaseRecords(
                contrast_allergy=root in dated.contrast,
                pregnant=root in pregnant,
                prostheses=tuple(dated.prostheses[root]),
                arthroplasties=tuple(dated.arthroplasties[root]),
                done=tuple(rows),
                booked=tuple(booked[root]),
                payer=dated.coverages.get(root, _NO_COVERAGE)[0],
                pack=dated.coverages.get(root, _NO_COVERAGE)[1],
                clinic_pack=clinic_pack,
            ),
            physicians[root],
            tuple(sorted(dated.turns[root])),
        )
        for root, rows in done.items()
    }


def _people(tx: Tx, ids: Sequence[int]) -> dict[int, int]:
    """Every record's id to the id of the patient it counts for."""
    alive = select(Patient.id).where(
        Patient.id.in_(ids), Patient.merged_into.is_(None), Patient.deceased_on.is_(None)
    )
    people = {found: found for found in tx.session.scalars(alive)}
    new = list(people)
    while new:
        merged = select(Patient.id, Patient.merged_into).where(Patient.merged_into.in_(new))
        new = []
        for found, into in tx.session.execute(merged):
            if into is not None and found not in people:
                people[found] = people[into]
                new.append(found)
    return people


def _pregnant(tx: Tx, ids: Sequence[int]) -> set[int]:
    query = select(Patient.id).where(Patient.id.in_(ids), Patient.pregnant.is_(True))
    return set(tx.session.scalars(query))


def _done(
    tx: Tx, people: dict[int, int], everyone: Sequence[int]
) -> tuple[dict[int, list[DoneRow]], defaultdict[int, dict[int, int | None]]]:
    """Procedures that count, and who did them, by patient."""
    record = ProcedureRecord
    struck = exists().where(StrikeOut.procedure_id == record.id)
    query = (
        select(
            record.id, record.patient_id, record.performed_on, record.procedure, record.intent,
            record.state, record.steroids_known, record.physician_id,
        )
        .where(record.patient_id.in_(everyone), record.outcome != "aborted", ~struck)
        .order_by(record.performed_on, record.id)
    )  # fmt: skip
    sites, given, readings = _sites(tx, everyone), _given(tx, everyone), _readings(tx, everyone)
    done: dict[int, list[DoneRow]] = {}
    physicians: defaultdict[int, dict[int, int | None]] = defaultdict(dict)
    for row in tx.session.execute(query):
        root = people[row.patient_id]
        physicians[root][row.id] = row.physician_id
        made = DoneRow(
            id=row.id,
            day=row.performed_on,
            procedure=row.procedure,
            intent=row.intent,
            sites=tuple(sites[row.id]),
            steroids=steroids_of(row, given[row.id]),
            readings=tuple(readings[row.id]),
        )
        done.setdefault(root, []).append(made)
    return done, physicians


def _sites(tx: Tx, everyone: Sequence[int]) -> Lists:
    query = (
        select(ProcedureSite.procedure_id, ProcedureSite.name, ProcedureSite.side)
        .join(ProcedureRecord, ProcedureRecord.id == ProcedureSite.procedure_id)
        .where(ProcedureRecord.patient_id.in_(everyone))
        .order_by(ProcedureSite.procedure_id, ProcedureSite.position)
    )
    return _by_first((key, f"{name} {side}") for key, name, side in tx.session.execute(query))


def _given(tx: Tx, everyone: Sequence[int]) -> Lists:
    given = Administration
    query = (
        select(given.procedure_id, given.kind, given.drug, given.dose)
        .join(ProcedureRecord, ProcedureRecord.id == given.procedure_id)
        .where(ProcedureRecord.patient_id.in_(everyone))
        .order_by(given.procedure_id, given.position)
    )
    return _by_first((row.procedure_id, row) for row in tx.session.execute(query))


def _readings(tx: Tx, everyone: Sequence[int]) -> Lists:
    struck = exists().where(StrikeOut.reading_id == Reading.id)
    query = (
        select(
            ReadingLink.procedure_id, Reading.local_date, ReadingLink.phase, Reading.scale,
            Reading.value,
        )
        .join(Reading, Reading.id == ReadingLink.reading_id)
        .join(ProcedureRecord, ProcedureRecord.id == ReadingLink.procedure_id)
        .where(ProcedureRecord.patient_id.in_(everyone), ~struck)
        .order_by(ReadingLink.procedure_id, Reading.local_date, Reading.id)
    )  # fmt: skip
    return _by_first(
        (key, ReadingRow(day, phase, scale, value))
        for key, day, phase, scale, value in tx.session.execute(query)
    )


def _booked(tx: Tx, people: dict[int, int], wanted: Sequence[int]) -> Lists:
    """Planned procedures still meant to happen, and past ones nobody closed, by patient."""
    logged = exists().where(ProcedureRecord.planned_id == PlannedProcedure.id)
    meant = (Appointment.patient_id.in_(wanted), Appointment.status.not_in(NEVER_DONE), ~logged)
    query = (
        select(
            PlannedProcedure.id, PlannedProcedure.procedure, PlannedProcedure.intent,
            PlannedProcedure.steroids, Appointment.local_date, Appointment.patient_id,
        )
        .join(Appointment, Appointment.id == PlannedProcedure.appointment_id)
        .where(*meant)
        .order_by(Appointment.local_date, PlannedProcedure.id)
    )  # fmt: skip
    rows = tx.session.execute(query).all()
    if not rows:
        return defaultdict(list)
    sites = _by_first(
        (key, f"{name} {side}")
        for key, name, side in tx.session.execute(
            select(PlannedSite.planned_id, PlannedSite.name, PlannedSite.side)
            .where(PlannedSite.planned_id.in_([row.id for row in rows]))
            .order_by(PlannedSite.planned_id, PlannedSite.position)
        )
    )
    return _by_first((people[row.patient_id], _booking(row, sites[row.id])) for row in rows)


def _booking(row: Row[Any], sites: list[Any]) -> BookedRow:
    return BookedRow(
        id=row.id,
        day=row.local_date,
        procedure=row.procedure,
        intent=row.intent,
        sites=tuple(sites),
        steroids=planned_steroids(row.steroids),
    )


def _by_first(pairs: Iterable[tuple[int, Any]]) -> Lists:
    found: Lists = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


class _Dated:
    """What holds from a day to a day, and when that turns."""

    def __init__(self, tx: Tx, people: dict[int, int], wanted: Sequence[int], on: date) -> None:
        self._people, self._on = people, on
        self.turns: defaultdict[int, set[date]] = defaultdict(set)
        allergies = select(Allergy.patient_id, Allergy.valid_to).where(
            Allergy.patient_id.in_(wanted), Allergy.category == "contrast"
        )
        self.contrast = {
            people[key] for key, until in tx.session.execute(allergies) if self._holds(key, until)
        }
        self.prostheses = self._implants(tx, wanted)
        self.arthroplasties = _arthroplasties(tx, people, wanted)
        self.coverages = self._coverages(tx, wanted)

    def _holds(self, person: int, until: date | None, since: date | None = None) -> bool:
        if since is not None and since > self._on:
            self.turns[self._people[person]].add(since)
            return False
        if until is None:
            return True
        if until < self._on:
            return False
        self.turns[self._people[person]].add(until + _ONE_DAY)
        return True

    def _implants(self, tx: Tx, wanted: Sequence[int]) -> Lists:
        query = (
            select(Implant.patient_id, Implant.site, Implant.valid_to)
            .where(Implant.patient_id.in_(wanted), Implant.prosthesis.is_(True), Implant.site != "")
            .order_by(Implant.id)
        )
        return _by_first(
            (self._people[key], site)
            for key, site, until in tx.session.execute(query)
            if self._holds(key, until)
        )

    def _coverages(self, tx: Tx, wanted: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Payer and pack of the coverage that holds, the latest begun."""
        held = Coverage
        query = (
            select(held.patient_id, held.payer, held.pack, held.valid_from, held.valid_to)
            .where(held.patient_id.in_(wanted), or_(held.pack != "", held.payer != ""))
            .order_by(held.valid_from.desc().nulls_last(), held.id.desc())
        )
        found: dict[int, tuple[str, str]] = {}
        for key, payer, pack, since, until in tx.session.execute(query):
            if self._holds(key, until, since):
                found.setdefault(self._people[key], (payer, pack))
        return found


def _arthroplasties(tx: Tx, people: dict[int, int], wanted: Sequence[int]) -> Lists:
    query = (
        select(PlannedSurgery.patient_id, PlannedSurgery.site, PlannedSurgery.planned_on)
        .where(
            PlannedSurgery.patient_id.in_(wanted),
            PlannedSurgery.kind == "arthroplasty",
            PlannedSurgery.cancelled.is_(False),
        )
        .order_by(PlannedSurgery.planned_on, PlannedSurgery.id)
    )
    return _by_first((people[key], (site, day)) for key, site, day in tx.session.execute(query))
