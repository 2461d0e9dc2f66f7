"""People: names as they are shown, ages, addresses."""

from __future__ import annotations

from datetime import date

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.translation import _

_SEXES = {"female": _("Female"), "male": _("Male"), "other": _("Other")}


def sex_words(sex: str) -> str:
    """``Female``; empty where it is not known."""
    return _SEXES.get(sex, "")


def display_name(family: str, given: str) -> str:
    """``Villalobos, Teresa``; one part alone where the other is empty."""
    return ", ".join(part for part in (family.strip(), given.strip()) if part)


def full_name(given: str, family: str, prefix: str = "", suffix: str = "") -> str:
    """``Dr. Amara Osei``: the parts in speaking order."""
    return " ".join(part for part in (prefix, given, family, suffix) if part.strip())


def spoken_name(given: str, family: str) -> str:
    """``Teresa Villalobos``; Chinese, Japanese and Korean names family first, without a space."""
    parts = [part.strip() for part in (given, family) if part.strip()]
    if len(parts) == 2 and all(_is_east_asian(part) for part in parts):
        return f"{parts[1]}{parts[0]}"
    return " ".join(parts)


_EAST_ASIAN = (
    ("\u3005", "\u3007"), ("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"),
    ("\uac00", "\ud7a3"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip
"""Han, kana and hangul: first and last character of their blocks."""


def _is_east_asian(text: str) -> bool:
    letters = [character for character in text if not character.isspace()]
    return all(any(low <= c <= high for low, high in _EAST_ASIAN) for c in letters)


def short_name(family: str, given: str) -> str:
    """``Villalobos, T.``: the surname is never shortened."""
    initial = given.strip()[:1]
    return f"{family}, {initial}." if initial else family


def age(birth: date, on: date) -> int:
    """Completed years of life on the day ``on``; a 29 February birthday is kept on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def died_words(died_on: date | None, on: date) -> str:
    """What is said where something is planned for a day after a death on record; else empty."""
    if died_on is None or died_on > on:
        return ""
    said = _(
        "The record says that this patient died on {day}. Cancel the appointment, "
        "or correct the record on the patient's page."
    )
    return said.format(day=day_words(died_on))
