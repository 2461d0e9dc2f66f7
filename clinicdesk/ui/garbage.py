"""Collects cyclic garbage in the window's thread only.

Python collects wherever it happens to allocate. In a lane's thread that would destroy Qt objects
outside the thread they live in, which crashes. So automatic collection is switched off once lanes
exist, and a timer does the same work, by the same thresholds, where Qt allows it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

INTERVAL_MS = 400


class Collector(QObject):
    """Runs the collector's generations in the thread of the application."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    def collect_due(self) -> None:
        """Collects the generations that are due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return


def collect_here() -> None:
    """Makes the application's thread the one that collects; calling it again changes nothing."""
    app = QCoreApplication.instance()
    if app is not None and app.findChild(Collector) is None:
        Collector(app)
