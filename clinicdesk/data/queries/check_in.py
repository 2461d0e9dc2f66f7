"""What is on record of an appointment's own day: readings without a procedure, printed sheets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select

from clinicdesk.data.tables import Document, DocumentEvent, Reading, ReadingLink, Staff, StrikeOut
from clinicdesk.data.tx import Tx
from clinicdesk.domain.measures import Measured
from clinicdesk.domain.states import SheetUse


def measured(tx: Tx, patient_id: int, on: date, zone: ZoneInfo) -> dict[str, Measured]:
    """By key the newest reading of a day that is about no procedure."""
    linked = exists().where(ReadingLink.reading_id == Reading.id)
    struck = exists().where(StrikeOut.reading_id == Reading.id)
    query = (
        select(Reading.scale, Reading.value, Reading.taken_at, Staff.name)
        .outerjoin(Staff, Staff.id == Reading.staff_id)
        .where(
            Reading.patient_id == patient_id,
            Reading.local_date == on,
            Reading.taken_at.is_not(None),
            ~linked,
            ~struck,
        )
        .order_by(Reading.id)
    )
    return {
        key: Measured(key, value, at.astimezone(zone), name or "")
        for key, value, at, name in tx.session.execute(query)
        if at is not None
    }


def add_measured(tx: Tx, patient_id: int, key: str, value: Decimal, on: date) -> int:
    """Keeps a reading of this moment; its id."""
    row = tx.add(
        Reading(
            patient_id=patient_id, scale=key, value=value, taken_at=tx.now, local_date=on, note="",
            staff_id=tx.staff_id,
        )
    )  # fmt: skip
    return row.id


def printed(tx: Tx, appointment_id: int, zone: ZoneInfo) -> dict[str, datetime]:
    """By kind when a sheet of this appointment was printed or saved last."""
    query = (
        select(Document.kind, func.max(DocumentEvent.at))
        .join(DocumentEvent, DocumentEvent.document_id == Document.id)
        .where(
            Document.appointment_id == appointment_id,
            DocumentEvent.use.in_((SheetUse.PRINTED.value, SheetUse.SAVED.value)),
        )
        .group_by(Document.kind)
    )
    return {kind: at.astimezone(zone) for kind, at in tx.session.execute(query)}
