"""What lies under, over and beside the blocks: grid, closed time, link, labels, hours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from clinicdesk.domain.rows.schedule import DayRows, ResourceRow
from clinicdesk.domain.translation import _
from clinicdesk.scheduling import hours
from clinicdesk.ui import local, theme
from clinicdesk.ui.schedule.geometry import DayGeometry
from clinicdesk.ui.schedule.painting import cut, hatch

_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def clock(minute: int) -> str:
    """``08:05``, ``8:05 AM``."""
    return local.minute_text(minute)


def _closed_words(g: DayGeometry, start: int, end: int) -> str:
    if (start, end) == (g.first, g.last):
        return _("Closed")
    if start == g.first:
        return _("From {end}").format(end=clock(end))
    return _("Closed") if end - start > 45 else ""


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
            self._label(painter, box, _closed_words(g, start, end))

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
            words = local.hour_text(minute // 60) if whole else f":{minute % 60:02}"
            # The first and the last would stand half outside.
            up = 0 if minute == g.first else 17 if minute == g.last else 9
            top = g.y(minute) - up
            painter.drawText(QRectF(0, top, g.gutter - 7, 18), _RIGHT, words)

    def cursor(self, painter: QPainter, box: QRectF) -> None:
        """The keyboard's place in free time."""
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)

    def focus(self, painter: QPainter, box: QRectF) -> None:
        """Around the block that the keys act on, outside its own edge."""
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 8, 8)

    def open_slot(self, painter: QPainter, box: QRectF, words: str) -> None:
        """What a click on free time would book."""
        painter.setPen(self._dashes)
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if box.height() >= 16:
            painter.setFont(theme.font(12))
            painter.setPen(theme.colour("text2"))
            painter.drawText(box, _CENTRE, words)

    @property
    def _dashes(self) -> QPen:
        pen = QPen(theme.colour("input"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 3])
        return pen

    def link(self, painter: QPainter, boxes: list[QRectF]) -> None:
        """The dotted line from the physician's block to the room's."""
        if len(boxes) != 2:
            return
        first, second = sorted(boxes, key=QRectF.left)
        pen = QPen(theme.colour("accent"), 2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 2.5])
        painter.setPen(pen)
        y = first.center().y()
        painter.drawLine(QPointF(first.right() + 3, y), QPointF(second.left() - 2, y))

    def drawn(self, painter: QPainter, box: QRectF) -> None:
        """A length being drawn in free time."""
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.setBrush(theme.colour("atint"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)

    def handle(self, painter: QPainter, box: QRectF) -> None:
        """The grip at the lower edge of a block that is made longer."""
        grip = QRectF(box.center().x() - 14, box.bottom() - 4, 28, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(grip, 2, 2)

    def tag(
        self, painter: QPainter, spot: QPointF, words: str, bounds: QRectF, *, bad: bool = False
    ) -> None:
        """A filled label at a spot, kept within what can be seen: times, or why not."""
        painter.setFont(theme.font(12, 600))
        height = theme.scaled(22)
        width = painter.fontMetrics().horizontalAdvance(words) + 16
        left = max(bounds.left() + 4, min(spot.x(), bounds.right() - 4 - width))
        top = max(bounds.top() + 2, min(spot.y(), bounds.bottom() - 2 - height))
        box = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("solid" if bad else "accent"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(theme.colour("onsolid" if bad else "onaccent"))
        painter.drawText(box, _CENTRE, words)
