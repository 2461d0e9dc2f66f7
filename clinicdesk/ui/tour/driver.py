"""Hands for a window: only what a person could do with mouse and keyboard, and a camera."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget

from clinicdesk.ui.tour.rest import PATIENCE, settle
from clinicdesk.ui.window import MainWindow

_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


class Lost(AssertionError):
    """What should be on show is not."""


class Driver:
    """Drives a window; ``folder`` takes the numbered pictures (None: takes none)."""

    def __init__(self, window: MainWindow, folder: Path | None = None) -> None:
        self.window = window
        self._folder = folder
        self._count = 0

    # -- waiting ----------------------------------------------------------------------------

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Lets the program work until a condition holds; raises Lost when it never does."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise Lost(f"waited {PATIENCE:.0f} s in vain for {what}")
            QTest.qWait(10)

    def settle(self) -> None:
        """Lets the program finish what it is doing."""
        if not settle(self.window.tasks):
            raise Lost(f"waited {PATIENCE:.0f} s in vain for the program to come to rest")

    # -- finding ----------------------------------------------------------------------------

    def find(self, name: str, inside: QWidget | None = None) -> QWidget:
        """The widget on show of an accessible name (or button text); waits until it is there."""
        found: list[QWidget] = []

        def there() -> bool:
            found[:] = self._named(name, inside or self._front())
            return bool(found)

        self.until(there, f"“{name}” to be on show")
        return found[0]

    def _front(self) -> QWidget:
        dialog = QApplication.activeModalWidget()
        return dialog or self.window

    def _named(self, name: str, root: QWidget) -> list[QWidget]:
        named = []
        for widget in root.findChildren(QWidget):
            if not widget.isVisible():
                continue
            text = widget.text().replace("&&", "&") if isinstance(widget, QAbstractButton) else ""
            if name in (widget.accessibleName(), text) or widget.accessibleName().endswith(
                f": {name}"
            ):
                named.append(widget)
        # A field's label may share its editor's name: what can be used comes first.
        return sorted(named, key=_least_useful)

    # -- doing ------------------------------------------------------------------------------

    def click(self, what: QWidget | str, at: QPoint | None = None) -> None:
        """Clicks a widget, in its middle or at a point of it."""
        widget = self.find(what) if isinstance(what, str) else what
        self.until(widget.isEnabled, f"“{widget.accessibleName()}” to be enabled")
        QTest.mouseClick(widget, _LEFT, _NONE, at or widget.rect().center())
        self.settle()

    def double_click(self, widget: QWidget, at: QPoint) -> None:
        """Double-clicks at a point of a widget."""
        QTest.mouseClick(widget, _LEFT, _NONE, at)
        QTest.mouseDClick(widget, _LEFT, _NONE, at)
        self.settle()

    def drag(self, widget: QWidget, start: QPoint, end: QPoint, *, drop: bool = True) -> None:
        """Presses, moves in steps and lets go (or holds on)."""
        QTest.mousePress(widget, _LEFT, _NONE, start)
        for step in range(1, 9):
            QTest.mouseMove(widget, start + (end - start) * (step / 8))
            QTest.qWait(5)
        if drop:
            QTest.mouseRelease(widget, _LEFT, _NONE, end)
            self.settle()

    def type(self, text: str, into: QWidget | str | None = None) -> None:
        """Types into a field (what it held is replaced), or where the cursor is."""
        if into is not None:
            widget = self.find(into) if isinstance(into, str) else into
            target = widget.focusProxy() or widget
            QTest.mouseClick(target, _LEFT, _NONE, QPoint(12, target.height() // 2))
            if isinstance(target, QLineEdit):
                QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self.focus(), text)
        self.settle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Presses a key where the cursor is."""
        QTest.keyClick(self.focus(), key, modifiers)
        self.settle()

    def focus(self) -> QWidget:
        """Where key presses go."""
        return QApplication.focusWidget() or self.window

    def pick(self, text: str, into: QWidget | str) -> None:
        """Types into a search box, waits for its list and takes the first line."""
        self.type(text, into)
        QTest.qWait(150)
        self.settle()
        self.press(Qt.Key.Key_Return)

    def choose(self, name: str, label: str) -> None:
        """Takes an entry of a drop-down by its first letters, as one does by keyboard."""
        widget = self.find(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(widget, label)
        self.settle()

    def save_file(self, path: Path) -> None:
        """Answers the file dialog that is on show."""
        self.until(lambda: _file_dialog() is not None, "the file dialog")
        dialog = _file_dialog()
        assert dialog is not None
        line = dialog.findChild(QLineEdit)
        assert line is not None
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(line, str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.until(path.exists, f"{path.name} to be saved")
        # A window manager gives the focus back by itself; without a screen there is none.
        self.window.activateWindow()
        self.settle()

    # -- looking ----------------------------------------------------------------------------

    def shot(self, name: str) -> Path | None:
        """Takes a numbered picture."""
        if self._folder is None:
            return None
        self.settle()
        self._count += 1
        path = self._folder / f"{self._count:02}-{name}.png"
        self.window.grab().save(str(path))
        return path


def _least_useful(widget: QWidget) -> tuple[bool, bool]:
    focusable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return (not isinstance(widget, QAbstractButton | QLineEdit), not focusable)


def _file_dialog() -> QFileDialog | None:
    return next(
        (w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()),
        None,
    )
