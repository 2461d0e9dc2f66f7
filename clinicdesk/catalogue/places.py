"""Reads where sites stand on the drawings, ``documents/places.toml``: for window and sheets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.procedures import FigurePlace

SEGMENTS = "segments"
_FIGURES = ("back", "front", "spine")


def load_places(folders: Iterable[Path]) -> dict[str, FigurePlace]:
    """The places of all folders by name, a later folder's over an earlier one's."""
    found: dict[str, FigurePlace] = {}
    for folder in folders:
        path = folder / "documents" / "places.toml"
        if path.exists():
            found |= read_places(read(path))
    return found


def read_places(table: Table) -> dict[str, FigurePlace]:
    """The places of one file by name; raises Malformed."""
    found = {}
    for name in table.keys():  # noqa: SIM118 - a table, not a dict
        if name == SEGMENTS:
            continue
        part = table.table(name)
        found[name] = FigurePlace(
            part.choice("figure", _FIGURES), float(part.number("dx")), float(part.number("y"))
        )
        part.done()
    return found
