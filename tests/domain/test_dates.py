"""Dates, times and lengths as the front desk types them."""

from __future__ import annotations

from datetime import date, time

import pytest

from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.dates import (
    Sort,
    day_digits,
    far_words,
    possible_orders,
    read_birth,
    read_cell,
    read_coming,
    read_day,
    read_minutes,
    read_time,
    split_when,
    time_words,
    understood,
)

US, GB, DE, FR, SE = (customs_of(country) for country in ("US", "GB", "DE", "FR", "SE"))
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
    assert read_day(typed, TODAY, US) == day


@pytest.mark.parametrize("typed", ["", "soon", "32 jan", "31 feb 2027", "12 foo", "13/13"])
def test_what_is_no_day_is_answered_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match=r"date|day"):
        read_day(typed, TODAY, US)


def test_three_months_after_the_last_of_november_is_the_last_of_february() -> None:
    assert read_day("in 3 months", date(2026, 11, 30), US) == date(2027, 2, 28)


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
    assert read_time(typed) == at


@pytest.mark.parametrize("typed", ["", "25:00", "12:75", "13 pm", "half past"])
def test_what_is_no_time_is_answered_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match="time"):
        read_time(typed)


def test_a_date_field_takes_the_time_along() -> None:
    assert split_when("12 jan 14:30") == ("12 jan", "14:30")
    assert split_when("tomorrow at 2 pm") == ("tomorrow", "2 pm")
    assert split_when("12 jan") == ("12 jan", "")


@pytest.mark.parametrize(
    ("typed", "minutes"), [("45", 45), ("45 min", 45), ("1h", 60), ("1 h 15", 75)]
)
def test_lengths(typed: str, minutes: int) -> None:
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "0", "long", "-5", "900"])
def test_what_is_no_length_is_answered_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match=r"length|minutes"):
        read_minutes(typed)


def test_how_far_off() -> None:
    assert far_words(date(2026, 12, 22), TODAY) == "in 4 weeks"
    assert far_words(date(2027, 2, 24), TODAY) == "in 3 months"
    assert far_words(date(2026, 11, 1), TODAY) == "in the past"
    assert time_words(time(9, 5), US) == "09:05"


SEVENTH = date(1958, 6, 7)


@pytest.mark.parametrize(
    ("typed", "customs", "day"),
    [
        ("07/06/1958", GB, SEVENTH),
        ("07/06/1958", FR, SEVENTH),
        ("07/06/1958", US, date(1958, 7, 6)),
        ("7.6.1958", DE, SEVENTH),
        ("7. 6. 1958", DE, SEVENTH),
        ("7.6.58", DE, SEVENTH),
        ("07-06-1958", GB, SEVENTH),
        ("7 / 6 / 58", GB, SEVENTH),
        ("6/7/58", US, SEVENTH),
        ("14/03/1958", GB, date(1958, 3, 14)),
        ("14/03/1958", SE, date(1958, 3, 14)),
        ("1958-06-07", US, SEVENTH),
        ("1958-06-07", GB, SEVENTH),
        ("1958/6/7", DE, SEVENTH),
        ("7 Jun 1958", GB, SEVENTH),
        ("Sat 7 Jun 1958", US, SEVENTH),
        ("Saturday 7 June 1958", US, SEVENTH),
        ("June 7, 1958", GB, SEVENTH),
        ("7 jun 58", GB, SEVENTH),
        ("7 juin 1958", FR, SEVENTH),
        ("7. Juni 1958", DE, SEVENTH),
        ("7 Sept 1958", GB, date(1958, 9, 7)),
        ("1.12.26", DE, date(1926, 12, 1)),
        ("24/11/26", GB, TODAY),
    ],
)
def test_birth_dates_as_they_are_written_there(typed: str, customs: object, day: date) -> None:
    assert read_day(typed, TODAY, customs, Sort.BIRTH) == day


def test_a_birth_lies_in_the_past_and_an_appointment_need_not() -> None:
    assert read_birth("3/4/28", TODAY, US) == date(1928, 3, 4)
    assert read_coming("3/4/28", TODAY, US) == date(2028, 3, 4)
    assert read_birth("3/4/28", TODAY, GB) == date(1928, 4, 3)
    assert read_birth("14 Mar 1958", TODAY, US) == date(1958, 3, 14)
    assert read_coming("14 mar", TODAY, US) == date(2027, 3, 14)
    with pytest.raises(ValueError, match="with its year"):
        read_birth("14 mar", TODAY, US)


@pytest.mark.parametrize(
    ("typed", "customs", "sort", "day"),
    [
        ("12/1", GB, Sort.COMING, date(2027, 1, 12)),
        ("12.1.", DE, Sort.COMING, date(2027, 1, 12)),
        ("12/1", US, Sort.COMING, date(2026, 12, 1)),
        ("12/1/58", GB, Sort.COMING, date(2058, 1, 12)),
        ("12/1/58", GB, Sort.PAST, date(1958, 1, 12)),
        ("12 jan", GB, Sort.PAST, date(2026, 1, 12)),
        ("24 nov", GB, Sort.PAST, TODAY),
        ("tue", GB, Sort.PAST, date(2026, 11, 17)),
        ("yesterday", GB, Sort.PAST, date(2026, 11, 23)),
        ("3 weeks ago", GB, Sort.PAST, date(2026, 11, 3)),
        ("29 feb", GB, Sort.PAST, date(2024, 2, 29)),
        ("12/1/28", GB, Sort.ANY, date(2028, 1, 12)),
    ],
)
def test_a_short_year_or_none_is_told_by_what_the_date_is_for(
    typed: str, customs: object, sort: Sort, day: date
) -> None:
    assert read_day(typed, TODAY, customs, sort) == day


@pytest.mark.parametrize(
    ("typed", "customs", "example"),
    [
        ("03/14/1958", GB, "the day comes first here, for example 14/03/1958."),
        ("14/03/1958", US, "the month comes first here, for example 3/14/1958."),
        ("31/02/1958", DE, "the day comes first here, for example 14.03.1958."),
        ("07/06/1958", SE, "may be 7 Jun 1958 or 6 Jul 1958. Type it as 1958-06-07 or 1958-07-06."),
        ("58-03-14", SE, "with its year, for example 1958-03-14 or 14 mar 1958."),
        ("14 mar", GB, "with its year, for example 14/03/1958 or 14 mar 1958."),
        ("14/03/958", GB, "is not a date. Type a date such as 14/03/1958 or 14 mar 1958."),
        ("tomorrow", GB, "is not a date. Type a date such as 14/03/1958 or 14 mar 1958."),
        ("31 feb 1958", GB, "There is no such day as “31 feb 1958”."),
        ("7 jui 1958", FR, "is not a date."),
    ],
)
def test_what_cannot_be_is_answered_with_an_example_of_that_country(
    typed: str, customs: object, example: str
) -> None:
    with pytest.raises(ValueError, match=r"date|day|may be") as caught:
        read_day(typed, TODAY, customs, Sort.BIRTH)
    assert example in str(caught.value)


@pytest.mark.parametrize("customs", [US, GB, DE, FR, SE])
def test_what_is_written_is_read_again(customs: object) -> None:
    assert read_day(day_digits(SEVENTH, customs), TODAY, customs, Sort.BIRTH) == SEVENTH


def test_what_was_understood_is_said_in_words() -> None:
    assert understood(SEVENTH) == "= Sat 7 June 1958"


def test_hours_are_counted_as_in_the_country() -> None:
    australia = customs_of("AU")
    assert [time_words(time(14, 30), where) for where in (GB, DE, US)] == ["14:30"] * 3
    assert time_words(time(14, 30), australia) == "2:30 PM"
    assert time_words(time(0, 5), australia) == "12:05 AM"
    assert read_time(time_words(time(14, 30), australia)) == time(14, 30)


def test_a_column_of_a_file_has_one_order_and_an_open_one_is_asked_for() -> None:
    assert possible_orders(["07/06/1958", "14/03/1958"]) == ("dmy",)
    assert possible_orders(["07/06/1958", "01/02/1990"]) == ("mdy", "dmy")
    assert read_cell("07/06/1958", "dmy") == SEVENTH
    assert read_cell("1958-06-07T00:00:00Z", "ymd") == SEVENTH
    assert read_cell("7 Jun 1958", "mdy") == SEVENTH
    # A column of births lies in the past, and the preview says so; a month's place is not guessed.
    assert read_cell("07/06/58", "dmy", date(2026, 11, 24)) == SEVENTH
    assert read_cell("Sat 07/06/1958", "mdy") is None
