"""Hours, conflicts, lanes and slots against tables and brute force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
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
    ResourceRow,
)
from clinicdesk.scheduling import hours, lanes
from clinicdesk.scheduling.conflicts import Wanted, hindrances
from clinicdesk.scheduling.places import Needs
from clinicdesk.scheduling.slots import free_starts, next_quarter, snap

ZONE = ZoneInfo("America/New_York")
DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=ZONE)
OSEI, CARM = 1, 2


def at(text: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), ZONE)


def appointment(start: str, end: str, number: int = 9, patient: int = 5) -> AppointmentRow:
    claims = (
        ClaimRow(OSEI, None, "physician", at(start), at(end)),
        ClaimRow(CARM, None, "room", at(start), at(end)),
        ClaimRow(None, patient, "patient", at(start), at(end)),
    )
    return AppointmentRow(
        number, 1, patient, "Saarinen", "Ingrid", "1", date(1950, 1, 1), at(start), at(end),
        Status.BOOKED, "Transforaminal ESI", "TFESI", "EPI", ("L5 left",), OSEI, "Dr. Osei", CARM,
        "C-arm room", "", frozenset(), (), claims, None, "",
    )  # fmt: skip


def day(*appointments: AppointmentRow, blocks: tuple[BlockRow, ...] = ()) -> DayRows:
    return DayRows(
        DAY,
        (ResourceRow(OSEI, "staff", "Dr. Osei"), ResourceRow(CARM, "room", "C-arm room")),
        (OpenHours(None, time(8), time(17)), OpenHours(OSEI, time(8), time(12)),
         OpenHours(OSEI, time(13), time(16))),
        appointments,
        blocks,
    )  # fmt: skip


CASES = [
    ("10:00", "10:30", 7, (OSEI, CARM), []),
    ("13:00", "14:00", 7, (OSEI, CARM), []),
    ("07:30", "08:30", 7, (CARM,), ["the clinic is open 08:00–17:00"]),
    ("11:30", "12:30", 7, (OSEI,), ["Dr. Osei is available 08:00–12:00 and 13:00–16:00"]),
    ("16:00", "17:00", 7, (CARM,), []),
    ("16:30", "17:30", 7, (CARM,), ["Outside opening hours"]),
    ("09:00", "09:30", 7, (OSEI, CARM), ["Dr. Osei is booked 09:00–10:00 (Saarinen)",
                                         "C-arm room is booked 09:00–10:00 (Saarinen)"]),
    ("08:30", "09:00", 7, (OSEI, CARM), []),
    ("10:00", "10:15", 5, (), []),
    ("09:45", "10:15", 5, (), ["The patient has Transforaminal ESI 09:00–10:00 with Dr. Osei"]),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "patient", "resources", "said"), CASES)
def test_what_stands_in_the_way(
    start: str, end: str, patient: int, resources: tuple[int, ...], said: list[str]
) -> None:
    found = hindrances(
        Wanted(at(start), at(end), patient, resources), day(appointment("09:00", "10:00")), NOW
    )
    assert len(found) == len(said)
    for hindrance, words in zip(found, said, strict=True):
        assert words in hindrance.message


def test_the_past_and_the_running_quarter() -> None:
    now = at("10:12")
    early = hindrances(Wanted(at("09:45"), at("10:00"), 7, ()), day(), now)
    assert [h.kind for h in early] == ["past"]
    assert hindrances(Wanted(at("10:00"), at("10:15"), 7, ()), day(), now) == ()


def test_a_cancelled_appointment_and_itself_are_no_hindrance() -> None:
    row = appointment("09:00", "10:00")
    wanted = Wanted(at("09:00"), at("10:00"), 5, (OSEI, CARM))
    assert hindrances(wanted, day(replace(row, status=Status.CANCELLED)), NOW) == ()
    assert hindrances(replace(wanted, ignore=9), day(row), NOW) == ()


def test_lunch_is_named() -> None:
    lunch = BlockRow(1, (CARM,), "lunch", "Cleaning", at("12:00"), at("12:30"))
    found = hindrances(Wanted(at("12:15"), at("12:45"), 7, (CARM,)), day(blocks=(lunch,)), NOW)
    assert [h.message for h in found] == ["C-arm room has cleaning 12:00–12:30."]


spans = st.tuples(st.integers(0, 1400), st.integers(1, 200)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(spans, max_size=40))
def test_lanes_never_overlap_and_never_waste(intervals: list[tuple[int, int]]) -> None:
    placed = lanes.lay_out(intervals)
    for i, (a, b) in enumerate(intervals):
        assert 0 <= placed[i].index < placed[i].count
        for j, (c, d) in enumerate(intervals):
            if i != j and a < d and c < b:
                assert placed[i].index != placed[j].index
                assert placed[i].count == placed[j].count
    # Brute force: no minute needs more lanes than the widest cluster has.
    for minute in range(0, 1600, 7):
        busy = [k for k, (a, b) in enumerate(intervals) if a <= minute < b]
        if busy:
            assert placed[busy[0]].count >= len(busy)


@given(st.lists(spans, max_size=8), spans)
def test_merged_hours_agree_with_minute_by_minute(
    stretches: list[tuple[int, int]], wanted: tuple[int, int]
) -> None:
    merged = hours.merged(stretches)
    open_minutes = {m for a, b in stretches for m in range(a, b)}
    assert {m for a, b in merged for m in range(a, b)} == open_minutes
    within = any(a <= wanted[0] and wanted[1] <= b for a, b in merged)
    assert within == all(m in open_minutes for m in range(*wanted))


@pytest.mark.parametrize(
    ("minute", "snapped"), [(0, 0), (2.4, 0), (2.5, 5), (7, 5), (8, 10), (1439, 1440)]
)
def test_snapping(minute: float, snapped: int) -> None:
    assert snap(minute) == snapped


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ((10, 12), (10, 15)),
        ((10, 15), (10, 15)),
        ((10, 16), (10, 30)),
        ((0, 0), (0, 0)),
        ((22, 59), (23, 0)),
        ((23, 50), (23, 0)),
    ],
)
def test_a_booking_begins_at_the_next_quarter_and_in_the_morning_of_another_day(
    now: tuple[int, int], begins: tuple[int, int]
) -> None:
    zone, today = ZoneInfo("America/New_York"), date(2026, 11, 24)
    at = datetime.combine(today, time(*now), zone)
    assert next_quarter(at, today) == datetime.combine(today, time(*begins), zone)
    other = date(2027, 1, 12)
    assert next_quarter(at, other) == datetime.combine(other, time(9), zone)


def test_free_starts_on_the_day_the_clocks_change() -> None:
    sunday = date(2026, 11, 1)
    open_all_day = (OpenHours(None, time(0), time(23, 59)),)
    rows = DayRows(sunday, (), open_all_day, (), ())
    starts = list(free_starts(Needs(30, 1), rows, at("00:00", sunday), step=30))
    assert [f"{s:%H:%M}" for s in starts[:5]] == ["00:00", "00:30", "01:00", "01:30", "02:00"]


def test_hours_are_said_as_the_clinic_s_country_counts_them():
    lunch = BlockRow(1, (CARM,), "lunch", "Lunch", at("12:00"), at("13:00"))
    canada = replace(day(blocks=(lunch,)), country="CA")
    taken = hindrances(Wanted(at("12:15"), at("12:45"), 7, (CARM,)), canada, NOW)
    assert [h.message for h in taken] == ["C-arm room has lunch 12:00 PM–1:00 PM."]
    closed = hindrances(Wanted(at("19:00"), at("19:30"), 7, ()), canada, NOW)
    assert " AM–" in closed[0].message
    assert " PM" in closed[0].message
    britain = replace(canada, country="GB")
    assert (
        "12:00–13:00"
        in hindrances(Wanted(at("12:15"), at("12:45"), 7, (CARM,)), britain, NOW)[0].message
    )
