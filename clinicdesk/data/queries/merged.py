"""Records of one and the same person: which were merged into which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select

from clinicdesk.data.tables import Patient
from clinicdesk.data.tx import Tx

_RECORDS: BindParameter[int] = bindparam("records", expanding=True)


def root_of(tx: Tx, patient_id: int) -> int:
    """The record that this one was merged into, however many steps; itself if it was not."""
    seen = [patient_id]
    while True:
        query = select(Patient.merged_into).where(Patient.id == seen[-1])
        into = tx.session.scalars(query).first()
        if into is None or into in seen:
            return seen[-1]
        seen.append(into)


def died_on(tx: Tx, patient_id: int) -> date | None:
    """The day of a death; it stands on the record that duplicates were merged into."""
    query = select(Patient.deceased_on).where(Patient.id == root_of(tx, patient_id))
    return tx.session.scalars(query).first()


def people_of(tx: Tx, ids: Sequence[int]) -> dict[int, list[int]]:
    """By patient: that record and every one merged into it, however many steps."""
    people = {number: [number] for number in ids}
    new = {number: {number} for number in ids}
    while new:
        further: dict[int, set[int]] = {}
        for found, into in tx.session.execute(_merged_into(), {"records": list(new)}):
            for whose in new[into] if into is not None else ():
                if found not in people[whose]:
                    people[whose].append(found)
                    further.setdefault(found, set()).add(whose)
        new = further
    return people


@cache
def _merged_into() -> Select[*tuple[Any, ...]]:
    return select(Patient.id, Patient.merged_into).where(Patient.merged_into.in_(_RECORDS))


def alive(tx: Tx, ids: Sequence[int]) -> list[int]:
    """Of these patients, those who neither died nor were merged into another."""
    return list(tx.session.scalars(_alive(), {"records": ids}))


@cache
def _alive() -> Select[int]:
    return select(Patient.id).where(
        Patient.id.in_(_RECORDS), Patient.merged_into.is_(None), Patient.deceased_on.is_(None)
    )
