"""The patients page on a real small clinic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.ui.actions import Actions
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.page import PatientsPage
from clinicdesk.ui.tasks import Tasks
from clinicdesk.ui.tour.rest import settle


class Chartroom:
    """A window with the page in it; ``went`` are the pages it wanted to go to."""

    def __init__(self, qtbot: QtBot, clinic: Any, login: str) -> None:
        self.qtbot, self.clinic, self.seeded = qtbot, clinic, clinic.seeded
        self.actor = clinic.seeded.actor(login)
        self.went: list[tuple[str, dict[str, object]]] = []
        self.said: list[str] = []
        bus = Bus()
        bus.said.connect(self._say)
        bus.warned.connect(self._warn)
        self.tasks = Tasks(bus)
        self.actions = Actions()
        self.context = UiContext(
            clinic, self.actor, self.tasks, bus, clinic.clock, self.actions, self._go
        )
        self.window = QWidget()
        self.window.setObjectName("canvas")
        self.window.resize(1366, 822)
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        self.page = PatientsPage(self.context)
        layout.addWidget(self.page)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.actions.watch(self.window)
        self.actions.go("patients")
        self.actions.sleep(asleep=False)
        self.page.activated()
        self.settle()

    def _say(self, text: str, undo: object) -> None:
        self.said.append(text)

    def _warn(self, text: str) -> None:
        self.said.append(text)

    def _go(self, page: str, **arguments: object) -> None:
        self.went.append((page, arguments))

    def settle(self) -> None:
        """Until every question is answered."""
        assert settle(self.tasks)

    def key(self, key: Any, modifiers: Any = None) -> None:
        """Presses a key where the focus is."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=4000)
        widget = QApplication.focusWidget()
        if modifiers is None:
            self.qtbot.keyClick(widget, key)
        else:
            self.qtbot.keyClick(widget, key, modifiers)
        self.settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Replaces what stands in a field."""
        widget.setFocus()
        widget.selectAll()  # type: ignore[attr-defined]
        if text.isascii():
            self.qtbot.keyClicks(widget, text)
        else:
            # As an input method hands over letters that have no key.
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(widget, event)
        self.settle()

    def open(self, patient_id: int) -> None:
        """As the search box at the top does."""
        self.page.activated(patient_id=patient_id)
        self.settle()


@pytest.fixture
def room(qtbot: QtBot, embedded_clinic: Any) -> Iterator[Callable[..., Chartroom]]:
    made: list[Chartroom] = []

    def open_room(login: str = "frontdesk") -> Chartroom:
        made.append(Chartroom(qtbot, embedded_clinic, login))
        return made[-1]

    yield open_room
    for one in made:
        one.settle()
        one.tasks.close()
