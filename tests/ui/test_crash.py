"""A mistake of ours: told once, with a report that names no patient, and the work goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinicdesk import __version__
from clinicdesk.services import logfile
from clinicdesk.ui import crash
from clinicdesk.ui.crash import CrashHandler
from clinicdesk.ui.crash_dialog import CrashDialog


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.reports: list[str] = []

    def hear(self, report: str) -> None:
        self.reports.append(report)


@pytest.fixture
def handler(qapp: object) -> Iterator[CrashHandler]:
    before = sys.excepthook, threading.excepthook
    made = CrashHandler()
    made.install()
    yield made
    sys.excepthook, threading.excepthook = before
    qInstallMessageHandler(None)


def fail(patient: str) -> None:
    raise LookupError(f"no chart of {patient}")


def test_the_report_says_where_and_never_whom() -> None:
    try:
        fail("Villalobos, Teresa")
    except LookupError as error:
        text = crash.report(error)
    assert __version__ in text
    assert "LookupError" in text
    assert "fail" in text
    assert "Villalobos" not in text
    assert "no chart" not in text


def test_an_exception_nobody_caught_is_told_in_the_windows_thread(
    handler: CrashHandler, qtbot: QtBot
) -> None:
    listener = Listener()
    handler.show_on(listener, listener.hear)
    try:
        fail("Soto, Andrea")
    except LookupError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert listener.reports == []
    qtbot.waitUntil(lambda: len(listener.reports) == 1)
    assert "Soto" not in listener.reports[0]


def test_one_in_another_thread_is_told_too(handler: CrashHandler, qtbot: QtBot) -> None:
    listener = Listener()
    handler.show_on(listener, listener.hear)
    thread = threading.Thread(target=fail, args=("Soto, Andrea",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(listener.reports) == 1)
    assert "LookupError" in listener.reports[0]
    assert "Soto" not in listener.reports[0]


def test_ctrl_c_is_no_mistake_of_ours(
    handler: CrashHandler, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    handler.happened.connect(told.append)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []


def test_the_dialog_shows_the_report_and_names_the_log_file(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 680)
    dialog = CrashDialog(window, "Fault 1234abcd")
    assert dialog.report.toPlainText() == "Fault 1234abcd"
    assert str(logfile.path()) in dialog.log_file.text()


def test_the_report_and_the_log_file_bear_the_same_number(handler: CrashHandler) -> None:
    told: list[str] = []
    handler.happened.connect(told.append)
    with logfile.kept("window"):
        try:
            fail("Soto, Andrea")
        except LookupError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    kept = logfile.path().read_text(encoding="utf-8")
    number = next(line for line in told[0].splitlines() if line.startswith("Fault "))
    assert number.replace("Fault ", "number=") in kept
    assert "Soto" not in kept
    assert "no chart" not in kept


def test_what_qt_complains_of_is_kept_by_the_function_that_does(handler: CrashHandler) -> None:
    with logfile.kept("window"):
        qWarning("QThing::read: cannot read Soto, Andrea")
    kept = logfile.path().read_text(encoding="utf-8")
    assert "by=QThing::read" in kept
    assert "Soto" not in kept
