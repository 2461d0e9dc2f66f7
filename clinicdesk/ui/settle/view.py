"""The list on screen: two lines a row, arrows move, Enter takes the next act."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.headed_list import HeadedList
from clinicdesk.ui.local import weekday_or_year
from clinicdesk.ui.schedule.painting import cut
from clinicdesk.ui.settle.lines import Group, Heading, Line
from clinicdesk.ui.settle.model import SettleModel

ROW, HEADING = 52, 30
_WHEN, _WHO = 88, 214
_ICONS = {
    Group.REVIEW: ("shield", "warn"),
    Group.REFUSED: ("alert", "danger"),
    Group.DEATH: ("alert", "danger"),
    Group.HOLD: ("drop", "warn"),
    Group.CALL: ("phone", "text2"),
}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Index = QModelIndex | QPersistentModelIndex


class _Painter(QStyledItemDelegate):
    """Paints headings and rows."""

    def __init__(self, model: SettleModel, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        line = self._model.line(index.row())
        return QSize(200, theme.scaled(HEADING if line is None else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item = self._model.items[index.row()]
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Heading):
            self._heading(painter, box, item)
        else:
            current = index.row() == self._view.currentIndex().row()
            self._row(painter, box, item, current=current)
        painter.restore()

    def _heading(self, painter: QPainter, box: QRectF, heading: Heading) -> None:
        painter.fillRect(box, theme.colour("sunken"))
        icon, ink = _ICONS[heading.group]
        size = theme.scaled(16)
        spot = QRectF(box.left() + theme.scaled(12), box.center().y() - size / 2, size, size)
        painter.drawPixmap(spot.topLeft(), theme.pixmap(icon, ink, 16))
        words = box.adjusted(theme.scaled(36), 0, 0, 0)
        _put(painter, words, heading.group.label, 13, 600, "text")
        wide = _width(heading.group.label, 13, 600)
        _put(painter, words.adjusted(wide + 8, 0, 0, 0), f"{heading.count:,}", 13, 400, "text2")

    def _row(self, painter: QPainter, box: QRectF, line: Line, *, current: bool) -> None:
        if current:
            painter.fillRect(box, theme.colour("atint"))
            if self._view.hasFocus():
                painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()),
                                 theme.colour("accent"))  # fmt: skip
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1),
                         theme.colour("line"))  # fmt: skip
        left = box.left() + theme.scaled(12)
        late = "danger" if line.late and line.group is Group.CALL else "text"
        _two(painter, QRectF(left, box.top(), theme.scaled(_WHEN - 6), box.height()),
             weekday_or_year(line.day), line.hour, late)  # fmt: skip
        left += theme.scaled(_WHEN)
        who = QRectF(left, box.top(), theme.scaled(_WHO - 10), box.height())
        _two(painter, who, line.patient, line.what, "text")
        left += theme.scaled(_WHO)
        button = act_box(box, line)
        right = button.left() - theme.scaled(10) if line.act else box.right() - theme.scaled(12)
        about = QRectF(left, box.top(), right - left, box.height())
        _two(painter, about, line.about, line.note, "text", 400, "danger" if line.late else "text2")
        if line.act:
            self._button(painter, button, line.act, current=current)

    def _button(self, painter: QPainter, box: QRectF, words: str, *, current: bool) -> None:
        painter.setPen(QPen(theme.colour("accent" if current else "line2"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(theme.font(12.5, 500))
        painter.setPen(theme.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def act_box(row: QRectF, line: Line) -> QRectF:
    """Where the next act of a row stands."""
    wide, tall = _width(line.act, 12.5, 500) + theme.scaled(20), theme.scaled(28)
    left = row.right() - theme.scaled(12) - wide
    return QRectF(left, row.center().y() - tall / 2, wide, tall)


def _width(text: str, px: float, weight: int) -> float:
    return QFontMetricsF(theme.font(px, weight)).horizontalAdvance(text)


def _put(painter: QPainter, box: QRectF, text: str, px: float, weight: int, ink: str) -> None:
    painter.setFont(theme.font(px, weight))
    painter.setPen(theme.colour(ink))
    room = max(0, int(box.width()))
    painter.drawText(box, _LEFT, cut(text, room, px, weight, theme.scale()))


def _two(
    painter: QPainter, box: QRectF, upper: str, lower: str, ink: str, weight: int = 600,
    below: str = "text2",
) -> None:  # fmt: skip
    tall = theme.scaled(19)
    top = box.center().y() - tall
    _put(painter, QRectF(box.left(), top, box.width(), tall), upper, 13, weight, ink)
    _put(painter, QRectF(box.left(), top + tall, box.width(), tall), lower, 12, 400, below)


class SettleView(HeadedList):
    """Signals:
    act_wanted(): Enter or a click on the button of the row with the cursor.
    """

    act_wanted = Signal()

    def __init__(self, model: SettleModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _("To settle"), parent)
        self.list_model = model
        self.setItemDelegate(_Painter(model, self))

    def current_line(self) -> Line | None:
        """The line with the cursor."""
        return self.list_model.line(self.currentIndex().row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        line = self.list_model.line(index.row())
        if line is None or not line.act:
            return
        if act_box(QRectF(self.visualRect(index)), line).contains(event.position()):
            self.act_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.act_wanted.emit()
        elif event.text() and event.text().isprintable():
            # Letters are the page's commands; this list is not searched by typing.
            event.ignore()
        else:
            super().keyPressEvent(event)
