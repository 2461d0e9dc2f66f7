"""The log file that may be sent to support: what happened to the program, never to a patient.

Whoever logs does so as usual (``logging.getLogger(__name__)``). What reaches the file:

- of ClinicDesk's own loggers the sentence as it stands in the code, never filled in, and the
  values under ``extra={"facts": {…}}``: versions, kinds, counts, durations;
- of a library's loggers only its name and the line that spoke: what it says may hold values;
- of an exception its type and where it passed, never its message.
"""

from __future__ import annotations

import logging
import os
import platform
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from clinicdesk import __version__
from clinicdesk.catalogue import resources
from clinicdesk.domain.translation import _

log = logging.getLogger(__name__)

OURS = "clinicdesk"
MOST_BYTES, OLDER_FILES = 1_000_000, 4
_LONGEST = 120
ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def path() -> Path:
    """The file being written; older ones lie beside it as ``clinicdesk.log.1`` and so on."""
    return resources.data_folder() / "logs" / "clinicdesk.log"


@contextmanager
def kept(what: str) -> Iterator[None]:
    """Writes the log while the program runs; where no file can be written, it runs without.

    Args:
        what: ``window``, or the command.
    """
    # Without any handler Python itself would print faults, with what they say, to the terminal.
    handler = _handler() or logging.NullHandler()
    ours = logging.getLogger(OURS)
    before = ours.level
    began = time.monotonic()
    logging.getLogger().addHandler(handler)
    ours.setLevel(logging.INFO)
    log.info("start", extra={"facts": {"what": what, **_versions()}})
    try:
        yield
    finally:
        ran = round(time.monotonic() - began, 1)
        log.info("stop", extra={"facts": {"what": what, "seconds": ran}})
        ours.setLevel(before)
        logging.getLogger().removeHandler(handler)
        handler.close()


def _versions() -> dict[str, object]:
    return {
        "clinicdesk": __version__,
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
        "pid": os.getpid(),
    }


def places(error: BaseException) -> list[str]:
    """Kinds of the exception and of what caused it, each with the lines it passed."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(
            type(current).__name__
            if not lines
            else _("from {name}").format(name=type(current).__name__)
        )
        lines += [
            f"  {_file(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or current.__context__
    return lines


def number_of(error: BaseException) -> str:
    """Eight letters that are the same for the same fault: on the sheet and in the file."""
    import hashlib  # a library of its own, loaded once something went wrong

    return hashlib.sha256("\n".join(places(error)).encode()).hexdigest()[:8]


def _file(name: str) -> str:
    """Within the program; of anything else the file's name: folders bear names of people."""
    parts = Path(name).parts
    if OURS in parts:
        last = len(parts) - 1 - parts[::-1].index(OURS)
        return "/".join(parts[last + 1 :])
    return parts[-1] if parts else ""


class _Plain(logging.Formatter):
    """One line a record, and the lines an exception passed below it."""

    def __init__(self) -> None:
        super().__init__()
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        moment = self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ")
        words = [moment, record.levelname, record.name, self._said(record)]
        facts = getattr(record, "facts", None)
        if isinstance(facts, dict):
            words += [f"{name}={_value(value)}" for name, value in facts.items()]
        lines = [" ".join(word for word in words if word)]
        if record.exc_info and record.exc_info[1] is not None:
            lines += [f"    {line}" for line in places(record.exc_info[1])]
        return "\n".join(lines)

    @staticmethod
    def _said(record: logging.LogRecord) -> str:
        own = record.name == OURS or record.name.startswith(f"{OURS}.")
        # Not ``getMessage()``: what would be filled in may be a name or a search term.
        return str(record.msg) if own else f"{Path(record.pathname).name}:{record.lineno}"


class ForTerminal(logging.Formatter):
    """Sentences as they are; of an exception here, too, only its kind and where it passed."""

    def __init__(self) -> None:
        super().__init__(_("%(name)s: %(message)s"))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - of logging
        return "\n".join(places(ei[1])) if ei[1] is not None else ""


def _value(value: object) -> str:
    if isinstance(value, str):
        return "".join(c if c.isprintable() and c != " " else "_" for c in value)[:_LONGEST]
    return str(value) if isinstance(value, bool | int | float) else type(value).__name__


class _File(RotatingFileHandler):
    """Readable by this account alone; a file that cannot be written stops nothing."""

    def _open(self) -> TextIOWrapper:
        return open(
            self.baseFilename, self.mode, encoding="utf-8",
            opener=partial(os.open, mode=0o600),
        )  # type: ignore[return-value]  # fmt: skip

    def doRollover(self) -> None:  # noqa: N802 - of logging
        try:
            super().doRollover()
        except OSError:
            # Another ClinicDesk holds it open, and the system does not rename what is open: this
            # one goes on in the same file.
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - of logging
        return


def _handler() -> logging.Handler | None:
    where = path()
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        handler = _File(where, maxBytes=MOST_BYTES, backupCount=OLDER_FILES, encoding="utf-8")
    except OSError:
        return None
    for mine, mode in ((where.parent, 0o700), (where, 0o600)):
        with suppress(OSError):
            mine.chmod(mode)
    handler.setFormatter(_Plain())
    return handler
