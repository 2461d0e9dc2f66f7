"""Checks of what was typed about a patient: a sentence per field, nothing mended silently."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol, get_type_hints

from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.fact_entries import read_allergy
from clinicdesk.domain.identifiers import check_national, ssn_in, tidy_national
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.people import age
from clinicdesk.domain.phones import not_a_phone, read_phone
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.translation import _
from clinicdesk.domain.unseen import without_unseen

FIRST_BIRTH = date(1900, 1, 1)
LONGEST_NAME = 400
HEAVIEST_KG = Decimal(650)
SEXES = ("female", "male", "other", "unknown")
_KINDS = get_type_hints(PatientForm)
_TEXTS = tuple(name for name, kind in _KINDS.items() if kind is str)
_LISTS = tuple(name for name, kind in _KINDS.items() if kind == tuple[str, ...])


def tidy(form: PatientForm) -> PatientForm:
    """Without blanks around, doubled list entries and unprintable characters."""
    parts: dict[str, Any] = {name: _clean(getattr(form, name)) for name in _TEXTS}
    for name in _LISTS:
        entries = (_clean(entry) for entry in getattr(form, name))
        parts[name] = tuple(dict.fromkeys(entry for entry in entries if entry))
    return replace(form, **parts)


def _clean(text: str) -> str:
    composed = without_unseen(unicodedata.normalize("NFC", text))
    bad = ("Cc", "Cs", "Zl", "Zp")
    printable = (" " if unicodedata.category(c) in bad else c for c in composed)
    return " ".join("".join(printable).split())


def check(form: PatientForm, today: date, region: str = "US") -> dict[str, str]:
    """Field name to sentence for everything that cannot be taken; empty if all is well.

    Args:
        form: already tidied.
        region: the clinic's, for phone numbers without a country code.
    """
    found: dict[str, str] = {}
    found |= _check_names(form)
    found |= _check_dates(form, today)
    for name in ("phone_mobile", "phone_home"):
        typed = getattr(form, name)
        if typed and phone_digits(typed, region) is None:
            found[name] = not_a_phone(region)
    national = customs_of(region).national
    if form.national_id and (sentence := check_national(form.national_id, national)):
        found["national_id"] = sentence
    found |= _check_ssn(form)
    if form.email and not _looks_like_email(form.email):
        found["email"] = _("This is not an e-mail address. It needs the form name@example.org.")
    if form.sex not in SEXES:
        found["sex"] = _("Choose female, male, other or unknown.")
    if form.language not in _languages():
        found["language"] = _("This language is not known. Choose one from the list.")
    if form.weight_kg is not None and (sentence := weight_problem(form.weight_kg)):
        found["weight_kg"] = sentence
    if form.pregnant and form.sex == "male":
        found["pregnant"] = _("Sex is male. Correct one of the two.")
    for n, typed in enumerate(form.allergies):
        if not read_allergy(typed).substance:
            found[f"allergies.{n}"] = _("Enter what the patient is allergic to.")
    return found


class PlausibleWeight(Protocol):
    """Kilograms between which a weight is taken without asking back; ``least_kg`` of adults."""

    @property
    def adult_from(self) -> int: ...

    @property
    def least_kg(self) -> Decimal: ...

    @property
    def most_kg(self) -> Decimal: ...


def weight_doubt(kg: Decimal, birth: date | None, on: date, plausible: PlausibleWeight) -> str:
    """The sentence that asks a weight back; empty where it is a usual one at that age."""
    adult = birth is not None and age(birth, on) >= plausible.adult_from
    if kg <= plausible.most_kg and not (adult and kg < plausible.least_kg):
        return ""
    said = _("{weight_kg} kg: is that right? If it is, type it again.")
    return said.format(weight_kg=amount_text(kg))


def weight_problem(kg: Decimal) -> str:
    """Why a weight cannot be right; empty if it can."""
    if not 0 < kg <= HEAVIEST_KG:
        return _("A weight of {weight_kg} kg cannot be right. Enter it in kg.").format(weight_kg=kg)
    if kg != round(kg, 3):
        return _("Enter the weight with at most 3 decimal places.")
    return ""


def as_written(form: PatientForm, region: str) -> PatientForm:
    """A checked form with its numbers as people in the clinic's country write them."""
    phones: dict[str, Any] = {
        name: read.shown
        for name in ("phone_mobile", "phone_home")
        if (read := read_phone(getattr(form, name), region)) is not None
    }
    national = customs_of(region).national
    number = tidy_national(form.national_id, national) if national else ""
    return replace(form, national_id=number, **phones)


def _check_ssn(form: PatientForm) -> dict[str, str]:
    """Social Security numbers, in whatever field: none is kept."""
    texts = {name: str(getattr(form, name)) for name in _TEXTS}
    for name in _LISTS:
        texts |= {f"{name}.{n}": entry for n, entry in enumerate(getattr(form, name))}
    return ssn_in(**texts)


def _check_names(form: PatientForm) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("family", "given"):
        value = getattr(form, name)
        if len(value) > LONGEST_NAME:
            found[name] = _("A name has at most {longest_name} letters.").format(
                longest_name=LONGEST_NAME
            )
    if not form.family and not form.given:
        found["family"] = _("Enter the name.")
    elif form.family and not any(c.isalnum() for c in form.family):
        found["family"] = _("A name needs at least one letter.")
    return found


def _check_dates(form: PatientForm, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    birth, death = form.birth_date, form.deceased_on
    if birth is None:
        found["birth_date"] = _("Enter the date of birth.")
    elif birth > today:
        found["birth_date"] = _("The date of birth is in the future.")
    elif birth < FIRST_BIRTH:
        found["birth_date"] = _("The date of birth is before 1900. Check the year.")
    if death is not None:
        if death > today:
            found["deceased_on"] = _("The date of death is in the future.")
        elif birth is not None and death < birth:
            found["deceased_on"] = _("The date of death is before the date of birth.")
    return found


def _looks_like_email(text: str) -> bool:
    name, at, host = text.rpartition("@")
    return bool(name and at and "." in host.strip(".") and " " not in text)


def phone_digits(typed: str, region: str = "US") -> str | None:
    """All digits with the country code; None if it cannot be a phone number anywhere."""
    found = read_phone(typed, region)
    return found.digits if found else None


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale("en").languages)
