"""What the language in force adds to the reader of dates, beside English.

Whatever the writer writes is read again, by its own patterns turned round; typed words for days
stand as lists in the translations. In English all of this finds nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from clinicdesk.domain.dates import patterns
from clinicdesk.domain.dates.names import DateNames, date_names
from clinicdesk.domain.translation import SOURCE, _p, language

_DIGITS = {"day": r"\d{1,2}", "year": r"\d{4}", "count": r"\d{1,3}"}


class Written(NamedTuple):
    """A date as it was written: with or without its year."""

    year: int | None
    month: int
    day: int


class _Own(NamedTuple):
    months: dict[str, int]
    weekdays: dict[str, int]
    written: tuple[re.Pattern[str], ...]
    near: dict[str, int]
    counted: tuple[tuple[re.Pattern[str], str, int], ...]
    toward: tuple[tuple[re.Pattern[str], bool], ...]


def folded(text: str) -> str:
    """As texts are compared here: small letters, single spaces, no commas."""
    return " ".join(text.casefold().replace(",", " ").split())


def written(text: str) -> Written | None:
    """The date in a text that the writer wrote."""
    own = _own()
    for pattern in own.written:
        if found := pattern.fullmatch(folded(text)):
            parts = found.groupdict()
            year = parts.get("year")
            return Written(
                int(year) if year else None, own.months[parts["month"]], int(parts["day"])
            )
    return None


def month(word: str) -> int | None:
    """The month of that name, or the only one whose name begins so."""
    return _named(word, _own().months)


def weekday(word: str) -> int | None:
    """The weekday of that name, Monday 0, or the only one whose name begins so."""
    return _named(word, _own().weekdays)


def near(text: str) -> int | None:
    """Days from today: 0, 1 or -1, of a word for that day."""
    return _own().near.get(text)


def counted(text: str) -> tuple[int, str] | None:
    """How many ``d``, ``w`` or ``m`` ahead, below 0 of what is past."""
    for pattern, unit, sign in _own().counted:
        if found := pattern.fullmatch(text):
            return sign * int(found["count"]), unit
    return None


def toward(text: str) -> tuple[int, bool] | None:
    """A weekday typed with the word for the next or the last one, and whether it is the last."""
    own = _own()
    for pattern, last in own.toward:
        if found := pattern.fullmatch(text):
            return own.weekdays[found["weekday"]], last
    return None


_NOTHING = _Own({}, {}, (), {}, (), ())


def _own() -> _Own:
    code = language()
    return _NOTHING if code == SOURCE else _made(code)


@lru_cache(maxsize=8)
def _made(code: str) -> _Own:  # noqa: ARG001 - what is read belongs to the language in force
    names = date_names()
    months, weekdays = _numbers(names, months=True), _numbers(names, months=False)
    parts = _DIGITS | {"month": _any(months), "weekday": _any(weekdays)}
    return _Own(
        months,
        weekdays,
        tuple(_turned(pattern, parts) for pattern in patterns.with_a_day()),
        _near(),
        tuple((_turned(p, parts), unit, sign) for p, unit, sign in _counts()),
        tuple((_turned(p, parts), last) for p, last in _towards()),
    )


def _numbers(names: DateNames, *, months: bool) -> dict[str, int]:
    found: dict[str, int] = {}
    sources = [names.weekdays, names.long_weekdays]
    if months:
        sources = [names.months, names.long_months, names.alone]
    first = 1 if months else 0
    for source in sources:
        for number, name in enumerate(source, first):
            found.setdefault(folded(name), number)
            found.setdefault(folded(name).rstrip("."), number)
    return found


def _named(word: str, names: dict[str, int]) -> int | None:
    if word in names:
        return names[word]
    hits = {number for name, number in names.items() if len(word) > 2 and name.startswith(word)}
    return hits.pop() if len(hits) == 1 else None


def _any(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _turned(pattern: str, parts: dict[str, str]) -> re.Pattern[str]:
    made = re.escape(folded(pattern))
    for name, digits in parts.items():
        made = made.replace(re.escape("{" + name + "}"), f"(?P<{name}>{digits})")
    return re.compile(made)


# -- words as typed: several ways to say the same stand between slashes ---------------------------


def _split(listed: str) -> list[str]:
    return [way for part in listed.split("/") if (way := folded(part))]


def _near() -> dict[str, int]:
    words = (
        (_p("typed day", "today / tod / now"), 0),
        (_p("typed day", "tomorrow / tom / tmr"), 1),
        (_p("typed day", "yesterday"), -1),
    )
    return {word: days for listed, days in words for word in _split(listed)}


def _counts() -> list[tuple[str, str, int]]:
    ways = (
        (_p("typed day", "in {count} days / in {count} day / in {count} d / +{count} d"), "d", 1),
        (_p("typed day", "in {count} weeks / in {count} week / in {count} w"), "w", 1),
        (_p("typed day", "in {count} months / in {count} month / in {count} m"), "m", 1),
        (_p("typed day", "{count} days ago / {count} day ago / {count} d ago"), "d", -1),
        (_p("typed day", "{count} weeks ago / {count} week ago / {count} w ago"), "w", -1),
        (_p("typed day", "{count} months ago / {count} month ago / {count} m ago"), "m", -1),
    )
    return [(way, unit, sign) for listed, unit, sign in ways for way in _split(listed)]


def _towards() -> list[tuple[str, bool]]:
    ways = (
        (_p("typed day", "next {weekday}"), False),
        (_p("typed day", "last {weekday}"), True),
    )
    return [(way, last) for listed, last in ways for way in _split(listed)]
