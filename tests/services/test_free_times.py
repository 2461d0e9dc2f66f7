"""What is said of a time before booking is what booking does at it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from clinicdesk.data.queries import settings as settings_queries
from clinicdesk.data.queries.schedule import Describe, day_at
from clinicdesk.domain.errors import Clash, Hindrance, Invalid
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.schedule import BookRequest, PlanRequest, TimeRequest
from clinicdesk.domain.rows.staff import NewResource
from clinicdesk.scheduling.places import Needs, attempt
from clinicdesk.services import booking, free_times, schedule

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 25)
REASON = "walks badly, relief has ended"


def at(clinic: Any, text: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), clinic.zone)


def epidural(clinic: Any, start: datetime, **changes: Any) -> BookRequest:
    ids = clinic.seeded
    base = BookRequest(
        ids.teresa, start, 30, ids.osei, ids.carm_room, "esi.transforaminal", ("L5 left",),
        reason=REASON,
    )  # fmt: skip
    return replace(base, **changes)


def asked(request: BookRequest, **changes: Any) -> TimeRequest:
    """The question about the time of a booking."""
    base = TimeRequest(
        request.start, request.minutes, request.patient_id, request.physician_id,
        request.room_id, request.procedure, request.guidance,
    )  # fmt: skip
    return replace(base, **changes)


def add(clinic: Any, name: str, kind: str) -> int:
    with clinic.store.write(None, "test.add") as tx:
        return settings_queries.add_resource(tx, NewResource(name, kind, ("fluoroscopy",)), 9)


def test_of_two_machines_the_second_goes_along(clinic: Any, physician: Any) -> None:
    second_room, second = add(clinic, "Theatre 2", "room"), add(clinic, "C-arm 2", "equipment")
    booking.book(clinic, physician, epidural(clinic, at(clinic, "10:00")))
    other = epidural(
        clinic, at(clinic, "10:15"), patient_id=clinic.seeded.andrea,
        physician_id=clinic.seeded.lindqvist, room_id=second_room,
    )  # fmt: skip
    assert free_times.check(clinic, physician, asked(other)).hindrances == ()
    number = booking.book(clinic, physician, other).value
    claims = schedule.appointment(clinic, physician, number).claims
    assert [c.resource_id for c in claims if c.role == "equipment"] == [second]


def test_where_all_machines_are_taken_one_is_named(clinic: Any, physician: Any) -> None:
    second_room = add(clinic, "Theatre 2", "room")
    booking.book(clinic, physician, epidural(clinic, at(clinic, "10:00")))
    other = epidural(
        clinic, at(clinic, "10:15"), patient_id=clinic.seeded.andrea,
        physician_id=clinic.seeded.lindqvist, room_id=second_room,
    )  # fmt: skip
    answer = free_times.check(clinic, physician, asked(other))
    (found,) = answer.hindrances
    assert found == Hindrance("equipment", "C-arm", "C-arm is booked 10:00–10:30 (Villalobos).")
    assert answer.free[0] == at(clinic, "10:30")
    with pytest.raises(Clash) as caught:
        booking.book(clinic, physician, other)
    assert caught.value.hindrances == answer.hindrances


def wishes(clinic: Any, rooms: list[int], count: int) -> list[BookRequest]:
    """Bookings as a clumsy desk would try them: too early, too late, on top of each other."""
    ids, pick = clinic.seeded, random.Random(11)
    kinds = (
        ("esi.transforaminal", ("L5 left",), None),
        ("joint.injection", ("knee right",), Guidance.ULTRASOUND),
        ("", (), None),
    )
    made = []
    for _ in range(count):
        procedure, sites, guidance = pick.choice(kinds)
        day = DAY + timedelta(days=pick.choice((-1, 0, 0, 0, 3)))
        minute = pick.choice(range(7 * 60, 18 * 60, 5))
        start = at(clinic, f"{minute // 60:02}:{minute % 60:02}", day)
        made.append(BookRequest(
            pick.choice((ids.teresa, ids.andrea, ids.sean, ids.willem)), start,
            pick.choice((15, 30, 60, 7)), pick.choice((ids.osei, ids.lindqvist, 10**6)),
            pick.choice((*rooms, None)), procedure, sites, guidance=guidance,
            title="" if procedure else "Follow-up", reason=REASON,
        ))  # fmt: skip
    return made


def said_by(act: Any) -> list[str]:
    """The sentences an act was refused with; none where it was done."""
    try:
        act()
    except Clash as clash:
        return [h.message for h in clash.hindrances]
    except Invalid as wrong:
        return list(wrong.fields.values())
    return []


@pytest.fixture
def two_arms(embedded_clinic: Any) -> tuple[Any, list[int]]:
    """A clinic with two C-arms and two rooms for them, and its rooms."""
    ids = embedded_clinic.seeded
    add(embedded_clinic, "C-arm 2", "equipment")
    rooms = [ids.carm_room, add(embedded_clinic, "Theatre 2", "room"), ids.ultrasound_room]
    return embedded_clinic, rooms


def test_what_is_said_before_booking_is_what_booking_does(
    two_arms: tuple[Any, list[int]], physician: Any
) -> None:
    clinic, rooms = two_arms
    outcomes = set()
    for wish in wishes(clinic, rooms, 80):
        answer = free_times.check(clinic, physician, asked(wish))
        before = [h.message for h in answer.hindrances]
        refused = said_by(lambda wish=wish: booking.book(clinic, physician, wish))
        # A field that will do at no time is named alone; of the rest every word is the same.
        assert bool(refused) == bool(before), wish
        assert refused == before[: len(refused)], wish
        for start in answer.free[:1]:
            there = free_times.check(clinic, physician, asked(wish, start=start))
            assert there.hindrances == ()
        outcomes.add(tuple(h.kind for h in answer.hindrances))
    assert {(), ("minutes",), ("room",), ("closed",), ("past",), ("patient",)} <= outcomes


def test_what_is_said_before_moving_is_what_moving_does(
    two_arms: tuple[Any, list[int]], physician: Any
) -> None:
    clinic, rooms = two_arms
    tried = wishes(clinic, rooms, 60)
    booked = []
    for wish in tried[:30]:
        if not said_by(lambda wish=wish: booking.book(clinic, physician, wish)):
            booked = [r.id for r in schedule.day(clinic, physician, DAY).appointments]
    outcomes = []
    for turn, wish in enumerate(tried[30:]):
        row = schedule.appointment(clinic, physician, booked[turn % len(booked)])
        question = asked(wish, appointment_id=row.id)
        before = [h.message for h in free_times.check(clinic, physician, question).hindrances]
        refused = said_by(
            lambda row=row, wish=wish: booking.move(
                clinic, physician, row.id, row.version, wish.start, wish.physician_id,
                wish.room_id, wish.minutes, REASON,
            )
        )  # fmt: skip
        assert bool(refused) == bool(before), wish
        assert refused == before[: len(refused)], wish
        outcomes.append(not before)
    assert any(outcomes)
    assert not all(outcomes)


def test_an_appointment_is_not_in_its_own_way(clinic: Any, physician: Any) -> None:
    number = booking.book(clinic, physician, epidural(clinic, at(clinic, "10:00"))).value
    later = asked(epidural(clinic, at(clinic, "10:15")))
    assert free_times.check(clinic, physician, later).hindrances
    moved = replace(later, appointment_id=number)
    assert free_times.check(clinic, physician, moved).hindrances == ()


def test_the_first_free_time_is_one_the_rules_allow(clinic: Any, physician: Any) -> None:
    days = (date(2026, 12, 1), date(2027, 3, 2), date(2027, 6, 2), date(2027, 9, 2))
    for day in days:
        booking.book(clinic, physician, epidural(clinic, at(clinic, "09:00", day)))
    # Four within twelve months: a fifth not before 2 Dec 2027, when the first is a year ago.
    wish = epidural(clinic, at(clinic, "10:15", date(2027, 11, 27)))
    plan = PlanRequest(wish.patient_id, wish.procedure, wish.sites, wish.start.date())
    found = free_times.first_free(clinic, physician, asked(wish), plan)
    assert found == at(clinic, "10:15", date(2027, 12, 2))
    # Without a question to the rules the first open day will do: the 27th is a Saturday.
    found = free_times.first_free(clinic, physician, asked(wish))
    assert found == at(clinic, "10:15", date(2027, 11, 29))


def test_what_lies_at_the_time_says_as_much_of_it_as_the_whole_day(
    demo_clinic: Any, frontdesk: Any
) -> None:
    today = demo_clinic.today()
    whole = schedule.day(demo_clinic, frontdesk, today)
    now = demo_clinic.clock.now().astimezone(demo_clinic.zone)
    met = set()
    for row in whole.appointments:
        for late in (-45, -30, -15, 0, 15):
            start, minutes = row.start + timedelta(minutes=late), 30
            time_asked = TimeRequest(
                start, minutes, row.patient_id, row.physician_id, row.room_id, "facet.rfa",
                Guidance.FLUOROSCOPY,
            )  # fmt: skip
            needs = Needs(
                minutes, row.patient_id, row.physician_id, row.room_id, "fluoroscopy",
                demo_clinic.catalogue.procedures["facet.rfa"].name,
            )  # fmt: skip
            said = free_times.check(demo_clinic, frontdesk, time_asked).hindrances
            assert said == attempt(needs, start, whole, now).hindrances
            met |= {each.kind for each in said}
    assert met >= {"physician", "room", "patient", "past"}


def test_a_time_is_asked_about_without_reading_the_day(demo_clinic: Any, frontdesk: Any) -> None:
    day, zone = demo_clinic.today(), demo_clinic.zone
    start = datetime.combine(day, time(10, 30), zone)
    with demo_clinic.store.read() as tx:
        known = Describe(demo_clinic.catalogue.procedures, zone, demo_clinic.catalogue.safety)
        found = day_at(tx, day, start, start + timedelta(minutes=30), known, "US").appointments
    whole = schedule.day(demo_clinic, frontdesk, day).appointments
    end = start + timedelta(minutes=30)
    assert found == tuple(row for row in whole if row.start < end and row.end > start)
    assert 0 < len(found) < len(whole)
