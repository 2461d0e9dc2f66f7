"""Mouse and keyboard on the day: select, book into free time, draw a length, move, resize."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.scheduling.slots import GRID, is_free
from clinicdesk.ui.schedule.drag import Drag, Hold, Wish, fixed
from clinicdesk.ui.schedule.model import AppointmentModel, Block
from clinicdesk.ui.schedule.navigation import Stop, nearest, stops
from clinicdesk.ui.schedule.overlay import Told
from clinicdesk.ui.schedule.painted import PaintedDay

Refusal = Callable[[Wish], str]
_EDGE = 28
_GRIP = 6
_LEFT = Qt.MouseButton.LeftButton


class MouseDay(PaintedDay):
    """The day under the mouse: a state machine of press, move and release.

    Signals:
        chosen(object): the selected appointment's id, or None.
        opened(int): an appointment was double-clicked or Enter was pressed on it.
        slot_wanted(int, int, int): column, start and end minute of free time to be booked
            (end 0: as long as usual).
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
        self._refuse: Refusal | None = None
        self._told = Told(self.viewport())
        self._scroll = QTimer(self)
        self._scroll.setInterval(40)
        self._scroll.timeout.connect(self._auto_scroll)
        self._pointer = QPoint()
        self._again = False

    def set_refusal(self, refuse: Refusal) -> None:
        """Gives the view the question it asks at every step of a drag."""
        self._refuse = refuse

    def tell(self, words: str) -> None:
        """Says at the pointer (or at the block that was moved) why something was refused."""
        self._told.tell(words, self._pointer)

    @property
    def told(self) -> str:
        """What is said at the pointer now; empty for nothing."""
        return "" if self._told.isHidden() else self._told.words

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        block = self.block(current)
        self.viewport().update()
        self.chosen.emit(block.appointment.id if block else None)

    # -- places -----------------------------------------------------------------------------

    def stops_of(self, column: int) -> tuple[Stop, ...]:
        """Appointments and free stretches of a column, from top to bottom."""
        g = self.geometry_of_day
        taken = [
            (row, self.blocks[row].start, self.blocks[row].end)
            for row in self._columns.get(column, ())
        ]
        return stops(taken, g.first, g.last)

    def stop_at(self, column: int, minute: float) -> Stop | None:
        """What is at a minute of a column."""
        found = self.stops_of(column)
        at = nearest(found, int(minute))
        return found[at] if at >= 0 else None

    def _cursor_span(self) -> tuple[int, int]:
        stop = self.stop_at(*self.cursor_at)
        return (stop.start, stop.end) if stop is not None else super()._cursor_span()

    def _kinds(self) -> tuple[str, ...]:
        return tuple(c.kind for c in self._model.columns)

    def wish(self, drag: Drag) -> Wish | None:
        """A drag as the move it asks for."""
        if drag.block is None or self._model.day is None:
            return None
        row = drag.block.appointment
        target = self._model.columns[drag.column]
        physician = target.id if target.kind == "staff" else row.physician_id
        room = target.id if target.kind == "room" else row.room_id
        return Wish(
            row.id, row.version, self.moment(drag.start), drag.end - drag.start, physician, room
        )

    def _judge(self, drag: Drag) -> None:
        wish = self.wish(drag) if drag.changed else None
        drag.refusal = self._refuse(wish) if wish is not None and self._refuse is not None else ""

    # -- mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._told.hide()
        if event.button() == Qt.MouseButton.RightButton:
            # What the menu is about.
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setCurrentIndex(self.indexAt(event.position().toPoint()))
        if event.button() != _LEFT or self._model.day is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        point = event.position().toPoint()
        self._pointer = point
        at = self.content_point(point)
        column, minute = self.geometry_of_day.column(at.x()), self.geometry_of_day.minute(at.y())
        if column < 0:
            return
        index = self.indexAt(point)
        block = self.block(index)
        if block is not None:
            hold = Hold.EDGE if self._on_edge(index.row(), point) else Hold.PRESSED
            self._again = index == self.currentIndex()
            self.drag = Drag(hold, at, block, column, block.start, block.end, minute - block.start)
            self.setCurrentIndex(index)
            self.cursor_at = (block.column, block.start)
            return
        stop = self.stop_at(column, minute)
        start = stop.start if stop is not None else int(minute // GRID) * GRID
        self.setCurrentIndex(QModelIndex())
        self.cursor_at = (column, start)
        self.drag = Drag(Hold.PRESSED, at, None, column, start, start + GRID)
        self.viewport().update()

    def _on_edge(self, row: int, point: QPoint) -> bool:
        box = self.on_screen(self.rect_of(row))
        return box.height() >= 3 * _GRIP and point.y() >= box.bottom() - _GRIP

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().toPoint()
        if self.drag is None or self.drag.keyboard or not event.buttons() & _LEFT:
            self._hover_at(self._pointer)
            return
        at = self.content_point(self._pointer)
        if not self.drag.under_way:
            if (at - self.drag.origin).manhattanLength() < QApplication.startDragDistance():
                return
            why = self._why_fixed(self.drag.block)
            if why:
                self.drag = None
                self._refusing(why)
                return
            self.drag.begin()
            self._open = None
            self._scroll.start()
        self._follow()

    def _why_fixed(self, block: Block | None) -> str:
        if block is None:
            return ""
        if block.appointment.id == self._model.pending:
            return _("It is being moved already. Wait a moment.")
        return fixed(block)

    def _follow(self) -> None:
        drag = self.drag
        if drag is None:
            return
        before = drag.place
        drag.follow(self.geometry_of_day, self.content_point(self._pointer), self._kinds())
        if drag.place != before:
            self._judge(drag)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._scroll.stop()
        drag = self.drag
        if drag is None or drag.keyboard or event.button() != _LEFT:
            return
        self.drag = None
        if drag.hold is Hold.DRAWING:
            self.slot_wanted.emit(drag.column, drag.start, drag.end)
        elif drag.under_way:
            self._drop(drag)
        elif drag.block is not None and self._again:
            # Selected already: its panel may have been closed.
            self.chosen.emit(drag.block.appointment.id)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT or self._model.day is None:
            return
        point = event.position().toPoint()
        self.drag = None
        block = self.block(self.indexAt(point))
        if block is not None:
            self.opened.emit(block.appointment.id)
            return
        at = self.content_point(point)
        column = self.geometry_of_day.column(at.x())
        stop = self.stop_at(column, self.geometry_of_day.minute(at.y())) if column >= 0 else None
        if stop is not None:
            self.slot_wanted.emit(column, stop.start, 0)

    def _hover_at(self, point: QPoint) -> None:
        row = self.indexAt(point).row()
        found = self._free_under(point) if row < 0 else None
        if row == self._hover and found == self._open:
            return
        self._hover, self._open = row, found
        self._show_cursor(row, point)
        self.viewport().update()

    def _show_cursor(self, row: int, point: QPoint) -> None:
        shape = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
        if row >= 0 and not fixed(self.blocks[row]) and self._on_edge(row, point):
            shape = Qt.CursorShape.SizeVerCursor
        self.viewport().setCursor(shape)

    def _free_under(self, point: QPoint) -> tuple[int, Stop] | None:
        day, at = self._model.day, self.content_point(point)
        column, minute = self.geometry_of_day.column(at.x()), self.geometry_of_day.minute(at.y())
        if day is None or column < 0 or (self.now_minute is not None and minute < self.now_minute):
            return None
        stop = self.stop_at(column, minute)
        if stop is None or stop.row is not None or stop.end - stop.start < GRID:
            return None
        return (column, stop) if self.is_open(column, stop.start, stop.end) else None

    def is_open(self, column: int, start: int, end: int) -> bool:
        """Whether a stretch of a column, in minutes since midnight, could be booked."""
        day = self._model.day
        if day is None:
            return False
        resource = self._model.columns[column].id
        return is_free(day, resource, self.moment(start), self.moment(end))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover, self._open = -1, None
        self.viewport().update()
        super().leaveEvent(event)

    def _auto_scroll(self) -> None:
        if self.drag is None:
            return
        moved = False
        for bar, at, size in (
            (self.verticalScrollBar(), self._pointer.y(), self.viewport().height()),
            (self.horizontalScrollBar(), self._pointer.x(), self.viewport().width()),
        ):
            step = -12 if at < _EDGE else 12 if at > size - _EDGE else 0
            before = bar.value()
            bar.setValue(before + step)
            moved = moved or bar.value() != before
        if moved:
            self._follow()

    # -- the end of a drag ------------------------------------------------------------------

    def _drop(self, drag: Drag) -> None:
        wish = self.wish(drag)
        if wish is None or not drag.changed:
            return
        if drag.refusal:
            self._spring(drag)
            self._refusing(drag.refusal)
        else:
            self.move_wanted.emit(wish)

    def _refusing(self, why: str) -> None:
        self.tell(why)
        self.refused.emit(why)

    def cancel_drag(self) -> None:
        """Puts what is being moved back."""
        self._scroll.stop()
        drag, self.drag = self.drag, None
        if drag is not None and drag.under_way:
            self._spring(drag)
        self.viewport().update()

    def _spring(self, drag: Drag) -> None:
        if drag.block is not None:
            row = self._model.row_of(drag.block.appointment.id, linked=drag.block.linked)
            self._back.go(drag, self.span_rect(*drag.place), self.rect_of(row))

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,  # noqa: ARG002
        modifiers: Qt.KeyboardModifier,  # noqa: ARG002
    ) -> QModelIndex:
        return self.currentIndex()
