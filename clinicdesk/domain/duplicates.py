"""Is this perhaps somebody we have already? Said before a second record is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA, JaroWinkler

from clinicdesk.domain.text import key

_CODES = {
    **dict.fromkeys("bfpv", "1"),
    **dict.fromkeys("cgjkqsxz", "2"),
    **dict.fromkeys("dt", "3"),
    "l": "4",
    **dict.fromkeys("mn", "5"),
    "r": "6",
}


@dataclass(frozen=True)
class Person:
    """What two records are compared by; ``phones`` as digits with country code."""

    family: str
    given: str
    birth_date: date
    phones: frozenset[str] = frozenset()
    mrn: str = ""


def soundex(word: str) -> str:
    """The classical code of how an English-spoken name sounds: ``R163`` for Robert."""
    letters = [c for c in key(word) if "a" <= c <= "z"]
    if not letters:
        return ""
    code, last = letters[0].upper(), _CODES.get(letters[0], "")
    for letter in letters[1:]:
        digit = _CODES.get(letter, "")
        if digit and digit != last:
            code += digit
        if letter not in "hw":
            last = digit
    return (code + "000")[:4]


def alike(first: str, second: str) -> float:
    """How alike two names are, 0 to 1; 1 also when one is the other with more given names."""
    a, b = key(first), key(second)
    if not a or not b:
        return 0.0
    if a == b or a.split()[0] == b or b.split()[0] == a:
        return 1.0
    score = max(JaroWinkler.similarity(a, b), OSA.normalized_similarity(a, b))
    if soundex(a) == soundex(b):
        score = max(score, 0.85)
    return score


def likeness(one: Person, other: Person) -> float:
    """How likely two records are one person, 0 to 1; ask from ``WORTH_ASKING`` on."""
    straight = (alike(one.family, other.family) + alike(one.given, other.given)) / 2
    swapped = (alike(one.family, other.given) + alike(one.given, other.family)) / 2

    names = max(straight, swapped)
    same_phone = bool(one.phones & other.phones)
    if one.birth_date == other.birth_date:
        if same_phone or alike(one.given, other.given) >= 0.95:
            names = max(names, 0.8)
        return names
    if near_dates(one.birth_date, other.birth_date):
        return names * (1.0 if same_phone else 0.9)
    if same_phone:
        return names * 0.95
    return names * 0.7


def near_dates(first: date, second: date) -> bool:
    """Whether one date may be the other mistyped: day and month swapped, or one digit off."""
    if (first.year, first.month, first.day) == (second.year, second.day, second.month):
        return True
    a, b = f"{first:%Y%m%d}", f"{second:%Y%m%d}"
    return OSA.distance(a, b) == 1


WORTH_ASKING = 0.8


def same_person_key(family: str, given: str, birth_date: date) -> str:
    """Equal for two records of one name and birth date: whatever their accents, and also where
    the names are swapped or one has more given names."""
    parts = sorted((key(family), key(given).partition(" ")[0]))
    return "|".join((*parts, birth_date.isoformat()))


def same_phone_key(phone: str, family: str, given: str) -> str:
    """Equal for two records with one telephone number whose names sound alike.

    The number alone makes nobody the same person: families share one, under different first
    names; a mistyped birth date or spelling keeps number and sound.
    """
    first = key(given).partition(" ")[0]
    return "|".join((phone, _sound(family), _sound(first)))


def _sound(name: str) -> str:
    """How a name sounds; as it is where it has figures, or letters that have no code."""
    plain = key(name)
    return soundex(name) if plain.isascii() and plain.replace(" ", "").isalpha() else plain
