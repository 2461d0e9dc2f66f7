"""Telephone numbers as people in a country write them; the one place that knows the library."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class PhoneNumber:
    """``digits`` are those of E.164 without its plus; ``shown`` is as written in the country."""

    digits: str
    shown: str


@lru_cache(maxsize=4096)
def read_phone(typed: str, country: str) -> PhoneNumber | None:
    """``07700 900456`` of a clinic in GB; None if it can be no telephone number anywhere.

    A number of another country keeps its country code; a local one, without its area, is shown
    as it was typed.
    """
    import phonenumbers as library

    try:
        number = library.parse(typed, country)
    except library.NumberParseException:
        return None
    answer = library.is_possible_number_with_reason(number)
    local = answer == library.ValidationResult.IS_POSSIBLE_LOCAL_ONLY
    if answer != library.ValidationResult.IS_POSSIBLE and not local:
        return None
    digits = library.format_number(number, library.PhoneNumberFormat.E164).lstrip("+")
    if local:
        return PhoneNumber(digits, typed)
    home = number.country_code == library.country_code_for_region(country)
    form = library.PhoneNumberFormat.NATIONAL if home else library.PhoneNumberFormat.INTERNATIONAL
    return PhoneNumber(digits, library.format_number(number, form))


@lru_cache(maxsize=64)
def example(country: str) -> str:
    """A number as it is written there; empty where none is known."""
    import phonenumbers as library

    number = library.example_number(country)
    if number is None:
        return ""
    return library.format_number(number, library.PhoneNumberFormat.NATIONAL)


def not_a_phone(country: str) -> str:
    """The sentence for the field."""
    like = example(country)
    if not like:
        return _("This is not a phone number. Check its digits.")
    return _("This is not a phone number. Check its digits; one here reads like {like}.").format(
        like=like
    )
