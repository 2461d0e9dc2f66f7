"""The whole window on a small clinic, worked as a person works it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.desk import NONE, dialog_over, words_in

from clinicdesk.ui.preferences import Preferences
from clinicdesk.ui.tour.rest import settle
from clinicdesk.ui.window import MainWindow


class Front:
    """The window, asking who works; ``enter`` and ``sign_in`` answer that."""

    def __init__(self, qtbot: QtBot, clinic: Any, size: tuple[int, int] = (1440, 900)) -> None:
        self.qtbot, self.clinic = qtbot, clinic
        self.window: Any = MainWindow(clinic.clock, Preferences())
        qtbot.addWidget(self.window)
        # The screen of the tests is smaller than anybody's: the window would open folded.
        self.window.resize(*size)
        self.window.open_clinic(clinic)
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.settle()

    def sign_in(self, login: str, password: str = "demo") -> None:
        """Types a user name and a password, and Enter."""
        self.press("Someone else")
        # The cursor waits in the user name; Enter goes on to the password, then signs in.
        for typed in (login, password):
            focused = self.window.focusWidget()
            self.qtbot.keyClicks(focused, typed)
            self.qtbot.keyClick(focused, Qt.Key.Key_Return)
        self.settle()

    def enter(self, login: str) -> None:
        """As if somebody had signed in, without the time that a password takes."""
        self.window.enter(self.clinic.seeded.actor(login))
        self.settle()

    # -- waiting ----------------------------------------------------------------------------

    def settle(self) -> None:
        """Until every question is answered, and the questions those answers lead to."""
        assert settle(self.window.tasks)

    # -- hands ------------------------------------------------------------------------------

    def press(self, text: str) -> None:
        """Clicks the visible button of that text."""
        buttons = self.window.findChildren(QAbstractButton)
        button = next(b for b in buttons if b.isVisible() and b.text() == text)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, modifiers: Any = NONE, times: int = 1) -> None:
        """Presses a key where the focus is."""
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        """Types where the focus is."""
        QTest.keyClicks(QApplication.focusWidget(), text)
        self.settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Presses a widget with the mouse, in its middle or at a point of it."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, at or widget.rect().center())
        self.settle()

    # -- eyes -------------------------------------------------------------------------------

    def words(self) -> list[str]:
        """Every text of a widget that can be seen."""
        return words_in(self.window).splitlines()

    def said(self) -> str:
        """What the status bar says."""
        return str(self.window.workspace.status.text())

    def dialog(self) -> Any:
        """The dialog that lies over the page; None without any."""
        return dialog_over(self.window)
