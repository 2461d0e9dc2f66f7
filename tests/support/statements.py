"""Statements are put together once for all databases of a process, as in a program with one.

Every test has a database of its own, so an engine of its own, and SQLAlchemy keeps what it compiled
with the engine: most of the time of a test that reads and writes went into compiling the same two
hundred statements again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from clinicdesk.data import engine as engines

_made: dict[str, Engine] = {}
_create = engines.create_engine


def _like_the_first(*arguments: Any, **options: Any) -> Engine:
    made = _create(*arguments, **options)
    first = _made.get(made.dialect.name)
    if first is None or getattr(first.dialect, "server_version_info", None) is None:
        # What a dialect knows of its server it learns at the first connection.
        _made[made.dialect.name] = made
        return made
    # The dialect is part of what a statement is kept under.
    made.dialect = made.pool._dialect = first.dialect
    made._compiled_cache = first._compiled_cache
    return made


def keep() -> None:
    """From now on."""
    engines.create_engine = _like_the_first
