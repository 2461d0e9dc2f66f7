"""Writes made-up rows in bulk, for demo clinics and benchmarks only.

Not audited row by row: the caller notes what was made. Signed procedures are inserted open,
then their parts, then signed, because the database refuses parts of a signed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import update

from clinicdesk.data import tables
from clinicdesk.data.search import index_patients
from clinicdesk.data.tx import Tx
from clinicdesk.domain.states import LogState

ORDER: tuple[type[tables.Base], ...] = (
    tables.Patient,
    tables.Identifier,
    tables.Phone,
    tables.Address,
    tables.Coverage,
    tables.Weight,
    tables.Allergy,
    tables.PatientDrug,
    tables.Condition,
    tables.Implant,
    tables.PlannedSurgery,
    tables.PatientAsked,
    tables.Alert,
    tables.Lot,
    tables.Appointment,
    tables.StatusChange,
    tables.PlannedProcedure,
    tables.PlannedSite,
    tables.Claim,
    tables.ProcedureRecord,
    tables.ProcedureSite,
    tables.Administration,
    tables.Reading,
    tables.ReadingLink,
    tables.FollowUp,
    tables.Signature,
    tables.ContactAttempt,
    tables.DueDate,
    tables.DueSnooze,
)
BY_NAME = {table.__tablename__: table for table in ORDER}
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def first_ids(tx: Tx) -> dict[str, int]:
    """The next free id of every table, by table name."""
    return {name: tx.next_ids(table, 1)[0] for name, table in BY_NAME.items()}


def write(tx: Tx, rows: Rows) -> None:
    """Inserts rows (with their ids) table by table, and indexes the patients."""
    for table in ORDER:
        tx.insert_many(table, rows.get(table.__tablename__, ()), audited=False)
    signed = [row["procedure_id"] for row in rows.get("signature", ())]
    record = tables.ProcedureRecord
    for start in range(0, len(signed), 500):
        chunk = signed[start : start + 500]
        tx.session.execute(
            update(record.__table__)  # type: ignore[arg-type]
            .where(record.__table__.c.id.in_(chunk))
            .values(state=LogState.SIGNED.value)
        )
    index_patients(tx, [row["id"] for row in rows.get("patient", ())])


def advance_ids(tx: Tx, used: Mapping[str, int]) -> None:
    """Tells PostgreSQL's sequences which ids are taken; SQLite needs no telling."""
    if tx.dialect != "postgresql":
        return
    for name, last in used.items():
        tx.session.connection().exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {int(last)})"
        )


def set_counter(tx: Tx, name: str, value: int) -> None:
    """Puts a counter on, so that new record numbers go on after the made-up ones."""
    row = tx.session.get(tables.Counter, name)
    if row is None:
        tx.add(tables.Counter(name=name, value=value))
    else:
        row.value = value
        tx.flush()
