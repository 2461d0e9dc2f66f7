"""Mistakes of ours: kept in a report without patient data, shown without stopping the work."""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler, qVersion

from clinicdesk import __version__
from clinicdesk.domain.translation import _
from clinicdesk.services import logfile

log = logging.getLogger(__name__)


def report(error: BaseException) -> str:
    """Where it happened, as text. Messages of exceptions may hold names, so they stay out."""
    lines = [
        _("ClinicDesk {version}, Python {python_version}, Qt {qversion}").format(
            version=__version__, python_version=platform.python_version(), qversion=qVersion()
        ),
        sys.platform,
        _("Fault {number_of}").format(number_of=logfile.number_of(error)),
        *logfile.places(error),
    ]
    return "\n".join(lines)


class CrashHandler(QObject):
    """Hears of every exception that nobody caught, in any thread.

    Signals:
        happened(str): a report to be shown.
    """

    happened = Signal(str)

    def install(self) -> None:
        """Takes over the hooks of Python and Qt."""
        sys.excepthook = self._raised
        threading.excepthook = self._raised_in_thread
        qInstallMessageHandler(_from_qt)

    def _raised(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = report(error)
        log.error("fault", exc_info=error, extra={"facts": {"number": logfile.number_of(error)}})
        self.happened.emit(text)

    def _raised_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._raised(args.exc_type, args.exc_value, args.exc_traceback)

    def show_on(self, receiver: QObject, slot: object) -> None:
        """Connects a bound method that shows the report."""
        self.happened.connect(slot, Qt.ConnectionType.QueuedConnection)
        self.setParent(receiver)


_QUIET = (
    "propagateSizeHints",
    "This plugin does not support",
    _("Could not find the Qt platform plugin"),
    "XDG_RUNTIME_DIR",
)


_QT_FUNCTION = re.compile(r"Q\w+(::\w+)*")


def _from_qt(kind: QtMsgType, _context: object, message: str) -> None:
    if any(words in message for words in _QUIET):
        return
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    # The log file gets the function that complains; the message may quote what stands in a field.
    spoke = _QT_FUNCTION.match(message)
    where = {"by": spoke[0] if spoke else "qt"}
    logging.getLogger("qt").log(level, "%s", message, extra={"facts": where})
