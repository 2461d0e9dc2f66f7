"""Countries: their names, their time zones, and how an address and a name are asked for there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class AddressForm:
    """Labels of an address's fields, and its last lines on paper.

    ``lines`` name ``city``, ``area`` and ``code`` in braces; what is empty leaves nothing behind.
    """

    city: str
    area: str
    code: str
    lines: tuple[str, ...]

    def written(self, city: str, area: str, code: str) -> tuple[str, ...]:
        """``("Boston, MA 02110",)`` or ``("London", "SW1A 1AA")``."""
        parts = {"city": city.strip(), "area": area.strip(), "code": code.strip()}
        made = (" ".join(line.format(**parts).split()) for line in self.lines)
        return tuple(line for raw in made if (line := raw.strip(" ,").replace(" ,", ",")))


@dataclass(frozen=True)
class NameWords:
    """What the parts of a name are called, and the titles in use."""

    family: str
    given: str
    title: str
    titles: tuple[str, ...]


def _codes(text: str) -> list[str]:
    return text.split()


_CITY_FIRST = ("{city}, {area} {code}",)
_OWN_LINES = ("{city}", "{area}", "{code}")
_CODE_FIRST = ("{code} {city}", "{area}")
_CODE_LAST = ("{city} {code}", "{area}")

# Order of lines after the Universal Postal Union's addressing sheets.
_LINES = {
    **dict.fromkeys(_codes("US CA PR GU VI AS MP"), _CITY_FIRST),
    **dict.fromkeys(_codes("GB IE IM JE GG GI ZA KE"), _OWN_LINES),
    **dict.fromkeys(("AU",), ("{city} {area} {code}",)),
    **dict.fromkeys(_codes("NZ IN SG TH TW PK BD LK NP"), _CODE_LAST),
}
_CODES = {
    **dict.fromkeys(_codes("US PR GU VI AS MP PH"), _("ZIP code")),
    **dict.fromkeys(_codes("GB AU NZ ZA IM JE GG GI MY"), _("Postcode")),
    "IE": _("Eircode"),
    "IN": _("PIN code"),
}
_AREAS = {
    **dict.fromkeys(_codes("US AU IN MX BR VE NG MY DE AT"), _("State")),
    **dict.fromkeys(_codes("GB IE KE NO SE HU RO HR EE"), _("County")),
    **dict.fromkeys(_codes("CA CN AR IT ES ZA NL BE TR PK LK PH"), _("Province")),
    "CH": _("Canton"),
    "JP": _("Prefecture"),
}
_CITIES = dict.fromkeys(_codes("GB IE NZ ZA"), _("Town or city"))

# Titles are what people there put before a name: they are not translated.
_ENGLISH_TITLES = ("Mr", "Mrs", "Miss", "Ms", "Mx", "Dr", "Prof")
_AMERICAN = NameWords(
    _("Family name"),
    _("Given names"),
    _("Prefix"),
    ("Mr.", "Mrs.", "Ms.", "Mx.", "Dr."),
)
_BRITISH = NameWords(_("Surname"), _("First names"), _("Title"), _ENGLISH_TITLES)
_NAMES = {
    **dict.fromkeys(_codes("US PR"), _AMERICAN),
    **dict.fromkeys(_codes("GB IE AU NZ ZA IM JE GG"), _BRITISH),
    **dict.fromkeys(
        _codes("DE AT CH"),
        NameWords(
            _("Surname"),
            _("First names"),
            _("Title"),
            ("Frau", "Herr", "Dr.", "Prof. Dr."),
        ),
    ),
    "FR": NameWords(_("Surname"), _("First names"), _("Title"), ("Mme", "M.", "Dr", "Pr")),
}
_ELSEWHERE = NameWords(_("Surname"), _("First names"), _("Title"), _ENGLISH_TITLES)
_ALSO = {
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "britain": "GB", "england": "GB",
    "scotland": "GB", "wales": "GB", "northern ireland": "GB", "republic of ireland": "IE",
    "holland": "NL", "the netherlands": "NL", "czech republic": "CZ", "turkey": "TR",
    "burma": "MM", "ivory coast": "CI", "south korea": "KR", "north korea": "KP",
}  # fmt: skip
# Of CLDR's territories, those that are no country of ISO 3166.
_NO_COUNTRY = frozenset(_codes("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ"))


def address_form(country: str) -> AddressForm:
    """How an address is asked for and written there."""
    return AddressForm(
        _CITIES.get(country, _("City")),
        _AREAS.get(country, _("Region")),
        _CODES.get(country, _("Postal code")),
        _LINES.get(country, _CODE_FIRST),
    )


def name_words(country: str) -> NameWords:
    """What the parts of a name are called there."""
    return _NAMES.get(country, _ELSEWHERE)


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """ISO code to English name, by name."""
    from babel import Locale

    names = Locale("en").territories
    found = {
        code: str(name)
        for code, name in names.items()
        if re.fullmatch(r"[A-Z]{2}", code) and code not in _NO_COUNTRY
    }
    return dict(sorted(found.items(), key=lambda item: item[1]))


def country_of(text: str) -> str | None:
    """The code of a country named as people name it: ``United Kingdom``, ``UK``, ``gb``."""
    typed = " ".join(text.split()).casefold()
    if typed in _ALSO:
        return _ALSO[typed]
    if typed.upper() in countries():
        return typed.upper()
    return next((code for code, name in countries().items() if name.casefold() == typed), None)


@lru_cache(maxsize=64)
def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country, by name; empty if none is known."""
    from zoneinfo import available_timezones

    from babel.core import get_global

    known = available_timezones()
    owners = get_global("zone_territories")
    return tuple(sorted(z for z, owner in owners.items() if owner == country and z in known))
