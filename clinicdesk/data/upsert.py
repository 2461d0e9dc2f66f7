"""INSERT … ON CONFLICT DO UPDATE on both databases: one statement, so that no desks race."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.dialects import postgresql, sqlite

from clinicdesk.data.tx import Tx


def upsert(
    tx: Tx,
    table: Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    only_if: ColumnElement[bool] | None = None,
) -> bool:
    """Inserts the row, or gives the one of that key these values; whether it did either.

    Args:
        tx: a write.
        table: with ``key`` as its primary key.
        key: columns of the primary key.
        values: all other columns.
        only_if: what must hold of a row that is there already, else it stays as it is.
    """
    insert = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    query = insert(table).values(**key, **values)
    query = query.on_conflict_do_update(
        index_elements=list(key), set_=dict(values), where=only_if
    ).execution_options(preserve_rowcount=True)
    return bool(tx.session.connection().execute(query).rowcount)
