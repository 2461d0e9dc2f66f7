"""Which part of a line is painted by whom."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clinicdesk.ui import theme
from clinicdesk.ui.due import painted
from clinicdesk.ui.due.model import Col, DueModel
from clinicdesk.ui.due.sections import Heading


class LineDelegate(QStyledItemDelegate):
    """Paints headings, rows, and bars for rows that are on their way.

    Attributes:
        hovered: the line under the mouse; -1 without any.
    """

    def __init__(self, model: DueModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.hovered = -1

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(100, theme.scaled(37))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model, line = self._model, index.row()
        item = model.item(line)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Heading):
            painted.draw_heading(painter, QRectF(rect), item)
        else:
            number = model.id_at(line)
            chosen = number in model.chosen
            painted.draw_ground(painter, rect, chosen=chosen, hovered=line == self.hovered)
            column = Col(index.column())
            if item is None:
                if model.slow:
                    painted.draw_waiting(painter, QRectF(rect), column)
            elif column == Col.CHECK:
                painted.draw_tick(painter, QRectF(rect), "all" if chosen else "none")
            else:
                cell = painted.Cell(painter, QRectF(rect), item, model.on, model.language)
                painted.CELLS[column](cell)
        painter.restore()
