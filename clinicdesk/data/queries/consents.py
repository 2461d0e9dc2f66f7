"""The printed consents of an appointment, and which of them were signed on paper."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from sqlalchemy import func, select

from clinicdesk.data.tables import ConsentSigned, Document, DocumentEvent, Staff
from clinicdesk.data.tx import Tx
from clinicdesk.domain.rows.consents import ConsentPaper
from clinicdesk.domain.sheets import CONSENT
from clinicdesk.domain.states import SheetUse

_NOT: tuple[datetime | None, str] = (None, "")


def of_appointment(tx: Tx, appointment_id: int, zone: tzinfo = UTC) -> list[ConsentPaper]:
    """Every consent that was printed or saved, the one made last first; times in ``zone``."""
    query = (
        select(Document.id, Document.about, func.max(DocumentEvent.at))
        .join(DocumentEvent, DocumentEvent.document_id == Document.id)
        .where(
            Document.appointment_id == appointment_id,
            Document.kind == CONSENT,
            DocumentEvent.use.in_((SheetUse.PRINTED.value, SheetUse.SAVED.value)),
        )
        .group_by(Document.id)
        .order_by(Document.id.desc())
    )
    found = tx.session.execute(query).all()
    signed = _signed(tx, [number for number, *__ in found], zone)
    return [
        ConsentPaper(
            document_id=number,
            planned_id=about.get("planned_id"),
            sites=tuple(about["sites"]),
            printed_at=at.astimezone(zone),
            signed_at=signed.get(number, _NOT)[0],
            signed_by=signed.get(number, _NOT)[1],
        )
        for number, about, at in found
        if about
    ]


def _signed(tx: Tx, documents: list[int], zone: tzinfo) -> dict[int, tuple[datetime | None, str]]:
    """By document when its signature was recorded, and by whom; None where it was taken back."""
    if not documents:
        return {}
    query = (
        select(ConsentSigned.document_id, ConsentSigned.signed, ConsentSigned.at, Staff.name)
        .outerjoin(Staff, Staff.id == ConsentSigned.staff_id)
        .where(ConsentSigned.document_id.in_(documents))
        .order_by(ConsentSigned.id)
    )
    return {
        document: (at.astimezone(zone), name or "") if signed else _NOT
        for document, signed, at, name in tx.session.execute(query)
    }


def add_signed(tx: Tx, document_id: int, *, signed: bool) -> None:
    """Keeps that a printed consent was signed, or that it was not after all."""
    tx.add(ConsentSigned(document_id=document_id, signed=signed, at=tx.now, staff_id=tx.staff_id))
