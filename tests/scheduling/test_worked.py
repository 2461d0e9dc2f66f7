"""On which days the clinic works."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from clinicdesk.domain.rows.schedule import BlockRow, DayRows, OpenHours, ResourceRow
from clinicdesk.scheduling.worked import first_worked, works

OSEI, LEE, ROOM = 1, 2, 3
RESOURCES = (
    ResourceRow(OSEI, "staff", "Osei", frozenset()),
    ResourceRow(LEE, "staff", "Lee", frozenset()),
    ResourceRow(ROOM, "room", "Room 1", frozenset()),
)
HOLIDAY = date(2026, 12, 25)


def closed(day: date, *who: int, since: int = 8, until: int = 17, kind: str = "closed") -> BlockRow:
    start, end = (datetime.combine(day, time(hour)) for hour in (since, until))
    return BlockRow(9, who, kind, "Closed", start, end)


def day_of(day: date) -> DayRows:
    """Monday to Friday, 8 to 17; nobody on 25 December; Dr. Lee is away on Mondays."""
    open_for = (time(8), time(17)) if day.weekday() < 5 else (time(0), time(0))
    away = (OpenHours(LEE, time(0), time(0)),) if day.weekday() == 0 else ()
    blocks = (closed(day, OSEI, LEE, ROOM),) if day == HOLIDAY else ()
    return DayRows(day, RESOURCES, (OpenHours(None, *open_for), *away), (), blocks, "US")


@pytest.mark.parametrize(
    ("wanted", "worked"),
    [
        (date(2026, 12, 10), date(2026, 12, 10)),
        (date(2026, 12, 12), date(2026, 12, 14)),
        (date(2026, 12, 13), date(2026, 12, 14)),
        (HOLIDAY, date(2026, 12, 28)),
    ],
)
def test_the_first_day_that_the_clinic_works(wanted: date, worked: date) -> None:
    assert first_worked(wanted, day_of) == worked


def test_a_safety_call_stays_within_its_72_hours_over_any_weekend() -> None:
    for ahead in range(14):
        done = date(2026, 12, 1) + timedelta(days=ahead)
        call = first_worked(done + timedelta(days=1), day_of)
        if done.weekday() < 5:
            assert call - done <= timedelta(days=3)


def test_a_day_is_closed_only_where_nobody_is_there() -> None:
    day = day_of(date(2026, 12, 14))
    assert works(day)
    for blocks in (
        (closed(day.day, OSEI),),
        (closed(day.day, OSEI, LEE, until=12),),
        (closed(day.day, OSEI, LEE, kind="meeting"),),
    ):
        assert works(replace(day, blocks=blocks))
    assert not works(replace(day, blocks=(closed(day.day, OSEI, LEE),)))


def test_a_clinic_without_hours_calls_on_the_day_itself() -> None:
    saturday = date(2026, 12, 12)
    assert works(replace(day_of(saturday), hours=()))


def test_a_clinic_that_never_works_keeps_the_day() -> None:
    shut = (OpenHours(None, time(0), time(0)),)
    saturday = date(2026, 12, 12)
    assert first_worked(saturday, lambda day: replace(day_of(day), hours=shut)) == saturday
