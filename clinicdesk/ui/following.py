"""Where the focus went: told to whoever listens there, for as long as the program runs.

The application's signals are never connected to what may be dropped with a window: Qt would still
look for its slot while Python clears it. What listens is held weakly here and asked by name.
"""

from __future__ import annotations

from typing import Protocol
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget


class FollowsWidgets(Protocol):
    """Listens to the widget that has the focus."""

    def follow(self, left: QWidget | None, entered: QWidget | None) -> None: ...


class FollowsWindows(Protocol):
    """Listens to the window that has the focus."""

    def listen(self, window: QWindow | None) -> None: ...


class Following(QObject):
    """One for the application."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.widgets: WeakSet[FollowsWidgets] = WeakSet()
        self.windows: WeakSet[FollowsWindows] = WeakSet()
        app.focusChanged.connect(self._moved)
        app.focusWindowChanged.connect(self._turned)

    def _moved(self, left: QWidget | None, entered: QWidget | None) -> None:
        for each in tuple(self.widgets):
            if shiboken6.isValid(each):
                each.follow(left, entered)

    def _turned(self, window: QWindow | None) -> None:
        for each in tuple(self.windows):
            if shiboken6.isValid(each):
                each.listen(window)


def following(app: QApplication) -> Following:
    """The application's own."""
    found = app.findChild(Following)
    return found if isinstance(found, Following) else Following(app)
