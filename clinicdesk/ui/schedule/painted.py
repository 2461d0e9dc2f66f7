"""Painting of the day view: background, blocks, selection, what is dragged, hours."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
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
    _picture: QPixmap | None = None
    _pictured: tuple[object, ...] = ()

    def __init__(
        self, model: AppointmentModel, zone: ZoneInfo, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, zone, parent)
        self._back = SpringBack(self)
        self._back.moved.connect(self._repaint)

    def _repaint(self) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dx, dy = self.horizontalOffset(), self.verticalOffset()
        block = self.block(self.currentIndex())
        chosen = block.appointment.id if block else 0
        painter.drawPixmap(0, 0, self._still(chosen))
        painter.translate(-dx, -dy)
        self._paint_hovered(painter, chosen)
        if self._open is not None and self.drag is None:
            column, stop = self._open
            box = self.span_rect(column, stop.start, stop.end)
            self._canvas.open_slot(painter, box, f"+ {clock(stop.start)}")
        self._paint_selection(painter, chosen)
        self._paint_drag(painter)
        painter.translate(dx, 0)
        self._canvas.gutter(painter, self.geometry_of_day)
        painter.end()

    def forget_picture(self) -> None:
        """The next paint paints every block again."""
        self._picture = None

    def _still(self, chosen: int) -> QPixmap:
        """Background and blocks as a picture, kept while nothing of it changes: a drag, the
        keyboard's cursor, a block or a free slot under the pointer then cost next to nothing.
        """
        size, ratio = self.viewport().size(), self.devicePixelRatioF()
        offset = self.horizontalOffset(), self.verticalOffset()
        away = (self._moving(), self._model.pending)
        key = (self._layout_count, size, ratio, offset, chosen, away, theme.name())
        if self._picture is None or key != self._pictured:
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-offset[0], -offset[1])
            seen = QRectF(*offset, size.width(), size.height())
            painter.fillRect(seen, theme.colour("surface"))
            model = self._model
            background = self._canvas.background(
                self.geometry_of_day, model.day, model.columns, ratio
            )
            painter.drawPixmap(0, 0, background)
            self._paint_blocks(painter, seen, chosen, away)
            painter.end()
            self._picture, self._pictured = picture, key
        return self._picture

    def _moving(self) -> int | None:
        drag = self.drag if self.drag is not None and self.drag.under_way else self._back.drag
        return drag.block.appointment.id if drag is not None and drag.block is not None else None

    def _paint_blocks(
        self, painter: QPainter, seen: QRectF, chosen: int, away: tuple[int | None, int | None]
    ) -> None:
        for row, block in enumerate(self._model.blocks):
            box = self._rects[row]
            if not box.intersects(seen):
                continue
            number = block.appointment.id
            self._painter.paint(
                painter,
                box,
                block,
                selected=number == chosen and number != away[0],
                hover=False,
                faded=number in away,
            )

    def _paint_hovered(self, painter: QPainter, chosen: int) -> None:
        """The block under the pointer once more, over the picture of the day."""
        if not 0 <= self._hover < len(self._model.blocks):
            return
        block = self._model.blocks[self._hover]
        number = block.appointment.id
        if number != chosen and number not in (self._moving(), self._model.pending):
            box = self._rects[self._hover]
            self._painter.paint(painter, box, block, selected=False, hover=True)

    def _paint_selection(self, painter: QPainter, chosen: int) -> None:
        if chosen and self._back.drag is None and not (self.drag and self.drag.under_way):
            boxes = [
                self._rects[row]
                for row, block in enumerate(self._model.blocks)
                if block.appointment.id == chosen
            ]
            self._canvas.link(painter, boxes)
            if self.hasFocus():
                self._canvas.focus(painter, self.rect_of(self.currentIndex().row()))
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
                return (
                    _("{more:+d} min, ends {end}")
                    .format(more=more, end=clock(drag.end))
                    .replace("-", "−")
                )
        if drag.hold is Hold.DRAWING:
            return _("{times}, {end} min").format(times=times, end=drag.end - drag.start)
        return times
