"""Locks when nobody has touched keyboard or mouse for a while, asleep or awake."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QWindow
from PySide6.QtWidgets import QApplication

from clinicdesk.domain.stopwatch import Stopwatch
from clinicdesk.ui.following import following

_LOOK_MS = 5000
_SHARE_OF_IT = 4

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

    def __init__(
        self, minutes: float, parent: QObject | None = None, untouched: Stopwatch | None = None
    ) -> None:
        super().__init__(parent)
        self._untouched = untouched or Stopwatch()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self.set_minutes(minutes)

    @property
    def minutes(self) -> float:
        """How long nobody need do anything."""
        return self._minutes

    def set_minutes(self, minutes: float) -> None:
        """Another length, from now."""
        self._minutes = minutes
        self._untouched.restart()
        # A timer alone stands still while the computer sleeps: the time is looked at.
        self._timer.setInterval(min(_LOOK_MS, round(minutes * 60000 / _SHARE_OF_IT)))

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
            self._untouched.restart()
            self._timer.start()
        else:
            self._timer.stop()

    def listen(self, window: QWindow | None) -> None:
        """Listens to a window, too."""
        if window is not None and self._watching:
            window.installEventFilter(self)

    def look(self) -> bool:
        """Whether the time is over, which is told once."""
        over = self._timer.isActive() and self._untouched.seconds() >= self._minutes * 60
        if over:
            self._timer.stop()
            self.idle.emit()
        return over

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        # Its class is asked faster than its type.
        input_ = self._watching and isinstance(event, QInputEvent)
        if input_ and event.type() in _SIGNS_OF_LIFE:
            if self.look():
                return True  # the first key after a sleep is typed into no page
            self._untouched.restart()
        return False
