"""What is on record of an appointment's own day: readings, the way home."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from clinicdesk.data.tables import (
    ContactConfirmed,
    DriverAsked,
    Reading,
    ReadingLink,
    Staff,
    StrikeOut,
)
from clinicdesk.data.tx import Tx
from clinicdesk.domain.measures import Measured
from clinicdesk.domain.rows.check_in import Contacts, ContactsConfirmed, DriverRow
from clinicdesk.domain.states import Known


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


def driver(tx: Tx, appointment_id: int, on: date, zone: ZoneInfo) -> DriverRow | None:
    """The newest answer of the way home that was given on a day; None where nobody asked then."""
    query = (
        select(DriverAsked.said, DriverAsked.words, DriverAsked.at, Staff.name)
        .outerjoin(Staff, Staff.id == DriverAsked.staff_id)
        .where(DriverAsked.appointment_id == appointment_id)
        .order_by(DriverAsked.id.desc())
        .limit(1)
    )
    found = tx.session.execute(query).first()
    if found is None or found.at.astimezone(zone).date() != on:
        return None
    return DriverRow(Known(found.said), found.words, found.at.astimezone(zone), found.name or "")


def add_driver(tx: Tx, appointment_id: int, said: Known, words: str) -> None:
    """Keeps an answer of this moment."""
    tx.add(
        DriverAsked(
            appointment_id=appointment_id, said=said.value, words=words, at=tx.now,
            staff_id=tx.staff_id,
        )
    )  # fmt: skip


def confirmed(tx: Tx, patient_id: int, zone: ZoneInfo) -> ContactsConfirmed | None:
    """What was said last to be still right; None where nobody ever asked."""
    query = (
        select(ContactConfirmed, Staff.name)
        .outerjoin(Staff, Staff.id == ContactConfirmed.staff_id)
        .where(ContactConfirmed.patient_id == patient_id)
        .order_by(ContactConfirmed.id.desc())
        .limit(1)
    )
    found = tx.session.execute(query).first()
    if found is None:
        return None
    row, name = found
    contacts = Contacts(row.phone, row.payer, row.address)
    return ContactsConfirmed(contacts, row.at.astimezone(zone), name or "")


def add_confirmed(tx: Tx, patient_id: int, contacts: Contacts) -> None:
    """Keeps that they hold at this moment."""
    tx.add(
        ContactConfirmed(
            patient_id=patient_id, phone=contacts.phone, payer=contacts.payer,
            address=contacts.address, at=tx.now, staff_id=tx.staff_id,
        )
    )  # fmt: skip
