"""Done procedures with their scores, straight into the tables, and the due list made of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from clinicdesk.data import tables as t
from clinicdesk.services import due

ON = date(2026, 11, 25)


def done(
    clinic: Any,
    patient: int,
    day: date,
    procedure: str = "esi.transforaminal",
    site: tuple[str, str] = ("L5", "left"),
    scores: tuple[tuple[str, date, int], ...] = (),
    steroid_mg: int = 10,
    **more: object,
) -> int:
    """A signed procedure with scores of (phase, day, value); its number."""
    values: dict[str, object] = {
        "patient_id": patient, "procedure": procedure, "intent": "therapeutic",
        "performed_on": day, "physician_id": clinic.seeded.osei, "state": "open",
    }  # fmt: skip
    with clinic.store.write(None, "test.done") as tx:
        row = tx.add(t.ProcedureRecord(**(values | {"created_at": tx.now} | more)))
        tx.add(t.ProcedureSite(procedure_id=row.id, name=site[0], side=site[1]))
        tx.add(
            t.Administration(
                procedure_id=row.id, product="x", drug="triamcinolone", kind="steroid",
                volume_ml=Decimal(1), dose=Decimal(steroid_mg),
            )
        )  # fmt: skip
        for phase, at, value in scores:
            score = tx.add(
                t.Reading(patient_id=patient, scale="NRS", value=Decimal(value), local_date=at)
            )
            tx.add(t.ReadingLink(reading_id=score.id, procedure_id=row.id, phase=phase))
        # Signed last: from then on the database refuses every change.
        tx.flush()
        row.state = "signed"
        return int(row.id)


def helped(day: date, later: date) -> tuple[tuple[str, date, int], ...]:
    """Scores of a procedure that helped by three quarters."""
    return (("baseline", day, 8), ("followup", later, 2))


def rows_of(clinic: Any, actor: Any, on: date = ON) -> dict[int, Any]:
    """The due list brought up to date: last procedure's number to its row."""
    from clinicdesk.domain.rows.due import DueFilter

    due.refresh(clinic, actor, on)
    ids = due.overview(clinic, actor, DueFilter(), on).ids
    return {row.last_procedure_id: row for row in due.rows(clinic, actor, ids, on)}


def anew(clinic: Any, patient: int, on: date = ON) -> None:
    """Computes a patient's rows again, as the hook of every write does."""
    from clinicdesk.services.due import keeping

    with clinic.store.unaudited() as tx:
        keeping.keep(tx, clinic.catalogue, [patient], on)


def lives(clinic: Any, patient: int, line: str, city: str, code: str) -> None:
    """A postal address."""
    with clinic.store.write(None, "test.address") as tx:
        tx.add(t.Address(patient_id=patient, line=line, city=city, state="MA", postal_code=code))


def pays(clinic: Any, patient: int, pack: str) -> None:
    """Whose rules hold for a patient."""
    with clinic.store.write(None, "test.coverage") as tx:
        tx.add(t.Coverage(patient_id=patient, payer="x", pack=pack))


def speaks(clinic: Any, patient: int, language: str) -> None:
    with clinic.store.write(None, "test.language") as tx:
        tx.get(t.Patient, patient).language = language
