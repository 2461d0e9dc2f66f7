"""The window's tests start from the light theme at 100 %, with lanes that are ended afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.desk import words_in

from clinicdesk.ui import theme
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.tasks import Tasks
from clinicdesk.ui.tour.rest import settle as at_rest


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    # Styling the application is dear; a test that changes the look pays for it, the others do not.
    if theme.name() != "light" or theme.scale() != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, "light")


@pytest.fixture
def bus() -> Bus:
    """A bus nobody else listens to."""
    return Bus()


@pytest.fixture
def tasks(bus: Bus) -> Iterator[Tasks]:
    """Two lanes, ended after the test."""
    made = Tasks(bus)
    yield made
    made.close()


@pytest.fixture
def settle(qtbot: QtBot, tasks: Tasks) -> Callable[[], None]:
    """Waits until every question put to the lanes is answered."""

    def wait() -> None:
        qtbot.waitUntil(lambda: tasks.idle, timeout=8000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def on_show(qtbot: QtBot) -> Callable[..., QWidget]:
    """Shows a widget in its own active window, so that focus and keys go where they would."""
    kept: list[QWidget] = []

    def show(widget: QWidget, width: int = 600, height: int = 400) -> QWidget:
        qtbot.addWidget(widget)
        kept.append(widget)
        widget.resize(width, height)
        widget.show()
        with qtbot.waitActive(widget):
            widget.activateWindow()
        return widget

    return show


@pytest.fixture
def sit(qtbot: QtBot, embedded_clinic: Any) -> Callable[..., Any]:
    """Opens windows of one page each (kinds of ``support.desk.Desk``), for a login."""

    def at(kind: Any, login: str = "frontdesk") -> Any:
        return kind(qtbot, embedded_clinic, login)

    # qtbot closes the desk and its window when the test ends.
    return at


class Front:
    """The whole window on a small clinic, worked as a person works it."""

    def __init__(self, qtbot: QtBot, clinic: Any) -> None:
        from clinicdesk.ui.preferences import Preferences
        from clinicdesk.ui.window import MainWindow

        self.qtbot, self.clinic = qtbot, clinic
        self.window = MainWindow(clinic.clock, Preferences())
        qtbot.addWidget(self.window)
        self.window.open_clinic(clinic)
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Until every question is answered, and the questions those answers lead to."""
        assert at_rest(self.window.tasks)

    def sign_in(self, login: str, password: str = "demo") -> None:
        """Types a user name and a password, and Enter."""
        self.press("Someone else")
        # The cursor waits in the user name; Enter goes on to the password, then signs in.
        for typed in (login, password):
            focused = self.window.focusWidget()
            self.qtbot.keyClicks(focused, typed)
            self.qtbot.keyClick(focused, Qt.Key.Key_Return)
        self.settle()

    def press(self, text: str) -> None:
        """Clicks the visible button of that text."""
        buttons = self.window.findChildren(QAbstractButton)
        button = next(b for b in buttons if b.isVisible() and b.text() == text)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Presses a key where the focus is."""
        target = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(target, key, modifier)
        self.settle()

    def words(self) -> list[str]:
        """Every text of a widget that can be seen."""
        return words_in(self.window).splitlines()


@pytest.fixture
def front(qtbot: QtBot, embedded_clinic: Any) -> Iterator[Front]:
    """The window, asking who works."""
    made = Front(qtbot, embedded_clinic)
    yield made
    made.window.close()
