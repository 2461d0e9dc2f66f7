"""The day by keyboard: everything the mouse can do, without one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from clinicdesk.domain.translation import _
from clinicdesk.scheduling.slots import SNAP
from clinicdesk.ui.access import announce, focus_row
from clinicdesk.ui.layouts import key_of
from clinicdesk.ui.schedule.canvas import clock
from clinicdesk.ui.schedule.drag import Drag, Hold
from clinicdesk.ui.schedule.mouse import MouseDay
from clinicdesk.ui.schedule.navigation import Stop, nearest

_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class DayView(MouseDay):
    """The day as staff use it: arrows go, Enter opens or books, M moves, Shift+arrows resize."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        focus_row(self, self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = key_of(event)
        self._told.hide()
        if key == Qt.Key.Key_Escape and self.drag is not None:
            self.cancel_drag()
        elif key in _ARROWS:
            self._arrow(*_ARROWS[key], shifted=bool(event.modifiers() & _SHIFT))
        elif key in _ENTER:
            self._enter()
        elif key == Qt.Key.Key_M and not event.modifiers():
            self.begin_move()
        else:
            event.ignore()

    def begin_move(self) -> None:
        """Moves the selected appointment with the arrow keys; Enter drops, Esc puts back."""
        self._hold(Hold.MOVING)

    def go_to(self, column: int, minute: int) -> None:
        """Puts the cursor on a minute of a column."""
        stop = self.stop_at(column, minute)
        if stop is None:
            return
        self.cursor_at = (column, stop.start)
        row = QModelIndex() if stop.row is None else self._model.index(stop.row, 0)
        self.setCurrentIndex(row)
        self.show_minutes(stop.start, stop.end)
        self.show_column(column)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.viewport().update()

    def cursor_is_ahead(self) -> bool:
        """Whether the cursor stands where something may still be booked."""
        return self.now_minute is None or self.cursor_at[1] > self.now_minute - 15

    def _hold(self, hold: Hold) -> None:
        block = self.block(self.currentIndex())
        if block is None or self.drag is not None:
            return
        self._pointer = self.visualRect(self.currentIndex()).topLeft()
        why = self._why_fixed(block)
        if why:
            self._refusing(why)
            return
        self.drag = Drag(
            hold, QPointF(), block, block.column, block.start, block.end, keyboard=True
        )
        self.viewport().update()

    def _arrow(self, dx: int, dy: int, *, shifted: bool) -> None:
        if shifted and dy and self.drag is None:
            self._hold(Hold.SIZING)
        if self.drag is not None:
            self._carry(dx, dy, shifted=shifted)
        elif not shifted:
            self._go(dx, dy)

    def _go(self, dx: int, dy: int) -> None:
        g = self.geometry_of_day
        column, minute = self.cursor_at
        index = self.currentIndex()
        row = index.row() if index.isValid() else None
        if dx:
            column, row = max(0, min(g.columns - 1, column + dx)), None
        found = self.stops_of(column)
        at = nearest(found, minute, row)
        if at < 0:
            return
        stop = found[max(0, min(len(found) - 1, at + dy))]
        # Going sideways and back comes back to the same time.
        self.cursor_at = (column, stop.start if dy else minute)
        self.setCurrentIndex(
            self._model.index(stop.row, 0) if stop.row is not None else QModelIndex()
        )
        self._say(column, stop)
        self.show_minutes(stop.start, stop.end)
        self.show_column(column)
        self.viewport().update()

    def _say(self, column: int, stop: Stop) -> None:
        """An appointment is a row and read as one; free time is none, and said."""
        if stop.row is not None:
            focus_row(self, stop.row)
            return
        if self.day is None:
            return
        announce(
            self,
            (
                _("{who}: free, {start} to {end}")
                if self.is_open(column, stop.start, stop.end)
                else _("{who}: closed, {start} to {end}")
            ).format(
                who=self._model.columns[column].name, start=clock(stop.start), end=clock(stop.end)
            ),
        )

    def _carry(self, dx: int, dy: int, *, shifted: bool) -> None:
        drag, g = self.drag, self.geometry_of_day
        if drag is None or drag.block is None:
            return
        if shifted or drag.hold is Hold.SIZING:
            drag.lengthen(g, dy * SNAP)
        else:
            drag.shift(g, dy * SNAP)
            drag.to_column(drag.column + dx, self._kinds())
        self._judge(drag)
        self.show_minutes(drag.start, drag.end)
        self.show_column(drag.column)
        box = self.on_screen(self.span_rect(*drag.place))
        self._pointer = box.topLeft().toPoint()
        self.viewport().update()
        announce(
            self,
            _("{who}: {start} to {end}").format(
                who=self._model.columns[drag.column].name,
                start=clock(drag.start), end=clock(drag.end),
            ),
        )  # fmt: skip

    def _enter(self) -> None:
        if self.drag is not None:
            drag, self.drag = self.drag, None
            self._drop(drag)
            self.viewport().update()
            return
        block = self.block(self.currentIndex())
        if block is not None:
            self.opened.emit(block.appointment.id)
            return
        stop = self.stop_at(*self.cursor_at) if self.day is not None else None
        if stop is not None:
            self.cursor_at = (self.cursor_at[0], stop.start)
            self.slot_wanted.emit(self.cursor_at[0], stop.start, 0)
