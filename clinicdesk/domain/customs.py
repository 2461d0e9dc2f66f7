"""How people in the clinic's country write dates, hours, telephone numbers and addresses.

One frozen value, made from the country and handed on; what the world agrees on comes from the
Unicode CLDR (Babel), numbers from ``phonenumbers``, the rest from short tables here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from clinicdesk.domain import places
from clinicdesk.domain.places import AddressForm, NameWords
from clinicdesk.domain.translation import _

# CLDR supplemental data, measurementData/paperSize: everywhere else it is A4.
_LETTER = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)
# As this program has always shown them there: hospital time, and a week of working days first.
_HOSPITAL_TIME = frozenset({"US"})
_FALLBACK = "en_001"


@dataclass(frozen=True)
class Identifier:
    """A national number of patients; ``system`` is its name in the record."""

    system: str
    label: str
    example: str


_IDENTIFIERS = {"GB": Identifier("nhs", _("NHS number"), "943 476 5919")}
NATIONAL_SYSTEMS = frozenset(kind.system for kind in _IDENTIFIERS.values())


@dataclass(frozen=True)
class Customs:
    """What a country's people are used to.

    Attributes:
        country: ISO 3166 code, e.g. ``GB``.
        date_order: ``mdy``, ``dmy`` or ``ymd``; ``date_sign`` stands between; ``padded``: 07.
        day_first: whether the day comes before the month where no year is written.
        month_names: folded names and short names of months in the country's language.
        first_weekday: Monday 0.
        twelve_hours: 2:30 PM instead of 14:30.
        clock: Babel pattern of hours on sheets; empty: as the sheet's own text has it.
        paper: ``letter`` or ``a4``.
        national: the number by which the country knows a patient; None where none is taken.
    """

    country: str
    date_order: str
    date_sign: str
    padded: bool
    day_first: bool
    month_names: tuple[tuple[str, int], ...]
    first_weekday: int
    twelve_hours: bool
    clock: str
    paper: str
    address: AddressForm
    names: NameWords
    national: Identifier | None = None


@lru_cache(maxsize=64)
def customs_of(country: str) -> Customs:
    """The customs of a country by its ISO code; of an unknown one, what is usual in the world."""
    from babel import Locale

    found = Locale.parse(_locale_of(country))
    pattern = str(found.date_formats["short"].pattern)
    order = _order(pattern)
    hours = str(found.time_formats["short"].pattern)
    kept = country in _HOSPITAL_TIME
    twelve = not kept and ("h" in hours or "K" in hours)
    return Customs(
        country=country,
        date_order=order,
        date_sign="-" if order == "ymd" else _sign(pattern),
        padded=order == "ymd" or "dd" in pattern,
        day_first=_order(str(found.datetime_skeletons["Md"].pattern)).startswith("d"),
        month_names=_months(found),
        first_weekday=0 if kept else int(found.first_week_day),
        twelve_hours=twelve,
        clock="" if kept else "h:mm a" if twelve else "H:mm",
        paper="letter" if country in _LETTER else "a4",
        address=places.address_form(country),
        names=places.name_words(country),
        national=_IDENTIFIERS.get(country),
    )


def _locale_of(country: str) -> str:
    """The locale of the language that most people in the country speak officially."""
    from babel.core import Locale, UnknownLocaleError
    from babel.languages import get_official_languages, get_territory_language_info

    spoken = get_territory_language_info(country)
    languages = sorted(
        get_official_languages(country, de_facto=True),
        key=lambda language: -float(spoken.get(language, {}).get("population_percent") or 0),
    )
    for language in languages:
        try:
            return str(Locale.parse(f"{language}_{country}"))
        except (UnknownLocaleError, ValueError):
            continue
    return _FALLBACK


def _order(pattern: str) -> str:
    letters = [c for c in pattern.replace("L", "M").casefold() if c in "dmy"]
    return "".join(dict.fromkeys(letters))


def _sign(pattern: str) -> str:
    return next((c for c in pattern if c in "/.-"), "/")


def _months(locale: object) -> tuple[tuple[str, int], ...]:
    months = locale.months  # type: ignore[attr-defined]
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                found.setdefault(str(name).casefold().rstrip("."), number)
    return tuple(found.items())
