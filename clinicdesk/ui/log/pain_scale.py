"""A score from 0 to 10: a box for each, by click or digits."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import announce, speak_as
from clinicdesk.ui.layouts import digit_of

_TOP = 10
_TEN_MS = 900
_BOX = 30
_SIGNS = "0123456789.,"
_SCORES = tuple(str(score) for score in range(_TOP + 1))


class PainScale(QWidget):
    """Whole scores 0–10; nothing is chosen at first, and Delete takes a score back.

    Digits set it (1 then 0 within a second is ten), arrows step, a click takes the box under
    it.
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
        speak_as(self, "slider")
        theme.signals.changed.connect(self.update)
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(230), theme.scaled(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(130), theme.scaled(56))

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
        self.setAccessibleDescription(self.spoken_value())

    def spoken_value(self) -> str:
        """The score, in words where there is none."""
        return _("not given") if self._value is None else f"{self._value}"

    def _settle(self, value: Decimal | None) -> None:
        """A score taken otherwise than by typing."""
        self._pause.stop()
        self.refused.emit("")
        self._choose(value)

    def _choose(self, value: Decimal | None) -> None:
        if value != self._value:
            self.set_value(value)
            announce(self, self.spoken_value())
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._read_only:
            super().keyPressEvent(event)
        elif sign := self._sign(event):
            self._type(sign)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._settle(None)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up):
            up = key in (Qt.Key.Key_Right, Qt.Key.Key_Up)
            self._step(1 if up else -1)
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _sign(event: QKeyEvent) -> str:
        """The sign of a score that was typed, on whatever layout; empty for any other key."""
        sign = event.text()
        return digit_of(event) or (sign if sign and sign in _SIGNS else "")

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
        if self._read_only or event.button() != Qt.MouseButton.LeftButton:
            return
        for value in range(_TOP + 1):
            if self._box(value).contains(event.position()):
                self._settle(Decimal(value))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._pause.stop()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # painting

    def _box(self, value: int) -> QRectF:
        """Where a score is; the boxes touch, so that no click falls between two."""
        wide, tall = self.width() / (_TOP + 1), theme.scaled(_BOX)
        return QRectF(value * wide, self.height() - tall, wide, tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)
        self._paint_boxes(painter)
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

    def _paint_boxes(self, painter: QPainter) -> None:
        first, last = self._box(0), self._box(_TOP)
        frame = first.united(last).adjusted(1, 1, -1, -1)
        edge = QPainterPath()
        edge.addRoundedRect(frame, 6, 6)
        painter.fillPath(edge, theme.colour("surface"))
        painter.setClipPath(edge)
        for value in range(_TOP + 1):
            self._paint_box(painter, value)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.colour("accent" if focused else "input"), 2 if focused else 1))
        painter.drawPath(edge)

    def _paint_box(self, painter: QPainter, value: int) -> None:
        box = self._box(value)
        chosen = self._value is not None and self._value == value
        if chosen:
            painter.fillRect(box, theme.colour("accent"))
        elif self._value is not None and value < self._value:
            painter.fillRect(box, theme.colour("atint"))
        if value:
            painter.setPen(QPen(theme.colour("line2"), 1))
            painter.drawLine(box.topLeft(), box.bottomLeft())
        painter.setFont(theme.font(13, 600 if chosen else 400))
        painter.setPen(theme.colour("onaccent" if chosen else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(value))
