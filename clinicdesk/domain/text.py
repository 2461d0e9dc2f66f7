"""Folding of names and search terms, so that what is typed finds what is meant.

``Müller`` is found by ``muller``, ``O'Neil`` by ``oneil``, ``Søren`` by
``soren``, ``Łukasz`` by ``lukasz``, ``Straße`` by ``strasse``. The database's own
tokenisers do none of the last four, so folding is done here, once, for both.
"""

from __future__ import annotations

import re
import unicodedata
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
# What joins the parts of one name; every other sign parts names.
_PARTING = re.compile(rf"[^\w.\-‐‑{_APOSTROPHES}]+|_+")
# Signs without a picture, by Unicode's list of what may be ignored: zero width, direction, fillers.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


def fold(text: str) -> str:
    """Lower case without accents, special letters or unseen signs; other signs stay."""
    if text.isascii():
        return text.lower()
    lowered = _UNSEEN.sub("", text).casefold().translate(_LETTERS)
    # Once more in lower case: some single signs come apart into capitals.
    marks = unicodedata.normalize("NFKD", lowered).casefold()
    return "".join(c for c in marks if not unicodedata.combining(c)).translate(_LETTERS)


def plain(text: str) -> str:
    """As typed, in small letters: one form of each letter and blank, and no unseen signs."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()


def words(text: str) -> tuple[str, ...]:
    """The folded words of a name; an apostrophe parts words (``o``, ``neil``)."""
    return tuple(word[:LONGEST] for word in _WORD.findall(fold(text)))


def key(*names: str) -> str:
    """Names folded and joined by single spaces, without apostrophes, to sort and find by."""
    joined = " ".join(names)
    for sign in _APOSTROPHES:
        joined = joined.replace(sign, "")
    return " ".join(words(joined))[: 4 * LONGEST]


def pieces(text: str) -> tuple[str, ...]:
    """The folded names in a text, each in one: ``NGUYEN,FARIDA`` two, ``O'Neil`` one."""
    parts = ("".join(_WORD.findall(part))[:LONGEST] for part in _PARTING.split(fold(text)))
    return tuple(part for part in parts if part)


@lru_cache(maxsize=4096)
def name_words(*names: str) -> frozenset[str]:
    """Every word by which a name may be looked for.

    Besides the plain words: the parts joined over an apostrophe or hyphen
    (``oneil``, ``smithjones``), the whole name in one (``vandenberg``), and the parts
    between which a sign stands that nobody sees.
    """
    found: set[str] = set()
    for name in names:
        found.update(words(name))
        found.update(key(name).split())
        found.update(pieces(name))
        found.update(words(_UNSEEN.sub(" ", name)))
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
