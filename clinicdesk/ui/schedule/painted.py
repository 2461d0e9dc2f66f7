"""Painting of the day view: background, blocks, selection, what is dragged, hours."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.ui import theme
from clinicdesk.ui.schedule.canvas import clock
from clinicdesk.ui.schedule.day_view import DayViewBase
from clinicdesk.ui.schedule.drag import Drag, Hold
from clinicdesk.ui.schedule.model import AppointmentModel, Block
from clinicdesk.ui.schedule.navigation import Stop
from clinicdesk.ui.schedule.overlay import SpringBack


class PaintedDay(DayViewBase):
    """A day view that paints; nothing here asks a service or the database."""

    drag: Drag | None = None
    _hover = -1
    _open: tuple[int, Stop] | None = None

    def __init__(
        self, model: AppointmentModel, zone: ZoneInfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, zone, parent)
        self._back = SpringBack(self)
        self._back.moved.connect(self._repaint)

    def _repaint(self) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dx, dy = self.horizontalOffset(), self.verticalOffset()
        g, model = self.geometry_of_day, self._model
        background = self._canvas.background(g, model.day, model.columns, self.devicePixelRatioF())
        painter.drawPixmap(-dx, -dy, background)
        painter.translate(-dx, -dy)
        dirty = QRectF(event.rect().translated(dx, dy))
        block = self.block(self.currentIndex())
        chosen = block.appointment.id if block else 0
        if self._open is not None and self.drag is None:
            column, stop = self._open
            box = self.span_rect(column, stop.start, stop.end)
            self._canvas.open_slot(painter, box, f"+ {clock(stop.start)}")
        self._paint_blocks(painter, dirty, chosen)
        self._paint_selection(painter, chosen)
        self._paint_drag(painter)
        painter.translate(dx, 0)
        self._canvas.gutter(painter, g)
        painter.end()

    def _paint_blocks(self, painter: QPainter, dirty: QRectF, chosen: int) -> None:
        drag = self.drag if self.drag is not None and self.drag.under_way else self._back.drag
        moving = drag.block.appointment.id if drag is not None and drag.block is not None else None
        away = (moving, self._model.pending)
        for row, block in enumerate(self._model.blocks):
            box = self._rects[row]
            if not box.intersects(dirty):
                continue
            number = block.appointment.id
            self._painter.paint(
                painter,
                box,
                block,
                selected=number == chosen and number != moving,
                hover=row == self._hover,
                faded=number in away,
            )

    def _paint_selection(self, painter: QPainter, chosen: int) -> None:
        if chosen and self._back.drag is None and not (self.drag and self.drag.under_way):
            boxes = [
                self._rects[row]
                for row, block in enumerate(self._model.blocks)
                if block.appointment.id == chosen
            ]
            self._canvas.link(painter, boxes)
        elif not chosen and self.hasFocus() and self.drag is None:
            self._canvas.cursor(painter, self.span_rect(self.cursor_at[0], *self._cursor_span()))

    def _cursor_span(self) -> tuple[int, int]:
        return self.cursor_at[1], self.cursor_at[1] + 15

    def partner(self, block: Block) -> Block | None:
        """The same appointment in its other column."""
        number = block.appointment.id
        return next(
            (b for b in self._model.blocks if b.appointment.id == number and b is not block), None
        )

    def _paint_drag(self, painter: QPainter) -> None:
        if self._back.drag is not None and self._back.drag.block is not None:
            self._ghost(painter, self._back.box, self._back.drag.block, None)
        drag = self.drag
        if drag is None or not drag.under_way:
            return
        box = self.span_rect(*drag.place)
        bounds = QRectF(self.viewport().rect()).translated(
            self.horizontalOffset(), self.verticalOffset()
        )
        if drag.block is None:
            self._canvas.drawn(painter, box)
        else:
            other = self.partner(drag.block)
            if other is not None:
                beside = self.span_rect(other.column, drag.start, drag.end)
                self._ghost(painter, beside, other, drag)
                if not drag.refusal:
                    self._canvas.link(painter, [box, beside])
            self._ghost(painter, box, drag.block, drag)
            if drag.hold is Hold.SIZING:
                self._canvas.handle(painter, box)
        self._canvas.tag(painter, QPointF(box.left(), box.bottom() + 3), self._times(drag), bounds)
        if drag.refusal:
            above = QPointF(box.left(), box.top() - theme.scaled(25))
            self._canvas.tag(painter, above, drag.refusal, bounds, bad=True)

    def _ghost(self, painter: QPainter, box: QRectF, block: Block, drag: Drag | None) -> None:
        bad = drag is not None and bool(drag.refusal)
        times = f"{clock(drag.start)}–{clock(drag.end)}" if drag is not None else ""
        self._painter.paint(
            painter, box, block, selected=not bad, hover=False, refused=bad, times=times
        )

    @staticmethod
    def _times(drag: Drag) -> str:
        times = f"{clock(drag.start)}–{clock(drag.end)}"
        if drag.hold is Hold.SIZING and drag.block is not None:
            more = drag.end - drag.block.end
            if more:
                return f"{more:+d} min, ends {clock(drag.end)}".replace("-", "−")
        if drag.hold is Hold.DRAWING:
            return f"{times}, {drag.end - drag.start} min"
        return times
