"""Scores of procedures: those before it, and a new one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import exists, select

from clinicdesk.data.tables import (
    ProcedureRecord,
    ProcedureSite,
    Reading,
    ReadingLink,
    StrikeOut,
)
from clinicdesk.data.tx import Tx

_STRUCK = exists().where(StrikeOut.reading_id == Reading.id)


def procedures(tx: Tx, ids: Sequence[int]) -> tuple[ProcedureRecord, ...]:
    """Those of ``ids`` that exist and were not struck out, in order of their day."""
    struck = exists().where(StrikeOut.procedure_id == ProcedureRecord.id)
    query = (
        select(ProcedureRecord)
        .where(ProcedureRecord.id.in_(ids), ~struck)
        .order_by(ProcedureRecord.performed_on, ProcedureRecord.id)
    )
    return tuple(tx.session.scalars(query))


def sites(tx: Tx, procedure_id: int) -> tuple[str, ...]:
    """``L5 left`` and so on."""
    query = (
        select(ProcedureSite.name, ProcedureSite.side)
        .where(ProcedureSite.procedure_id == procedure_id)
        .order_by(ProcedureSite.position)
    )
    return tuple(f"{name} {side}" for name, side in tx.session.execute(query))


def baselines(tx: Tx, procedure_id: int) -> tuple[tuple[str, Decimal], ...]:
    """Per scale the lowest score of the latest day before the injection, as the rules read it."""
    query = (
        select(Reading.scale, Reading.local_date, Reading.value)
        .join(ReadingLink, ReadingLink.reading_id == Reading.id)
        .where(ReadingLink.procedure_id == procedure_id, ReadingLink.phase == "baseline", ~_STRUCK)
    )
    found: dict[str, tuple[date, Decimal]] = {}
    for scale, day, value in tx.session.execute(query):
        before = found.get(scale)
        if before is None or day > before[0] or (day == before[0] and value < before[1]):
            found[scale] = (day, value)
    return tuple((scale, value) for scale, (_, value) in sorted(found.items()))


def already(
    tx: Tx, procedure_ids: Sequence[int], phase: str, scale: str, value: Decimal, on: date
) -> bool:
    """Whether exactly this score is kept of one of them."""
    query = (
        select(Reading.value)
        .join(ReadingLink, ReadingLink.reading_id == Reading.id)
        .where(
            ReadingLink.procedure_id.in_(procedure_ids),
            ReadingLink.phase == phase,
            Reading.scale == scale,
            Reading.local_date == on,
            ~_STRUCK,
        )
    )
    return any(kept == value for kept in tx.session.scalars(query))


def add(
    tx: Tx,
    patient_id: int,
    procedure_ids: Sequence[int],
    phase: str,
    scale: str,
    value: Decimal,
    on: date,
    note: str,
    *,
    today: bool,
) -> int:
    """A reading with its links; its id. ``today``: it was taken at this moment."""
    row = tx.add(
        Reading(
            patient_id=patient_id,
            scale=scale,
            value=value,
            taken_at=tx.now if today else None,
            local_date=on,
            note=note,
            staff_id=tx.staff_id,
        )
    )
    for procedure_id in procedure_ids:
        tx.add(ReadingLink(reading_id=row.id, procedure_id=procedure_id, phase=phase))
    return row.id
