"""From a line of the file to a patient's form: taken as written, or refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from clinicdesk.domain import patient_checks
from clinicdesk.domain.dates import ORDERS, read_cell
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.translation import _
from clinicdesk.services.importing.reader import Line

_SEXES = {
    "f": "female", "female": "female", "w": "female", "weiblich": "female", "mujer": "female",
    "femenino": "female", "m": "male", "male": "male", "mann": "male", "männlich": "male",
    "hombre": "male", "masculino": "male", "o": "other", "other": "other", "x": "other",
    "d": "other", "u": "unknown", "unknown": "unknown", "": "unknown",
}  # fmt: skip
_LANGUAGES = {
    "english": "en", "eng": "en", "inglés": "en", "spanish": "es", "español": "es", "spa": "es",
    "german": "de", "deutsch": "de", "french": "fr", "portuguese": "pt",
}  # fmt: skip
_DATES = ("birth_date", "deceased_on")
PREGNANT = "pregnant"
LISTS = ("allergies", "drugs", "conditions", "implants", PREGNANT)
"""Fields that are asked before a needle: not of the form, taken over as answers."""


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken: file, line as an editor counts, column as written, reason."""

    file: str
    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class Oddity:
    """Something strange that was taken as written (``taken``) or left out."""

    line: int
    column: str
    value: str
    remark: str


@dataclass(frozen=True)
class Candidate:
    """A row that can be taken: where it stands, its number in the old system, its form.

    ``lists`` are the cells of what is asked before a needle as written, by field.
    """

    line: int
    number: str
    form: PatientForm
    oddities: tuple[Oddity, ...]
    lists: Mapping[str, str] = field(default_factory=dict)


class RowReader:
    """Reads rows of one file.

    Args:
        file: name, for the reports.
        columns: field to (place, header) of its column.
        order: of the dates.
        today: the clinic's.
        region: for phone numbers without a country code.
    """

    def __init__(
        self,
        file: str,
        columns: Mapping[str, tuple[int, str]],
        order: str,
        today: date,
        region: str,
    ) -> None:
        self._file, self._columns, self._order = file, columns, order
        self._today, self._region = today, region

    def read(self, line: Line, width: int) -> Candidate | Refusal:
        """One row."""
        if len(line.cells) > width and any(c.strip() for c in line.cells[width:]):
            extra = _(
                "This row has {count} cells, the header has {width}. Check the quotes."
            ).format(count=len(line.cells), width=width)
            return self._refuse(line, "", extra)
        values = {f: self._cell(line, place) for f, (place, __) in self._columns.items()}
        oddities: list[Oddity] = []
        parts: dict[str, object] = {}
        lists = {name: values.pop(name) for name in LISTS if name in values}
        for name, text in values.items():
            if name == "id":
                continue
            value, problem = self._value(name, text)
            if problem:
                return self._refuse(line, self._header(name), problem)
            parts[name] = value
            oddities += self._odd(line, name, text)
        form = patient_checks.tidy(replace(PatientForm(), **parts))  # type: ignore[arg-type]
        form, dropped = self._without_wrong_extras(form, line)
        wrong = patient_checks.check(form, self._today, self._region)
        if wrong:
            name, sentence = next(iter(wrong.items()))
            return self._refuse(line, self._header(name), sentence)
        number = values.get("id", "").strip()
        return Candidate(line.number, number, form, tuple(oddities + dropped), lists)

    def _cell(self, line: Line, place: int) -> str:
        return line.cells[place].strip() if place < len(line.cells) else ""

    def _header(self, field: str) -> str:
        return self._columns[field][1] if field in self._columns else field

    def _refuse(self, line: Line, column: str, reason: str) -> Refusal:
        return Refusal(self._file, line.number, column, reason)

    def _value(self, field: str, text: str) -> tuple[object, str]:
        if field in _DATES:
            return self._date(text)
        if field == "sex":
            known = _SEXES.get(text.casefold())
            return known, "" if known else _("“{text}” is no sex that is known here.").format(
                text=text
            )
        if field == "language":
            return _LANGUAGES.get(text.casefold(), text.lower()[:2]) or "en", ""
        if field == "weight_kg":
            return self._weight(text)
        return text, ""

    def _date(self, text: str) -> tuple[date | None, str]:
        if not text:
            return None, ""
        found = read_cell(text, self._order)
        if found is None:
            return None, _("“{text}” is not a date written {order}.").format(
                text=text, order=ORDERS[self._order]
            )
        return found, ""

    @staticmethod
    def _weight(text: str) -> tuple[Decimal | None, str]:
        if not text:
            return None, ""
        try:
            return Decimal(text.replace(",", ".")), ""
        except InvalidOperation:
            return None, _("“{text}” is not a weight in kg.").format(text=text)

    def _odd(self, line: Line, field: str, text: str) -> list[Oddity]:
        header = self._header(field)
        remarks = []
        if field in ("family", "given", "maiden", "preferred") and re.search(r"\d", text):
            remarks.append(_("digits in a name; taken as written"))
        if field == "postal_code" and text.isdigit() and len(text) < 5 and self._region == "US":
            remarks.append(
                _("a ZIP code has five digits: without its leading zero? Taken as written")
            )
        if field == "deceased_on" and text:
            remarks.append(_("has died; taken over with the date"))
        return [Oddity(line.number, header, text, remark) for remark in remarks]

    def _without_wrong_extras(
        self, form: PatientForm, line: Line
    ) -> tuple[PatientForm, list[Oddity]]:
        # A telephone number or e-mail that cannot be one does not cost the patient: the row is
        # taken without it, and the value is reported.
        dropped = []
        wrong = patient_checks.check(form, self._today, self._region)
        for name in ("phone_mobile", "phone_home", "email", "language", "national_id"):
            if name in wrong:
                value = str(getattr(form, name))
                remark = _("cannot be one; the patient was taken without it")
                dropped.append(Oddity(line.number, self._header(name), value, remark))
                instead: Any = "en" if name == "language" else ""
                form = replace(form, **{name: instead})
        return form, dropped
