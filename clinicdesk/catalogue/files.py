"""The files of the catalogue and of the safety checks, a clinic's own laid over ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from clinicdesk.catalogue import own
from clinicdesk.catalogue.strict import Table, read

T = TypeVar("T")
_PLACES = {
    "catalogue": (
        *("families", "medications", "procedures", "complications"),
        *("due", "scales", "payers", "sites"),
    ),
    "safety": (
        *("anticoagulants", "allergens", "conditions", "implants", "limits"),
        *("checks", "words", "reasons", "measures"),
    ),
}
"""The files by their folder, without their ending; no two of one name."""


class Files:
    """The files of all folders, each read once."""

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders
        names = [name for place in _PLACES.values() for name in place]
        self._tables: dict[str, list[Table]] = {name: [] for name in names}
        self._versions: dict[str, list[str]] = {name: [] for name in names}
        for position, folder in enumerate(folders):
            for place, known in _PLACES.items():
                own.toml_files(folder / place, known)
                for name in known:
                    path = folder / place / f"{name}.toml"
                    if position == 0 or path.exists():
                        table = read(path)
                        self._tables[name].append(table)
                        self._versions[name].append(table.text("version"))

    def merged(self, name: str, part: str, reader: Callable[[Table], dict[str, T]]) -> dict[str, T]:
        """One table of a file, later folders' entries laid over earlier ones."""
        result: dict[str, T] = {}
        self.each(name, part, lambda below: result.update(reader(below)))
        return result

    def each(self, name: str, part: str, act: Callable[[Table], None]) -> None:
        """One table of a file, folder by folder; only the first folder must have it."""
        for position, table in enumerate(self._tables[name]):
            below = table.table(part) if position == 0 else table.maybe_table(part)
            if below is not None:
                act(below)

    def last(self, name: str, reader: Callable[[Table], T | None]) -> T:
        """What a file says outside its tables; the last folder's word counts, ours is there."""
        said = [each for table in self._tables[name] if (each := reader(table)) is not None]
        return said[-1]

    def versions(self, name: str) -> list[str]:
        """The versions of a file, by folder."""
        return self._versions[name]

    def done(self) -> None:
        """Refuse what nobody asked for."""
        for tables in self._tables.values():
            for table in tables:
                table.done()
