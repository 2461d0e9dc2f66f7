"""What a cell says: read as a whole word or figure, never by its first letters; else left open."""

from __future__ import annotations

import re
from decimal import Decimal

from clinicdesk.domain.text import fold

_NULLS = frozenset({"null", "\\n", "n/a", "#n/a", "(null)", "<null>", "[null]", "nan", "nil"})
_NONE = frozenset({"none", "-", "--", "."})
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d{1,3}", re.IGNORECASE)
_SEXES = {
    "female": frozenset(
        {"f", "female", "w", "weiblich", "mujer", "femenino", "woman", "frau", "femme"}
    ),
    "male": frozenset({"m", "male", "mann", "mannlich", "hombre", "masculino", "man", "homme"}),
    "other": frozenset({"o", "other", "x", "d", "diverse", "divers", "otro"}),
    "unknown": frozenset(
        {"u", "unknown", "unk", "not known", "unspecified", "not specified", "?", ""}
    ),
}
_SEX_BY_WORD = {word: sex for sex, words in _SEXES.items() for word in words}
_OTHERS = frozenset({
    "nonbinary", "non-binary", "non binary", "nb", "undifferentiated", "un", "intersex",
    "genderqueer", "ambiguous", "transgender", "indeterminate",
})  # fmt: skip
_OPEN_DENTAL = {"0": "male", "1": "female", "2": "unknown"}
_ALIVE = frozenset({"n", "no", "false", "0", "f", "alive", "living", "nein", "non"})
_DEAD = frozenset({"y", "yes", "true", "1", "t", "dead", "deceased", "died", "si", "ja", "oui"})
_WEIGHT = re.compile(r"(\d+(?:[.,]\d{1,3})?)\s*([a-z#]*)\.?")
UNITS = {
    "kg": ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"),
    "lb": ("lb", "lbs", "pound", "pounds", "#"),
}
_UNIT_BY_WORD = {word: unit for unit, words in UNITS.items() for word in words}
_KG_OF_LB = Decimal("0.45359237")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd", "esq"})


def says_nothing(text: str, *, none: bool = True) -> bool:
    """Whether the cell is what programs write for "empty"; ``none``: "none" is so, too."""
    word = text.strip().casefold()
    return word in _NULLS or (none and word in _NONE)


def lost_digits(text: str) -> bool:
    """Whether it is a number that a spreadsheet has shortened (``1.23457E+11``)."""
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def read_sex(text: str, *, open_dental: bool = False) -> tuple[str, bool]:
    """The sex, and whether that is what the cell says; figures only where the file's maker is
    known."""
    word = fold(text).strip(" .")
    if open_dental and word in _OPEN_DENTAL:
        return _OPEN_DENTAL[word], True
    if word in _SEX_BY_WORD:
        return _SEX_BY_WORD[word], True
    return ("other" if word in _OTHERS else "unknown"), False


def read_death_flag(text: str) -> bool | None:
    """Of a cell that holds no date: whether the patient has died; None where it says neither."""
    word = fold(text).strip(" .")
    return False if word in _ALIVE else True if word in _DEAD else None


def unit_in_name(name: str) -> str:
    """``kg`` or ``lb`` from a column's plain name, ``weight lbs``; empty where it has none."""
    units = {_UNIT_BY_WORD[word] for word in name.split() if word in _UNIT_BY_WORD}
    return units.pop() if len(units) == 1 else ""


def read_weight(text: str, unit: str) -> tuple[Decimal | None, str] | None:
    """Kilograms and the unit that it was given in; None where it is no weight at all.

    Args:
        text: ``180 lb``, or a figure alone.
        unit: of figures alone; empty: unknown, and they are no kilograms then.
    """
    found = _WEIGHT.fullmatch(fold(text).strip())
    if found is None or (found[2] and found[2] not in _UNIT_BY_WORD):
        return None
    figure = Decimal(found[1].replace(",", "."))
    said = _UNIT_BY_WORD[found[2]] if found[2] else unit
    if said == "lb":
        return round(figure * _KG_OF_LB, 1), said
    return (figure if said else None), said


def part_name(text: str) -> tuple[str, str, str] | None:
    """Surname, first name and suffix of ``Alvarez, Rosa``; None where it cannot be told which."""
    sign = "^" if "^" in text else ","
    parts = [part.strip() for part in text.split(sign) if part.strip()]
    ends = [part for part in parts[1:] if fold(part).strip(".") in _SUFFIXES]
    names = [part for part in parts if part not in ends]
    if sign == "^" and len(names) > 2:
        names = [names[0], " ".join(names[1:])]
    if sign not in text or not 1 <= len(names) <= 2:
        return None
    return names[0], names[1] if len(names) == 2 else "", " ".join(ends)
