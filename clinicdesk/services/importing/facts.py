"""Allergies, conditions and drugs from files of their own, joined by the number of the patient."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from clinicdesk.domain import fact_entries
from clinicdesk.domain.dates import ColumnDates, no_date, read_cell
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.rows.safety_facts import (
    AllergyEntry,
    ConditionEntry,
    DrugEntry,
    Entry,
    Said,
    Topic,
)
from clinicdesk.domain.text import fold
from clinicdesk.domain.translation import _
from clinicdesk.services.importing.mapping import plain
from clinicdesk.services.importing.reader import Table, read_table
from clinicdesk.services.importing.rows import Oddity, Refusal
from clinicdesk.services.importing.understanding import encoding_question
from clinicdesk.services.importing.values import says_nothing

_PATIENT = ("patient", "patient id", "patientid", "pid", "id")
_DATED = {
    "code": ("code",),
    "start": ("start", "onset", "since", "recorded"),
    "stop": ("stop", "end", "resolved", "until"),
}
_NAMES: dict[Topic, dict[str, tuple[str, ...]]] = {
    Topic.ALLERGIES: {
        "name": ("description", "substance", "allergy", "allergen", "alergia", "allergie"),
        "reaction": ("reaction",),
        "severity": ("severity",),
    },
    Topic.CONDITIONS: {
        "name": ("description", "condition", "problem", "diagnosis", "diagnostico", "diagnose"),
    },
    Topic.DRUGS: {
        "name": ("description", "drug", "medication", "medicine", "medicamento", "medikament"),
        "dose": ("dose", "dosage", "sig", "directions"),
    },
}
_YES = frozenset({"yes", "y", "true", "1", "x", "pregnant", "positive", "si", "ja", "oui"})
_NO = frozenset(
    {"no", "n", "false", "0", "not pregnant", "negative", "neg", "none", "nein", "non", "nil"}
)
_NOT_SAID = frozenset({"", "?", "-", "unknown", "not asked", "n/a", "na", "null"})
_WORDS = {
    Topic.ALLERGIES: _("the allergy"),
    Topic.CONDITIONS: _("the condition"),
    Topic.DRUGS: _("the drug"),
}
_MISSING = {
    Topic.ALLERGIES: _("What the patient is allergic to is missing."),
    Topic.CONDITIONS: _("The condition is missing."),
    Topic.DRUGS: _("The drug is missing."),
}
_PARTED = re.compile(r"[;|\n]|,(?![^(]*\))")
"""What parts the entries of one cell; a comma inside brackets does not."""


@dataclass(frozen=True)
class FactLine:
    """One fact as written; ``number`` is the patient's number in the old system.

    ``entry`` None: the line says that there are none (``NKDA``).
    """

    topic: Topic
    line: int
    number: str
    entry: Entry | None
    since: date | None = None
    until: date | None = None


@dataclass
class FactsRead:
    """What a file about one list holds: its lines, and what of them could not be taken."""

    taken: list[FactLine] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


def read_facts(path: Path, topic: Topic, today: date) -> FactsRead:
    """All lines of a file about one list; a date that cannot be read costs nobody an allergy.

    Raises:
        Malformed: the file cannot be read, or lacks the columns that matter.
    """
    table = read_table(path)
    places = _places(table, topic)
    dates = ColumnDates(today)
    for line in table.lines():
        for key in ("start", "stop"):
            dates.see(_cell(line.cells, places.get(key)), line.number)
    possible, found = dates.possible(), FactsRead()
    order = possible[0] if len(possible) == 1 else ""
    doubt = encoding_question(table)
    for line in table.lines():
        values = {key: _cell(line.cells, place) for key, place in places.items()}
        if doubt and not all(cell.isascii() for cell in line.cells):
            found.refused.append(Refusal(path.name, line.number, "", doubt))
            continue
        problem = ("", line.problem) if line.problem else _problem(values, topic)
        if problem is not None:
            column = table.headers[places[problem[0]]] if problem[0] else ""
            found.refused.append(Refusal(path.name, line.number, column, problem[1]))
            continue
        days: list[date | None] = []
        for key in ("start", "stop"):
            text = values.get(key, "")
            day = read_cell(text, order or "ymd", today) if text else None
            days.append(day)
            if text and day is None and not no_date(text):
                remark = _("{file}: no date that can be read; taken without it")
                column = table.headers[places[key]]
                found.oddities.append(
                    Oddity(line.number, column, text, remark.format(file=path.name))
                )
        entry = _entry(topic, values)
        found.taken.append(FactLine(topic, line.number, values["patient"], entry, *days))
    return found


def facts_in_cell(topic: Topic, text: str, line: int, number: str) -> list[FactLine]:
    """What a cell of the patients' own file says: a list, or ``none``; empty: nobody has asked."""
    parts = [part.strip() for part in _PARTED.split(text) if part.strip()]
    entries = [part for part in parts if not fact_entries.says_none(part)]
    if parts and not entries:
        return [FactLine(topic, line, number, None)]
    return [FactLine(topic, line, number, fact_entries.read_entry(topic, part)) for part in entries]


def pregnancy_in_cell(text: str) -> Said | None:
    """What a cell says of pregnancy, as far as it says yes or no; None where it cannot be read."""
    words = fold(text).strip(" .")
    if words in _NOT_SAID:
        return Said.NOT_ASKED
    return Said.YES if words in _YES else Said.NO if words in _NO else None


def _entry(topic: Topic, values: dict[str, str]) -> Entry | None:
    name, code = values["name"], values.get("code", "")
    system = "SNOMED CT" if code else ""
    if fact_entries.says_none(name):
        return None
    if topic is Topic.ALLERGIES:
        severity = values.get("severity", "").casefold()
        known = severity if severity in fact_entries.SEVERITIES else ""
        return AllergyEntry(name, values.get("reaction", ""), known, code_system=system, code=code)
    if topic is Topic.CONDITIONS:
        return ConditionEntry(name, code_system=system, code=code)
    read = fact_entries.read_drug(name)
    return DrugEntry(read.drug, " ".join(p for p in (read.dose, values.get("dose", "")) if p))


def _places(table: Table, topic: Topic) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, names in {"patient": _PATIENT, **_NAMES[topic], **_DATED}.items():
        ranked = [
            (names.index(plain(h)), i) for i, h in enumerate(table.headers) if plain(h) in names
        ]
        if ranked:
            found[key] = min(ranked)[1]
    for key, words in (("patient", _("the patient's number")), ("name", _WORDS[topic])):
        if key not in found:
            known = ", ".join(table.headers)
            raise Malformed(
                _("{path_name} has no column for {words}. It has: {known}.").format(
                    path_name=table.path.name, words=words, known=known
                )
            )
    return found


def _cell(cells: tuple[str, ...], place: int | None) -> str:
    text = cells[place].strip() if place is not None and place < len(cells) else ""
    return "" if says_nothing(text, none=False) else text


def _problem(values: dict[str, str], topic: Topic) -> tuple[str, str] | None:
    if not values["patient"]:
        return "patient", _("The patient's number is missing.")
    if not values["name"]:
        return "name", _MISSING[topic]
    return None
