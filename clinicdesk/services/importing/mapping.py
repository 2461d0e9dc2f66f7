"""Which column is which field, by its name; the user may correct it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinicdesk.catalogue.resources import root

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

NEVER = ("ssn", "social security number", "drivers", "drivers license", "passport")
"""Columns with identity documents: not taken over, and said so."""


def plain(name: str) -> str:
    """A column's name without case, accents and punctuation."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def guess(headers: Sequence[str]) -> dict[str, str]:
    """Column to field (empty: not taken over); the best-known name of a field wins."""
    by_field: dict[str, tuple[int, str]] = {}
    for header in headers:
        name = plain(header)
        for field, info in FIELDS.items():
            if name in info.names:
                rank = info.names.index(name)
                if field not in by_field or rank < by_field[field][0]:
                    by_field[field] = (rank, header)
    chosen = {header: field for field, (_, header) in by_field.items()}
    return {header: chosen.get(header, IGNORE) for header in headers}


def not_taken(headers: Sequence[str], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Columns of which nothing is taken over, those with identity documents aside."""
    never = withheld(headers)
    return tuple(h for h in headers if not chosen.get(h) and h not in never and h.strip())


def withheld(headers: Sequence[str]) -> tuple[str, ...]:
    """Columns that hold identity documents."""
    return tuple(h for h in headers if plain(h) in NEVER)
