"""Loads the pages' modules while a password is typed, one at each idle turn of the event loop."""

from __future__ import annotations

from collections import deque
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

_PAUSE_MS = 30
"""Between two modules, so that what is typed meanwhile appears."""


class Ahead(QObject):
    """Imports modules in slices; ``begin`` may be said again at any time."""

    def __init__(self, modules: tuple[str, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._left = deque(modules)
        self._turn = QTimer(self)
        self._turn.setInterval(_PAUSE_MS)
        self._turn.timeout.connect(self._next)

    @property
    def done(self) -> bool:
        """Whether all are loaded."""
        return not self._left

    def begin(self) -> None:
        """From the next idle turn on."""
        if self._left:
            self._turn.start()

    def _next(self) -> None:
        if self._left:
            import_module(self._left.popleft())
        if not self._left:
            self._turn.stop()
