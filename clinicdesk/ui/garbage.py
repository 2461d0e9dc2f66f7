"""Collects cyclic garbage in the window's thread only.

Python collects wherever it happens to allocate. In a lane's thread that would destroy Qt objects
outside the thread they live in, which crashes. So while lanes are open automatic collection is
switched off, and a timer does the same work, by the same thresholds, where Qt allows it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

INTERVAL_MS = 400


class Collector(QObject):
    """Runs the collector's generations in the thread of the application while it is held."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._holders = 0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.tidy)

    def hold(self) -> None:
        """A lane was opened: from now on nobody else collects."""
        self._holders += 1
        if self._holders == 1:
            gc.disable()
            self._timer.start()

    def release(self) -> None:
        """A lane was closed; after the last one Python collects by itself again."""
        self._holders -= 1
        if self._holders == 0:
            self._timer.stop()
            gc.enable()

    def tidy(self) -> None:
        """Collects the oldest generation that is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return


def collector() -> Collector:
    """The one collector of the application."""
    app = QCoreApplication.instance()
    found = app.findChild(Collector) if app is not None else None
    return found if isinstance(found, Collector) else Collector(app)
