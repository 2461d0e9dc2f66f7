"""Does the write-ahead log beside a file belong to it?

SQLite plays whatever ``NAME-wal`` it finds into ``NAME``, also that of another day: a backup put
back beside the log of a crash is destroyed by it. So what belongs together is marked. Each time
the log begins anew (its head then has another number), the file keeps the number in ``counter``,
and ``NAME-wal.of`` beside it says: this log, over a file that knew that number before. A file
without its log knows one of the two; one that knows neither is another day's.

Where anything is missing or cannot be read, the log is let be: only what is known to be foreign is
set aside.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

NAME = "wal"
"""The row of ``counter``."""
ENDINGS = ("-wal", "-shm", "-wal.of")
"""What lies beside a file while it is open, or after a crash."""
_HEAD = 32
_BUSY_MS = 100
_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")


def log_of(path: Path) -> Path:
    """Where SQLite keeps the log of a file."""
    return path.with_name(path.name + "-wal")


def _mark_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal.of")


def number_of(path: Path) -> int | None:
    """The number of the log beside a file; None where none has begun."""
    try:
        with log_of(path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    if len(head) < _HEAD or head[:4] not in _MAGIC:
        return None
    # Two salts, new whenever the log begins; a row of the database holds 63 bits.
    return int.from_bytes(head[16:24], "big") >> 1


class Marker:
    """Marks each beginning of a log while the clinic is open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: int | None = None

    @property
    def due(self) -> bool:
        """Whether a log has begun that is not marked yet."""
        return number_of(self._path) not in (None, self._known)

    def mark(self, raw: Any) -> None:  # noqa: ANN401 - the driver has no types
        """Marks it; what goes wrong is the driver's error, and the next commit may try again.

        Args:
            raw: a connection of the driver's, with no transaction open.
        """
        cursor = raw.cursor()
        # Another desk may be writing: nobody waits long for a mark.
        busy = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        try:
            self._begin_and_mark(cursor)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {busy}")

    def forget(self) -> None:
        """At the end: where the log is folded in and gone, its mark goes, too."""
        if not log_of(self._path).exists():
            with suppress(OSError):
                _mark_of(self._path).unlink(missing_ok=True)

    def _begin_and_mark(self, cursor: Any) -> None:  # noqa: ANN401
        cursor.execute("BEGIN IMMEDIATE")
        try:
            number = number_of(self._path)
            row = cursor.execute("SELECT value FROM counter WHERE name = ?", (NAME,)).fetchone()
            before = row[0] if row else None
            if before != number:
                cursor.execute(
                    "INSERT INTO counter (name, value) VALUES (?, ?) "
                    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    (NAME, number),
                )
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")
        if before != number:
            _write(_mark_of(self._path), {"log": number, "over": before})
        self._known = number


def _write(path: Path, mark: dict[str, int | None]) -> None:
    beside = path.with_name(path.name + ".new")
    with open(beside, "w", encoding="utf-8", opener=_private) as file:
        json.dump(mark, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def set_aside_foreign(path: Path, key: bytes) -> Path | None:
    """Puts away the log of another day, and tells where; None where there is none.

    Args:
        path: the file, not open yet in this program.
        key: its key.
    """
    if not is_foreign(path, key):
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.name}-wal.not-of-this-file-{stamp}")
    log_of(path).replace(kept)
    for left in (path.with_name(path.name + "-shm"), _mark_of(path)):
        with suppress(OSError):
            left.unlink(missing_ok=True)
    log.warning("a log of another day was set aside")
    return kept


def is_foreign(path: Path, key: bytes) -> bool:
    """Whether the log is known to be of another day; asked again, as another desk may write."""
    return all(_unfit(path, key) for __ in range(3))


def _unfit(path: Path, key: bytes) -> bool:
    number = number_of(path)
    if number is None:
        return False
    try:
        mark = json.loads(_mark_of(path).read_text(encoding="utf-8"))
        if mark["log"] != number:
            return False
        return _alone(path, key) not in (mark["log"], mark["over"])
    except Exception:  # noqa: BLE001 - not marked, half written by a crash: nothing is known
        return False


def _alone(path: Path, key: bytes) -> int | None:
    """The number that the file knows without its log."""
    connection = reader(path, key)
    try:
        row = connection.execute("SELECT value FROM counter WHERE name = ?", (NAME,)).fetchone()
    finally:
        connection.close()
    return row[0] if row else None


def reader(path: Path, key: bytes) -> Any:  # noqa: ANN401 - the driver has no types
    """Reads a file as it lies there: no log is played in, nothing is written or locked."""
    import sqlcipher3.dbapi2 as sqlcipher

    connection = sqlcipher.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    try:
        # First of all, or a wrong key prints to standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
