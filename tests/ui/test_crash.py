"""A mistake of ours: told once, with a report that names no patient, and the work goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, qInstallMessageHandler
from pytestqt.qtbot import QtBot

from clinicdesk import __version__
from clinicdesk.ui import crash
from clinicdesk.ui.crash import CrashHandler


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
