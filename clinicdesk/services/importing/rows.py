"""From a line of the file to a patient's form: taken as written, or refused with the reason.

Only what makes a patient (the name, the birth date) can cost one. Whatever else cannot be read is
left out and named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from clinicdesk.domain import patient_checks
from clinicdesk.domain.dates import ORDERS, SERIAL, no_date, read_cell
from clinicdesk.domain.languages import read_language
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.text import words
from clinicdesk.domain.translation import _
from clinicdesk.domain.unseen import without_unseen
from clinicdesk.services.importing import values
from clinicdesk.services.importing.records import Line

PREGNANT = "pregnant"
LISTS = ("allergies", "drugs", "conditions", "implants", PREGNANT)
"""Fields that are asked before a needle: not of the form, taken over as answers."""
_NAMES = ("family", "given", "middle", "full_name", "maiden", "preferred")
_NUMBERS = ("id", "mrn", "national_id", "phone_mobile", "phone_home", "postal_code")
_EARLY = date(1, 1, 2)
"""Where today is so early, no year of two digits can be meant."""
_EXTRAS = (
    "phone_mobile", "phone_home", "email", "language", "national_id", "weight_kg", "sex",
    "deceased_on",
)  # fmt: skip


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken: file, line as an editor counts, column as written, reason.

    ``alike``: why is that the row may be somebody: a person decides.
    """

    file: str
    line: int
    column: str
    reason: str
    alike: bool = False


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

    ``lists`` are the cells of what is asked before a needle as written, by field; ``said`` the
    fields of the form of which the row says something.
    """

    line: int
    number: str
    form: PatientForm
    oddities: tuple[Oddity, ...]
    lists: Mapping[str, str] = field(default_factory=dict)
    said: frozenset[str] = frozenset()


@dataclass(frozen=True)
class How:
    """How the cells of a file are to be read.

    Attributes:
        order: of the dates.
        weight_unit: of weights without one, ``kg`` or ``lb``; empty: they are not taken.
        open_dental: whether it is an export of that program, whose sexes are figures.
        doubtful: why letters beyond ASCII cannot be read; empty where they can.
    """

    order: str
    weight_unit: str = ""
    open_dental: bool = False
    doubtful: str = ""


class RowReader:
    """Reads rows of one file.

    Args:
        file: name, for the reports.
        columns: field to (place, header) of its column.
        how: what the whole file says of its cells.
        today: the clinic's.
        region: for phone numbers without a country code.

    Attributes:
        empties: column to how many of its cells held a word for "empty".
    """

    def __init__(
        self,
        file: str,
        columns: Mapping[str, tuple[int, str]],
        how: How,
        today: date,
        region: str,
    ) -> None:
        self._file, self._columns, self._how = file, columns, how
        self._today, self._region = today, region
        self._odd: list[Oddity] = []
        self._line = 0
        self.empties: Counter[str] = Counter()

    def read(self, line: Line, width: int) -> Candidate | Refusal:
        """One row."""
        self._odd, self._line = [], line.number
        if line.problem:
            return self._refuse("", line.problem)
        if len(line.cells) > width and any(c.strip() for c in line.cells[width:]):
            extra = _(
                "This row has {count} cells, the header has {width}. Check the quotes."
            ).format(count=len(line.cells), width=width)
            return self._refuse("", extra)
        if self._how.doubtful and not all(cell.isascii() for cell in line.cells):
            return self._refuse("", self._how.doubtful)
        cells = {name: self._cell(line, name) for name in self._columns}
        return self._candidate(cells)

    def _candidate(self, cells: dict[str, str]) -> Candidate | Refusal:
        lists = {name: cells.pop(name) for name in LISTS if name in cells}
        number = cells.pop("id", "")
        if problem := self._join_names(cells):
            return self._refuse(self._header("full_name"), problem)
        parts: dict[str, Any] = {}
        for name, text in cells.items():
            if not text:
                continue
            value = self._value(name, text)
            if value is not None:
                parts[name] = value
            elif name == "birth_date":
                return self._refuse(
                    self._header(name),
                    _("“{text}” is not a date written {order}.").format(
                        text=text, order=ORDERS[self._how.order]
                    ),
                )
            self._remark_on(name, text)
        form = patient_checks.tidy(replace(PatientForm(), **parts))
        wrong = patient_checks.check(form, self._today, self._region)
        for name in _EXTRAS:
            if name in wrong and name in parts:
                self._note(name, cells[name], _("cannot be one; the patient was taken without it"))
                form = replace(form, **{name: getattr(PatientForm(), name)})
                del parts[name]
        if "deceased_on" in parts:
            self._note("deceased_on", cells["deceased_on"], _("has died; taken over with the date"))
        left = {name: said for name, said in wrong.items() if name not in _EXTRAS}
        if left:
            name, sentence = next(iter(left.items()))
            return self._refuse(self._header(name), sentence)
        return Candidate(
            self._line, number, form, tuple(self._odd), lists, frozenset(parts)
        )  # fmt: skip

    # -- cells ------------------------------------------------------------------------------

    def _cell(self, line: Line, name: str) -> str:
        place, header = self._columns[name]
        text = line.cells[place].strip() if place < len(line.cells) else ""
        if not text:
            return ""
        seen = without_unseen(text).strip()
        if seen != text:
            self._note(name, seen, _("signs that cannot be seen were taken out"))
        # A list that says "none" is an answer, and Null is a surname.
        if name not in ("family", "given") and values.says_nothing(seen, none=name not in LISTS):
            self.empties[header] += 1
            return ""
        if name in ("family", "given") and seen in ("NULL", "\\N", "N/A", "#N/A"):
            self.empties[header] += 1
            return ""
        if name in _NUMBERS and values.lost_digits(seen):
            remark = _("a spreadsheet has cut this number off; it was not stored")
            self._note(name, seen, remark)
            return ""
        return seen

    def _join_names(self, cells: dict[str, str]) -> str:
        """Parts one column of whole names, joins middle names; returns why it cannot be parted."""
        whole, middle = cells.pop("full_name", ""), cells.pop("middle", "")
        if whole and not cells.get("family") and not cells.get("given"):
            parted = values.part_name(whole)
            if parted is None:
                return _(
                    "“{name}” does not say which part is the surname. Write it as “Surname, First "
                    "name”, or in two columns."
                ).format(name=whole)
            cells["family"], cells["given"] = parted[:2]
            cells["suffix"] = cells.get("suffix") or parted[2]
        if middle and set(words(middle)) - set(words(cells.get("given", ""))):
            cells["given"] = f"{cells.get('given', '')} {middle}".strip()
        return ""

    def _value(self, name: str, text: str) -> object:
        """What a filled cell says; None where it cannot be read, which is remarked then."""
        if name == "birth_date":
            return None if no_date(text) else read_cell(text, self._how.order, self._today)
        if name == "deceased_on":
            return self._death(text)
        if name == "sex":
            return self._sex(text)
        if name == "language":
            found = read_language(text)
            if found is None:
                remark = _("“{text}” is no language that is known; left out")
                self._note(name, text, remark.format(text=text))
            return found
        if name == "weight_kg":
            return self._weight(text)
        return text

    def _death(self, text: str) -> date | None:
        if no_date(text):
            return None
        found = read_cell(text, self._how.order, self._today)
        if found is not None:
            return found
        dead = values.read_death_flag(text)
        if dead:
            self._note(
                "deceased_on", text, _("has died, on no date that is said: enter it in the chart")
            )
        elif dead is None:
            remark = _("no date and no yes or no; the patient was taken without it")
            self._note("deceased_on", text, remark)
        return None

    def _sex(self, text: str) -> str | None:
        sex, said = values.read_sex(text, open_dental=self._how.open_dental)
        if said:
            return sex
        if sex == "other":
            self._note("sex", text, _("“{text}” was taken as other").format(text=text))
            return sex
        remark = _("“{text}” is no sex that is known here; taken as unknown")
        self._note("sex", text, remark.format(text=text))
        return None

    def _weight(self, text: str) -> object:
        read = values.read_weight(text, self._how.weight_unit)
        if read is None:
            remark = _("no weight that can be read; the patient was taken without it")
            self._note("weight_kg", text, remark)
            return None
        kg, unit = read
        if not any(c in "123456789" for c in text):
            self._note("weight_kg", text, _("0 is no weight; left out"))
            return None
        if kg is None:
            self._note("weight_kg", text, _("kg or lb? Without a unit it was not taken"))
        elif unit == "lb":
            remark = _("“{text}” was taken as {kg} kg")
            self._note("weight_kg", text, remark.format(text=text, kg=amount_text(kg)))
        return kg

    def _remark_on(self, name: str, text: str) -> None:
        if name in ("family", "given", "maiden", "preferred") and re.search(r"\d", text):
            self._note(name, text, _("digits in a name; taken as written"))
        if name == "postal_code" and text.isdigit() and len(text) < 5 and self._region == "US":
            self._note(
                name,
                text,
                _("a ZIP code has five digits: without its leading zero? Taken as written"),
            )
        order = self._how.order
        if name == "birth_date" and order != SERIAL and not read_cell(text, order, _EARLY):
            self._note(name, text, _("a year of two digits: read as one in the past"))

    # -- what is said -----------------------------------------------------------------------

    def _header(self, name: str) -> str:
        if name in self._columns:
            return self._columns[name][1]
        whole = name in _NAMES and "full_name" in self._columns
        return self._columns["full_name"][1] if whole else name

    def _note(self, name: str, value: str, remark: str) -> None:
        self._odd.append(Oddity(self._line, self._header(name), value, remark))

    def _refuse(self, column: str, reason: str) -> Refusal:
        return Refusal(self._file, self._line, column, reason)
