"""The columns of the list: how wide they are, and the line of heads with its tick for all."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.due.model import Col, DueModel
from clinicdesk.ui.due.painted import draw_tick

PAD = 8
_WIDTHS = {
    Col.CHECK: 46, Col.DUE: 140, Col.PATIENT: 196, Col.FAMILY: 68, Col.LAST: 196, Col.RELIEF: 178,
    Col.CONTACT: 104, Col.NEXT: 150, Col.FLAGS: 160,
}  # fmt: skip
_NARROWEST = {
    Col.CHECK: 42, Col.DUE: 106, Col.PATIENT: 164, Col.FAMILY: 60, Col.LAST: 132, Col.RELIEF: 132,
    Col.CONTACT: 92, Col.NEXT: 134, Col.FLAGS: 136,
}  # fmt: skip
_LEFT_OUT = (Col.CONTACT, Col.RELIEF, Col.FAMILY, Col.NEXT)
_GROWS = (Col.PATIENT, Col.LAST, Col.NEXT, Col.FLAGS)


def widths(room: int, scale: float) -> dict[Col, int]:
    """The width of each column in ``room`` pixels; 0: it has no room and is left out."""
    shown = dict(_WIDTHS)
    left_out = list(_LEFT_OUT)
    while left_out and sum(_NARROWEST[c] for c in shown) * scale > room:
        del shown[left_out.pop(0)]
    wide = {column: round(width * scale) for column, width in shown.items()}
    spare = room - sum(wide.values())
    shares = _GROWS if spare > 0 else tuple(shown)
    given = [column for column in shares if column in wide]
    total = sum(_give(c, spare) for c in given) or 1
    for column in given:
        wide[column] += int(spare * _give(column, spare) / total)
    wide[Col.FLAGS] += room - sum(wide.values())
    return {column: wide.get(column, 0) for column in Col}


def _give(column: Col, spare: int) -> int:
    """How much of spare room goes to a column, or comes from it."""
    return 1 if spare > 0 else _WIDTHS[column] - _NARROWEST[column]


class ListHead(QHeaderView):
    """Signals:
    all_wanted(): the tick over all rows was clicked.
    """

    all_wanted = Signal()

    def __init__(self, model: DueModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._list = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(0)
        self.setStretchLastSection(False)
        self.setAccessibleName(_("Columns of the due list"))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.scaled(32))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.logicalIndexAt(event.position().toPoint()) == Col.CHECK:
            self.all_wanted.emit()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("canvas"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1),
                         theme.colour("line2"))  # fmt: skip
        if logicalIndex == Col.CHECK:
            draw_tick(painter, QRectF(rect), self._state())
        else:
            painter.setFont(theme.font(12, 500))
            painter.setPen(theme.colour("text2"))
            box = rect.adjusted(theme.scaled(PAD), 0, 0, 0)
            head = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, head)
            if logicalIndex == Col.DUE:
                width = painter.fontMetrics().horizontalAdvance(head)
                size = theme.scaled(14)
                painter.drawPixmap(box.left() + width + 4, rect.center().y() - size // 2,
                                   theme.pixmap("up", "text2", 14))  # fmt: skip
        painter.restore()

    def _state(self) -> str:
        """``none``, ``some`` or ``all`` of the list is ticked."""
        chosen = len(self._list.chosen)
        if not chosen:
            return "none"
        return "all" if chosen >= len(self._list.sections.ids) else "some"
