"""A day read from the database: what it says, and how few questions it asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from clinicdesk.data.tables import Block, Capability, Claim, Patient, Resource
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import Clash, Invalid, NotFound
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.safety_facts import ImplantEntry, Said, Topic
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.scheduling import places
from clinicdesk.services import booking, safety_facts, schedule

ZONE = ZoneInfo("America/New_York")
DAY = date(2026, 11, 25)


def at(text: str) -> datetime:
    return datetime.combine(DAY, time.fromisoformat(text), ZONE)


def book(clinic: Any, actor: Any, start: str, patient: str = "teresa", **changes: Any) -> int:
    ids = clinic.seeded
    request = {
        "patient_id": getattr(ids, patient), "start": at(start), "minutes": 30,
        "physician_id": ids.osei, "room_id": ids.carm_room,
        "procedure": "facet.block", "sites": ("L3-L4 right", "L4-L5 right"),
    } | changes  # fmt: skip
    return booking.book(clinic, actor, BookRequest(**request)).value


@contextmanager
def statements(clinic: Any) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE")):
            asked.append(statement)

    with clinic.store.read() as tx:
        engine = tx.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def lunch(clinic: Any, start: str, end: str, *resources: int) -> None:
    with clinic.store.write(None, "test.block") as tx:
        kept = tx.add(
            Block(kind="lunch", label="Lunch", starts_at=at(start), ends_at=at(end), local_date=DAY)
        )
        for resource in resources:
            tx.add(Claim(block_id=kept.id, resource_id=resource, role="block",
                         starts_at=at(start), ends_at=at(end)))  # fmt: skip


def test_a_full_day_takes_four_questions(clinic: Any, frontdesk: Any) -> None:
    assert clinic.settings.name
    assert clinic.catalogue.procedures
    for start, patient in (("09:00", "teresa"), ("10:00", "andrea"), ("11:00", "jurgen")):
        book(clinic, frontdesk, start, patient)
    lunch(clinic, "12:00", "12:30", clinic.seeded.osei)
    with statements(clinic) as asked:
        day = schedule.day(clinic, frontdesk, DAY)
    assert len(day.appointments) == 3
    assert len(asked) <= 4, "\n\n".join(asked)


def test_everything_about_a_day_is_there(clinic: Any, frontdesk: Any) -> None:
    ids = clinic.seeded
    book(clinic, frontdesk, "13:00", "obrien", procedure="", sites=(), title="Follow-up",
         room_id=None, note="bring the films")  # fmt: skip
    first = book(clinic, frontdesk, "09:00")
    lunch(clinic, "12:00", "12:30", ids.osei, ids.lindqvist)
    day = schedule.day(clinic, frontdesk, DAY)
    facet, visit = day.appointments
    assert (facet.id, facet.family, facet.sites) == (first, "MBB", ("L3-L4 right", "L4-L5 right"))
    assert facet.planned[0].sites == facet.sites
    assert facet.flags == {"allergy", "anticoagulant"}
    assert [c.role for c in facet.claims] == ["physician", "room", "equipment", "patient"]
    assert (visit.title, visit.family, visit.room, visit.note) == (
        "Follow-up", "", "", "bring the films",
    )  # fmt: skip
    assert visit.flags == frozenset()
    (kept,) = day.blocks
    assert (kept.label, set(kept.resource_ids)) == ("Lunch", {ids.osei, ids.lindqvist})
    assert (kept.start, kept.end) == (at("12:00"), at("12:30"))
    assert [r.name for r in day.resources] == [
        "Dr. Amara Osei", "Dr. Tomas Lindqvist", "C-arm room", "Ultrasound room", "C-arm",
    ]  # fmt: skip
    assert day.hours


def test_lunch_is_not_booked_over(clinic: Any, frontdesk: Any) -> None:
    lunch(clinic, "12:00", "12:30", clinic.seeded.osei)
    with pytest.raises(Clash, match=r"Dr. Amara Osei has lunch 12:00–12:30"):
        book(clinic, frontdesk, "12:15")


def test_the_shared_carm_is_named(clinic: Any, frontdesk: Any) -> None:
    ids = clinic.seeded
    with clinic.store.write(None, "test.room") as tx:
        room = tx.add(Resource(kind="room", name="Second room", position=90, active=True))
        tx.add(Capability(resource_id=room.id, capability="fluoroscopy"))
        second = room.id
    book(clinic, frontdesk, "09:00")
    with pytest.raises(Clash, match=r"C-arm is booked 09:00–09:30 \(Villalobos\)"):
        book(clinic, frontdesk, "09:15", "andrea", physician_id=ids.lindqvist, room_id=second)
    # By ultrasound the C-arm is not needed.
    book(clinic, frontdesk, "09:15", "andrea", physician_id=ids.lindqvist,
         room_id=ids.ultrasound_room, procedure="joint.injection", sites=("knee right",),
         guidance=Guidance.ULTRASOUND)  # fmt: skip


GONE = [
    ("deceased_on", date(2026, 11, 1), "This patient died on 1 Nov 2026"),
    ("merged_into", "andrea", "This record was merged"),
]


@pytest.mark.parametrize(("column", "value", "words"), GONE, ids=[g[0] for g in GONE])
def test_nobody_is_booked_who_cannot_come(
    clinic: Any, frontdesk: Any, column: str, value: Any, words: str
) -> None:
    with clinic.store.write(None, "test.patient") as tx:
        patient = tx.get(Patient, clinic.seeded.teresa)
        setattr(patient, column, clinic.seeded.andrea if value == "andrea" else value)
    with pytest.raises(Invalid) as caught:
        book(clinic, frontdesk, "09:00")
    assert words in caught.value.fields["patient"]


def test_a_physician_who_left_is_not_booked(clinic: Any, frontdesk: Any) -> None:
    with clinic.store.write(None, "test.resource") as tx:
        tx.get(Resource, clinic.seeded.osei).active = False
    with pytest.raises(Invalid, match="Choose a physician who works here"):
        book(clinic, frontdesk, "09:00")


def test_cancelled_time_is_released_and_the_visit_stays_on_record(
    clinic: Any, frontdesk: Any
) -> None:
    number = book(clinic, frontdesk, "09:00")
    booking.cancel(clinic, frontdesk, number, 1, "has a cold")
    row = schedule.appointment(clinic, frontdesk, number)
    assert (row.status, row.claims) == (Status.CANCELLED, ())
    assert schedule.month(clinic, frontdesk, 2026, 11).per_day == {}
    last = schedule.history(clinic, frontdesk, number)[-1]
    assert (last.status, last.note, last.by) == (Status.CANCELLED, "has a cold", "Joelle Marsh")


def test_an_appointment_that_is_not_there(clinic: Any, frontdesk: Any) -> None:
    with pytest.raises(NotFound, match="Refresh the schedule"):
        schedule.appointment(clinic, frontdesk, 10**6)
    assert schedule.day(clinic, frontdesk, date(2030, 1, 1)).appointments == ()


@pytest.mark.slow
def test_the_database_itself_has_the_last_word(
    clinic: Any, frontdesk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(clinic, frontdesk, "09:00")
    # A desk whose own check saw nothing, as when two write at the same moment.
    monkeypatch.setattr(places, "hindrances", lambda *_: ())
    with pytest.raises(Clash) as caught:
        book(clinic, frontdesk, "09:15", "andrea")
    assert "taken" in str(caught.value) or "booked" in str(caught.value)
    assert len(schedule.day(clinic, frontdesk, DAY).appointments) == 1


def test_what_is_planned_says_what_is_marked(clinic: Any, frontdesk: Any) -> None:
    """Not asked, pregnant, device: each only where this procedure makes something of it."""
    ids = clinic.seeded
    number = book(clinic, frontdesk, "09:00", "andrea", procedure="facet.rfa",
                  reason="Blocks were done elsewhere", for_review=True)  # fmt: skip

    def flags() -> frozenset[str]:
        return schedule.appointment(clinic, frontdesk, number).flags

    assert "unasked" in flags()
    for topic in (Topic.ALLERGIES, Topic.DRUGS, Topic.CONDITIONS):
        safety_facts.answer(clinic, frontdesk, ids.andrea, topic, Said.NONE)
    assert "unasked" in flags()
    pacemaker = (ImplantEntry("pacemaker"),)
    safety_facts.answer(clinic, frontdesk, ids.andrea, Topic.IMPLANTS, add=pacemaker)
    assert flags() >= {"device", "unasked"}
    safety_facts.answer(clinic, frontdesk, ids.andrea, Topic.PREGNANCY, Said.NO)
    assert "unasked" not in flags()
    safety_facts.answer(clinic, frontdesk, ids.andrea, Topic.PREGNANCY, Said.YES)
    assert flags() >= {"device", "pregnant"}
    other = book(clinic, frontdesk, "11:00", "andrea", procedure="joint.injection",
                 sites=("knee right",), room_id=ids.ultrasound_room)  # fmt: skip
    assert not schedule.appointment(clinic, frontdesk, other).flags & {"device", "pregnant"}
