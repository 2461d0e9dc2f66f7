"""A score from 0 to 10 by slider, click or digits."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme

_TOP = 10
_TEN_MS = 900
_EDGE = 10.0
_SIGNS = "0123456789.,"
_SCORES = tuple(str(score) for score in range(_TOP + 1))


class PainScale(QWidget):
    """Whole scores 0–10; nothing is chosen at first, and Delete takes a score back.

    Digits set it (1 then 0 within a second is ten), arrows step, a click or drag slides.
    A stored score between two whole ones is shown as it is. What is typed in one go and is no
    score (11, 99, 5.5) is refused whole: what stood there before stands there again.

    Signals:
        changed(): another score, or none.
        refused(str): why what was typed is no score; empty once it is one.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._value: Decimal | None = None
        self._read_only = False
        self._typed = ""
        self._before: Decimal | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TEN_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("{title}, 0 to 10").format(title=title))
        theme.signals.changed.connect(self.update)
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(230), theme.scaled(62))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(130), theme.scaled(62))

    def value(self) -> Decimal | None:
        """The score; None while nothing was chosen."""
        return self._value

    def set_value(self, value: Decimal | None) -> None:
        """Shows a score without telling anybody."""
        self._value = value
        self._describe()
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        """Only shows."""
        self._read_only = read_only
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus)
        self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(_("not given") if self._value is None else f"{self._value}")

    def _settle(self, value: Decimal | None) -> None:
        """A score taken otherwise than by typing."""
        self._pause.stop()
        self.refused.emit("")
        self._choose(value)

    def _choose(self, value: Decimal | None) -> None:
        if value != self._value:
            self.set_value(value)
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._read_only:
            super().keyPressEvent(event)
        elif event.text() and event.text() in _SIGNS:
            self._type(event.text())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._settle(None)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up):
            up = key in (Qt.Key.Key_Right, Qt.Key.Key_Up)
            self._step(1 if up else -1)
        else:
            super().keyPressEvent(event)

    def _type(self, sign: str) -> None:
        if not self._pause.isActive():
            self._typed, self._before = "", self._value
        self._typed += sign
        self._pause.start()
        if self._typed in _SCORES:
            self.refused.emit("")
            self._choose(Decimal(self._typed))
            return
        self._choose(self._before)
        said = _("{typed} is no pain score. Type a whole number from 0 to 10.")
        said = said.format(typed=self._typed)
        self.setAccessibleDescription(said)
        self.refused.emit(said)

    def _step(self, by: int) -> None:
        now = 0 if self._value is None else int(self._value)
        target = now if self._value is None else now + by
        self._settle(Decimal(max(0, min(_TOP, target))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._read_only and event.button() == Qt.MouseButton.LeftButton:
            self._slide(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._read_only and event.buttons() & Qt.MouseButton.LeftButton:
            self._slide(event.position().x())

    def _slide(self, x: float) -> None:
        share = (x - _EDGE) / max(self.width() - 2 * _EDGE, 1)
        self._settle(Decimal(max(0, min(_TOP, round(share * _TOP)))))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._pause.stop()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # painting

    def _x(self, value: Decimal | int) -> float:
        return _EDGE + float(value) / _TOP * (self.width() - 2 * _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)
        track = theme.scaled(34)
        self._paint_track(painter, float(track))
        self._paint_ticks(painter, float(track))
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(theme.font(12, 600))
        painter.setPen(theme.colour("text"))
        line = QRectF(0, 0, self.width(), theme.scaled(20))
        painter.drawText(
            line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._title
        )
        known = self._value is not None
        painter.setFont(theme.font(17, 600))
        painter.setPen(theme.colour("text" if known else "text3"))
        words = f"{self._value:f}" if self._value is not None else "–"
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_track(self, painter: QPainter, y: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line2"))
        whole = QRectF(_EDGE, y - 3, self.width() - 2 * _EDGE, 6)
        painter.drawRoundedRect(whole, 3, 3)
        if self._value is not None:
            x = self._x(self._value)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(_EDGE, y - 3, max(x - _EDGE, 3), 6), 3, 3)
            painter.setBrush(theme.colour("surface"))
            painter.setPen(QPen(theme.colour("accent"), 4.5))
            painter.drawEllipse(QPointF(x, y), 6.5, 6.5)
        if self.hasFocus():
            x = self._x(self._value or 0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(x - 13, y - 13, 26, 26), 13, 13)

    def _paint_ticks(self, painter: QPainter, y: float) -> None:
        painter.setFont(theme.font(11, 400))
        for value in range(_TOP + 1):
            x = self._x(value)
            painter.setPen(QPen(theme.colour("input"), 1))
            painter.drawLine(QPointF(x, y + 9), QPointF(x, y + 12))
            if value % 5 == 0:
                painter.setPen(theme.colour("text2"))
                box = QRectF(x - 14, y + 11, 28, 16)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(value))
