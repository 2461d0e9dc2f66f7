"""Whether a database is sound, for those who look after the computers."""

from __future__ import annotations

from sqlalchemy import text

from clinicdesk.data.store import Store, in_words
from clinicdesk.domain.translation import _

_RESTORE = _("its content is damaged: restore the newest backup, and keep this file")


def fault(store: Store) -> str:
    """What is wrong and what to do; empty if nothing was found. Changes nothing."""
    if store.dialect == "postgresql":
        return _server_fault(store)
    with in_words(), store.engine.connect() as connection:
        # The first checks every page's seal, the second the structure.
        if connection.execute(text("PRAGMA cipher_integrity_check")).first() is not None:
            return _RESTORE
        if connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok":
            return _RESTORE
        if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            return _("an entry refers to one that is missing: report this to ClinicDesk")
    return ""


def version(store: Store) -> str:
    """The database's own name and version, ``PostgreSQL 15.4`` or ``SQLCipher 4.19``."""
    with in_words(), store.engine.connect() as connection:
        if store.dialect == "postgresql":
            return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar()}"
        return f"SQLCipher {connection.execute(text('PRAGMA cipher_version')).scalar()}"


def _server_fault(store: Store) -> str:
    with in_words(), store.engine.connect() as connection:
        number = int(connection.execute(text("SHOW server_version_num")).scalar_one())
    if number < 150000:
        return _("ClinicDesk needs PostgreSQL 15 or newer: upgrade the server")
    return ""
