"""Where an appointment may be moved: the room's equipment, the machine, and every claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.schedule import (
    AppointmentRow,
    BlockRow,
    ClaimRow,
    DayRows,
    OpenHours,
    PlannedRow,
    ResourceRow,
)
from clinicdesk.scheduling.conflicts import Wanted, hindrances
from clinicdesk.scheduling.machines import machine_for
from clinicdesk.scheduling.places import attempt, moving_needs

ZONE = ZoneInfo("America/New_York")
DAY = date(2026, 11, 24)
MIDNIGHT = datetime.combine(DAY, time(0), ZONE)
OSEI, LIND, CARM_ROOM, SECOND_ROOM, US_ROOM, CARM, CARM2 = range(1, 8)
FLUORO = frozenset({"fluoroscopy"})


def at(minute: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


def block(
    number: int, start: int, length: int, *, patient: int = 50, physician: int = OSEI,
    room: int = CARM_ROOM, machine: int | None = None, guidance: str = "fluoroscopy",
) -> AppointmentRow:  # fmt: skip
    span = at(start), at(start + length)
    claims = [
        ClaimRow(physician, None, "physician", *span),
        ClaimRow(room, None, "room", *span),
        ClaimRow(None, patient, "patient", *span),
    ]
    if machine is not None:
        claims.append(ClaimRow(machine, None, "equipment", *span))
    plan = PlannedRow(1, "esi.transforaminal", "Transforaminal ESI", "TFESI", "EPI", ("L5 left",),
                      "therapeutic", guidance)  # fmt: skip
    return AppointmentRow(
        number, 1, patient, "Saarinen", "Ingrid", "1", date(1950, 1, 1), *span, Status.BOOKED,
        "Transforaminal ESI", "TFESI", "EPI", ("L5 left",), physician, "Dr. Osei", room,
        "C-arm room", "", frozenset(), (plan,), tuple(claims), None, "",
    )  # fmt: skip


def day(*rows: AppointmentRow, machines: tuple[int, ...] = (CARM,)) -> DayRows:
    resources = (
        ResourceRow(OSEI, "staff", "Dr. Osei"),
        ResourceRow(LIND, "staff", "Dr. Lindqvist"),
        ResourceRow(CARM_ROOM, "room", "C-arm room", FLUORO),
        ResourceRow(SECOND_ROOM, "room", "Second room", FLUORO),
        ResourceRow(US_ROOM, "room", "Ultrasound room", frozenset({"ultrasound"})),
        *(ResourceRow(m, "equipment", f"C-arm {m}", FLUORO) for m in machines),
    )
    return DayRows(DAY, resources, (OpenHours(None, time(8), time(17)),), rows, ())


def said(moving: AppointmentRow, rows: DayRows, start: int, length: int, physician: int = OSEI,
         room: int = CARM_ROOM, now: int = 420) -> list[str]:  # fmt: skip
    needs = moving_needs(moving, length, physician, room)
    return [h.message for h in attempt(needs, at(start), rows, at(now)).hindrances]


def test_a_room_without_the_machine_is_refused_by_name() -> None:
    moving = block(1, 600, 30)
    words = said(moving, day(moving), 600, 30, room=US_ROOM)
    assert words == ["Transforaminal ESI needs fluoroscopy: choose C-arm room or Second room."]


def test_the_shared_machine_is_a_hindrance_in_another_room() -> None:
    other = block(2, 600, 30, patient=51, physician=LIND, room=SECOND_ROOM, machine=CARM)
    moving = block(1, 700, 30, machine=CARM)
    assert said(moving, day(moving, other), 615, 30) == [
        "C-arm 6 is booked 10:00–10:30 (Saarinen)."
    ]
    # A second machine goes along instead.
    two = day(moving, other, machines=(CARM, CARM2))
    assert said(moving, two, 615, 30) == []
    assert machine_for(two, "fluoroscopy", at(615), at(645), ignore=1) == CARM2


def test_a_machine_that_is_kept_for_something_else_is_not_chosen() -> None:
    service = BlockRow(1, (CARM,), "closed", "Service", at(600), at(720))
    both = replace(day(machines=(CARM, CARM2)), blocks=(service,))
    assert machine_for(both, "fluoroscopy", at(615), at(645)) == CARM2
    assert machine_for(both, "fluoroscopy", at(720), at(750)) == CARM
    one = replace(day(), blocks=(service,))
    assert said(block(1, 700, 30), one, 615, 30) == ["C-arm 6 has service 10:00–12:00."]


def test_a_landmark_visit_needs_no_machine_and_any_room() -> None:
    moving = block(1, 600, 30, guidance="landmark")
    assert said(moving, day(moving), 600, 30, room=US_ROOM) == []
    assert machine_for(day(), "landmark", at(600), at(630)) is None


@pytest.mark.parametrize(("start", "length", "words"), [
    (600, 60, []), (600, 20, []), (615, 30, ["That time has passed. Choose a later one."]),
])  # fmt: skip
def test_one_that_has_begun_may_be_made_longer_but_not_moved_into_the_past(
    start: int, length: int, words: list[str]
) -> None:
    moving = block(1, 600, 30)
    assert said(moving, day(moving), start, length, now=660) == words


booked = st.lists(
    st.tuples(
        st.integers(96, 200), st.integers(1, 12), st.sampled_from([OSEI, LIND]),
        st.sampled_from([CARM_ROOM, SECOND_ROOM, US_ROOM]), st.integers(50, 55), st.booleans(),
    ),
    max_size=12,
)  # fmt: skip


@given(booked, st.integers(96, 200), st.integers(1, 12), st.sampled_from([OSEI, LIND]),
       st.sampled_from([CARM_ROOM, SECOND_ROOM]), st.integers(50, 55))  # fmt: skip
def test_conflicts_agree_with_minute_by_minute(
    others: list[tuple[int, int, int, int, int, bool]],
    start: int, length: int, physician: int, room: int, patient: int,
) -> None:  # fmt: skip
    rows = [
        replace(
            block(n, s * 5, k * 5, patient=p, physician=who, room=where),
            status=Status.CANCELLED if gone else Status.BOOKED,
        )
        for n, (s, k, who, where, p, gone) in enumerate(others)
    ]
    wanted = Wanted(at(start * 5), at((start + length) * 5), patient, (physician, room))
    found = hindrances(wanted, day(*rows, machines=()), at(0))
    minutes = set(range(start * 5, (start + length) * 5))
    clashing = any(
        minutes & set(range(s * 5, (s + k) * 5))
        and (who == physician or where == room or p == patient)
        for s, k, who, where, p, gone in others
        if not gone
    )
    closed = start * 5 < 480 or (start + length) * 5 > 1020
    assert bool(found) == (clashing or closed)
