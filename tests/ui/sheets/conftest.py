"""The documents page on a real small clinic."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.logs import book

from clinicdesk.ui.actions import Actions
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.sheets.page import DocumentsPage
from clinicdesk.ui.tasks import Tasks
from clinicdesk.ui.tour.rest import settle


class Desk:
    """A window with the page in it, and what the status bar said."""

    def __init__(self, qtbot: QtBot, clinic: Any, login: str) -> None:
        self.qtbot = qtbot
        self.clinic = clinic
        self.actor = clinic.seeded.actor(login)
        self.said: list[str] = []
        self.went: list[str] = []
        bus = Bus()
        bus.said.connect(self._say)
        bus.warned.connect(self.said.append)
        self.tasks = Tasks(bus)
        self.context = UiContext(
            clinic, self.actor, self.tasks, bus, clinic.clock, Actions(), self._go
        )
        self.page = DocumentsPage(self.context)
        self.page.resize(1364, 822)
        qtbot.addWidget(self.page)
        self.page.show()

    def _say(self, text: str, undo: object) -> None:
        del undo
        self.said.append(text)

    def _go(self, page: str, **arguments: object) -> None:
        del arguments
        self.went.append(page)

    def open(self, **arguments: object) -> None:
        """Comes to the page as other pages do."""
        self.page.activated(**arguments)
        self.settle()

    def consent(self, **more: Any) -> int:
        """Books an appointment and opens its consent; returns the appointment."""
        appointment = book(self.clinic, **more)
        self.open(kind="consent", appointment_id=appointment)
        return appointment

    def settle(self) -> None:
        """Until every question is answered and painted."""
        assert settle(self.tasks)

    def click(self, widget: QWidget) -> None:
        """Presses a button with the mouse."""
        assert widget.isVisible()
        assert widget.isEnabled()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def button(self, words: str) -> QPushButton:
        """The visible button whose name begins so."""
        found = [
            b
            for b in self.page.findChildren(QPushButton)
            if b.isVisible() and b.accessibleName().startswith(words)
        ]
        assert found, words
        return found[0]


@pytest.fixture
def desk_of(qtbot: QtBot, embedded_clinic: Any) -> Any:
    """Makes the page for a login; ends its lanes afterwards."""
    made: list[Desk] = []

    def make(login: str = "frontdesk") -> Desk:
        made.append(Desk(qtbot, embedded_clinic, login))
        return made[-1]

    yield make
    for desk in made:
        desk.tasks.close()


@pytest.fixture
def desk(desk_of: Any) -> Desk:
    """The page for the front desk."""
    made: Desk = desk_of()
    return made
