"""Where a row stands on a day, at every edge."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vocabulary import VOCABULARY

from clinicdesk.domain.rows.due import DueGroup
from clinicdesk.due.groups import ORDER, Dates, group_of, lapsed_before, lapses_on, stay_of

TERMS = VOCABULARY.due
ON = date(2026, 11, 24)


def group(*, booked=None, snoozed=None, allowed=-60, latest=60, due=None, last=-90):
    """All in days from the day asked about."""

    def day(days):
        return None if days is None else ON + timedelta(days=days)

    dates = Dates(
        booked_on=day(booked),
        snoozed_until=day(snoozed),
        allowed_from=day(allowed),
        relief_latest=day(latest),
        due_on=day(due if due is not None else max(allowed, min(latest, 0))),
        last_done=day(last),
    )
    return group_of(ON, dates, TERMS)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"due": 0}, "now"),
        ({"due": 7}, "now"),
        ({"due": 8}, "soon"),
        ({"due": 28}, "soon"),
        ({"due": 29}, "holding"),
        ({"due": -30, "latest": 0}, "now"),
        ({"due": -30, "latest": -1}, "overdue"),
        ({"due": 5, "allowed": 5, "latest": -1}, "now"),
        ({"due": 0, "allowed": 0, "latest": -1}, "overdue"),
        ({"due": 40, "allowed": 40, "latest": -1}, "holding"),
        # A date set by hand to a later day is not overdue before it.
        ({"due": 20, "allowed": -60, "latest": -1}, "soon"),
        ({"due": -30, "latest": -1, "booked": -1}, "overdue"),
        ({"due": -30, "latest": -1, "booked": 0}, "booked"),
        ({"due": -30, "latest": -1, "booked": 200}, "booked"),
        ({"due": -30, "latest": -1, "snoozed": 0}, "overdue"),
        ({"due": -30, "latest": -1, "snoozed": 1}, "snoozed"),
        ({"due": -30, "latest": -1, "snoozed": 1, "booked": 3}, "booked"),
    ],
)
def test_edges(changes, expected):
    assert group(**changes) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2024, 11, 23), DueGroup.LAPSED),
        (date(2024, 11, 24), DueGroup.OVERDUE),
        (date(2024, 11, 25), DueGroup.OVERDUE),
    ],
)
def test_lapsed_after_24_months(last, expected):
    assert group(due=-30, latest=-1, last=(last - ON).days) is expected


def test_every_group_has_its_place():
    assert sorted(ORDER) == sorted(DueGroup)


AROUND = st.integers(-60, 60).map(lambda days: ON + timedelta(days=days))
MAYBE = st.none() | AROUND
LONG_AGO = st.integers(-800, -650).map(lambda days: ON + timedelta(days=days))


@given(
    st.builds(
        Dates,
        booked_on=MAYBE,
        snoozed_until=MAYBE | st.just(date(9999, 12, 31)),
        allowed_from=AROUND,
        relief_latest=AROUND,
        due_on=AROUND,
        last_done=AROUND | LONG_AGO,
    )
)
def test_a_stay_is_what_one_finds_day_by_day(row):
    stay = stay_of(ON, row, TERMS)
    assert stay.group is group_of(ON, row, TERMS)
    assert stay.since <= ON < stay.until

    def turns(step, limit):
        day = ON
        while group_of(day + step, row, TERMS) is stay.group:
            day += step
            if abs((day - ON).days) > limit:
                return None
        return day

    one, far = timedelta(days=1), 1200
    last, first = turns(one, far), turns(-one, far)
    assert stay.until == (last + one if last else date.max)
    assert stay.since == (first or date.min)


@pytest.mark.parametrize(
    ("last_done", "first"),
    [
        (date(2024, 11, 23), date(2026, 11, 24)),
        (date(2026, 2, 28), date(2028, 3, 1)),
        (date(2024, 2, 29), date(2026, 3, 1)),
        (date(2024, 2, 28), date(2026, 3, 1)),
        (date(2024, 12, 31), date(2027, 1, 1)),
    ],
)
def test_the_first_day_of_having_lapsed(last_done, first):
    assert lapses_on(last_done, TERMS) == first
    assert (
        lapsed_before(first, TERMS) > last_done >= lapsed_before(first - timedelta(days=1), TERMS)
    )
