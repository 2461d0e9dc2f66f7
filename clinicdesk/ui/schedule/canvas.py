"""What lies under, over and beside the blocks: grid, closed time, link, ghost, hours, now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from clinicdesk.domain.rows.schedule import DayRows, ResourceRow
from clinicdesk.scheduling import hours
from clinicdesk.ui import theme
from clinicdesk.ui.schedule.drag import Drag
from clinicdesk.ui.schedule.geometry import DayGeometry
from clinicdesk.ui.schedule.painting import BlockPainter, cut, hatch

if TYPE_CHECKING:
    from clinicdesk.ui.schedule.day_view import DayViewBase

_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def clock(minute: int) -> str:
    """``08:05``."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


class Canvas:
    """Paints what no item is; keeps the background as a picture."""

    def __init__(self) -> None:
        self._picture: QPixmap | None = None
        self._for: tuple[object, ...] = ()

    def forget(self) -> None:
        """The background must be painted again."""
        self._picture = None

    def background(
        self,
        g: DayGeometry,
        day: DayRows | None,
        columns: tuple[ResourceRow, ...],
        ratio: float,
    ) -> QPixmap:
        """Grid, closed time and blocks kept for something else."""
        key = (g, id(day), ratio, theme.name())
        if self._picture is None or self._for != key:
            picture = QPixmap(
                round(g.content_width * ratio) or 1, round(g.content_height * ratio) or 1
            )
            picture.setDevicePixelRatio(ratio)
            picture.fill(theme.colour("surface"))
            painter = QPainter(picture)
            self._grid(painter, g)
            if day is not None:
                for index, resource in enumerate(columns):
                    self._closed(painter, g, day, index, resource)
                self._kept(painter, g, day, columns)
            self._column_lines(painter, g)
            painter.end()
            self._picture, self._for = picture, key
        return self._picture

    def _grid(self, painter: QPainter, g: DayGeometry) -> None:
        for minute in range(g.first, g.last + 1, 15):
            y = g.y(minute)
            key = "gridh" if minute % 60 == 0 else "grid"
            painter.fillRect(QRectF(g.gutter, y, g.content_width - g.gutter, 1), theme.colour(key))

    def _column_lines(self, painter: QPainter, g: DayGeometry) -> None:
        for column in range(g.columns + 1):
            painter.fillRect(QRectF(g.x(column), 0, 1, g.content_height), theme.colour("line"))

    def _closed(
        self, painter: QPainter, g: DayGeometry, day: DayRows, index: int, resource: ResourceRow
    ) -> None:
        for start, end in hours.closed_stretches(day.hours, resource.id, g.first, g.last):
            box = QRectF(g.x(index) + 1, g.y(start), g.column_width - 1, g.y(end) - g.y(start))
            hatch(painter, box)
            words = (
                f"From {clock(end)}" if start == g.first else "Closed" if end - start > 45 else ""
            )
            self._label(painter, box, words)

    def _kept(
        self, painter: QPainter, g: DayGeometry, day: DayRows, columns: tuple[ResourceRow, ...]
    ) -> None:
        for block in day.blocks:
            start = block.start.hour * 60 + block.start.minute
            end = block.end.hour * 60 + block.end.minute
            for index, resource in enumerate(columns):
                if resource.id in block.resource_ids:
                    box = QRectF(
                        g.x(index) + 1, g.y(start), g.column_width - 1, g.y(end) - g.y(start)
                    )
                    hatch(painter, box)
                    self._label(painter, box, block.label or block.kind.capitalize())

    def _label(self, painter: QPainter, box: QRectF, words: str) -> None:
        if words and box.height() >= 18:
            painter.setFont(theme.font(12))
            painter.setPen(theme.colour("text2"))
            painter.drawText(box, _CENTRE, cut(words, int(box.width() - 8), 12, 400, theme.scale()))

    def gutter(self, painter: QPainter, g: DayGeometry) -> None:
        """The hours at the left, painted last: they stay while the view scrolls sideways."""
        painter.fillRect(QRectF(0, 0, g.gutter, g.content_height), theme.colour("surface"))
        painter.fillRect(QRectF(g.gutter, 0, 1, g.content_height), theme.colour("line"))
        for minute in range(g.first, g.last + 1, 30):
            whole = minute % 60 == 0
            painter.setFont(theme.font(12 if whole else 11, 600 if whole else 400))
            painter.setPen(theme.colour("text" if whole else "text3"))
            words = clock(minute) if whole else f":{minute % 60:02}"
            top = g.y(minute) - 9 if minute > g.first else g.y(minute)
            painter.drawText(QRectF(0, top, g.gutter - 7, 18), _RIGHT, words)

    def now(self, painter: QPainter, g: DayGeometry, minute: int, width: int) -> None:
        """The now-line with its time."""
        y = g.y(minute)
        painter.fillRect(QRectF(0, y - 1, width, 2), theme.colour("now"))
        box = QRectF(2, y - 10, g.gutter - 6, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("now"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(theme.font(12, 600))
        painter.setPen(theme.colour("onnow"))
        painter.drawText(box, _CENTRE, clock(minute))

    def cursor(self, painter: QPainter, box: QRectF) -> None:
        """The keyboard's place in free time."""
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)

    def link(self, painter: QPainter, view: DayViewBase, appointment_id: int) -> None:
        """The dotted line from the physician's block to the room's."""
        pair = [b for b in view.blocks if b.appointment.id == appointment_id]
        if len(pair) != 2:
            return
        first, second = sorted((view.block_rect(b) for b in pair), key=QRectF.left)
        pen = QPen(theme.colour("accent"), 2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 2.5])
        painter.setPen(pen)
        y = first.center().y()
        painter.drawLine(QPointF(first.right() + 3, y), QPointF(second.left() - 2, y))

    def ghost(self, painter: QPainter, view: DayViewBase, drag: Drag, blocks: BlockPainter) -> None:
        """What is being moved or drawn, its times, and why it may not stay."""
        box = view.span_rect(drag.column, drag.start, drag.end)
        if drag.block is not None:
            blocks.paint(
                painter, box, drag.block, selected=not drag.refusal, hover=False,
                refused=bool(drag.refusal),
            )  # fmt: skip
        else:
            path = QPainterPath()
            path.addRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
            painter.fillPath(path, theme.colour("atint"))
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawPath(path)
        times = f"{clock(drag.start)}–{clock(drag.end)}"
        self._tag(painter, view, box.left(), box.bottom() + 3, times, "accent", "onaccent")
        if drag.refusal:
            self._tag(painter, view, box.left(), box.top() - 25, drag.refusal, "solid", "onsolid")

    def _tag(
        self,
        painter: QPainter,
        view: DayViewBase,
        x: float,
        y: float,
        words: str,
        fill: str,
        ink: str,
    ) -> None:
        painter.setFont(theme.font(12, 600))
        width = painter.fontMetrics().horizontalAdvance(words) + 16
        right = view.horizontalOffset() + view.viewport().width() - 4
        left = max(view.horizontalOffset() + 4.0, min(x, right - width))
        top = max(float(view.verticalOffset()), y)
        box = QRectF(left, top, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(theme.colour(ink))
        painter.drawText(box, _CENTRE, words)
