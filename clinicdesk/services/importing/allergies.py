"""Allergies from a second file, joined to the patients by their number in the old system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinicdesk.domain.dates import ORDERS, possible_orders, read_cell
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.translation import _
from clinicdesk.services.importing.mapping import plain
from clinicdesk.services.importing.reader import Table, read_table
from clinicdesk.services.importing.rows import Refusal

_NAMES = {
    "patient": ("patient", "patient id", "patientid", "pid", "id"),
    "substance": ("description", "substance", "allergy", "allergen", "alergia", "allergie"),
    "code": ("code",),
    "start": ("start", "onset", "since", "recorded"),
    "stop": ("stop", "end", "resolved", "until"),
    "reaction": ("reaction",),
    "severity": ("severity",),
}


@dataclass(frozen=True)
class AllergyLine:
    """One allergy as written; ``number`` is the patient's number in the old system."""

    line: int
    number: str
    substance: str
    code: str
    reaction: str
    severity: str
    since: date | None
    until: date | None


def read_allergies(path: Path) -> tuple[tuple[AllergyLine, ...], tuple[Refusal, ...]]:
    """All lines, and those that cannot be taken.

    Raises:
        Malformed: the file cannot be read, or lacks the columns that matter.
    """
    table = read_table(path)
    places = _places(table)
    orders = possible_orders(
        _cell(line.cells, places.get(k)) for line in table.lines for k in ("start", "stop")
    )
    order = orders[0] if orders else "ymd"
    taken: list[AllergyLine] = []
    refused: list[Refusal] = []
    for line in table.lines:
        values = {key: _cell(line.cells, place) for key, place in places.items()}
        problem = _problem(values, order, ambiguous=len(orders) > 1)
        if problem is not None:
            column = table.headers[places[problem[0]]]
            refused.append(Refusal(path.name, line.number, column, problem[1]))
            continue
        taken.append(
            AllergyLine(
                line.number, values["patient"], values["substance"], values.get("code", ""),
                values.get("reaction", ""), values.get("severity", ""),
                read_cell(values.get("start", ""), order), read_cell(values.get("stop", ""), order),
            )
        )  # fmt: skip
    return tuple(taken), tuple(refused)


def _places(table: Table) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, names in _NAMES.items():
        ranked = [
            (names.index(plain(h)), i) for i, h in enumerate(table.headers) if plain(h) in names
        ]
        if ranked:
            found[key] = min(ranked)[1]
    for key, words in (("patient", _("the patient's number")), ("substance", _("the allergy"))):
        if key not in found:
            known = ", ".join(table.headers)
            raise Malformed(
                _("{path_name} has no column for {words}. It has: {known}.").format(
                    path_name=table.path.name, words=words, known=known
                )
            )
    return found


def _cell(cells: tuple[str, ...], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _problem(values: dict[str, str], order: str, *, ambiguous: bool) -> tuple[str, str] | None:
    if not values["patient"]:
        return "patient", _("The patient's number is missing.")
    if not values["substance"]:
        return "substance", _("What the patient is allergic to is missing.")
    for key in ("start", "stop"):
        text = values.get(key, "")
        if text and (ambiguous or read_cell(text, order) is None):
            return key, _("“{text}” is not a date written {order}.").format(
                text=text, order=ORDERS[order]
            )
    return None
