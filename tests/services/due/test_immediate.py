"""The list is right at once after every write: a walk through the services, nothing rebuilt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.due import listed, performed
from support.logs import PASSWORD, complete
from support.logs import book as appointment

from clinicdesk.data import tables as t
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.due import DueGroup, DueReason
from clinicdesk.domain.rows.readings import ReadingForm
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.services import booking, due, patients, procedures, readings

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def desk(clinic: Any) -> Any:
    """The front desk, with the list built over the empty clinic."""
    actor = clinic.seeded.actor("frontdesk")
    due.refresh(clinic, actor, TODAY)
    return actor


def only(clinic: Any, desk: Any) -> Any:
    rows = listed(clinic, desk, TODAY)
    assert len(rows) == 1
    return rows[0]


def sign(clinic: Any) -> int:
    physician = clinic.seeded.actor("physician")
    form = complete(procedures.open_log(clinic, physician, appointment(clinic)).form)
    return int(procedures.sign(clinic, physician, form, 0, PASSWORD).value)


def test_a_signature_puts_the_site_on_the_list(clinic: Any, desk: Any) -> None:
    assert listed(clinic, desk, TODAY) == []
    done = sign(clinic)
    row = only(clinic, desk)
    assert (row.track, row.site, row.last_procedure_id) == ("esi", "L5 left", done)
    assert row.last_done == TODAY
    assert row.relief_ends == date(2027, 2, 24)
    assert row.group is DueGroup.HOLDING
    assert row.allowed_from > TODAY


def test_an_unsigned_log_is_there_too_and_other_windows_hear_of_it(clinic: Any, desk: Any) -> None:
    nurse = clinic.seeded.actor("nurse")
    form = complete(procedures.open_log(clinic, nurse, appointment(clinic)).form)
    done = procedures.record(clinic, nurse, form, 0)
    assert "due" in done.changes.kinds
    assert clinic.seeded.teresa in done.changes.patients
    assert only(clinic, desk).site == "L5 left"


def test_a_score_turns_holding_into_worn_off(clinic: Any, desk: Any) -> None:
    done = performed(clinic, date(2026, 9, 1), scores=((date(2026, 9, 20), 2),))
    patients_change(clinic, desk)
    row = only(clinic, desk)
    assert row.group is DueGroup.NOW
    assert row.relief_percent == 75
    form = ReadingForm((done,), "followup", "NRS", Decimal(7), date(2026, 11, 20))
    readings.add_reading(clinic, desk, form)
    row = only(clinic, desk)
    assert row.reason is DueReason.WORN_OFF
    assert row.relief_percent == 12
    # It ended after the last good score and by the bad one: no score says when.
    assert (row.relief_ends, row.relief_latest) == (date(2026, 9, 21), date(2026, 11, 20))
    assert row.last_score == "NRS 7 on 20 Nov 2026"
    assert row.group is DueGroup.OVERDUE


def patients_change(clinic: Any, desk: Any) -> None:
    """Any change of the patient refreshes what test data put beside the services."""
    record = _record(clinic)
    form = replace(record.form, email="t@example.org")
    patients.change(clinic, desk, record.id, record.version, form)


def _record(clinic: Any) -> Any:
    from clinicdesk.data.queries import patients as queries

    with clinic.store.read() as tx:
        return queries.record(tx, clinic.seeded.teresa, TODAY)


def book_repeat(clinic: Any, desk: Any, site: str = "L5 left", days: int = 7) -> int:
    start = datetime.combine(TODAY + timedelta(days=days), datetime.min.time(), ZONE)
    request = BookRequest(
        patient_id=clinic.seeded.teresa, start=start.replace(hour=10), minutes=30,
        physician_id=clinic.seeded.osei, room_id=clinic.seeded.carm_room,
        procedure="esi.transforaminal", sites=(site,), reason="The patient asked for it.",
    )  # fmt: skip
    return int(booking.book(clinic, desk, request).value)


def version(clinic: Any, appointment_id: int) -> int:
    with clinic.store.read() as tx:
        return int(tx.get(t.Appointment, appointment_id).version)


def test_booked_is_folded_away_and_comes_back_when_cancelled(clinic: Any, desk: Any) -> None:
    performed(clinic, date(2026, 2, 3), scores=((date(2026, 5, 10), 2),))
    patients_change(clinic, desk)
    before = only(clinic, desk)
    assert before.group is DueGroup.OVERDUE
    made = book_repeat(clinic, desk)
    row = only(clinic, desk)
    assert row.group is DueGroup.BOOKED
    assert row.booked_for == row.next_appointment == datetime(2026, 12, 1, 10, tzinfo=ZONE)
    assert (row.id, row.allowed_from, row.due_on) == (before.id, before.allowed_from, before.due_on)
    booking.move(
        clinic, desk, made, version(clinic, made), datetime(2026, 12, 2, 11, tzinfo=ZONE),
        clinic.seeded.osei, clinic.seeded.carm_room, 30, "The patient asked for it.",
    )  # fmt: skip
    assert only(clinic, desk).booked_for == datetime(2026, 12, 2, 11, tzinfo=ZONE)
    booking.cancel(clinic, desk, made, version(clinic, made), "has a cold")
    row = only(clinic, desk)
    assert row.group is DueGroup.OVERDUE
    assert (row.booked_for, row.next_appointment, row.id) == (None, None, before.id)


def test_a_no_show_comes_back_too(clinic: Any, desk: Any) -> None:
    performed(clinic, date(2026, 2, 3), scores=((date(2026, 5, 10), 2),))
    patients_change(clinic, desk)
    made = appointment(clinic, status="booked")
    booking.set_status(clinic, desk, made, version(clinic, made), Status.CONFIRMED)
    assert only(clinic, desk).group is DueGroup.BOOKED
    booking.cancel(clinic, desk, made, version(clinic, made), "", no_show=True)
    assert only(clinic, desk).group is DueGroup.OVERDUE


def test_another_site_booked_changes_nothing_of_this_one(clinic: Any, desk: Any) -> None:
    performed(clinic, date(2026, 2, 3), scores=((date(2026, 5, 10), 2),))
    patients_change(clinic, desk)
    book_repeat(clinic, desk, "S1 right")
    row = only(clinic, desk)
    assert row.group is DueGroup.OVERDUE
    assert row.booked_for is None
    assert row.next_appointment == datetime(2026, 12, 1, 10, tzinfo=ZONE)


def test_done_again_is_a_new_row_in_place_of_the_old(clinic: Any, desk: Any) -> None:
    first = performed(clinic, date(2026, 2, 3), scores=((date(2026, 5, 10), 2),))
    patients_change(clinic, desk)
    assert only(clinic, desk).last_procedure_id == first
    done = sign(clinic)
    row = only(clinic, desk)
    assert (row.last_procedure_id, row.last_done) == (done, TODAY)
    assert row.group is DueGroup.HOLDING
    assert row.relief_basis == "own"
    # Never scored below half: until it was done again, but no longer than is usual, 6 months.
    assert row.relief_ends == TODAY + (date(2026, 8, 3) - date(2026, 2, 3))


def test_a_death_takes_all_rows_away(clinic: Any, desk: Any) -> None:
    performed(clinic, date(2026, 2, 3))
    patients_change(clinic, desk)
    only(clinic, desk)
    record = _record(clinic)
    form = replace(record.form, deceased_on=date(2026, 11, 1))
    patients.change(clinic, desk, record.id, record.version, form)
    assert listed(clinic, desk, TODAY) == []


def test_what_a_rebuild_makes_is_what_the_writes_had_kept(clinic: Any, desk: Any) -> None:
    performed(clinic, date(2026, 2, 3), scores=((date(2026, 5, 10), 2),))
    patients_change(clinic, desk)
    sign(clinic)
    book_repeat(clinic, desk, days=120)
    kept = listed(clinic, desk, TODAY)
    with clinic.store.unaudited() as tx:
        tx.session.query(t.DueItem).delete()
        tx.session.query(t.DueBuild).delete()
    assert due.behind(clinic, desk, TODAY) == -1
    due.refresh(clinic, desk, TODAY)
    again = listed(clinic, desk, TODAY)
    assert [replace(row, id=0) for row in again] == [replace(row, id=0) for row in kept]
    assert due.behind(clinic, desk, TODAY) == 0
