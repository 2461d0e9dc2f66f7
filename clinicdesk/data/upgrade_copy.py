"""The copy of a clinic made before an upgrade touches it: whole under its name, or not there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine

from clinicdesk.data import keys, wal
from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.translation import _

_PART = ".part"


def keep_copy(engine: Engine, path: Path, key: bytes, revision: str) -> Path:
    """Copies file and key as ``FILE.before-REVISION``; an older copy stays until it is whole.

    It is written under another name, brought to the disk and looked through; the key lies there
    before it. Whoever finds the name has all of it.

    Raises:
        Unavailable: the copy is not sound. Errors of the system and the driver pass.
    """
    copy = path.with_name(f"{path.name}.before-{revision}")
    part = copy.with_name(copy.name + _PART)
    _clear(part)
    keys.write(keys.envelope_path(copy), keys.read(path))
    # VACUUM INTO takes a file that is empty: so it is this account's alone from the beginning.
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(part),))
        finally:
            raw.close()
        _to_disk(part)
        _verify(part, key)
        part.replace(copy)
        _to_disk(copy.parent)
    except BaseException:
        _clear(part)
        raise
    return copy


def _clear(part: Path) -> None:
    """Takes away what a copying that was stopped has left."""
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            part.with_name(part.name + ending).unlink()


def _to_disk(path: Path) -> None:
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _verify(part: Path, key: bytes) -> None:
    """Reads every page with the key, and asks for the structure."""
    connection = wal.reader(part, key)
    try:
        torn = connection.execute("PRAGMA cipher_integrity_check").fetchone()
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
    finally:
        connection.close()
    if torn is not None or found is None or found[0] != "ok":
        raise Unavailable(
            _(
                "The copy made before the upgrade is not sound, so nothing was upgraded. Check the "
                "disk, then open the clinic again."
            ),
            "damaged",
        )
