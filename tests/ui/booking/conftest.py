"""The booking panel on a real small clinic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from support.desk import Desk

from clinicdesk.ui.booking.panel import BookingPanel
from clinicdesk.ui.context import UiContext


class BookingDesk(Desk):
    """A window with the panel at its right side."""

    size = (1200, 850)

    def __init__(self, qtbot: QtBot, clinic: Any, login: str) -> None:
        super().__init__(qtbot, clinic, login)
        self.settle()

    def make(self, context: UiContext) -> QWidget:
        page = QWidget()
        box = QHBoxLayout(page)
        box.addStretch(1)
        self.panel = BookingPanel(context)
        box.addWidget(self.panel)
        return page


@pytest.fixture
def desk(sit: Any) -> Callable[..., BookingDesk]:
    """Opens the panel for a login."""

    def open_desk(login: str = "frontdesk") -> BookingDesk:
        made: BookingDesk = sit(BookingDesk, login)
        return made

    return open_desk
