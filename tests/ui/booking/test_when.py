"""Dates, times and lengths as the front desk types them."""

from __future__ import annotations

from datetime import date, time

import pytest

from clinicdesk.ui.booking.when import (
    far_text,
    parse_day,
    parse_minutes,
    parse_time,
    split_when,
    time_text,
)

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 25)),
        ("12 jan", date(2027, 1, 12)),
        ("12 Jan 2028", date(2028, 1, 12)),
        ("Jan 12", date(2027, 1, 12)),
        ("january 12, 2027", date(2027, 1, 12)),
        ("2027-01-12", date(2027, 1, 12)),
        ("1/12", date(2027, 1, 12)),
        ("12/1/26", date(2026, 12, 1)),
        ("tue", date(2026, 12, 1)),
        ("wed", date(2026, 11, 25)),
        ("next monday", date(2026, 11, 30)),
        ("in 3 weeks", date(2026, 12, 15)),
        ("+10d", date(2026, 12, 4)),
        ("in 3 months", date(2027, 2, 24)),
        ("Tue 12 Jan 2027", date(2027, 1, 12)),
        ("29 feb", date(2028, 2, 29)),
        ("24 nov", TODAY),
    ],
)
def test_days_as_typed(typed: str, day: date) -> None:
    assert parse_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "soon", "32 jan", "31 feb 2027", "12 foo", "13/13"])
def test_what_is_no_day_is_answered_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match=r"date|day"):
        parse_day(typed, TODAY)


def test_three_months_after_the_last_of_november_is_the_last_of_february() -> None:
    assert parse_day("in 3 months", date(2026, 11, 30)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9", time(9)),
        ("930", time(9, 30)),
        ("2", time(14)),
        ("2:15", time(14, 15)),
        ("02:15", time(2, 15)),
        ("2 pm", time(14)),
        ("230p", time(14, 30)),
        ("12 am", time(0)),
        ("noon", time(12)),
        ("7am", time(7)),
        ("10.15", time(10, 15)),
    ],
)
def test_times_as_typed(typed: str, at: time) -> None:
    assert parse_time(typed) == at


@pytest.mark.parametrize("typed", ["", "25:00", "12:75", "13 pm", "half past"])
def test_what_is_no_time_is_answered_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match="time"):
        parse_time(typed)


def test_a_date_field_takes_the_time_along() -> None:
    assert split_when("12 jan 14:30") == ("12 jan", "14:30")
    assert split_when("tomorrow at 2 pm") == ("tomorrow", "2 pm")
    assert split_when("12 jan") == ("12 jan", "")


@pytest.mark.parametrize(
    ("typed", "minutes"), [("45", 45), ("45 min", 45), ("1h", 60), ("1 h 15", 75)]
)
def test_lengths(typed: str, minutes: int) -> None:
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "0", "long", "-5", "900"])
def test_what_is_no_length_is_answered_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match=r"length|minutes"):
        parse_minutes(typed)


def test_how_far_off() -> None:
    assert far_text(date(2026, 12, 22), TODAY) == "in 4 weeks"
    assert far_text(date(2027, 2, 24), TODAY) == "in 3 months"
    assert far_text(date(2026, 11, 1), TODAY) == "in the past"
    assert time_text(time(9, 5)) == "09:05"
