"""What months and weekdays are called in the language in force.

English as it stands here; another language as the Unicode CLDR (Babel) has it; one that the CLDR
does not know, such as the pseudo-language, from the English through its translations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from clinicdesk.domain.translation import SOURCE, language, made_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel import Locale

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class DateNames:
    """The names, January and Monday first.

    ``alone``: months that stand without a day (``listopad`` instead of ``listopada``);
    ``heads``: weekdays over a calendar.
    """

    months: tuple[str, ...]
    long_months: tuple[str, ...]
    alone: tuple[str, ...]
    weekdays: tuple[str, ...]
    long_weekdays: tuple[str, ...]
    heads: tuple[str, ...]


ENGLISH = DateNames(
    MONTHS, LONG_MONTHS, LONG_MONTHS, WEEKDAYS, LONG_WEEKDAYS, tuple(day[:2] for day in WEEKDAYS)
)


def date_names() -> DateNames:
    """The names in the language in force."""
    code = language()
    return ENGLISH if code == SOURCE else _names(code)


@lru_cache(maxsize=8)
def _names(code: str) -> DateNames:
    from babel import Locale, UnknownLocaleError

    try:
        return _from_cldr(Locale.parse(code))
    except (UnknownLocaleError, ValueError):
        return DateNames(
            _translated(ENGLISH.months),
            _translated(ENGLISH.long_months),
            _translated(ENGLISH.alone),
            _translated(ENGLISH.weekdays),
            _translated(ENGLISH.long_weekdays),
            _translated(ENGLISH.heads),
        )


def _translated(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(made_name("calendar", name) for name in names)


def _from_cldr(locale: Locale) -> DateNames:
    months, days = locale.months, locale.days
    return DateNames(
        _months(months["format"]["abbreviated"]),
        _months(months["format"]["wide"]),
        _months(months["stand-alone"]["wide"]),
        _days(days["format"]["abbreviated"]),
        _days(days["format"]["wide"]),
        _days(days["stand-alone"]["short"]),
    )


def _months(found: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(str(found[number]) for number in range(1, 13))


def _days(found: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(str(found[number]) for number in range(7))
