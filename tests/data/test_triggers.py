"""What the database itself refuses, whoever asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clinicdesk.data import triggers
from clinicdesk.data.tables import (
    Addendum,
    Administration,
    Appointment,
    Claim,
    ProcedureRecord,
    ProcedureSite,
    Reading,
    ReadingLink,
    Signature,
)
from clinicdesk.domain.errors import Clash, Locked

NINE = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


def _appointment(tx, ids, start=NINE, minutes=30, patient=None, resources=None, **claim):
    end = start + timedelta(minutes=minutes)
    row = tx.add(
        Appointment(
            patient_id=patient or ids.teresa,
            physician_id=ids.osei,
            room_id=ids.carm_room,
            starts_at=start,
            ends_at=end,
            local_date=date(2026, 11, 25),
            created_at=tx.now,
        )
    )
    for resource in resources if resources is not None else (ids.osei, ids.carm_room):
        tx.session.add(
            Claim(
                appointment_id=row.id,
                resource_id=resource,
                role="physician",
                starts_at=start,
                ends_at=end,
                **claim,
            )
        )
    tx.session.add(
        Claim(
            appointment_id=row.id,
            patient_id=row.patient_id,
            role="patient",
            starts_at=start,
            ends_at=end,
            **claim,
        )
    )
    tx.flush()
    return row.id


def _book(clinic, **kwargs):
    with clinic.store.write(None, "test") as tx:
        return _appointment(tx, clinic.seeded, **kwargs)


def test_one_physician_is_not_booked_twice(clinic):
    _book(clinic, resources=(clinic.seeded.osei,))
    for shift in (0, 10, -10, 29, -29):
        with pytest.raises(Clash, match="just been taken"):
            _book(
                clinic,
                start=NINE + timedelta(minutes=shift),
                patient=clinic.seeded.andrea,
                resources=(clinic.seeded.osei,),
            )


def test_one_patient_is_not_booked_twice(clinic):
    _book(clinic, resources=(clinic.seeded.osei,))
    with pytest.raises(Clash):
        _book(clinic, resources=(clinic.seeded.lindqvist,))


def test_adjoining_times_are_free(clinic):
    for shift in (0, 30, -30):
        _book(clinic, start=NINE + timedelta(minutes=shift))


def test_moving_into_a_taken_time_is_refused(clinic):
    _book(clinic)
    later = _book(clinic, start=NINE + timedelta(hours=1))
    with pytest.raises(Clash), clinic.store.write(None, "test") as tx:
        _move(tx, later, timedelta(minutes=-45))


def test_a_released_or_permitted_claim_is_in_nobodys_way(clinic):
    first = _book(clinic)
    _book(clinic, exclusive=False, reason="Emergency, agreed with Dr. Osei")
    with clinic.store.write(None, "test") as tx:
        for claim in _claims(tx, first):
            claim.released = True
    _book(clinic)


def test_an_overbooking_needs_its_reason(clinic):
    with pytest.raises(DBAPIError):
        _book(clinic, exclusive=False)


def _move(tx, appointment, by):
    for claim in _claims(tx, appointment):
        claim.starts_at += by
    tx.flush()


def _claims(tx, appointment):
    from sqlalchemy import select

    return list(
        tx.session.execute(select(Claim).where(Claim.appointment_id == appointment)).scalars()
    )


@pytest.fixture
def signed(clinic):
    """A signed procedure with a site, a medication and readings."""
    ids = clinic.seeded
    with clinic.store.write(None, "test") as tx:
        record = tx.add(
            ProcedureRecord(
                patient_id=ids.teresa,
                procedure="esi.transforaminal",
                intent="therapeutic",
                performed_on=date(2026, 11, 24),
                physician_id=ids.osei,
                created_at=tx.now,
            )
        )
        tx.add(ProcedureSite(procedure_id=record.id, name="L5", side="left"))
        tx.add(
            Administration(procedure_id=record.id, product="dexamethasone-10", volume_ml=Decimal(1))
        )
        reading = tx.add(
            Reading(
                patient_id=ids.teresa,
                scale="NRS",
                value=Decimal(8),
                local_date=date(2026, 11, 24),
            )
        )
        tx.add(ReadingLink(reading_id=reading.id, procedure_id=record.id, phase="baseline"))
        tx.add(
            Signature(
                procedure_id=record.id,
                staff_id=ids.staff["physician"].id,
                name="Dr. Amara Osei",
                role="physician",
                signed_at=tx.now,
                snapshot="{}",
                sha256="0" * 64,
            )
        )
        record.state = "signed"
        tx.flush()
        return record.id


FROZEN = [
    "UPDATE procedure SET note = 'changed'",
    "UPDATE procedure SET state = 'open'",
    "UPDATE procedure_site SET side = 'right'",
    "DELETE FROM procedure_site",
    "UPDATE administration SET product = 'other'",
    "DELETE FROM administration",
    "UPDATE reading SET local_date = '2026-11-20'",
    "DELETE FROM reading_link",
    (
        "INSERT INTO procedure_site (procedure_id, position, name, side, fields)"
        " SELECT id, 1, 'L4', 'left', '{}' FROM procedure"
    ),
]


def test_what_was_signed_stays(clinic, signed):
    for statement in FROZEN:
        with pytest.raises(Locked, match="signed"), clinic.store.unaudited() as tx:
            tx.session.execute(text(statement))


def test_an_addendum_and_a_later_score_are_welcome(clinic, signed):
    ids = clinic.seeded
    with clinic.store.write(None, "test") as tx:
        tx.add(
            Addendum(
                procedure_id=signed, staff_id=ids.staff["physician"].id, at=tx.now, text="Right."
            )
        )
        reading = tx.add(
            Reading(
                patient_id=ids.teresa, scale="NRS", value=Decimal(2), local_date=date(2026, 12, 8)
            )
        )
        tx.add(ReadingLink(reading_id=reading.id, procedure_id=signed, phase="followup"))


KEPT = (
    *(f"DELETE FROM {table}" for table in ("patient", "allergy", "phone", "staff")),
    "DELETE FROM audit_act",
    "UPDATE audit_act SET login = 'somebody'",
    "DELETE FROM audit_item",
    "UPDATE audit_item SET after = '{}'",
    "DELETE FROM audit_head",
    "UPDATE audit_head SET last_id = 0",
    "DELETE FROM procedure",
    "DELETE FROM signature",
    "UPDATE signature SET name = 'Somebody'",
)


def test_what_is_kept_can_be_neither_deleted_nor_rewritten(clinic, signed):
    for statement in KEPT:
        with pytest.raises((DBAPIError, Locked)), clinic.store.unaudited() as tx:
            tx.session.execute(text(statement))


def test_the_triggers_name_only_tables_that_exist(store):
    from clinicdesk.data.tables import Base

    assert {*triggers.KEPT, *triggers.APPEND_ONLY, *triggers.SEALED_PARTS} <= set(
        Base.metadata.tables
    )
