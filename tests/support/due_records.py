"""The stored records of a clinic as cases of the verdict contract, read for ``due_reference``.

From the tables alone, without the program's own readers; and ``stir``, which gives a demo clinic
what it has too little of: scores of function, late and missing ones, attempts given up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select, text

from clinicdesk.data import tables as t
from clinicdesk.domain.anatomy import usual_plan

STIRRED = "stirred"
_GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'reading_link'"


@dataclass(frozen=True)
class Entry:
    """A procedure done or booked (``planned`` then its id); ``given_up``: after its steroid."""

    id: str
    number: int
    day: date
    booked: bool
    procedure: str
    intent: str
    sites: tuple[str, ...]
    steroids: tuple[tuple[str, str], ...] | None
    given_up: bool = False
    readings: tuple[tuple[date, str, str, Decimal], ...] = ()


@dataclass(frozen=True)
class Records:
    """Everything of one patient that a case is made of."""

    pack: str
    entries: tuple[Entry, ...]
    contrast_allergy: bool = False
    pregnant: bool = False


def records(clinic: Any) -> dict[int, Records]:
    """By patient, all living ones who had a procedure."""
    with clinic.store.read() as tx:
        return _read(tx.session, clinic)


def _read(session: Any, clinic: Any) -> dict[int, Records]:
    struck = select(t.StrikeOut.reading_id).where(t.StrikeOut.reading_id.is_not(None))
    out = set(session.scalars(struck))
    links = (
        select(t.ReadingLink.procedure_id, t.Reading.id, t.Reading.local_date,
               t.ReadingLink.phase, t.Reading.scale, t.Reading.value)
        .join(t.Reading, t.Reading.id == t.ReadingLink.reading_id)
    )  # fmt: skip
    readings = defaultdict(list)
    for number, reading, *rest in session.execute(links):
        if reading not in out:
            readings[number].append(tuple(rest))
    given = defaultdict(list)
    for one in session.scalars(select(t.Administration)):
        if one.kind == "steroid":
            given[one.procedure_id].append((one.drug, str(one.dose)))
    sites = defaultdict(list)
    for one in session.scalars(select(t.ProcedureSite).order_by(t.ProcedureSite.position)):
        sites[one.procedure_id].append(f"{one.name} {one.side}")
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    logged = set()
    for row in session.scalars(select(t.ProcedureRecord)):
        logged.add(row.planned_id)
        given_up = row.outcome == "aborted"
        if given_up and not given[row.id]:
            continue
        found[row.patient_id].append(
            Entry(
                f"p{row.id}", row.id, row.performed_on, False, row.procedure, row.intent,
                tuple(sites[row.id]), tuple(given[row.id]), given_up, tuple(readings[row.id]),
            )
        )  # fmt: skip
    living = select(t.Patient.id).where(t.Patient.deceased_on.is_(None))
    treated = set(found) & set(session.scalars(living))
    for patient, entry in _booked(session, clinic.catalogue.procedures, logged):
        found[patient].append(entry)
    packs = _packs(session, clinic)
    allergic = set(
        session.scalars(
            select(t.Allergy.patient_id).where(
                t.Allergy.category == "contrast", t.Allergy.valid_to.is_(None)
            )
        )
    )
    said = select(t.PatientAsked).where(t.PatientAsked.topic == "pregnancy")
    newest = {one.patient_id: one.answer for one in session.scalars(said.order_by("id"))}
    pregnant = {key for key, answer in newest.items() if answer == "yes"}
    return {
        key: Records(packs[key], tuple(found[key]), key in allergic, key in pregnant)
        for key in treated
    }


def _booked(session: Any, kinds: Any, logged: set[int | None]) -> Any:
    sites = defaultdict(list)
    for one in session.scalars(select(t.PlannedSite).order_by(t.PlannedSite.position)):
        sites[one.planned_id].append(f"{one.name} {one.side}")
    query = select(t.PlannedProcedure, t.Appointment).join(
        t.Appointment, t.Appointment.id == t.PlannedProcedure.appointment_id
    )
    for plan, visit in session.execute(query):
        if plan.id in logged or visit.status in ("cancelled", "no_show"):
            continue
        usual = usual_plan(kinds[plan.procedure], sites[plan.id])
        steroids = (
            [(one.drug, str(one.mg)) for one in usual.steroids]
            if plan.steroids is None
            else [(one["drug"], str(one["mg"])) for one in plan.steroids]
        )
        yield visit.patient_id, Entry(
            f"b{plan.id}", plan.id, visit.local_date, True, plan.procedure,
            plan.intent or usual.intent.value, tuple(sites[plan.id]), tuple(steroids),
        )  # fmt: skip


def _packs(session: Any, clinic: Any) -> defaultdict[int, str]:
    own = clinic.settings.pack or "clinic-default"
    found: defaultdict[int, str] = defaultdict(lambda: own)
    begun = select(t.PayerPack).where(t.PayerPack.begins_on <= clinic.today())
    mapped = {row.payer: row.pack for row in session.scalars(begun.order_by("begins_on", "id"))}
    for row in session.scalars(select(t.Coverage).where(t.Coverage.valid_to.is_(None))):
        named = [p.id for p in clinic.catalogue.packs.values() if row.payer.lower() in p.payers]
        found[row.patient_id] = row.pack or mapped.get(row.payer) or (named[0] if named else own)
    return found


def case(mine: Records, plan: dict[str, Any], day: date, without: str = "") -> dict[str, Any]:
    """The question of ``plan`` on a day, with what could be known on it."""
    entries = [entry for entry in mine.entries if entry.id != without]
    return {
        "pack": mine.pack,
        "on": day.isoformat(),
        "patient": {"contrast_allergy": mine.contrast_allergy, "pregnant": mine.pregnant},
        "plan": plan,
        "history": [
            {
                "id": one.id, "date": one.day.isoformat(), "procedure": one.procedure,
                "state": "booked" if one.booked or one.day > day else "done",
                "intent": one.intent, "sites": list(one.sites),
                "steroids": [{"drug": d, "mg": float(mg)} for d, mg in one.steroids or ()],
            }
            for one in entries
        ],
        "readings": [
            {"session": one.id, "date": on.isoformat(), "phase": phase, "scale": scale,
             "value": float(value)}
            for one in entries if one.day <= day
            for on, phase, scale, value in one.readings if on <= day
        ],
    }  # fmt: skip


def plan_of(row: Any, kind: Any) -> dict[str, Any]:
    """The usual plan at the sites of a due row."""
    usual = usual_plan(kind, row.sites)
    return {
        "procedure": row.procedure, "intent": row.intent, "sites": list(row.sites),
        "guidance": usual.guidance.value if usual.guidance else None, "contrast": usual.contrast,
        "steroids": [{"drug": one.drug, "mg": float(one.mg)} for one in usual.steroids],
    }  # fmt: skip


# -- more than a demo clinic has ---------------------------------------------------------------


def stir(clinic: Any, seed: int) -> None:
    """Adds scores and attempts, strikes scores out; the same for the same seed.

    A demo clinic's procedures are signed: that guard is taken away for it.
    """
    rng, today = Random(seed), clinic.today()
    before = records(clinic)
    with clinic.store.write(None, STIRRED) as tx:
        for name in tx.session.scalars(text(_GUARDS)).all():
            tx.session.execute(text(f'DROP TRIGGER "{name}"'))
        scored = select(t.ReadingLink.reading_id).where(t.ReadingLink.phase != "baseline")
        for reading in sorted(tx.session.scalars(scored)):
            if rng.random() < 0.12:
                tx.add(t.StrikeOut(reading_id=reading, staff_id=1, at=tx.now, reason="Slip"))
        for patient in sorted(before):
            for one in before[patient].entries:
                if not one.booked and one.day < today:
                    _stir(tx, rng, patient, one, today)


def _stir(tx: Any, rng: Random, patient: int, one: Entry, today: date) -> None:
    if rng.random() < 0.3:
        _score(tx, patient, one, "baseline", "ODI", one.day, rng.randint(30, 70))
        for __ in range(rng.randint(0, 2)):
            _later(tx, rng, patient, one, "ODI", rng.randint(5, 70), today)
    if rng.random() < 0.2:
        _later(tx, rng, patient, one, "NRS", rng.randint(0, 9), today)
    if rng.random() < 0.06:
        _attempt(tx, rng, patient, one, today)


def _later(
    tx: Any, rng: Random, patient: int, one: Entry, scale: str, value: int, today: date
) -> None:
    day = one.day + timedelta(days=rng.choice((rng.randint(1, 30), rng.randint(31, 230))))
    _score(tx, patient, one, "followup", scale, min(day, today), value)


def _score(tx: Any, patient: int, one: Entry, phase: str, scale: str, day: date, v: int) -> None:
    row = tx.add(t.Reading(patient_id=patient, scale=scale, value=Decimal(v), local_date=day))
    tx.add(t.ReadingLink(reading_id=row.id, procedure_id=one.number, phase=phase))


def _attempt(tx: Any, rng: Random, patient: int, one: Entry, today: date) -> None:
    day = min(one.day + timedelta(days=rng.randint(10, 90)), today)
    row = tx.add(
        t.ProcedureRecord(
            patient_id=patient, procedure=one.procedure, intent=one.intent, performed_on=day,
            physician_id=_physician(tx), created_at=tx.now, outcome="aborted",
        )
    )  # fmt: skip
    for position, site in enumerate(one.sites):
        name, __, side = site.rpartition(" ")
        tx.add(t.ProcedureSite(procedure_id=row.id, position=position, name=name, side=side))
    if rng.random() < 0.7:
        tx.add(
            t.Administration(
                procedure_id=row.id, product="dexamethasone-10", drug="dexamethasone",
                kind="steroid", per_ml=Decimal(10), volume_ml=Decimal(1), dose=Decimal(10),
            )
        )  # fmt: skip


def _physician(tx: Any) -> int:
    query = select(t.ProcedureRecord.physician_id).where(t.ProcedureRecord.outcome == "done")
    return int(tx.session.scalars(query.limit(1)).one())
