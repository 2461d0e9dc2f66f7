"""The patient form as text."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from clinicdesk.domain.dates import Sort
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.ui.local import read_day
from clinicdesk.ui.patients.fields import (
    SPECS,
    differing,
    guess_form,
    merged,
    read,
    shown,
    spoken_value,
)

TODAY = date(2026, 11, 24)
TERESA = PatientForm(
    family="Villalobos",
    given="Teresa",
    birth_date=date(1958, 3, 14),
    sex="female",
    language="es",
    interpreter=True,
    weight_kg=Decimal("72.5"),
    allergies=("Latex (anaphylaxis)", "Penicillin"),
    anticoagulants=("apixaban",),
)


def test_every_field_of_the_form_can_be_edited() -> None:
    assert set(SPECS) == {field.name for field in fields(PatientForm)}


def test_what_is_shown_reads_back_the_same() -> None:
    values = {name: shown(TERESA, name) for name in SPECS}
    assert read(values, PatientForm(), TODAY) == (TERESA, {})


@pytest.mark.parametrize(
    "typed", ["14 mar 1958", "3/14/1958", "3/14/58", "1958-03-14", "March 14, 1958", "14.mar.58"]
)
def test_dates_of_birth(typed: str) -> None:
    assert read_day(typed, TODAY, Sort.BIRTH) == date(1958, 3, 14)


@pytest.mark.parametrize("typed", ["14 mar", "tomorrow", "next tue", "1958", "31 feb 1958"])
def test_a_birth_date_is_never_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match=r"date|day"):
        read_day(typed, TODAY, Sort.BIRTH)


def test_what_cannot_be_read_is_named_by_its_field() -> None:
    form, wrong = read({"family": " Soto ", "weight_kg": "heavy", "birth_date": "?"}, TERESA, TODAY)
    assert form.family == "Soto"
    assert set(wrong) == {"weight_kg", "birth_date"}


def test_a_version_conflict_only_asks_where_both_changed_differently() -> None:
    mine = replace(TERESA, city="Albany", phone_home="555 0199")
    theirs = replace(TERESA, phone_home="555 0100", email="t@example.org")
    assert differing(mine, vars(theirs)) == ("phone_home", "email", "city")
    form, clashes = merged(TERESA, mine, vars(theirs))
    assert clashes == ("phone_home",)
    assert (form.city, form.email, form.phone_home) == ("Albany", "t@example.org", "555 0199")


def test_values_for_the_eye() -> None:
    assert spoken_value("interpreter", value=True) == "Yes"
    assert spoken_value("language", "es") == "Spanish"
    assert spoken_value("allergies", ("Latex", "Penicillin")) == "Latex, Penicillin"
    assert spoken_value("city", "") == "–"


@pytest.mark.parametrize(
    ("typed", "family", "given", "born", "phone"),
    [
        ("soto, andrea", "Soto", "Andrea", None, ""),
        ("soto andrea 3/14/58", "Soto", "Andrea", date(1958, 3, 14), ""),
        ("Villalobos Tereza", "Villalobos", "Tereza", None, ""),
        ("van Berg, Jo", "van Berg", "Jo", None, ""),
        ("van Berg, Jo 5185550142", "van Berg", "Jo", None, "5185550142"),
        ("O'Neil", "O'Neil", "", None, ""),
    ],
)
def test_a_search_becomes_a_new_patient(
    typed: str, family: str, given: str, born: date | None, phone: str
) -> None:
    form = guess_form(typed, TODAY)
    assert (form.family, form.given, form.birth_date, form.phone_mobile) == (
        family, given, born, phone,
    )  # fmt: skip
