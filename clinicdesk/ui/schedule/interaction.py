"""Mouse and keyboard on the day: select, book into free time, draw a length, move."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from clinicdesk.scheduling.slots import GRID, SNAP
from clinicdesk.ui.schedule.day_view import DayViewBase
from clinicdesk.ui.schedule.drag import Drag
from clinicdesk.ui.schedule.model import AppointmentModel, Block

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_EDGE = 28


class DayView(DayViewBase):
    """The day as staff use it.

    Signals:
        chosen(object): the selected appointment's id, or None.
        opened(int): an appointment was double-clicked or Enter was pressed on it.
        slot_wanted(int, int, int): column, start and end minute of free time to be booked.
        move_wanted(object): a Wish; nothing has moved yet.
        refused(str): a drop that may not be, and why.
    """

    chosen = Signal(object)
    opened = Signal(int)
    slot_wanted = Signal(int, int, int)
    move_wanted = Signal(object)
    refused = Signal(str)

    def __init__(
        self, model: AppointmentModel, zone: ZoneInfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, zone, parent)
        self._scroll = QTimer(self)
        self._scroll.setInterval(40)
        self._scroll.timeout.connect(self._auto_scroll)
        self._pointer = QPoint()
        self._grip = 0

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        block = self.block(current)
        self.viewport().update()
        self.chosen.emit(block.appointment.id if block else None)

    # -- mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        point = event.position().toPoint()
        at = self.content_point(point)
        column = self.geometry_of_day.column(at.x())
        if column < 0:
            return
        index = self.indexAt(point)
        block = self.block(index)
        if block is not None:
            self.setCurrentIndex(index)
            self.cursor_at = (block.column, block.start)
            self._grip = round(self.geometry_of_day.minute(at.y())) - block.start
            self.drag = Drag("pressed", QPointF(at), block, column, block.start, block.end)
            return
        start = int(self.geometry_of_day.minute(at.y()) // GRID) * GRID
        self.setCurrentIndex(QModelIndex())
        self.cursor_at = (column, start)
        self.drag = Drag("pressed", QPointF(at), None, column, start, start + GRID)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().toPoint()
        if self.drag is None or self.drag.keyboard:
            self._hover_at(self._pointer)
            return
        at = QPointF(self.content_point(self._pointer))
        if self.drag.kind == "pressed":
            far = (at - self.drag.origin).manhattanLength() >= QApplication.startDragDistance()
            movable = self.drag.block is None or self._movable(self.drag.block)
            if not far or not movable:
                return
            self.drag.kind = "moving" if self.drag.block is not None else "drawing"
            self._scroll.start()
        self._follow(at)

    def _movable(self, block: Block) -> bool:
        row = block.appointment
        return row.status.holds_time and row.procedure_id is None and row.id not in self.pending

    def _follow(self, at: QPointF) -> None:
        drag = self.drag
        if drag is None:
            return
        g = self.geometry_of_day
        if drag.kind == "drawing":
            end = g.snapped(at.y(), SNAP)
            drag.end = max(drag.start + SNAP, end)
        elif drag.block is not None:
            length = drag.end - drag.start
            drag.start = g.snapped(at.y() - self._grip * g.per_minute, SNAP)
            drag.end = drag.start + length
            drag.column = self._target(drag.block, g.column(at.x()), drag.column)
            drag.refusal = self.refusal(drag)
        self.viewport().update()

    def _target(self, block: Block, column: int, fallback: int) -> int:
        # A physician's block moves among physicians, a room's among rooms.
        if column < 0:
            return fallback
        kinds = [c.kind for c in self._model.columns]
        return column if kinds[column] == kinds[block.column] else fallback

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._scroll.stop()
        drag, self.drag = self.drag, None
        if drag is None or drag.keyboard:
            return
        if drag.kind == "drawing":
            self.slot_wanted.emit(drag.column, drag.start, drag.end)
        elif drag.kind == "moving":
            self._drop(drag)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        block = self.block(self.indexAt(point))
        if block is not None:
            self.opened.emit(block.appointment.id)
            return
        at = self.content_point(point)
        column = self.geometry_of_day.column(at.x())
        if column >= 0:
            start = int(self.geometry_of_day.minute(at.y()) // GRID) * GRID
            self.slot_wanted.emit(column, start, 0)

    def _hover_at(self, point: QPoint) -> None:
        row = self.indexAt(point).row()
        if row != self._hover:
            self._hover = row
            shape = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def _auto_scroll(self) -> None:
        bar, height, y = self.verticalScrollBar(), self.viewport().height(), self._pointer.y()
        step = -12 if y < _EDGE else 12 if y > height - _EDGE else 0
        if step and self.drag is not None:
            bar.setValue(bar.value() + step)
            self._follow(QPointF(self.content_point(self._pointer)))

    def _drop(self, drag: Drag) -> None:
        block, wish = drag.block, self.wish(drag)
        if block is None or wish is None:
            return
        if drag.refusal:
            self.refused.emit(drag.refusal)
        elif (drag.start, drag.column) != (block.start, block.column):
            self.move_wanted.emit(wish)

    # -- keyboard ---------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.drag is not None:
            self.cancel_drag()
        elif key in _ARROWS:
            self._arrow(*_ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_M and not event.modifiers():
            self.begin_move()
        else:
            event.ignore()

    def cancel_drag(self) -> None:
        """Puts what is being moved back."""
        self._scroll.stop()
        self.drag = None
        self.viewport().update()

    def begin_move(self) -> None:
        """Moves the selected appointment with the arrow keys; Enter drops, Esc puts back."""
        block = self.block(self.currentIndex())
        if block is not None and self._movable(block):
            self.drag = Drag(
                "moving", QPointF(), block, block.column, block.start, block.end, keyboard=True
            )
            self.viewport().update()

    def _arrow(self, dx: int, dy: int) -> None:
        if self.drag is not None:
            self._move_by_key(dx, dy)
            return
        column, minute = self.cursor_at
        g = self.geometry_of_day
        block = self.block(self.currentIndex())
        if dy > 0:
            minute = block.end if block else minute + GRID
        elif dy < 0:
            minute = (block.start if block else minute) - GRID
        minute = max(
            g.first,
            min(g.last - GRID, minute // GRID * GRID if dy <= 0 else -(-minute // GRID) * GRID),
        )
        column = max(0, min(g.columns - 1, column + dx))
        self._go(column, minute)

    def _go(self, column: int, minute: int) -> None:
        self.cursor_at = (column, minute)
        for row, block in enumerate(self._model.blocks):
            if block.column == column and block.start < minute + GRID and minute < block.end:
                self.setCurrentIndex(self._model.index(row, 0))
                self.scrollTo(self.currentIndex())
                return
        self.setCurrentIndex(QModelIndex())
        self.show_minutes(minute, minute + GRID)
        self.viewport().update()

    def _move_by_key(self, dx: int, dy: int) -> None:
        drag = self.drag
        if drag is None or drag.block is None:
            return
        g, length = self.geometry_of_day, drag.end - drag.start
        drag.start = max(g.first, min(g.last - length, drag.start + dy * SNAP))
        drag.end = drag.start + length
        wanted = drag.column + dx
        if 0 <= wanted < g.columns:
            drag.column = self._target(drag.block, wanted, drag.column)
        drag.refusal = self.refusal(drag)
        self.show_minutes(drag.start, drag.end)
        self.viewport().update()

    def _enter(self) -> None:
        if self.drag is not None:
            drag, self.drag = self.drag, None
            self._drop(drag)
            self.viewport().update()
            return
        block = self.block(self.currentIndex())
        if block is not None:
            self.opened.emit(block.appointment.id)
        else:
            self.slot_wanted.emit(*self.cursor_at, 0)

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,  # noqa: ARG002
        modifiers: Qt.KeyboardModifier,  # noqa: ARG002
    ) -> QModelIndex:
        return self.currentIndex()
