"""Bringing a database to this program's schema: create, upgrade, refuse a newer one."""

from __future__ import annotations

import logging
from pathlib import Path
from time import monotonic

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.orm import Session

from clinicdesk.data.engine import WRITE
from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.translation import _

log = logging.getLogger(__name__)

_MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = max(path.stem.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))
"""The newest revision: revisions are numbers that count up, and begin the names of their files."""

_LOCK = 7202611
_NEWER = _(
    "This clinic was last opened by a newer ClinicDesk. Update ClinicDesk on this computer; "
    "nothing was changed."
)
_RESTART = _(
    "This clinic was upgraded by a newer ClinicDesk while this window was open. Close this window "
    "and open the newer ClinicDesk; nothing was changed."
)
_FOREIGN = _("This database is not a ClinicDesk clinic. Choose another one.")


def revision(connection: Connection) -> str | None:
    """The schema's revision; None for an empty database."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables and "patient" not in tables:
            raise Unavailable(_FOREIGN, "other")
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def known(found: str) -> bool:
    """Whether this program knows the revision (revisions are numbers that count up)."""
    return found <= HEAD


def empty(engine: Engine) -> bool:
    """Whether there is no clinic in it yet."""
    with engine.connect() as connection:
        return revision(connection) is None


def check(engine: Engine) -> bool:
    """True if the schema is this program's; False if it must be upgraded; raises if newer."""
    with engine.connect() as connection:
        found = revision(connection)
    if found is not None and not known(found):
        raise Unavailable(_NEWER, "newer")
    return found == HEAD


def still_ours(session: Session) -> None:
    """Raises Unavailable where a newer program has upgraded the clinic while this one ran.

    What an older program writes, the newer one's kept results would not know of.
    """
    found = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found != HEAD:
        raise Unavailable(_RESTART, "newer")


def upgrade(engine: Engine) -> None:
    """Creates or upgrades the schema, alone: all of it or nothing."""
    log.info("schema upgrade begins", extra={"facts": {"to": HEAD}})
    began = monotonic()
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(**{WRITE: True}).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SET LOCAL lock_timeout = '30s'"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
                    for extension in ("btree_gist",):
                        connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {extension}"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise Unavailable(
                        _(
                            "The upgrade would have lost links between records, so it was undone. "
                            "Send the log file to support."
                        ),
                        "damaged",
                    )
        finally:
            if sqlite:
                _foreign_keys(connection, on=True)
    seconds = round(monotonic() - began, 1)
    log.info("schema upgrade done", extra={"facts": {"to": HEAD, "seconds": seconds}})


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    """Outside any transaction: inside one SQLite ignores the pragma."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.cursor().execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")
