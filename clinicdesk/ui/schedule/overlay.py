"""Small children of the day's viewport: the now-line, and the reason at the pointer."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.ui import local, theme
from clinicdesk.ui.schedule.drag import Drag
from clinicdesk.ui.schedule.geometry import DayGeometry

_CENTRE = Qt.AlignmentFlag.AlignCenter
RETURN_MS = 160
TELL_MS = 8000


class NowLine(QWidget):
    """A line at the current time, with the time over the hours; moved once a minute."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._words = ""
        self._gutter = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def place(self, g: DayGeometry, minute: int | None, offset: int, width: int) -> None:
        """Goes to a minute of the day; None, or one that is not shown, takes the line away."""
        if minute is None or not g.first <= minute <= g.last:
            self.hide()
            return
        # The hours beside it say which half of the day.
        self._words = local.minute_text(minute).partition(" ")[0]
        self._gutter = g.gutter
        height = theme.scaled(20)
        top = round(g.y(minute)) - offset - height // 2
        self.setGeometry(0, top, width, height)
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        # A pale edge above and below keeps it apart from names and struck-out ones.
        painter.setOpacity(0.75)
        beside = QRectF(self._gutter, middle - 3, self.width(), 6)
        painter.fillRect(beside, theme.colour("surface"))
        painter.setOpacity(1.0)
        painter.fillRect(QRectF(0, middle - 1, self.width(), 2), theme.colour("now"))
        box = QRectF(3, 0, self._gutter - 6, self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("now"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(theme.font(12, 600))
        painter.setPen(theme.colour("onnow"))
        painter.drawText(box, _CENTRE, self._words)
        painter.end()


class Told(QWidget):
    """A sentence at the pointer: why a drop was refused. Goes by itself, or at the next press."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TELL_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(self, words: str, at: QPoint) -> None:
        """Shows the sentence just above a point of the viewport."""
        self.words = words
        self.setAccessibleName(words)
        parent = self.parentWidget()
        assert parent is not None
        room = parent.width() - 16
        self.setFont(theme.font(12, 600))
        wanted = self.fontMetrics().boundingRect(
            0, 0, room - 20, 200, Qt.TextFlag.TextWordWrap, words
        )
        width, height = wanted.width() + 22, wanted.height() + 10
        left = max(8, min(at.x() - 12, parent.width() - width - 8))
        top = max(4, at.y() - height - 10)
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("solid"))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        painter.setPen(theme.colour("onsolid"))
        painter.drawText(
            QRectF(self.rect()).adjusted(10, 4, -10, -4),
            int(_CENTRE) | int(Qt.TextFlag.TextWordWrap),
            self.words,
        )
        painter.end()


class SpringBack(QObject):
    """A refused or cancelled drag on its way back.

    Signals:
        moved(): paint it again.
    """

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.drag: Drag | None = None
        self._start = self._target = QRectF()
        self._run = QVariantAnimation(self)
        self._run.setDuration(RETURN_MS)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.valueChanged.connect(self._step)
        self._run.finished.connect(self._over)

    def go(self, drag: Drag, start: QRectF, target: QRectF) -> None:
        """Takes the ghost of a drag from one rectangle back to the other."""
        self.drag, self._start, self._target = drag, start, target
        self._run.stop()
        self._run.start()

    @property
    def box(self) -> QRectF:
        """Where the ghost is, in content coordinates."""
        share = float(self._run.currentValue() or 0.0)
        share = 1 - (1 - share) ** 2
        a, b = self._start, self._target
        return QRectF(
            a.x() + (b.x() - a.x()) * share,
            a.y() + (b.y() - a.y()) * share,
            a.width() + (b.width() - a.width()) * share,
            a.height() + (b.height() - a.height()) * share,
        )

    def _step(self, _: object) -> None:
        self.moved.emit()

    def _over(self) -> None:
        self.drag = None
        self.moved.emit()
