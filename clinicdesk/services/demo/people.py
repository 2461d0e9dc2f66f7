"""Invented patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from clinicdesk.services.demo.names import words


@dataclass(frozen=True)
class Person:
    """A patient as made up."""

    number: int
    family: str
    given: str
    sex: str
    birth: date
    language: str
    interpreter: bool
    phones: tuple[tuple[str, str], ...]
    address: tuple[str, str, str]
    payer: str
    kg: int
    allergies: tuple[tuple[str, str, str], ...]
    thinner: str
    alert: str
    deceased_on: date | None = None
    mrn: str = ""


_SWAPPED = {1: 4182, 4182: 1}


def record_number(number: int) -> str:
    """The record number of the patient made as ``number``; each has his own at any size.

    The patient of the pictures, who is made first, bears 004182; whose that would be, bears hers.
    """
    return f"{_SWAPPED.get(number, number):06}"


def teresa(number: int) -> Person:
    """The patient of the pictures."""
    return Person(
        number, "Villalobos", "Teresa", "female", date(1958, 3, 14), "es", True,
        (("mobile", "(617) 555-0142"),), ("12 Harbor Street", "Boston", "02110"), "Medicare", 62,
        (words("allergies")[0], words("allergies")[1]), "apixaban", "", None, record_number(1),
    )  # fmt: skip


def person(rng: Random, number: int, today: date) -> Person:
    """A patient; the same seed makes the same one."""
    female = rng.random() < 0.58
    family = rng.choice(words("family"))
    luck = rng.random()
    if luck < 0.04:
        family = f"{rng.choice(words('particles'))} {family}"
    elif luck < 0.09:
        family = f"{family}-{rng.choice(words('family'))}"
    given = rng.choice(words("female") if female else words("male"))
    if rng.random() < 0.12:
        given += f" {rng.choice(words('female') if female else words('male'))[0]}."
    age = min(96, max(19, int(rng.gauss(60, 15))))
    birth = today - timedelta(days=age * 365 + rng.randint(0, 364))
    spanish = rng.random() < 0.14
    town, code = rng.choice(words("towns"))
    street = f"{rng.randint(1, 480)} {rng.choice(words('streets'))} {rng.choice(words('ways'))}"
    phones = [("mobile", _phone(rng))]
    if rng.random() < 0.3:
        phones.append(("home", _phone(rng)))
    return Person(
        number, family, given, "female" if female else "male", birth, "es" if spanish else "en",
        spanish and rng.random() < 0.5, tuple(phones), (street, town, code),
        "Medicare" if age >= 65 else rng.choice(words("payers")), max(44, int(rng.gauss(80, 17))),
        tuple(rng.sample(words("allergies"), rng.choice((1, 1, 2)))) if rng.random() < 0.3 else (),
        rng.choice(words("thinners")) if rng.random() < 0.12 + age / 1000 else "",
        rng.choice(words("alerts")) if rng.random() < 0.06 else "",
        today - timedelta(days=rng.randint(30, 900)) if age > 88 and rng.random() < 0.2 else None,
    )  # fmt: skip


def payer_of(rng: Random, made: Person) -> str:
    """The payer, of a share in words that nobody has mapped to rules yet."""
    old = made.payer == "Medicare"
    return (
        rng.choice(words("unmapped_old" if old else "unmapped"))
        if rng.random() < 0.1
        else made.payer
    )


def _phone(rng: Random) -> str:
    return f"({rng.choice((617, 857, 781, 978))}) 555-{rng.randint(100, 9999):04}"
