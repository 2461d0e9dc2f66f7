"""A list of what was seen in a long file: on the disk, not in memory, and of nobody's data.

What is kept is a number made of each key, by a secret of this run; the file has no name and is
gone when it is closed.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import blake2b


class Scratch:
    """Keys and the line on which each was first seen."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(16)
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA cache_size = -8000")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("CREATE TABLE seen (key INTEGER PRIMARY KEY, line INTEGER NOT NULL)")

    def find(self, keys: Iterable[str]) -> dict[str, int]:
        """The lines of those that were seen."""
        found: dict[str, int] = {}
        for key in keys:
            row = self._base.execute("SELECT line FROM seen WHERE key = ?", (self._number(key),))
            if line := row.fetchone():
                found[key] = line[0]
        return found

    def keep(self, seen: Mapping[str, int]) -> None:
        """Adds keys; one that is known keeps its line."""
        rows = [(self._number(key), line) for key, line in seen.items()]
        self._base.execute("BEGIN")
        self._base.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)
        self._base.execute("COMMIT")

    def _number(self, key: str) -> int:
        made = blake2b(key.encode("utf-8", "replace"), digest_size=8, key=self._secret).digest()
        return int.from_bytes(made, "big", signed=True)

    def close(self) -> None:
        """Forgets it all."""
        self._base.close()
