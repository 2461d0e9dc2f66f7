"""People on record whom a row of a file may be: by birth date, and by telephone number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from clinicdesk.data.current import current_on
from clinicdesk.data.tables import Patient, Phone
from clinicdesk.data.tx import Tx


class KnownPerson(NamedTuple):
    """Somebody on record, as rows of a file are compared with; ``phone`` in digits, if asked by."""

    id: int
    family: str
    given: str
    birth_date: date
    mrn: str
    phone: str = ""


_person = select(Patient.id, Patient.family, Patient.given, Patient.birth_date, Patient.mrn).where(
    Patient.merged_into.is_(None)
)


def born_on(tx: Tx, births: Iterable[date | None]) -> list[KnownPerson]:
    """Everybody born on one of the days."""
    days = sorted({day for day in births if day is not None})
    found: list[KnownPerson] = []
    for start in range(0, len(days), 500):
        query = _person.where(Patient.birth_date.in_(days[start : start + 500]))
        found += [KnownPerson(*row) for row in tx.session.execute(query)]
    return found


def reached_by(tx: Tx, phones: Iterable[str], on: date) -> list[KnownPerson]:
    """Everybody with one of the telephone numbers (digits with the country code)."""
    numbers = sorted(set(phones))
    found: list[KnownPerson] = []
    for start in range(0, len(numbers), 500):
        query = (
            _person.add_columns(Phone.digits)
            .join(Phone, Phone.patient_id == Patient.id)
            .where(Phone.digits.in_(numbers[start : start + 500]), current_on(Phone, on))
        )
        found += [KnownPerson(*row) for row in tx.session.execute(query)]
    return found
