"""What is typed or pasted into a search for a patient, read as terms.

A text is read in several ways, the strictest first: the one that finds somebody counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain
from typing import TypeAlias

from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.dates import LONG_WEEKDAYS, WEEKDAYS, read_birth
from clinicdesk.domain.text import LONGEST, digits, pieces, plain

Term: TypeAlias = tuple[str, ...]
"""The folded forms of one term, of which any may match."""
Terms: TypeAlias = tuple[Term, ...]

MOST = 8
"""Terms that count."""
_LONGEST_TEXT = 400
_PHONE = re.compile(r"[\d()+./\-]*\d[\d()+./\-]*")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_IN_DIGITS = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}\.?")
_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})")
_DAY_OR_YEAR = re.compile(r"'?\d{1,4}(?:st|nd|rd|th)?\.?")
_SIGNS_BETWEEN = re.compile(r"[,;:|^#·•…\t]+")
_LABELLED = re.compile(r"(mrn|nhs|dob|tel|ph)(?=[\d+(])")
_LABELS = frozenset(
    {
        "mrn", "nhs", "dob", "born", "birth", "date", "no", "nr", "id", "patient", "name", "tel",
        "phone", "mobile", "home", "cell", "mr", "mrs", "ms", "miss", "dr", "prof",
        *(day.casefold() for day in (*WEEKDAYS, *LONG_WEEKDAYS)),
    }
)  # fmt: skip
_ORDERS = ("US", "GB")
"""Countries for their order: a birth date is looked for in both."""
_OLDEST = 120


def readings(text: str, today: date, customs: Customs) -> tuple[Terms, ...]:
    """The ways to read a search text, each as terms that must all match; none of a text of signs.

    Dates as the program shows them or in digits of any order; digits with phone signs
    (``(617) 555-0143``) in one; then each piece by itself; then without what only names the
    thing (``MRN 004182``, ``Dr.``, ``Sat 14 Mar 1958``).
    """
    parts = _parts(text)
    bare = [part for part in parts if not pieces(part) or pieces(part)[0] not in _LABELS]
    reader = _Reader(today, customs)
    found = (
        tuple(reader.terms(parts, joined=True)),
        tuple(reader.terms(parts, joined=False)),
        tuple(reader.terms(bare, joined=True)),
        tuple(reader.terms(bare, joined=False)),
    )
    return tuple(dict.fromkeys(terms[:MOST] for terms in found if terms))


def _parts(text: str) -> list[str]:
    typed = _SIGNS_BETWEEN.sub(" ", plain(text[:_LONGEST_TEXT]).translate(_DASHES))
    return _LABELLED.sub(r"\1 ", typed).split()


class _Reader:
    def __init__(self, today: date, customs: Customs) -> None:
        self._today = today
        self._customs = (customs, *(customs_of(country) for country in _ORDERS))

    def terms(self, parts: Sequence[str], *, joined: bool) -> Iterator[Term]:
        at = 0
        while at < len(parts):
            taken, term = self._date_at(parts, at)
            if not term and joined:
                taken, term = self._phone_at(parts, at)
            if term:
                yield term
            else:
                taken = 1
                yield from _single(parts[at])
            at += taken

    def _date_at(self, parts: Sequence[str], at: int) -> tuple[int, Term]:
        """How many parts a birth date takes up from there, and its stored forms."""
        if _looks_written(parts[at : at + 3]):
            written = self.forms(" ".join(parts[at : at + 3]))
            if written:
                return 3, written
        return 1, self.forms(parts[at])

    def forms(self, typed: str) -> Term:
        """The stored forms a date may mean; empty of what is none. ``1958-03`` is a month."""
        if (month := _MONTH.fullmatch(typed)) and 1 <= int(month[2]) <= 12:
            return (f"{month[1]}{int(month[2]):02d}",)
        if " " not in typed and not _IN_DIGITS.fullmatch(typed) and not _has_month(typed):
            return ()
        days = dict.fromkeys(chain.from_iterable(map(self._days, [typed] * 3, self._customs)))
        return tuple(f"{day:%Y%m%d}" for day in days if day.year >= 1000)

    def _days(self, typed: str, customs: Customs) -> Iterator[date]:
        try:
            day = read_birth(typed, self._today, customs)
        except ValueError:
            return
        yield day
        if str(day.year) not in typed and self._today.year - day.year + 100 <= _OLDEST:
            # Of a short year the century before is as likely while somebody can be that old.
            with suppress(ValueError):
                yield day.replace(year=day.year - 100)

    def _phone_at(self, parts: Sequence[str], at: int) -> tuple[int, Term]:
        """The pieces from there that are one telephone number: digits and signs, 7 or more."""
        end = at
        while end < len(parts) and _PHONE.fullmatch(parts[end]) and not self.forms(parts[end]):
            end += 1
        whole = "".join(parts[at:end])
        if len(digits(whole)) < 7:
            return 0, ()
        return end - at, _phone_forms(whole)


def _looks_written(parts: Sequence[str]) -> bool:
    """``14 mar 1958`` or ``mar 14 1958``: one word among two numbers, the last one the year."""
    if len(parts) != 3 or not _DAY_OR_YEAR.fullmatch(parts[2]):
        return False
    words = [part for part in parts[:2] if not _DAY_OR_YEAR.fullmatch(part)]
    return len(words) == 1 and words[0].rstrip(".").isalpha()


def _has_month(typed: str) -> bool:
    """``14-mar-1958``: digits at both ends and letters between."""
    return typed[:1].isdigit() and typed[-1:].isdigit() and any(map(str.isalpha, typed))


def _phone_forms(whole: str) -> Term:
    """Digits as stored: without the 0 in brackets, without 00 before the country."""
    number = digits(whole.replace("(0)", "")).removeprefix("00")
    own = (number[1:],) if whole.startswith("+1") and len(number) > 7 else ()
    return tuple(form[:LONGEST] for form in (number, *own))


def _single(part: str) -> Iterator[Term]:
    if _PHONE.fullmatch(part):
        yield (digits(part)[:LONGEST],)
        return
    for piece in pieces(part):
        yield (piece,)
