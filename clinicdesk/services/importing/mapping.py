"""Which column is which field, by its name; the user may correct it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from clinicdesk.catalogue.resources import root
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.translation import _
from clinicdesk.services.importing.reader import Table

IGNORE = ""


@dataclass(frozen=True)
class FieldInfo:
    """A field that a column can fill: its label, and the names columns bear for it."""

    label: str
    names: tuple[str, ...]


def _read() -> Mapping[str, FieldInfo]:
    text = (root() / "import" / "columns.toml").read_text(encoding="utf-8")
    return {
        key: FieldInfo(entry["label"], tuple(entry["names"]))
        for key, entry in tomllib.loads(text).items()
    }


FIELDS: Mapping[str, FieldInfo] = _read()

NEVER = (
    "ssn", "ss", "social security number", "drivers", "drivers license", "passport",
)  # fmt: skip
"""Columns with identity documents: not taken over, and said so."""
_MAKE_A_PATIENT = ("id", "mrn", "family", "given", "full_name", "birth_date")


def plain(name: str) -> str:
    """A column's name without case, accents and punctuation."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def guess(headers: Sequence[str], besides: Collection[str] = ()) -> dict[str, str]:
    """Column to field (empty: not taken over); the best-known name of a field wins.

    ``besides``: columns of which nothing is guessed, as others bear the same name.
    """
    by_field: dict[str, tuple[int, str]] = {}
    for header in headers:
        field = "" if header in besides else field_named(header)
        if field:
            rank = FIELDS[field].names.index(plain(header))
            if field not in by_field or rank < by_field[field][0]:
                by_field[field] = (rank, header)
    if {"family", "given"} <= by_field.keys():
        by_field.pop("full_name", None)
    chosen = {header: field for field, (_rank, header) in by_field.items()}
    return {header: chosen.get(header, IGNORE) for header in headers}


def field_named(header: str) -> str:
    """The field for which columns bear this name; empty where none does."""
    name = plain(header)
    return next((field for field, info in FIELDS.items() if name in info.names), IGNORE)


def mapped(table: Table, wishes: Mapping[str, str]) -> dict[str, str]:
    """The guess with the user's corrections; raises Malformed for what is not there."""
    chosen = guess(table.headers, same_named(table))
    for column, field in wishes.items():
        if column not in chosen:
            raise Malformed(
                _("{path_name} has no column “{column}”. It has: {known}.").format(
                    path_name=table.path.name, column=column, known=", ".join(table.headers)
                )
            )
        if field and field not in FIELDS:
            raise Malformed(
                _("There is no field “{field}”. Use one of: {known}.").format(
                    field=field, known=", ".join(FIELDS)
                )
            )
        # A field is filled by one column: the user's.
        chosen = {c: IGNORE if f == field else f for c, f in chosen.items()}
        chosen[column] = field
    return chosen


def same_named(table: Table) -> frozenset[str]:
    """The columns that share their name with another."""
    bases = {name.casefold() for name in table.twice}
    return frozenset(
        header for header in table.headers if header.rpartition(" (")[0].casefold() in bases
    )


def undecided(table: Table, chosen: Mapping[str, str]) -> str:
    """The question which of two columns of one name it is; empty where a patient needs neither."""
    for name in table.twice:
        field = field_named(name)
        mine = [h for h in table.headers if h.rpartition(" (")[0].casefold() == name.casefold()]
        if field not in _MAKE_A_PATIENT or any(chosen[h] for h in mine):
            continue
        if field not in chosen.values():
            return _(
                "{count} columns are called “{name}”: {columns}. Say which one is: {label}."
            ).format(count=len(mine), name=name, columns=", ".join(mine), label=FIELDS[field].label)
    return ""


def is_open_dental(headers: Sequence[str]) -> bool:
    """Whether it is an export of Open Dental, which writes the sex as 0, 1 and 2."""
    return {"patnum", "lname", "fname", "gender"} <= {plain(header) for header in headers}


def not_taken(headers: Sequence[str], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Columns of which nothing is taken over, those with identity documents aside."""
    never = withheld(headers)
    return tuple(h for h in headers if not chosen.get(h) and h not in never and h.strip())


def withheld(headers: Sequence[str]) -> tuple[str, ...]:
    """Columns that hold identity documents."""
    return tuple(h for h in headers if plain(h) in NEVER)
