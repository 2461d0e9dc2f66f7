"""What staff do about rows of the due list: contacts, dates set by hand, put aside, in hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, or_, select
from sqlalchemy.orm import aliased

from clinicdesk.data.tables import ContactAttempt, DueDate, DueItem, DueSnooze, DueTaken, Staff
from clinicdesk.data.tables.base import table_of
from clinicdesk.data.tx import Tx
from clinicdesk.data.upsert import upsert
from clinicdesk.domain.rows.due import ContactForm

DUE = "due"
_ITEM, _TAKEN = table_of(DueItem), table_of(DueTaken)


@dataclass(frozen=True)
class Place:
    """What a row is about: what staff say is kept with it, and outlives the row."""

    row_id: int
    patient_id: int
    track: str
    site: str
    procedure_id: int
    last_done: date


@dataclass(frozen=True)
class Attempt:
    """A contact that counts; ``at`` in UTC."""

    id: int
    track: str
    site: str
    at: datetime
    local_date: date
    staff_id: int
    author: str
    kind: str
    outcome: str
    note: str
    next_on: date | None


def places(tx: Tx, row_ids: Sequence[int]) -> dict[int, Place]:
    """By row id; rows that are gone are left out."""
    c = _ITEM.c
    query = select(c.id, c.patient_id, c.track, c.site, c.last_procedure_id, c.last_done).where(
        c.id.in_(row_ids)
    )
    return {row.id: Place(*row) for row in tx.session.execute(query)}


# -- contacts -----------------------------------------------------------------------------------


def add_attempt(tx: Tx, place: Place, form: ContactForm, today: date) -> int:
    """Keeps a contact; its id."""
    assert tx.staff_id is not None
    row = ContactAttempt(
        purpose=DUE,
        patient_id=place.patient_id,
        track=place.track,
        site=place.site,
        procedure_id=place.procedure_id,
        kind=form.kind,
        outcome=form.outcome,
        note=form.note.strip(),
        next_on=form.next_on,
        local_date=today,
        at=tx.now,
        staff_id=tx.staff_id,
    )
    return tx.add(row).id


def withdraw(tx: Tx, attempt: Row[Any], today: date) -> None:
    """Keeps that an attempt was a wrong click; the attempt itself stays as it was."""
    assert tx.staff_id is not None
    tx.add(
        ContactAttempt(
            purpose=attempt.purpose,
            patient_id=attempt.patient_id,
            track=attempt.track,
            site=attempt.site,
            procedure_id=attempt.procedure_id,
            kind=attempt.kind,
            local_date=today,
            at=tx.now,
            staff_id=tx.staff_id,
            withdraws=attempt.id,
        )
    )


def replace_outcome(tx: Tx, attempt: Row[Any], outcome: str, today: date) -> None:
    """Keeps what became of an attempt in its place; the attempt itself stays as it was."""
    withdraw(tx, attempt, today)
    place = Place(
        row_id=0,
        patient_id=attempt.patient_id,
        track=attempt.track,
        site=attempt.site,
        procedure_id=attempt.procedure_id,
        last_done=attempt.local_date,
    )
    add_attempt(tx, place, ContactForm(attempt.kind, outcome), today)


def attempts_by_id(tx: Tx, ids: Sequence[int]) -> list[Row[Any]]:
    """Attempts with whether they are withdrawn already (``withdrawn``), by id."""
    made, taken_back = ContactAttempt.__table__, aliased(ContactAttempt)
    query = (
        select(made, taken_back.id.label("withdrawn"))
        .outerjoin(taken_back, taken_back.withdraws == made.c.id)
        .where(made.c.id.in_(ids), made.c.withdraws.is_(None))
        .order_by(made.c.id)
    )
    return list(tx.session.execute(query))


def attempts(tx: Tx, patients: Sequence[int]) -> defaultdict[int, list[Attempt]]:
    """The contacts of the due list that count, newest first, by patient."""
    found: defaultdict[int, list[Attempt]] = defaultdict(list)
    for patient, *parts in tx.session.execute(_attempts_query(), {"patients": patients}):
        found[patient].append(Attempt(*parts))
    return found


@cache
def _attempts_query() -> Select[*tuple[Any, ...]]:
    # Put together once: with every page of the list, that took longer than asking.
    made, taken_back = ContactAttempt, aliased(ContactAttempt)
    return (
        select(
            made.patient_id, made.id, made.track, made.site, made.at, made.local_date,
            made.staff_id, Staff.name, made.kind, made.outcome, made.note, made.next_on,
        )
        .join(Staff, Staff.id == made.staff_id)
        .outerjoin(taken_back, taken_back.withdraws == made.id)
        .where(
            made.patient_id.in_(bindparam("patients", expanding=True)),
            made.purpose == DUE,
            made.withdraws.is_(None),
            taken_back.id.is_(None),
        )
        .order_by(made.at.desc(), made.id.desc())
    )  # fmt: skip


# -- put aside, dates by hand -------------------------------------------------------------------


def add_snooze(tx: Tx, place: Place, until: date | None, reason: str) -> None:
    """Puts a place aside, in place of whatever put it aside before."""
    assert tx.staff_id is not None
    end_snoozes(tx, place)
    tx.add(
        DueSnooze(
            patient_id=place.patient_id,
            track=place.track,
            site=place.site,
            procedure_id=place.procedure_id,
            last_done=place.last_done,
            until=until,
            reason=reason,
            at=tx.now,
            staff_id=tx.staff_id,
        )
    )


def end_snoozes(tx: Tx, place: Place) -> None:
    """Takes a place up again."""
    number = select(_ITEM.c.snooze_id).where(_ITEM.c.id == place.row_id)
    query = select(DueSnooze).where(
        DueSnooze.patient_id == place.patient_id,
        DueSnooze.ended_at.is_(None),
        (DueSnooze.id.in_(number))
        | ((DueSnooze.track == place.track) & (DueSnooze.site == place.site)),
    )
    for row in tx.session.scalars(query):
        row.ended_at, row.ended_by = tx.now, tx.staff_id
    tx.flush()


def add_date(tx: Tx, place: Place, day: date | None, reason: str, today: date) -> None:
    """Keeps a date set by hand, or (None) that the computed one counts again."""
    assert tx.staff_id is not None
    tx.add(
        DueDate(
            patient_id=place.patient_id,
            track=place.track,
            site=place.site,
            procedure_id=place.procedure_id,
            last_done=place.last_done,
            day=day,
            reason=reason,
            set_on=today,
            at=tx.now,
            staff_id=tx.staff_id,
        )
    )


# -- in hand ------------------------------------------------------------------------------------


def take(tx: Tx, patient_id: int, staff_id: int, lasts: timedelta) -> bool:
    """Takes a patient in hand; False while somebody else has him. One statement: no race."""
    return upsert(
        tx,
        _TAKEN,
        {"patient_id": patient_id},
        {"staff_id": staff_id, "until": tx.now + lasts},
        only_if=or_(_TAKEN.c.staff_id == staff_id, _TAKEN.c.until <= tx.now),
    )


def holder(tx: Tx, patient_id: int) -> str:
    """Who has the patient in hand; empty: nobody."""
    query = (
        select(Staff.name)
        .join(DueTaken, DueTaken.staff_id == Staff.id)
        .where(DueTaken.patient_id == patient_id, DueTaken.until > tx.now)
    )
    return tx.session.scalars(query).first() or ""


def put_down(tx: Tx, staff_id: int, besides: int | None = None) -> list[int]:
    """Puts down what a person has in hand, all but one patient; whose rows those were."""
    mine = DueTaken.staff_id == staff_id
    query = select(DueTaken.patient_id).where(mine)
    found = [patient for patient in tx.session.scalars(query) if patient != besides]
    if found:
        tx.session.execute(delete(DueTaken).where(mine, DueTaken.patient_id.in_(found)))
    return found
