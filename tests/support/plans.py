"""What a database does for a question: its own plan, asked for each statement that was sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from clinicdesk.data.tables import Base

FEW = frozenset(
    {
        "alembic_version", "audit_head", "block", "clinic", "counter", "due_build", "due_count",
        "due_taken", "opening_hours", "payer_pack", "resource", "setting", "site_name", "staff",
    }
)  # fmt: skip
"""Tables that grow with the clinic's house, not with its patients and years: those may be read from
end to end. (``due_count`` is put together anew each morning.)"""

Sent = list[tuple[str, Any]]


@contextmanager
def listening(engine: Any) -> Iterator[Sent]:
    """Collects the statements that are sent meanwhile, with what was asked in them."""
    sent: Sent = []

    def heard(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        if not many and statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", heard)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", heard)


def scans(store: Any, work: Callable[[], object], few: frozenset[str] = FEW) -> list[str]:
    """The growing tables that are read from end to end, each with its statement."""
    with listening(store.engine) as sent:
        work()
    found = []
    with store.engine.connect() as connection:
        read = _sqlite if connection.dialect.name == "sqlite" else _postgresql
        if connection.dialect.name != "sqlite":
            # So few rows are read whole and merged whole, unless the planner is told not to.
            for way in ("seqscan", "mergejoin", "hashjoin"):
                connection.exec_driver_sql(f"SET enable_{way} = off")
        for statement, parameters in sent:
            whole = set(read(connection, statement, parameters)) & Base.metadata.tables.keys()
            found += [f"{table}: {' '.join(statement.split())}" for table in sorted(whole - few)]
    return found


def _sqlite(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    names = _names(statement)
    for row in rows:
        if match := re.match(r"SCAN (\w+)", row[3]):
            yield names.get(match[1], match[1])


def _names(statement: str) -> dict[str, str]:
    """Table by alias."""
    found = re.findall(r"(?:FROM|JOIN|,)\s+(\w+) AS (\w+)", statement)
    return {alias: table for table, alias in found}


def _postgresql(connection: Connection, statement: str, parameters: Any) -> Iterator[str]:
    answer = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()
    plan = json.loads(answer) if isinstance(answer, str) else answer
    yield from _nodes(plan[0]["Plan"])


def _nodes(node: dict[str, Any]) -> Iterator[str]:
    kind = node["Node Type"]
    whole = kind == "Seq Scan" or (
        kind in ("Index Scan", "Index Only Scan") and "Index Cond" not in node
    )
    if whole:
        yield node["Relation Name"]
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)
