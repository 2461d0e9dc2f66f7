"""The booking panel on a real small clinic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.ui.actions import Actions
from clinicdesk.ui.booking.panel import BookingPanel
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.tasks import Tasks
from clinicdesk.ui.tour.rest import settle


class Desk:
    """A window with the panel in it, and what the status bar said."""

    def __init__(self, qtbot: QtBot, clinic: Any, login: str) -> None:
        self.qtbot = qtbot
        self.clinic = clinic
        self.seeded = clinic.seeded
        self.actor = clinic.seeded.actor(login)
        self.said: list[tuple[str, Callable[[], None] | None]] = []
        bus = Bus()
        bus.said.connect(self._say)
        self.tasks = Tasks(bus)
        self.context = UiContext(clinic, self.actor, self.tasks, bus, clinic.clock, Actions())
        self.window = QWidget()
        self.window.resize(1200, 850)
        QHBoxLayout(self.window).addStretch(1)
        self.panel = BookingPanel(self.context)
        self.window.layout().addWidget(self.panel)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def _say(self, text: str, undo: object) -> None:
        self.said.append((text, undo))  # type: ignore[arg-type]

    def settle(self) -> None:
        """Until every question is answered."""
        assert settle(self.tasks)

    def type(self, widget: QWidget, text: str) -> None:
        """Clicks into a field, selects what is there and types."""
        widget.setFocus()
        if hasattr(widget, "selectAll"):
            widget.selectAll()
        self.qtbot.keyClicks(widget, text)
        self.settle()


@pytest.fixture
def desk(qtbot: QtBot, embedded_clinic: Any) -> Iterator[Callable[[str], Desk]]:
    made: list[Desk] = []

    def open_desk(login: str = "frontdesk") -> Desk:
        made.append(Desk(qtbot, embedded_clinic, login))
        return made[-1]

    yield open_desk
    for one in made:
        one.settle()
        one.tasks.close()
