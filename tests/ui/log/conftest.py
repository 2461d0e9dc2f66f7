"""The log page on a small real clinic."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from support.desk import Desk
from support.logs import book

from clinicdesk.ui.context import UiContext
from clinicdesk.ui.log.page import LogPage


class LogDesk(Desk):
    """A window with the log page."""

    size = (1440, 850)
    key_of_page = "log"

    def make(self, context: UiContext) -> LogPage:
        return LogPage(context)

    @property
    def view(self) -> Any:
        return self.page.view

    def at_rest(self) -> bool:
        """Every draft is kept, too."""
        return super().at_rest() and not self.page.keeper.dirty

    def open(self, appointment_id: int | None = None, **arguments: object) -> None:
        if appointment_id is not None:
            arguments["appointment_id"] = appointment_id
        super().open(**arguments)

    def type(self, widget: QWidget, text: str) -> None:
        """Goes into a field, replaces what is there and leaves it with Tab."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if hasattr(widget, "selectAll"):
            widget.selectAll()
        self.qtbot.keyClicks(widget, text)
        self.qtbot.keyClick(widget, Qt.Key.Key_Tab)

    def click(self, button: QWidget) -> None:  # type: ignore[override]
        """Presses a button, without waiting for what it leads to."""
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
        self.click(self.toggle("None"))
        self.settle()

    def sign(self) -> None:
        """Opens the sign dialog, and waits until it knows what to ask."""
        self.page.signer.sign()
        self.settle()

    def answer(self) -> None:
        """Answers all that the sign dialog still asks."""
        for line in self.dialog().lines():
            if not line.lacks():
                continue
            if line.question is not None:
                line.start()
                self.press(Qt.Key.Key_Question)
            elif not line.choice.value():
                line.choice.set_value(line.choice.values()[1])
            self.type(line.words, "Sat 14 Nov 2026, in the evening")
        self.settle()

    def toggle(self, words: str) -> Any:
        """The complication of that name."""
        return self.button(f"Complications: {words}")


@pytest.fixture
def desk(sit: Any) -> LogDesk:
    """The physician's window."""
    made: LogDesk = sit(LogDesk, "physician")
    return made


@pytest.fixture
def another(sit: Any) -> Any:
    """Makes windows of other people (or the same one again) on the same clinic."""

    def make(login: str) -> LogDesk:
        made: LogDesk = sit(LogDesk, login)
        return made

    return make


@pytest.fixture
def appointment(embedded_clinic: Any) -> int:
    """Teresa Villalobos, in the room, L5 left transforaminal."""
    return book(embedded_clinic)
