"""Dates on the command line: read at once where they mean one day, else by the clinic's country."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from clinicdesk.cli.days import Typed, day, moment, settle
from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.errors import Invalid

TODAY = date(2026, 11, 24)
LONDON = ZoneInfo("Europe/London")


def _clinic(country: str) -> SimpleNamespace:
    return SimpleNamespace(today=lambda: TODAY, customs=customs_of(country), zone=LONDON)


def _read(country: str, **typed: object) -> argparse.Namespace:
    args = argparse.Namespace(**typed)
    settle(args, _clinic(country))
    return args


def test_an_iso_day_needs_no_clinic() -> None:
    assert day("2026-12-07") == date(2026, 12, 7)
    assert moment("2026-12-07T09:30") == datetime(2026, 12, 7, 9, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("typed", "country", "meant"),
    [
        ("07/12/2026", "GB", date(2026, 12, 7)),
        ("07/12/2026", "US", date(2026, 7, 12)),
        ("7.12.2026", "DE", date(2026, 12, 7)),
        ("7 Dec 2026", "US", date(2026, 12, 7)),
        ("tomorrow", "GB", date(2026, 11, 25)),
    ],
)
def test_the_rest_is_read_as_in_the_window(typed: str, country: str, meant: date) -> None:
    assert isinstance(day(typed), Typed)
    assert _read(country, on=day(typed)).on == meant


def test_a_time_as_in_the_window() -> None:
    read = _read("GB", start=moment("07/12/2026 14:30"))
    assert read.start == datetime(2026, 12, 7, 14, 30, tzinfo=LONDON)


@pytest.mark.parametrize("typed", ["soon", "2026-02-31", "32/32/2026", ""])
def test_what_is_no_day_anywhere_is_refused_at_once(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        day(typed)


def test_what_is_none_in_this_country_is_said_with_an_example() -> None:
    with pytest.raises(Invalid) as caught:
        _read("GB", on=day("12/31/2026"))
    assert "the day comes first here, for example 14/03/1958" in caught.value.fields["on"]


def test_what_was_understood_is_said_in_words(capsys) -> None:
    read = _read("GB", on=day("03/04/2027"), start=moment("03/04/2027 9:00"))
    assert read.on == date(2027, 4, 3)
    said = capsys.readouterr().err.splitlines()
    assert said == ["“03/04/2027” is 3 Apr 2027.", "“03/04/2027 9:00” is 3 Apr 2027, 09:00."]
    _read("US", on=day("2027-04-03"))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("typed", ["2026-12-07", "20261207", "2026-W50-1"])
def test_a_day_alone_is_no_time(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is not a time like"):
        moment(typed)
