"""The log page in a window of its own, on a small real clinic."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from support.logs import book

from clinicdesk.ui.actions import Actions
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.log.page import LogPage
from clinicdesk.ui.tasks import Tasks


class LogDesk:
    """One person at one window with the log page; ``went`` is where it led to."""

    def __init__(self, qtbot: QtBot, clinic: Any, login: str) -> None:
        self.qtbot = qtbot
        self.clinic = clinic
        self.said: list[str] = []
        self.went: list[tuple[str, dict[str, object]]] = []
        bus = Bus()
        bus.said.connect(self._say)
        self.tasks = Tasks(bus)
        self.actions = Actions()
        actor = clinic.seeded.actor(login)
        self.context = UiContext(
            clinic, actor, self.tasks, bus, clinic.clock, self.actions, self._go
        )
        self.window = QWidget()
        self.window.resize(1440, 850)
        self.page = LogPage(self.context)
        QVBoxLayout(self.window).addWidget(self.page)
        qtbot.addWidget(self.window, before_close_func=self._closing)
        self.window.show()
        self.window.activateWindow()
        self.actions.go("log")
        self.actions.watch(self.window)
        self.actions.sleep(False)

    def _say(self, text: str, _: object) -> None:
        self.said.append(text)

    def _go(self, page: str, **arguments: object) -> None:
        self.went.append((page, arguments))

    def _closing(self, _: QWidget) -> None:
        """As the window does when it is closed: keeps what is typed, then ends the lanes."""
        self.page.leave()
        self.settle()
        self.tasks.close()

    @property
    def view(self) -> Any:
        return self.page.view

    def settle(self) -> None:
        """Until every question is answered and every draft kept."""
        for _ in range(2):
            QApplication.processEvents()
            self.qtbot.waitUntil(self._idle, timeout=8000)
        if QApplication.activeWindow() is not self.window:
            # The window of the test before went only now, and took the activation with it.
            self.window.activateWindow()
        QApplication.processEvents()

    def _idle(self) -> bool:
        waiting = self.page.keeper.dirty or self.page._ask.isActive()
        return self.tasks.idle and not waiting

    def open(self, appointment_id: int | None = None, **arguments: object) -> None:
        if appointment_id is not None:
            arguments["appointment_id"] = appointment_id
        self.page.activated(**arguments)
        self.settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Goes into a field, replaces what is there and leaves it with Tab."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if hasattr(widget, "selectAll"):
            widget.selectAll()
        self.qtbot.keyClicks(widget, text)
        self.qtbot.keyClick(widget, Qt.Key.Key_Tab)

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """A key to whatever has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key, modifier)

    def click(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def complete(self) -> None:
        """Fills what a transforaminal injection still needs."""
        self.type(self.view.procedure.seconds, "18")
        self.type(self.view.procedure.kerma, "2.4")
        for row, lot in zip(
            self.view.table.rows(), ("DX4471", "LP0932", "05212012@68"), strict=True
        ):
            self.type(row.lot, lot)
            self.type(row.expires, "04 2028")
        self.type(self.view.outcome.before, "7")
        self.type(self.view.outcome.after, "2")
        self.click(self.toggle("none"))
        self.settle()

    def toggle(self, key: str) -> QWidget:
        return self.view.outcome.complications._buttons[key]


@pytest.fixture
def desk(qtbot, embedded_clinic, qapp):
    """The physician's window."""
    return LogDesk(qtbot, embedded_clinic, "physician")


@pytest.fixture
def another(qtbot, embedded_clinic):
    """Makes windows of other people (or the same one again) on the same clinic."""

    def make(login: str) -> LogDesk:
        return LogDesk(qtbot, embedded_clinic, login)

    return make


@pytest.fixture
def appointment(embedded_clinic) -> int:
    """Teresa Villalobos, in the room, L5 left transforaminal."""
    return book(embedded_clinic)
