"""Due by week: a bar per week, booked below, still to book above, overdue in red."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import Part, announce, speak_as
from clinicdesk.ui.due.weeks import Bar, short_labels, tallest

_STEP = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_CENTRE = Qt.AlignmentFlag.AlignCenter


class WeekChart(QWidget):
    """Signals:
    picked(object): a bar was chosen (a ``Bar``); None when it was chosen before.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[Bar, ...] = ()
        self.chosen: Bar | None = None
        self._at = 0
        self._over = -1
        self._labels: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.signals.changed.connect(self.update)
        speak_as(self, "points")
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(440), theme.scaled(86))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(240), theme.scaled(86))

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Other counts; the chosen week stays chosen where it is still shown."""
        before = self.bars
        self.bars = bars
        if self.chosen is not None:
            key = (self.chosen.since, self.chosen.until)
            self.chosen = next((b for b in bars if (b.since, b.until) == key), self.chosen)
        if not before:
            self._at = next((i for i, bar in enumerate(bars) if bar.this_week), 0)
        self._at = max(0, min(self._at, len(bars) - 1))
        self._describe()
        self.update()

    def choose(self, bar: Bar | None) -> None:
        """Marks a bar; tells nobody."""
        self.chosen = bar
        self._describe()
        self.update()

    def _is_chosen(self, bar: Bar) -> bool:
        return self.chosen is not None and (bar.since, bar.until) == (
            self.chosen.since, self.chosen.until
        )  # fmt: skip

    def _describe(self) -> None:
        self.setAccessibleName(_("Due by week"))
        words = _("Nothing is due")
        if self.bars:
            bar = self.bars[self._at]
            words = bar.spoken
            if self._is_chosen(bar):
                words = _("{week}, chosen").format(week=words)
        self.setAccessibleDescription(
            _("{words}. Arrow keys change the week, Enter filters.").format(words=words)
        )
        if self.isVisible():
            event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)

    # -- acting -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEP and self.bars:
            self._at = max(0, min(len(self.bars) - 1, self._at + _STEP[key]))
            self._describe()
            announce(self, self.bars[self._at].spoken)
            self.update()
        elif key in _PRESS and self.bars:
            self._pick(self.bars[self._at])
        else:
            super().keyPressEvent(event)

    def _pick(self, bar: Bar) -> None:
        again = self._is_chosen(bar)
        self.choose(None if again else bar)
        self.picked.emit(self.chosen)

    def spoken_value(self) -> str:
        """The week that the keys act on."""
        return self.bars[self._at].spoken if self.bars else ""

    def spoken_parts(self) -> list[Part]:
        """The weeks, from the left."""
        slot = self.width() / max(1, len(self.bars))
        return [
            Part(
                bar.spoken,
                QRectF(slot * index, 0, slot, self.height()).toRect(),
                self._is_chosen(bar),
            )
            for index, bar in enumerate(self.bars)
        ]

    def press_part(self, number: int) -> None:
        """As a click on that week."""
        self._at = number
        self._pick(self.bars[number])

    def _index(self, x: float) -> int:
        if not self.bars:
            return -1
        index = int(x / (self.width() / len(self.bars)))
        return index if 0 <= index < len(self.bars) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._at = index
            self._pick(self.bars[index])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._index(event.position().x())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if index != self._over:
            self._over = index
            self.setToolTip(self.bars[index].spoken if index >= 0 else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._over = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = self.height() - theme.scaled(19)
        painter.fillRect(QRectF(0, foot, self.width(), 1), theme.colour("line2"))
        top = tallest(self.bars)
        self._labels = self._fitting()
        for index, bar in enumerate(self.bars):
            self._paint_bar(painter, index, bar, top, foot)
        painter.end()

    def _fitting(self) -> tuple[str, ...]:
        """The labels of the bars, as long as there is room for."""
        labels = tuple(bar.label for bar in self.bars)
        metrics = QFontMetricsF(theme.font(11, 600))
        widest = max((metrics.horizontalAdvance(text) for text in labels), default=0)
        if labels and widest + 5 > self.width() / len(labels):
            return short_labels(self.bars)
        return labels

    def _paint_bar(
        self, painter: QPainter, index: int, bar: Bar, top: int, foot: float
    ) -> None:  # fmt: skip
        slot = self.width() / len(self.bars)
        wide = min(theme.scaled(32), slot - 8)
        left = slot * index + (slot - wide) / 2
        room = foot - theme.scaled(18)
        tall = max(3.0, room * min(bar.total, top) / top) if bar.total else 0.0
        column = QRectF(left, foot - tall, wide, tall)
        chosen = self._is_chosen(bar)
        if chosen or index == self._over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("atint" if chosen else "sunken"))
            painter.drawRoundedRect(QRectF(slot * index + 1, 0, slot - 2, self.height()), 5, 5)
        if chosen:
            under = QRectF(slot * index + 5, self.height() - 3, slot - 10, 3)
            painter.fillRect(under, theme.colour("accent"))
        self._paint_column(painter, column, bar)
        if bar.total > top:
            self._paint_break(painter, column)
        self._paint_words(painter, QRectF(slot * index, 0, slot, foot), column, index)
        if self.hasFocus() and index == self._at:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(slot * index + 1, 1, slot - 2, self.height() - 2)
            painter.drawRoundedRect(ring, 5, 5)

    def _paint_column(self, painter: QPainter, column: QRectF, bar: Bar) -> None:
        if not bar.total:
            return
        painter.setPen(QPen(theme.colour("danger" if bar.overdue else "accent"), 1))
        painter.setBrush(theme.colour("dangerline" if bar.overdue else "atint2"))
        painter.drawRoundedRect(column.adjusted(0.5, 0.5, -0.5, 0.5), 2.5, 2.5)
        if bar.booked:
            part = QRectF(column)
            part.setTop(column.bottom() - column.height() * bar.booked / bar.total)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(part, 2, 2)

    def _paint_break(self, painter: QPainter, column: QRectF) -> None:
        """The bar would be far taller: two strokes through it say so."""
        for shift in (0, 5):
            y = column.top() + column.height() * 0.3 + shift
            painter.setPen(QPen(theme.colour("surface"), 3))
            painter.drawLine(QPointF(column.left() - 2, y + 3), QPointF(column.right() + 2, y - 3))

    def _paint_words(self, painter: QPainter, slot: QRectF, column: QRectF, index: int) -> None:
        bar = self.bars[index]
        chosen = self._is_chosen(bar)
        painter.setFont(theme.font(11, 600 if bar.this_week or chosen else 400))
        late = "danger" if bar.overdue and bar.open else "text2"
        painter.setPen(theme.colour("text" if bar.this_week or chosen else late))
        label = QRectF(slot.left() - 3, slot.bottom() + 2, slot.width() + 6, theme.scaled(17))
        painter.drawText(label, _CENTRE, self._labels[index])
        if bar.total:
            painter.setFont(theme.font(11, 600))
            painter.setPen(theme.colour("text"))
            over = QRectF(slot.left(), column.top() - theme.scaled(17), slot.width(),
                          theme.scaled(16))  # fmt: skip
            painter.drawText(over, _CENTRE, f"{bar.total:,}")
