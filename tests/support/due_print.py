"""Where patients live and what they speak, and their rows of the due list."""

from __future__ import annotations

from datetime import date
from typing import Any

from support.due import listed

from clinicdesk.data import tables as t
from clinicdesk.domain.rows.due import DueRow
from clinicdesk.services import due

ON = date(2026, 11, 25)


def rows_of(clinic: Any, actor: Any, on: date = ON) -> dict[int, DueRow]:
    """The due list brought up to date: last procedure's number to its row."""
    due.refresh(clinic, actor, on)
    return {row.last_procedure_id: row for row in listed(clinic, actor, on)}


def anew(clinic: Any, patient: int, on: date = ON) -> None:
    """Computes a patient's rows again, as the hook of every write does."""
    from clinicdesk.services.due import keeping

    with clinic.store.unaudited() as tx:
        keeping.keep(tx, clinic.catalogue, [patient], on)


def lives(clinic: Any, patient: int, line: str, city: str, code: str, country: str = "US") -> None:
    """A postal address."""
    row = t.Address(
        patient_id=patient, line=line, city=city, state="MA", postal_code=code, country=country
    )
    with clinic.store.write(None, "test.address") as tx:
        tx.add(row)


def speaks(clinic: Any, patient: int, language: str) -> None:
    """The language on record."""
    with clinic.store.write(None, "test.language") as tx:
        tx.get(t.Patient, patient).language = language
