"""A clinic's file laid over ours section by section."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from clinicdesk.catalogue.sheet_files import Source, about
from clinicdesk.catalogue.strict import Table, read
from clinicdesk.domain.sheets import TextFile

T = TypeVar("T")


class Layers:
    """A file, and below it the one of ours that it lies over.

    What is approved stands alone: nothing of ours is mixed into it.
    """

    def __init__(self, source: Source) -> None:
        self.top = read(source.path)
        self.file: TextFile = about(self.top, source)
        alone = source.under is None or self.file.approval is not None
        self._under = None if alone or source.under is None else read(source.under)
        if self._under is not None:
            self._under.skip("reviewer")

    def of(self, key: str) -> Table:
        """The table that gives ``key``: the upper one that has it."""
        if self._under is None or self.top.holds(key):
            self.skip(key)
            return self.top
        return self._under

    def merged(self, key: str, reader: Callable[[Table], dict[str, T]]) -> dict[str, T]:
        """The entries of a table, the upper ones laid over those below."""
        if self._under is None:
            return reader(self.top.table(key))
        upper = self.top.maybe_table(key)
        return reader(self._under.table(key)) | (reader(upper) if upper else {})

    def listed(self, key: str, reader: Callable[[tuple[Table, ...]], dict[str, T]]) -> dict[str, T]:
        """As ``merged``, of a list of tables that may be left out."""
        found = reader(self._under.tables(key, optional=True)) if self._under else {}
        return found | reader(self.top.tables(key, optional=True))

    def skip(self, *keys: str) -> None:
        """Keys of ours that are not asked for."""
        for key in keys:
            if self._under is not None:
                self._under.skip(key)

    def done(self) -> None:
        """Refuse in both what nobody asked for."""
        self.top.done()
        if self._under is not None:
            self._under.done()
