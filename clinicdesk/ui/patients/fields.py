"""The patient form as text fields: which there are, reading them, showing them. Pure.

``allergies``, ``anticoagulants`` and ``alerts`` are one entry per line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.dates import Sort, day_words
from clinicdesk.domain.languages import language_name
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.translation import _
from clinicdesk.ui.local import read_day


@dataclass(frozen=True)
class FieldSpec:
    """One field: its name in ``PatientForm``, its label, how it is edited.

    ``kind`` is ``text``, ``date``, ``weight``, ``lines``, ``yes``, ``asked``, ``sex``,
    ``language`` or ``pack``; ``half`` puts it beside its neighbour.
    """

    name: str
    label: str
    kind: str = "text"
    help: str = ""
    half: bool = True
    required: bool = False


@dataclass(frozen=True)
class Group:
    """A titled group of fields."""

    title: str
    fields: tuple[FieldSpec, ...]


GROUPS: tuple[Group, ...] = (
    Group(
        _("Name and birth"),
        (
            FieldSpec("family", _("Family name"), required=True),
            FieldSpec("given", _("Given names")),
            FieldSpec("birth_date", _("Date of birth"), "date", required=True),
            FieldSpec("sex", _("Sex"), "sex"),
            FieldSpec("prefix", _("Prefix")),
            FieldSpec("suffix", _("Suffix")),
            FieldSpec("preferred", _("Preferred name")),
            FieldSpec("maiden", _("Maiden name")),
            FieldSpec("mrn", _("Record number (MRN)"), help=_("Empty: the next number is given.")),
            FieldSpec("deceased_on", _("Died on"), "date"),
            FieldSpec("national_id", _("National number")),
        ),
    ),
    Group(
        _("Safety"),
        (
            FieldSpec("allergies", _("Allergies"), "lines", _("One per line, as “Latex (hives)”.")),
            FieldSpec("anticoagulants", _("Blood thinners"), "lines", _("One per line.")),
            FieldSpec(
                "alerts", _("Alerts"), "lines", _("One per line, as “Diabetes”."), half=False
            ),
            FieldSpec("weight_kg", _("Weight"), "weight"),
            FieldSpec("pregnant", _("Pregnant"), "asked"),
        ),
    ),
    Group(
        _("Contact"),
        (
            FieldSpec("phone_mobile", _("Mobile phone")),
            FieldSpec("phone_home", _("Home phone")),
            FieldSpec("email", _("E-mail"), half=False),
            FieldSpec("address_line", _("Street and number"), half=False),
            FieldSpec("city", _("City")),
            FieldSpec("state", _("State")),
            FieldSpec("postal_code", _("Postal code")),
            FieldSpec("country", _("Country")),
            FieldSpec("language", _("Language"), "language"),
            FieldSpec("interpreter", _("Needs an interpreter"), "yes"),
        ),
    ),
    Group(
        _("Cover"),
        (
            FieldSpec("payer", _("Payer")),
            FieldSpec("pack", _("Interval rules"), "pack"),
        ),
    ),
)

SPECS: dict[str, FieldSpec] = {spec.name: spec for group in GROUPS for spec in group.fields}
QUICK = ("family", "given", "birth_date", "sex", "phone_mobile", "language")
"""Fields of the quick dialog, enough to book somebody on the telephone."""

SEXES = (
    ("female", _("Female")),
    ("male", _("Male")),
    ("other", _("Other")),
    ("unknown", _("Not known")),
)
ASKED = (("", _("Not asked")), ("yes", _("Yes")), ("no", _("No")))
"""Yes, no, and what is neither: None in the form."""
LANGUAGES = (
    ("en", _("English")),
    ("es", _("Spanish")),
    ("zh", _("Chinese")),
    ("tl", _("Tagalog")),
    ("vi", _("Vietnamese")),
    ("ar", _("Arabic")),
    ("fr", _("French")),
    ("ko", _("Korean")),
    ("ru", _("Russian")),
    ("pt", _("Portuguese")),
    ("ht", _("Haitian Creole")),
    ("de", _("German")),
    ("hi", _("Hindi")),
    ("pl", _("Polish")),
    ("it", _("Italian")),
    ("fa", _("Persian")),
    ("ja", _("Japanese")),
    ("he", _("Hebrew")),
    ("uk", _("Ukrainian")),
    ("sv", _("Swedish")),
)


def language_options(codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The languages to choose from, those that the sheets' files give among them."""
    known = dict(LANGUAGES)
    spoken = dict.fromkeys(code.split("-", maxsplit=1)[0] for code in codes)
    return (*LANGUAGES, *((code, language_name(code)) for code in spoken if code not in known))


def label_of(name: str, customs: Customs) -> str:
    """A field's label as it is called in the clinic's country: ``Postcode``, ``ZIP code``."""
    names, address, national = customs.names, customs.address, customs.national
    own = {
        "family": names.family, "given": names.given, "prefix": names.title,
        "city": address.city, "state": address.area, "postal_code": address.code,
        "national_id": national.label if national else "",
    }  # fmt: skip
    return own.get(name) or SPECS[name].label


def asked(name: str, customs: Customs) -> bool:
    """Whether the field is asked for in the clinic's country."""
    return name != "national_id" or customs.national is not None


def weight(text: str) -> Decimal:
    """Kilograms as typed. Raises ValueError in words."""
    try:
        found = Decimal(text.casefold().replace("kg", "").replace(",", ".").strip())
    except InvalidOperation:
        raise ValueError(_("Type the weight in kilograms, for example 72.5.")) from None
    if not found.is_finite():
        raise ValueError(_("Type the weight in kilograms, for example 72.5."))
    return found


def read(
    values: Mapping[str, str], base: PatientForm, today: date
) -> tuple[PatientForm, dict[str, str]]:
    """The form that the texts make over ``base``, and what cannot be read, by field."""
    parts: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, text in values.items():
        try:
            parts[name] = _read_one(SPECS[name].kind, text, today)
        except ValueError as problem:
            wrong[name] = str(problem)
    return replace(base, **parts), wrong


def _read_one(kind: str, text: str, today: date) -> object:
    stripped = text.strip()
    if kind == "date":
        return read_day(stripped, today, Sort.BIRTH) if stripped else None
    if kind == "weight":
        return weight(stripped) if stripped else None
    if kind == "lines":
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    if kind == "yes":
        return stripped == "yes"
    if kind == "asked":
        return {"yes": True, "no": False}.get(stripped)
    return stripped


def shown(form: PatientForm, name: str) -> str:
    """A field's value as its editor holds it."""
    value = getattr(form, name)
    if SPECS[name].kind == "asked" and value is False:
        return "no"
    return value_text(value)


def value_text(value: object) -> str:
    """A value of the form as text; the reverse of reading it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, tuple):
        return "\n".join(str(entry) for entry in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def spoken_value(name: str, value: object) -> str:
    """A value for the eye: yes, no, names of languages, entries parted by commas."""
    kind = SPECS[name].kind
    if kind == "asked" and value is None:
        return _("Not asked")
    if kind in ("yes", "asked"):
        return _("Yes") if value else _("No")
    text = value_text(value).replace("\n", ", ")
    if kind == "language" and text:
        return language_name(text)
    options = {"sex": dict(SEXES)}.get(kind, {})
    return options.get(text, text) or "–"


def differing(mine: PatientForm, theirs: Mapping[str, object]) -> tuple[str, ...]:
    """Names of the fields in which two versions differ, in the form's order."""
    return tuple(name for name in SPECS if name in theirs and getattr(mine, name) != theirs[name])


def merged(
    base: PatientForm, mine: PatientForm, theirs: Mapping[str, object]
) -> tuple[PatientForm, tuple[str, ...]]:
    """Mine over theirs, and the fields that both changed, differently, since ``base``.

    A field only one side changed takes that side's value without asking.
    """
    parts: dict[str, Any] = {}
    clashes = []
    for name in differing(mine, theirs):
        if getattr(mine, name) == getattr(base, name):
            parts[name] = theirs[name]
        elif theirs[name] != getattr(base, name):
            clashes.append(name)
    return replace(mine, **parts), tuple(clashes)


def guess_form(typed: str, today: date) -> PatientForm:
    """What a search that found nobody says about a new patient: a name, a birth date, a phone."""
    words, form = [], PatientForm()
    for word in typed.replace(",", " , ").split():
        digits = sum(c.isdigit() for c in word)
        if digits >= 7 and not any(c in "/-" for c in word[:5]):
            form = replace(form, phone_mobile=word)
            continue
        if digits:
            try:
                form = replace(form, birth_date=read_day(word, today, Sort.BIRTH))
            except ValueError:
                continue
        else:
            words.append(word)
    # "van Berg" was written with care; "van berg" was typed in a hurry.
    hurried = all(word.islower() for word in words if word != ",")
    family, given = _guess_name([w.capitalize() for w in words] if hurried else words)
    return replace(form, family=family, given=given)


def _guess_name(words: list[str]) -> tuple[str, str]:
    """Family and given, in the order in which lists show them; whoever means it the other way
    round is asked (``either_way``)."""
    if "," in words:
        cut = words.index(",")
        family, given = words[:cut], [word for word in words[cut:] if word != ","]
    else:
        family, given = words[:1], words[1:]
    return " ".join(family), " ".join(given)


def either_way(typed: str) -> bool:
    """Whether what was typed does not say which of its words is the family name."""
    names = [word for word in typed.split() if not any(c.isdigit() for c in word)]
    return "," not in typed and len(names) > 1


def turned(form: PatientForm) -> PatientForm:
    """The same person with the last word as the family name."""
    words = [*form.family.split(), *form.given.split()]
    return replace(form, family=" ".join(words[-1:]), given=" ".join(words[:-1]))
