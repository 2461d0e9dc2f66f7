"""Engines: how a connection to either database is made, keyed, tuned and begun."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from clinicdesk.data import keys
from clinicdesk.data.turns import turn
from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.translation import _

WRITE = "clinicdesk_write"
BUSY_MS = 5000


def embedded(path: Path, key: bytes) -> Engine:
    """An engine over an encrypted SQLite file; the file must exist or be creatable."""
    import sqlcipher3.dbapi2 as sqlcipher

    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=_Connector(sqlcipher.connect, path, key),
        pool_size=4,
        max_overflow=4,
        poolclass=_queue_pool(),
        hide_parameters=True,
    )
    event.listen(engine, "begin", _Begin(path))
    return engine


def _queue_pool() -> type[Any]:
    from sqlalchemy.pool import QueuePool

    return QueuePool


class _Connector:
    def __init__(self, connect: Callable[..., Any], path: Path, key: bytes) -> None:
        self._connect, self._path, self._key = connect, path, key

    def __call__(self) -> Any:  # noqa: ANN401 - the driver has no types
        connection = self._connect(
            str(self._path), isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            # First of all, or a wrong key prints to standard error.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for pragma in (
                f"busy_timeout = {BUSY_MS}",
                "journal_mode = WAL",
                "foreign_keys = ON",
                "synchronous = FULL",
                "secure_delete = ON",
                "temp_store = MEMORY",
                "cache_size = -16000",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection


class _Begin:
    """The driver begins nothing by itself: DDL would otherwise not be rolled back."""

    def __init__(self, path: Path) -> None:
        self._turns = keys.envelope_path(path)

    def __call__(self, connection: Connection) -> None:
        if not connection.get_execution_options().get(WRITE, False):
            connection.exec_driver_sql("BEGIN")
            return
        with turn(self._turns):
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def server(url: str, password: str | None = None) -> Engine:
    """An engine over PostgreSQL (``postgresql://…``); ``password`` instead of that in the address.

    Raises:
        Unavailable: an address that cannot be read; what stands in it is not repeated.
    """
    try:
        target = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise Unavailable(
            _("This is not the address of a server: postgresql://USER@HOST:PORT/DATABASE."), "other"
        ) from None
    if password is not None:
        target = target.set(password=password)
    return create_engine(
        target,
        isolation_level="READ COMMITTED",
        pool_size=4,
        max_overflow=4,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 10, "application_name": "ClinicDesk"},
    )
