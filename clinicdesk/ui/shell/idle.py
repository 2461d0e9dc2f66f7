"""Locks when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QWindow
from PySide6.QtWidgets import QApplication

from clinicdesk.ui.following import following

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Signals:
    idle(): the time is over.
    """

    idle = Signal()
    # Of the class: Python may clear a dropped window's fields while Qt still sends it events.
    _watching = False

    def __init__(self, minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._over)
        self.set_minutes(minutes)

    @property
    def minutes(self) -> float:
        """How long nobody need do anything."""
        return self._timer.interval() / 60000

    def set_minutes(self, minutes: float) -> None:
        """Another length, from now."""
        self._timer.setInterval(round(minutes * 60000))

    def watch(self, on: bool) -> None:
        """Begins or ends watching.

        What a person does reaches the program through its windows: those are listened to, not every
        event of every widget, for a filter in Python costs more than most of what it would see.
        """
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._watching = on
        following(app).windows.add(self)
        for window in app.topLevelWindows():
            window.removeEventFilter(self)
            self.listen(window)
        if on:
            self._timer.start()
        else:
            self._timer.stop()

    def listen(self, window: QWindow | None) -> None:
        """Listens to a window, too."""
        if window is not None and self._watching:
            window.installEventFilter(self)

    def _over(self) -> None:
        self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        # Its class is asked faster than its type.
        input_ = self._watching and isinstance(event, QInputEvent)
        if input_ and event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return False
