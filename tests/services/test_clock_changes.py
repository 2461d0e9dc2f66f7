"""The clinic works through the nights in which the clocks change, in real minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from clinicdesk.data.queries import settings as settings_queries
from clinicdesk.domain.errors import Clash
from clinicdesk.domain.rows.schedule import BookRequest, TimeRequest
from clinicdesk.domain.rows.staff import NewHours
from clinicdesk.services import booking, calls, due, free_times, schedule

SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)
SUNDAY = 6


@pytest.fixture
def open_on_sundays(clinic: Any) -> Any:
    """Open on Sundays from half past midnight, with the clock moved to the Saturday before."""
    with clinic.store.write(None, "test.hours") as tx:
        hours = NewHours((SUNDAY,), time(0, 30), time(23, 30))
        settings_queries.add_hours(tx, hours, valid_from=date(2026, 1, 1))
    return clinic


def go_to(clinic: Any, day: date, at: time = time(12)) -> None:
    """The clock stands at a wall-clock time of a day."""
    clinic.clock.moment = datetime.combine(day, at, clinic.zone)


def visit(clinic: Any, day: date, at: str, minutes: int = 60, **changes: Any) -> BookRequest:
    ids = clinic.seeded
    values: dict[str, Any] = {
        "patient_id": ids.teresa, "physician_id": ids.osei, "room_id": ids.carm_room,
        "title": "Consultation",
    } | changes  # fmt: skip
    start = datetime.combine(day, time.fromisoformat(at), clinic.zone)
    return BookRequest(start=start, minutes=minutes, **values)


@pytest.mark.parametrize(
    ("day", "at", "ends", "real"),
    [(SPRING, "01:30", "03:30", 60), (AUTUMN, "00:30", "01:30", 120),
     (SPRING, "09:00", "10:00", 60), (AUTUMN, "09:00", "10:00", 60)],
)  # fmt: skip
def test_an_appointment_lasts_its_real_minutes(
    open_on_sundays: Any, frontdesk: Any, day: date, at: str, ends: str, real: int
) -> None:
    clinic = open_on_sundays
    go_to(clinic, day - timedelta(days=1))
    booking.book(clinic, frontdesk, visit(clinic, day, at, real))
    (row,) = schedule.day(clinic, frontdesk, day).appointments
    assert (f"{row.start:%H:%M}", f"{row.end:%H:%M}") == (at, ends)
    assert row.end.astimezone(UTC) - row.start.astimezone(UTC) == timedelta(minutes=real)
    assert row.start.date() == row.end.date() == day
    assert schedule.month(clinic, frontdesk, day.year, day.month).per_day == {day: 1}


@pytest.mark.parametrize("at", ["00:30", "01:30"])
def test_what_ends_in_the_hour_that_comes_twice_is_moved_and_taken_back(
    open_on_sundays: Any, frontdesk: Any, at: str
) -> None:
    clinic, ids = open_on_sundays, open_on_sundays.seeded
    go_to(clinic, AUTUMN - timedelta(days=1))
    number = booking.book(clinic, frontdesk, visit(clinic, AUTUMN, at, 60)).value
    (row,) = schedule.day(clinic, frontdesk, AUTUMN).appointments
    later = row.start.replace(hour=9)
    version = booking.move(
        clinic, frontdesk, number, row.version, later, ids.osei, ids.carm_room, 60
    ).value
    booking.move(clinic, frontdesk, number, version, row.start, ids.osei, ids.carm_room, 60)
    (again,) = schedule.day(clinic, frontdesk, AUTUMN).appointments
    assert (again.start, again.end) == (row.start, row.end)


def test_the_hour_that_is_left_out_is_refused_in_words(
    open_on_sundays: Any, frontdesk: Any
) -> None:
    go_to(open_on_sundays, SPRING - timedelta(days=1))
    wish = visit(open_on_sundays, SPRING, "02:30")
    with pytest.raises(Clash, match="Sun 14 Mar 2027 the clocks go forward: there is no 02:30"):
        booking.book(open_on_sundays, frontdesk, wish)
    time_of = TimeRequest(wish.start, 60, wish.patient_id, wish.physician_id, wish.room_id)
    answer = free_times.check(open_on_sundays, frontdesk, time_of)
    assert "there is no 02:30" in answer.hindrances[0].message
    assert answer.free


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_what_overlaps_in_real_minutes_clashes_and_what_follows_does_not(
    open_on_sundays: Any, frontdesk: Any, day: date
) -> None:
    clinic = open_on_sundays
    go_to(clinic, day - timedelta(days=1))
    booking.book(clinic, frontdesk, visit(clinic, day, "01:00", 60))
    (first,) = schedule.day(clinic, frontdesk, day).appointments
    after = first.end.astimezone(clinic.zone)
    other = {"patient_id": clinic.seeded.andrea}
    with pytest.raises(Clash):
        booking.book(clinic, frontdesk, visit(clinic, day, "01:30", 30, **other))
    follows = BookRequest(
        start=after, minutes=30, physician_id=clinic.seeded.osei,
        room_id=clinic.seeded.carm_room, title="Consultation", **other,
    )  # fmt: skip
    booking.book(clinic, frontdesk, follows)
    assert len(schedule.day(clinic, frontdesk, day).appointments) == 2


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
@pytest.mark.parametrize("at", [time(0, 5), time(1, 30), time(3, 30), time(23, 55)])
def test_today_is_that_sunday_from_its_first_minute_to_its_last(
    open_on_sundays: Any, frontdesk: Any, day: date, at: time
) -> None:
    clinic = open_on_sundays
    go_to(clinic, day, at)
    assert clinic.today() == day
    assert schedule.day(clinic, frontdesk, day).day == day
    due.refresh(clinic, frontdesk, day)
    assert due.behind(clinic, frontdesk, day) == 0
    assert calls.promised(clinic, frontdesk, day) == ()


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_every_time_that_is_offered_can_be_booked(
    open_on_sundays: Any, frontdesk: Any, day: date
) -> None:
    clinic = open_on_sundays
    go_to(clinic, day, time(0, 1))
    booking.book(clinic, frontdesk, visit(clinic, day, "02:00" if day == AUTUMN else "03:00", 30))
    wish = visit(clinic, day, "02:00" if day == AUTUMN else "03:00", 30)
    asked = TimeRequest(wish.start, 30, clinic.seeded.andrea, wish.physician_id, wish.room_id)
    free = free_times.check(clinic, frontdesk, asked).free
    assert free
    for start in free:
        done = booking.book(
            clinic, frontdesk,
            visit(clinic, start.date(), f"{start:%H:%M}", 30, patient_id=clinic.seeded.andrea),
        )  # fmt: skip
        rows = schedule.day(clinic, frontdesk, start.date()).appointments
        assert [row.start for row in rows if row.id == done.value] == [start]
        row = next(row for row in rows if row.id == done.value)
        booking.cancel(clinic, frontdesk, row.id, row.version, "Tried only.")
