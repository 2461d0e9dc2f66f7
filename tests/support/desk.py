"""One person at one window with one page in it: what the tests of all pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from clinicdesk.ui import local
from clinicdesk.ui.actions import Actions
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.tasks import Tasks
from clinicdesk.ui.tour.rest import calm
from clinicdesk.ui.widgets import Dialog
from clinicdesk.ui.widgets.eye_order import step

NONE = Qt.KeyboardModifier.NoModifier
_SOON_MS = 500


def dialog_over(window: QWidget) -> Any:
    """The dialog that lies over a window; None without any."""
    return next((d for d in window.findChildren(Dialog) if d.isVisible()), None)


def words_in(widget: QWidget) -> str:
    """Every text that can be read on a widget, a line each."""
    kinds = (QLabel, QAbstractButton, QLineEdit)
    seen = [w for w in (widget, *widget.findChildren(QWidget)) if isinstance(w, kinds)]
    return "\n".join(w.text() for w in seen if w.isVisible() and w.text())


def asks_soon(page: QWidget) -> bool:
    """Whether something on a page waits a moment before it asks: typing, or several changes."""
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= _SOON_MS
        for timer in page.findChildren(QTimer)
    )


class _Window(QWidget):
    """Tab goes through it as through the program's own window."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        return step(self, QApplication.focusWidget(), forward=forward)


class Desk:
    """Derive from it and say which page it is (``make``, ``key_of_page``), and how large.

    Attributes:
        said, warned: what the status bar said; ``said`` holds the warnings, too.
        went: the pages it wanted to go to, each with what was told.
    """

    size = (1440, 840)
    key_of_page = ""

    def __init__(self, qtbot: QtBot, clinic: Any, login: str) -> None:
        self.qtbot, self.clinic, self.seeded = qtbot, clinic, clinic.seeded
        self.actor = clinic.seeded.actor(login)
        self.said: list[str] = []
        self.warned: list[str] = []
        self.went: list[tuple[str, dict[str, object]]] = []
        self._undo: Callable[[], None] | None = None
        bus = Bus()
        bus.said.connect(self._say)
        bus.warned.connect(self._warn)
        local.use(clinic.customs, clinic.today)
        self.tasks, self.actions = Tasks(bus), Actions()
        self.context = UiContext(
            clinic, self.actor, self.tasks, bus, clinic.clock, self.actions, self._go
        )
        self.page: Any = self.make(self.context)
        self.window = _Window()
        self.window.setObjectName("canvas")
        self.window.resize(*self.size)
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        qtbot.addWidget(self.window, before_close_func=self.close)
        self.actions.go(self.key_of_page)
        self.actions.sleep(asleep=False)
        self.actions.watch(self.window)
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()

    def make(self, context: UiContext) -> QWidget:
        """The page."""
        raise NotImplementedError

    def close(self, _: QWidget | None = None) -> None:
        """As the window does when it is closed: keeps what is typed, then ends the lanes."""
        if hasattr(self.page, "leave"):
            self.page.leave()
        self.settle()
        self.tasks.close()

    def _say(self, text: str, undo: object) -> None:
        self.said.append(text)
        self._undo = undo if callable(undo) else None

    def _warn(self, text: str) -> None:
        self.said.append(text)
        self.warned.append(text)

    def _go(self, page: str, **arguments: object) -> None:
        self.went.append((page, arguments))

    # -- waiting ----------------------------------------------------------------------------

    def settle(self) -> None:
        """Until every question is answered, and the questions those answers lead to."""
        assert calm(self.at_rest)
        if QApplication.activeWindow() is None:
            # The window of the test before went only now, and took the activation with it.
            self.window.activateWindow()
        QApplication.processEvents()

    def at_rest(self) -> bool:
        """Whether nothing is asked and nothing will be in a moment."""
        return self.tasks.idle and not asks_soon(self.page)

    # -- hands ------------------------------------------------------------------------------

    def open(self, **arguments: object) -> None:
        """Comes to the page as other pages do."""
        self.page.activated(**arguments)
        self.settle()

    def press(self, key: Qt.Key, modifiers: Any = NONE) -> None:
        """A key to whatever has the focus, without waiting for what it leads to."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=4000)
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifiers)

    def key(self, key: Qt.Key, modifiers: Any = NONE, times: int = 1) -> None:
        """A key to whatever has the focus."""
        for _ in range(times):
            self.press(key, modifiers)
        self.settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Goes into a field and replaces what is there."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if hasattr(widget, "selectAll"):
            widget.selectAll()
        if text.isascii():
            self.qtbot.keyClicks(widget, text)
        else:
            # As an input method hands over letters that have no key.
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(widget, event)
        self.settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Presses a button with the mouse."""
        assert widget.isVisible()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, at or widget.rect().center())
        self.settle()

    def undo(self) -> None:
        """What the status bar's Undo and Ctrl+Z of the window call."""
        assert self._undo is not None
        self._undo()
        self.settle()

    # -- eyes -------------------------------------------------------------------------------

    def button(self, words: str, *, enabled: bool = False) -> Any:
        """The visible button whose name begins so; ``enabled``: among those that can be pressed."""
        found = [
            button
            for button in self.window.findChildren(QAbstractButton)
            if button.isVisible()
            and button.accessibleName().startswith(words)
            and (button.isEnabled() or not enabled)
        ]
        assert found, words
        return found[0]

    def dialog(self) -> Any:
        """The dialog that lies over the page; None without any."""
        return dialog_over(self.window)
