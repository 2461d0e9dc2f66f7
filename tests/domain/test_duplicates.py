"""Who may be the same person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clinicdesk.domain.duplicates import (
    WORTH_ASKING,
    Person,
    likeness,
    near_dates,
    same_person_key,
    same_phone_key,
    soundex,
)

BORN = date(1958, 3, 14)
TERESA = Person("Villalobos", "Teresa", BORN, frozenset({"16175550143"}))


@pytest.mark.parametrize(
    "other",
    [
        Person("Villalobos", "Teresa", BORN),
        Person("Vilalobos", "Teresa", BORN),
        Person("Villalobos", "Theresa", BORN),
        Person("Teresa", "Villalobos", BORN),
        Person("VILLALOBOS", "Teresa Maria", BORN),
        Person("Marquez", "Teresa", BORN, frozenset({"16175550143"})),
        Person("Villalobos", "Teresa", date(1958, 3, 15)),
        Person("Villalobos", "Teresa", date(1968, 3, 14)),
        Person("Villalobos", "Teresa", date(1975, 9, 2), frozenset({"16175550143"})),
    ],
)
def test_worth_asking(other):
    assert likeness(TERESA, other) >= WORTH_ASKING
    assert likeness(other, TERESA) == pytest.approx(likeness(TERESA, other))


@pytest.mark.parametrize(
    "other",
    [
        Person("Soto", "Andrea", BORN),
        Person("Villalobos", "Miguel", BORN),
        Person("Villalobos", "Teresa", date(1991, 7, 22)),
        Person("Villalobos", "Miguel", date(1984, 7, 22), frozenset({"16175550143"})),
    ],
)
def test_somebody_else(other):
    assert likeness(TERESA, other) < WORTH_ASKING


def test_dates_mistyped():
    assert near_dates(date(1958, 3, 4), date(1958, 4, 3))
    assert near_dates(date(1958, 3, 14), date(1985, 3, 14))
    assert not near_dates(date(1958, 3, 14), date(1991, 7, 22))


@pytest.mark.parametrize(
    ("name", "code"),
    [("Robert", "R163"), ("Rupert", "R163"), ("Ashcraft", "A261"), ("Tymczak", "T522"), ("", "")],
)
def test_soundex(name, code):
    assert soundex(name) == code


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Smith", "John"), ("SMITH", "Jöhn"), True),
        (("Smith", "John"), ("John", "Smith"), True),
        (("Smith", "John"), ("Smith", "John Paul"), True),
        (("O'Neil", "Una"), ("ONeil", "Una"), True),
        (("Smith", "John"), ("Smith", "Mary"), False),
        (("Smith", "John"), ("Smyth", "John"), False),
    ],
)
def test_one_name_and_birth_date(one: Any, other: Any, same: bool) -> None:
    assert (same_person_key(*one, BORN) == same_person_key(*other, BORN)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Smith", "John"), ("Smyth", "Jon"), True),
        (("Alvares", "Rosa"), ("Alvarez", "Rosa Maria"), True),
        (("Smith", "John"), ("Smith", "Mary"), False),
        (("Smith", "John"), ("Quill", "John"), False),
        (("Fam1", "Giv1"), ("Fam2", "Giv2"), False),
        (("王", "小明"), ("李", "小明"), False),
        (("王", "小明"), ("王", "小明"), True),
    ],
)
def test_one_phone_and_a_like_name(one: Any, other: Any, same: bool) -> None:
    assert (same_phone_key("1617", *one) == same_phone_key("1617", *other)) is same
