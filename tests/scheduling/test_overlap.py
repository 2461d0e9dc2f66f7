"""Overlap of intervals, also in the nights the clocks change, against brute force."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.domain.rows.schedule import DayRows, OpenHours
from clinicdesk.scheduling.overlap import after, exists, overlaps, real_minutes
from clinicdesk.scheduling.places import Needs
from clinicdesk.scheduling.slots import free_starts

ZONE = ZoneInfo("America/New_York")
# Saturday noon before the clocks go forward, and before they go back.
NOONS = [datetime(2027, 3, 13, 17, tzinfo=UTC), datetime(2026, 10, 31, 16, tzinfo=UTC)]
spans = st.tuples(st.integers(0, 1600), st.integers(1, 180))


@given(st.sampled_from(NOONS), spans, spans)
def test_two_stretches_overlap_when_they_share_a_minute(
    noon: datetime, one: tuple[int, int], other: tuple[int, int]
) -> None:
    def ends(span: tuple[int, int]) -> tuple[datetime, datetime]:
        start = noon + timedelta(minutes=span[0])
        return start.astimezone(ZONE), (start + timedelta(minutes=span[1])).astimezone(ZONE)

    minutes = [set(range(a, a + n)) for a, n in (one, other)]
    assert overlaps(*ends(one), *ends(other)) == bool(minutes[0] & minutes[1])


@given(st.sampled_from(NOONS), spans)
def test_after_counts_real_minutes(noon: datetime, span: tuple[int, int]) -> None:
    start = (noon + timedelta(minutes=span[0])).astimezone(ZONE)
    assert after(start, span[1]).astimezone(UTC) == noon + timedelta(minutes=sum(span))
    assert after(start, span[1]).tzinfo is start.tzinfo


@given(st.sampled_from(NOONS), spans)
def test_a_length_is_of_real_minutes(noon: datetime, span: tuple[int, int]) -> None:
    start = (noon + timedelta(minutes=span[0])).astimezone(ZONE)
    assert real_minutes(start, after(start, span[1])) == span[1]


@pytest.mark.parametrize(
    ("when", "there"),
    [("2027-03-14T01:45", True), ("2027-03-14T02:00", False), ("2027-03-14T02:59", False),
     ("2027-03-14T03:00", True), ("2026-11-01T01:30", True)],
)  # fmt: skip
def test_the_hour_that_is_left_out_in_spring(when: str, there: bool) -> None:
    assert exists(datetime.fromisoformat(when).replace(tzinfo=ZONE)) is there


@pytest.mark.parametrize(
    ("day", "first"),
    [(date(2027, 3, 14), ["01:00", "01:30", "03:00"]),
     (date(2026, 11, 1), ["01:00", "01:30", "02:00"])],
)  # fmt: skip
def test_free_times_on_the_days_the_clocks_change(day: date, first: list[str]) -> None:
    rows = DayRows(day, (), (OpenHours(None, time(1), time(23, 59)),), (), ())
    midnight = datetime.combine(day, time(0), ZONE)
    starts = list(free_starts(Needs(30, 1), rows, midnight, step=30))
    assert [f"{s:%H:%M}" for s in starts[:3]] == first


def test_a_stretch_that_runs_past_midnight_is_outside_opening_hours() -> None:
    day = date(2026, 11, 24)
    rows = DayRows(day, (), (OpenHours(None, time(0), time(23, 59)),), (), ())
    midnight = datetime.combine(day, time(0), ZONE)
    starts = list(free_starts(Needs(60, 1), rows, midnight, step=30))
    assert f"{starts[-1]:%H:%M}" == "22:30"
