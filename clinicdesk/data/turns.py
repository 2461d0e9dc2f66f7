"""Whose turn it is to write: who waits for the one that writes now is next, and nobody overtakes.

SQLite lets whoever asks at the right moment write; a program that writes again and again would
keep others waiting for ever. So a writer first takes the turn, waits for the database, and gives
the turn on as soon as it may write. The turn is a lock on the key file beside the database, which
is held for every desk on this machine and lost with its process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

LONGEST_S = 15.0
"""After so long somebody goes without a turn; the database still says whether it is busy."""
_STEP_S = 0.005
_FAR = 1 << 30
"""Where the file has no byte that anybody reads."""


@contextmanager
def turn(file: Path) -> Iterator[None]:
    """Holds the turn; where the file cannot be locked, everybody is as fast as he is."""
    try:
        handle = os.open(file, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        until = monotonic() + LONGEST_S
        while not _taken(handle) and monotonic() < until:
            sleep(_STEP_S)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _taken(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            return True
        return False

else:
    import fcntl

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # no locks on this disk: nobody has turns
        return True
