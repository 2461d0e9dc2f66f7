"""Booking through the service, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.logs import PASSWORD, complete
from support.logs import book as planned

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import Clash, Invalid, NotAllowed, ReasonNeeded, Stale
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.services import booking, procedures, schedule

ZONE = ZoneInfo("America/New_York")
DAY = date(2026, 11, 25)


def at(text: str, day: date = DAY) -> datetime:
    hour, minute = text.split(":")
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=ZONE)


def request(clinic: Any, start: str | datetime = "10:00", **changes: Any) -> BookRequest:
    ids = clinic.seeded
    base = BookRequest(
        patient_id=ids.teresa, start=at(start) if isinstance(start, str) else start,
        minutes=30, physician_id=ids.osei,
        room_id=ids.carm_room, procedure="esi.transforaminal", sites=("L5 left",),
    )  # fmt: skip
    return replace(base, **changes)


def test_booked_is_on_the_schedule_with_all_it_takes(clinic: Any, frontdesk: Any) -> None:
    done = booking.book(clinic, frontdesk, request(clinic))
    assert DAY in done.changes.days
    (row,) = schedule.day(clinic, frontdesk, DAY).appointments
    assert (row.id, row.family_name, row.sites) == (done.value, "Villalobos", ("L5 left",))
    assert (row.start, row.end) == (at("10:00"), at("10:30"))
    assert row.status is Status.BOOKED
    assert {c.role for c in row.claims} == {"physician", "room", "equipment", "patient"}
    assert row.flags == {"allergy", "anticoagulant", "unasked"}
    assert schedule.month(clinic, frontdesk, 2026, 11).per_day == {DAY: 1}


CLASHES = [
    ("the physician", {"patient_id": "andrea", "room_id": "ultrasound_room",
                       "procedure": "joint.injection", "sites": ("knee right",),
                       "guidance": Guidance.ULTRASOUND}, "Dr. Amara Osei is booked 10:00–10:30"),
    ("the room", {"patient_id": "andrea", "physician_id": "lindqvist"},
     "C-arm room is booked 10:00–10:30"),
    ("the patient", {"physician_id": "lindqvist", "room_id": "ultrasound_room",
                     "procedure": "joint.injection", "sites": ("knee right",),
                     "guidance": Guidance.ULTRASOUND}, "The patient has Transforaminal ESI"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "changes", "words"), CLASHES, ids=[c[0] for c in CLASHES])
def test_a_clash_names_what_it_clashes_with(
    clinic: Any, frontdesk: Any, who: str, changes: dict[str, Any], words: str
) -> None:
    booking.book(clinic, frontdesk, request(clinic))
    real = {
        key: getattr(clinic.seeded, value) if key.endswith("_id") else value
        for key, value in changes.items()
    }
    with pytest.raises(Clash, match=words):
        booking.book(clinic, frontdesk, request(clinic, "10:15", **real))
    assert len(schedule.day(clinic, frontdesk, DAY).appointments) == 1


def test_back_to_back_is_no_clash(clinic: Any, frontdesk: Any) -> None:
    booking.book(clinic, frontdesk, request(clinic))
    other = request(clinic, "10:30", patient_id=clinic.seeded.andrea)
    booking.book(clinic, frontdesk, other)
    assert len(schedule.day(clinic, frontdesk, DAY).appointments) == 2


WRONG = [
    ({"minutes": 3}, "minutes", "5 to 480"),
    ({"procedure": "esi.magic"}, "procedure", "no procedure"),
    ({"sites": ("L6 left",)}, "sites", "L6"),
    ({"sites": ()}, "sites", "Say where"),
    ({"patient_id": 10**6}, "patient", "Choose a patient"),
    ({"physician_id": 10**6}, "physician", "Choose a physician"),
    ({"room_id": "ultrasound_room"}, "room", "needs fluoroscopy: choose C-arm room"),
]


@pytest.mark.parametrize(("changes", "field", "words"), WRONG, ids=[w[1] for w in WRONG])
def test_a_wrong_field_is_named(
    clinic: Any, frontdesk: Any, changes: dict[str, Any], field: str, words: str
) -> None:
    real = {
        k: getattr(clinic.seeded, v) if v == "ultrasound_room" else v for k, v in changes.items()
    }
    with pytest.raises(Invalid) as caught:
        booking.book(clinic, frontdesk, request(clinic, **real))
    assert words in caught.value.fields[field]


@pytest.mark.parametrize(
    ("start", "words"),
    [("07:45", "Outside opening hours"), ("16:45", "Outside opening hours")],
)
def test_outside_opening_hours(clinic: Any, frontdesk: Any, start: str, words: str) -> None:
    with pytest.raises(Clash, match=words):
        booking.book(clinic, frontdesk, request(clinic, start))


def test_not_into_the_past(clinic: Any, frontdesk: Any) -> None:
    with pytest.raises(Clash, match="has passed"):
        booking.book(clinic, frontdesk, request(clinic, start=at("09:00", date(2026, 11, 24))))


def _knee(clinic: Any, start: datetime, **changes: Any) -> BookRequest:
    return request(
        clinic, start=start, procedure="joint.injection", sites=("knee right",),
        room_id=clinic.seeded.ultrasound_room, guidance=Guidance.ULTRASOUND, **changes,
    )  # fmt: skip


def test_too_soon_needs_a_physician_and_a_reason(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    booking.book(clinic, frontdesk, _knee(clinic, at("10:00")))
    soon = _knee(clinic, at("10:00") + timedelta(weeks=4))
    with pytest.raises(ReasonNeeded, match="Not before 25 Feb 2027"):
        booking.book(clinic, frontdesk, soon)
    with pytest.raises(NotAllowed, match="Only a physician"):
        booking.book(clinic, frontdesk, replace(soon, reason="The patient asks for it"))
    done = booking.book(clinic, physician, replace(soon, reason="Travels for half a year"))
    (row,) = schedule.day(clinic, frontdesk, soon.start.date()).appointments
    assert row.id == done.value
    assert "verdict" in row.flags


def test_moving_takes_everything_along(clinic: Any, frontdesk: Any) -> None:
    ids = clinic.seeded
    number = booking.book(clinic, frontdesk, request(clinic)).value
    later = at("14:00")
    booking.move(clinic, frontdesk, number, 1, later, ids.lindqvist, ids.carm_room, 45)
    (row,) = schedule.day(clinic, frontdesk, DAY).appointments
    assert (row.start, row.end, row.physician_id) == (later, at("14:45"), ids.lindqvist)
    assert {(c.start, c.end) for c in row.claims} == {(later, at("14:45"))}
    last = schedule.history(clinic, frontdesk, number)[-1]
    assert last.note == "moved from Wed 25 Nov 2026 10:00"
    # The old time is free again.
    booking.book(clinic, frontdesk, request(clinic, patient_id=ids.andrea))


def test_two_desks_move_the_same_appointment(clinic: Any, frontdesk: Any) -> None:
    ids = clinic.seeded
    number = booking.book(clinic, frontdesk, request(clinic)).value
    booking.move(clinic, frontdesk, number, 1, at("14:00"), ids.osei, ids.carm_room, 30)
    with pytest.raises(Stale):
        booking.move(clinic, frontdesk, number, 1, at("15:00"), ids.osei, ids.carm_room, 30)


def test_the_day_of_an_appointment_is_kept_step_by_step(clinic: Any, frontdesk: Any) -> None:
    number = booking.book(clinic, frontdesk, request(clinic)).value
    version = 1
    for status in (Status.CONFIRMED, Status.ARRIVED, Status.IN_ROOM):
        version = booking.set_status(clinic, frontdesk, number, version, status).value
    steps = schedule.history(clinic, frontdesk, number)
    assert [s.status for s in steps] == [
        Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.IN_ROOM,
    ]  # fmt: skip
    assert {s.by for s in steps} == {"Joelle Marsh"}
    with pytest.raises(Invalid, match="In room cannot become no-show"):
        booking.set_status(clinic, frontdesk, number, version, Status.NO_SHOW)


@pytest.mark.parametrize("here", [Status.ARRIVED, Status.PREPARING])
def test_who_cannot_stay_is_cancelled_and_comes_back(
    clinic: Any, frontdesk: Any, here: Status
) -> None:
    number = booking.book(clinic, frontdesk, request(clinic)).value
    version = booking.set_status(clinic, frontdesk, number, 1, here).value
    with pytest.raises(Invalid, match="nobody has missed it yet"):
        booking.cancel(clinic, frontdesk, number, version, "", no_show=True)
    version = booking.cancel(clinic, frontdesk, number, version, "Has a fever").value
    assert not schedule.appointment(clinic, frontdesk, number).claims
    booking.set_status(clinic, frontdesk, number, version, here)
    assert schedule.appointment(clinic, frontdesk, number).status is here


def test_what_is_signed_already_is_not_cancelled(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    number = planned(clinic, status="arrived")
    form = complete(procedures.open_log(clinic, physician, number).form)
    form = replace(form, reason="Pain back at the old score")
    procedures.sign(clinic, physician, form, 0, PASSWORD)
    row = schedule.appointment(clinic, frontdesk, number)
    with pytest.raises(Invalid, match="A procedure is logged in this appointment"):
        booking.cancel(clinic, frontdesk, number, row.version, "Called home")


def test_cancelled_time_is_free_and_may_be_gone(clinic: Any, frontdesk: Any) -> None:
    number = booking.book(clinic, frontdesk, request(clinic)).value
    with pytest.raises(Invalid, match="Say why"):
        booking.cancel(clinic, frontdesk, number, 1, " ")
    version = booking.cancel(clinic, frontdesk, number, 1, "has a cold").value
    booking.book(clinic, frontdesk, request(clinic, patient_id=clinic.seeded.andrea))
    with pytest.raises(Clash, match="is booked 10:00–10:30"):
        booking.set_status(clinic, frontdesk, number, version, Status.BOOKED)


def test_of_eight_desks_exactly_one_gets_the_slot(clinic: Any, frontdesk: Any) -> None:
    people = clinic.seeded
    patients = [people.teresa, people.andrea, people.jurgen, people.sean] * 2

    def desk(patient: int) -> str:
        try:
            booking.book(clinic, frontdesk, request(clinic, patient_id=patient))
        except Clash as error:
            return str(error)
        return "booked"

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(desk, patients))
    assert said.count("booked") == 1
    # Each of the others is told by whom or what, also where the database had the last word.
    assert all("is booked 10:00–10:30" in words for words in said if words != "booked"), said
    assert len(schedule.day(clinic, frontdesk, DAY).appointments) == 1


def test_the_same_twice_on_a_day_needs_a_reason(
    clinic: Any, frontdesk: Any, physician: Any
) -> None:
    first = booking.book(clinic, frontdesk, request(clinic)).value
    again = request(clinic, "14:00")
    with pytest.raises(ReasonNeeded, match="stands on this day already"):
        booking.book(clinic, physician, again)
    with pytest.raises(ReasonNeeded, match="explains nothing"):
        booking.book(clinic, physician, replace(again, reason="asdfg asdfg"))
    elsewhere = replace(again, procedure="joint.injection", sites=("knee left",))
    booking.book(clinic, frontdesk, replace(elsewhere, start=at("16:00")))
    later = request(clinic, at("10:00", DAY + timedelta(days=1)))
    moved = booking.book(clinic, physician, replace(later, reason="Two sessions, as agreed")).value
    row = schedule.appointment(clinic, frontdesk, moved)
    move = (row.version, at("15:00"), clinic.seeded.osei, clinic.seeded.carm_room, 30)
    with pytest.raises(ReasonNeeded, match="stands on this day already"):
        booking.move(clinic, physician, moved, *move)
    booking.cancel(
        clinic,
        frontdesk,
        first,
        schedule.appointment(clinic, frontdesk, first).version,
        "typed twice",
    )
    booking.move(clinic, physician, moved, *move)
