"""Dates in another language than English: what is written is read, and so is what people type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from gettext import NullTranslations

import pytest

from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.dates import (
    Sort,
    day_long,
    day_short,
    day_words,
    month_words,
    read_day,
    understood,
    weekday_heads,
    weekday_name,
    weekday_short,
    weekday_words,
)
from clinicdesk.domain.medications import expired_sentence, expiry_text, parse_expiry
from clinicdesk.domain.translation import install
from clinicdesk.pseudo import PseudoTranslations, accented

US, GB = customs_of("US"), customs_of("GB")
TODAY = date(2026, 11, 24)  # a Tuesday
DAY = date(2026, 12, 1)


class Spanish(NullTranslations):
    """As a translator would say it."""

    SAID = {  # noqa: RUF012 - read only
        "today / tod / now": "hoy",
        "tomorrow / tom / tmr": "mañana",
        "in {count} weeks / in {count} week / in {count} w": "en {count} semanas / en {count} sem",
        "{count} days ago / {count} day ago / {count} d ago": "hace {count} días / hace {count} d",
        "last {weekday}": "{weekday} pasado / el {weekday} pasado",
    }

    def pgettext(self, context: str, message: str) -> str:
        if context == "date in full":
            return "{weekday}, {day} de {month} de {year}"
        return self.SAID.get(message, message)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    install(None)


def test_names_are_those_of_the_language() -> None:
    install(Spanish(), "es")
    assert day_words(DAY) == "1 dic 2026"
    assert weekday_words(DAY) == "mar 1 dic 2026"
    assert day_long(DAY) == "martes, 1 de diciembre de 2026"
    assert month_words(2026, 11) == "noviembre 2026"
    assert weekday_name(0) == "lunes"
    assert weekday_heads(6)[:2] == ("DO", "LU")


@pytest.mark.parametrize("code", ["es", "es_MX", "fr", "de", "pl", "fi", "ru", "ca", "vi", "qps"])
def test_what_is_written_is_read_again(code: str) -> None:
    translations = {"qps": PseudoTranslations(), "es": Spanish()}.get(code, NullTranslations())
    install(translations, code)
    for ahead in range(0, 400, 3):
        day = TODAY + timedelta(days=ahead)
        for said in (day_words(day), weekday_words(day), day_long(day), understood(day)[2:]):
            assert read_day(said, TODAY, US) == day, said
        for said in (day_short(day), weekday_short(day)):
            assert read_day(said, day, US) == day, said
        expiry = parse_expiry(expiry_text(day, month_only=False))
        assert expiry.last_day == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("hoy", TODAY),
        ("Mañana", date(2026, 11, 25)),
        ("en 3 semanas", date(2026, 12, 15)),
        ("hace 4 días", date(2026, 11, 20)),
        ("martes", date(2026, 12, 1)),
        ("mié", date(2026, 11, 25)),
        ("martes pasado", date(2026, 11, 17)),
        ("12 ene", date(2027, 1, 12)),
        ("mar 12 ene 2027", date(2027, 1, 12)),
        ("12 enero 2027", date(2027, 1, 12)),
        ("mar 12", date(2027, 3, 12)),
        # English is read in every language.
        ("tomorrow", date(2026, 11, 25)),
        ("12 jan", date(2027, 1, 12)),
        ("Tue 12 Jan 2027", date(2027, 1, 12)),
        ("in 3 weeks", date(2026, 12, 15)),
        ("last fri", date(2026, 11, 20)),
        ("1/12", date(2027, 1, 12)),
    ],
)
def test_both_are_read_as_typed(typed: str, day: date) -> None:
    install(Spanish(), "es")
    assert read_day(typed, TODAY, US) == day


def test_a_name_that_two_languages_mean_differently_is_asked_about() -> None:
    install(NullTranslations(), "fi")
    with pytest.raises(ValueError, match="may be marraskuu or March: write the month out"):
        read_day("12 mar", TODAY, GB)
    assert read_day("12 march", TODAY, GB) == date(2027, 3, 12)


def test_the_pseudo_language_reads_what_its_help_says() -> None:
    install(PseudoTranslations(), "qps")
    assert day_words(DAY) == f"1 {accented('Dec')} 2026"
    assert read_day(accented("tomorrow"), TODAY, US) == date(2026, 11, 25)
    assert read_day(accented("in 3 weeks"), TODAY, US) == date(2026, 12, 15)
    assert read_day(accented("12 jan"), TODAY, US) == date(2027, 1, 12)
    assert read_day(accented("tue"), TODAY, US, Sort.PAST) == date(2026, 11, 17)


def test_a_label_s_month_is_read_and_said_in_the_language() -> None:
    install(Spanish(), "es")
    assert parse_expiry("abr 2028").last_day == date(2028, 4, 30)
    assert "agosto 2026" in expired_sentence("A1", parse_expiry("08 2026"))
