"""Folding of names and search terms, so that what is typed finds what is meant.

``Müller`` is found by ``muller``, ``O'Neil`` by ``oneil``, ``Søren`` by
``soren``, ``Łukasz`` by ``lukasz``, ``Straße`` by ``strasse``. The database's own
tokenisers do none of the last four, so folding is done here, once, for both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th",
        "ł": "l", "ħ": "h", "ı": "i", "ĸ": "k", "ŋ": "n", "ŧ": "t", "ə": "e", "ſ": "s",
    }
)  # fmt: skip
LONGEST = 60
"""Letters of a word that count; a database's index takes no endless ones."""
_APOSTROPHES = "'’‘`´ʼʻ′＇"
_WORD = re.compile(r"[^\W_]+")
_NOT_DIGIT = re.compile(r"\D+")
_PHONE = re.compile(r"[\d()+./\-\s]*")
_DATE = re.compile(r"(\d{1,4})[-./](\d{1,2})(?:[-./](\d{1,4}))?$")


def fold(text: str) -> str:
    """Lower case without accents or special letters; signs other than letters stay."""
    if text.isascii():
        return text.lower()
    lowered = text.casefold().translate(_LETTERS)
    # Once more in lower case: some single signs come apart into capitals.
    marks = unicodedata.normalize("NFKD", lowered).casefold()
    return "".join(c for c in marks if not unicodedata.combining(c)).translate(_LETTERS)


def words(text: str) -> tuple[str, ...]:
    """The folded words of a name; an apostrophe parts words (``o``, ``neil``)."""
    return tuple(word[:LONGEST] for word in _WORD.findall(fold(text)))


def key(*names: str) -> str:
    """Names folded and joined by single spaces, without apostrophes, to sort and find by."""
    joined = " ".join(names)
    for sign in _APOSTROPHES:
        joined = joined.replace(sign, "")
    return " ".join(words(joined))[: 4 * LONGEST]


@lru_cache(maxsize=4096)
def name_words(*names: str) -> frozenset[str]:
    """Every word by which a name may be looked for.

    Besides the plain words: the parts joined over an apostrophe or hyphen
    (``oneil``, ``smithjones``) and the whole name in one (``vandenberg``).
    """
    found: set[str] = set()
    for name in names:
        found.update(words(name))
        found.update(key(name).split())
        for part in fold(name).split():
            found.add("".join(_WORD.findall(part))[:LONGEST])
        found.add("".join(words(name))[:LONGEST])
    found.discard("")
    return frozenset(found)


def date_words(day: date) -> tuple[str, ...]:
    """A birth date as it may be typed without signs: year first, day first, month first."""
    year, month, date_ = f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}"
    return (year + month + date_, date_ + month + year, month + date_ + year)


def digits(text: str) -> str:
    """The digits alone."""
    return _NOT_DIGIT.sub("", text)


def number_words(number: str) -> frozenset[str]:
    """A record number as typed, without its signs, and without leading zeros."""
    plain = "".join(words(number))[:LONGEST]
    return frozenset({plain, plain.lstrip("0")} - {""}) | frozenset(words(number))


def phone_words(number: str, country_digits: str = "") -> frozenset[str]:
    """A phone number's digits: whole, without the country code, and its last 7 and 4."""
    own = digits(number)
    found = {own, own.lstrip("0"), country_digits, own[-10:], own[-7:], own[-4:]}
    return frozenset(part for part in found if len(part) >= 4)


def _possible(year: str, month: str, day: str) -> str | None:
    full = year if len(year) == 4 else ("19" if int(year) > 30 else "20") + year.zfill(2)
    try:
        return f"{date(int(full), int(month), int(day)):%Y%m%d}"
    except ValueError:
        return None


def date_terms(term: str) -> tuple[str, ...]:
    """The stored forms a typed date may mean: ``14/3/1958`` one, ``3/4/1958`` two.

    Empty if ``term`` is no date. ``1958-03`` means the month.
    """
    match = _DATE.match(term)
    if match is None:
        return ()
    first, second, third = match.groups()
    if third is None:
        if len(first) == 4 and 1 <= int(second) <= 12:
            return (f"{first}{int(second):02d}",)
        return ()
    if len(first) == 4:
        found = [_possible(first, second, third)]
    elif len(first) > 2 or len(third) not in (2, 4):
        return ()
    else:
        found = [_possible(third, second, first), _possible(third, first, second)]
    return tuple(dict.fromkeys(form for form in found if form))


def terms(text: str) -> tuple[tuple[str, ...], ...]:
    """A search text as terms that must all match; of a term's forms any may.

    Digits typed with phone signs (``(617) 555-0143``) become one term.
    """
    if _is_phone(text):
        return ((digits(text)[:LONGEST],),)
    found: list[tuple[str, ...]] = []
    for part in fold(text).split():
        dates = date_terms(part)
        if dates:
            found.append(dates)
        elif _PHONE.fullmatch(part) and digits(part):
            found.append((digits(part)[:LONGEST],))
        else:
            found.extend(_name_terms(part))
    return tuple(found)


def _is_phone(text: str) -> bool:
    """Phone signs and at least 7 digits in more than one piece, and no date among them."""
    signs = _PHONE.fullmatch(text) and not any(date_terms(part) for part in text.split())
    return bool(signs) and len(digits(text)) >= 7


def _name_terms(part: str) -> Iterable[tuple[str, ...]]:
    joined = "".join(words(part))[:LONGEST]
    if joined:
        yield (joined,)
