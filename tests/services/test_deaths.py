"""After a death: what lies ahead is listed until it is cancelled, all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from support.logs import book as planned

from clinicdesk.data.tables import Patient
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import Invalid, Stale
from clinicdesk.domain.rows.documents import SheetRequest
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.services import booking, deaths, patients, procedures, schedule, sheets

DAYS = (date(2026, 12, 1), date(2026, 12, 8))


def book(clinic: Any, actor: Any, day: date) -> int:
    start = datetime.combine(day, time(9), tzinfo=clinic.zone)
    request = BookRequest(
        clinic.seeded.sean, start, 30, clinic.seeded.osei, None, title="Follow-up visit"
    )
    return booking.book(clinic, actor, request).value


def dies(clinic: Any, actor: Any, on: date | None = date(2026, 11, 20)) -> None:
    sean = clinic.seeded.sean
    record = patients.open_chart(clinic, actor, sean).record
    form = replace(record.form, deceased_on=on)
    patients.change(clinic, actor, sean, record.version, form)


def test_what_lies_ahead_is_cancelled_in_one_act(clinic: Any, frontdesk: Any) -> None:
    numbers = [book(clinic, frontdesk, day) for day in DAYS]
    assert deaths.ahead(clinic, frontdesk) == ()
    dies(clinic, frontdesk)
    (found,) = deaths.ahead(clinic, frontdesk)
    assert (found.patient, found.deceased_on) == ("O'Neil, Sean", date(2026, 11, 20))
    assert [each.appointment_id for each in found.booked] == numbers
    done = deaths.cancel_ahead(clinic, frontdesk, clinic.seeded.sean)
    assert done.value == 2
    assert done.changes.days >= set(DAYS)
    for number in numbers:
        assert schedule.appointment(clinic, frontdesk, number).status is Status.CANCELLED
        last = schedule.history(clinic, frontdesk, number)[-1]
        assert last.note == "The patient died on 20 Nov 2026"
    assert deaths.ahead(clinic, frontdesk) == ()
    with pytest.raises(Stale):
        deaths.cancel_ahead(clinic, frontdesk, clinic.seeded.sean)


def test_nothing_is_cancelled_of_who_lives(clinic: Any, frontdesk: Any) -> None:
    number = book(clinic, frontdesk, DAYS[0])
    with pytest.raises(Stale):
        deaths.cancel_ahead(clinic, frontdesk, clinic.seeded.sean)
    assert schedule.appointment(clinic, frontdesk, number).status is Status.BOOKED


def test_what_is_over_stays_as_it_was(clinic: Any, frontdesk: Any) -> None:
    book(clinic, frontdesk, DAYS[0])
    later = book(clinic, frontdesk, DAYS[1])
    clinic.clock.moment = datetime(2026, 12, 4, 9, tzinfo=clinic.zone)
    dies(clinic, frontdesk, date(2026, 12, 3))
    (found,) = deaths.ahead(clinic, frontdesk, clinic.seeded.sean)
    assert [each.appointment_id for each in found.booked] == [later]


def test_nothing_more_is_done_for_who_has_died(clinic: Any, frontdesk: Any, physician: Any) -> None:
    today = planned(clinic, patient=clinic.seeded.sean, hour=15, status="booked")
    later = book(clinic, frontdesk, date(2026, 12, 8))
    assert "died" not in schedule.appointment(clinic, frontdesk, today).flags
    dies(clinic, frontdesk)
    for number in (today, later):
        assert "died" in schedule.appointment(clinic, frontdesk, number).flags
    row = schedule.appointment(clinic, frontdesk, later)
    start = row.start.replace(day=9)
    said = "died on 20 Nov 2026. Cancel the appointment, or correct the record"
    with pytest.raises(Invalid) as moved:
        booking.move(
            clinic, frontdesk, later, row.version, start, row.physician_id, row.room_id, 30
        )
    assert said in moved.value.fields["start"]
    row = schedule.appointment(clinic, frontdesk, today)
    with pytest.raises(Invalid) as arrived:
        booking.set_status(clinic, frontdesk, today, row.version, Status.ARRIVED)
    assert said in arrived.value.fields["status"]
    with pytest.raises(Invalid) as printed:
        sheets.prepare(clinic, frontdesk, SheetRequest("consent", appointment_id=today))
    assert said in printed.value.fields["kind"]
    form = procedures.open_log(clinic, physician, today).form
    assert said in procedures.missing(clinic, physician, form)["performed_on"]
    # A record that was wrong is corrected, and the day goes on.
    dies(clinic, frontdesk, None)
    booking.set_status(clinic, frontdesk, today, row.version, Status.ARRIVED)


def test_who_is_in_the_house_is_taken_back_and_cancelled(clinic: Any, frontdesk: Any) -> None:
    number = planned(clinic, patient=clinic.seeded.sean, hour=15)
    dies(clinic, frontdesk)
    for status in (Status.ARRIVED, Status.BOOKED):
        row = schedule.appointment(clinic, frontdesk, number)
        booking.set_status(clinic, frontdesk, number, row.version, status)
    row = schedule.appointment(clinic, frontdesk, number)
    booking.cancel(clinic, frontdesk, number, row.version, "The family called")
    assert schedule.appointment(clinic, frontdesk, number).status is Status.CANCELLED


def test_a_death_on_the_record_that_was_kept_counts(clinic: Any, frontdesk: Any) -> None:
    number = planned(clinic, patient=clinic.seeded.sean, hour=15, status="booked")
    with clinic.store.write(None, "test.merge") as tx:
        tx.get(Patient, clinic.seeded.sean).merged_into = clinic.seeded.teresa
        tx.get(Patient, clinic.seeded.teresa).deceased_on = date(2026, 11, 20)
    row = schedule.appointment(clinic, frontdesk, number)
    with pytest.raises(Invalid, match="died on 20 Nov 2026"):
        booking.set_status(clinic, frontdesk, number, row.version, Status.ARRIVED)


@pytest.mark.parametrize("status", ["arrived", "preparing", "in_room", "recovering", "ready"])
def test_who_dies_in_the_house_is_seen_until_the_visit_is_ended(
    clinic: Any, frontdesk: Any, status: str
) -> None:
    number = planned(clinic, patient=clinic.seeded.sean, status=status)
    later = book(clinic, frontdesk, DAYS[0])
    dies(clinic, frontdesk, date(2026, 11, 24))
    (found,) = deaths.ahead(clinic, frontdesk)
    assert [each.appointment_id for each in found.booked] == [number, later]
    begun = status not in ("arrived", "preparing")
    assert [each.appointment_id for each in found.in_the_house] == [number] * begun
    done = deaths.cancel_ahead(clinic, frontdesk, clinic.seeded.sean)
    assert done.value == 2 - begun
    row = schedule.appointment(clinic, frontdesk, number)
    if not begun:
        assert row.status is Status.CANCELLED
        assert deaths.ahead(clinic, frontdesk) == ()
        return
    # What has begun is not undone by a list: the visit is ended by who was there.
    assert row.status is Status(status)
    with pytest.raises(Stale):
        deaths.cancel_ahead(clinic, frontdesk, clinic.seeded.sean)
    booking.set_status(clinic, frontdesk, number, row.version, Status.LEFT)
    assert deaths.ahead(clinic, frontdesk) == ()


def test_who_is_logged_and_recovering_is_seen_too(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    number = planned(clinic, patient=clinic.seeded.sean, status="preparing")
    form = procedures.open_log(clinic, physician, number).form
    procedures.record(clinic, physician, form, 0)
    dies(clinic, frontdesk, date(2026, 11, 24))
    (found,) = deaths.ahead(clinic, frontdesk)
    assert (found.to_cancel, found.in_the_house) == ((), found.booked)


def test_of_merged_records_the_day_view_and_the_list_know_the_death(
    clinic: Any, frontdesk: Any
) -> None:
    ids = clinic.seeded
    number = planned(clinic, patient=ids.sean, hour=15, status="booked")
    with clinic.store.write(None, "test.merge") as tx:
        # In two steps: Sean's record into Andrea's, and that into Teresa's.
        tx.get(Patient, ids.sean).merged_into = ids.andrea
        tx.get(Patient, ids.andrea).merged_into = ids.teresa
        # What a merged record says by itself counts no more.
        tx.get(Patient, ids.andrea).deceased_on = date(2026, 11, 1)
    day = schedule.day(clinic, frontdesk, date(2026, 11, 24))
    assert ["died" in row.flags for row in day.appointments] == [False]
    assert deaths.ahead(clinic, frontdesk) == ()
    with clinic.store.write(None, "test.death") as tx:
        tx.get(Patient, ids.teresa).deceased_on = date(2026, 11, 20)
    day = schedule.day(clinic, frontdesk, date(2026, 11, 24))
    assert ["died" in row.flags for row in day.appointments] == [True]
    assert "died" in schedule.appointment(clinic, frontdesk, number).flags
    (found,) = deaths.ahead(clinic, frontdesk)
    assert (found.patient_id, found.deceased_on) == (ids.teresa, date(2026, 11, 20))
    assert deaths.ahead(clinic, frontdesk, ids.sean) == ()
    assert deaths.cancel_ahead(clinic, frontdesk, ids.teresa).value == 1
