"""A small pie of relief."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def paint_pie(
    painter: QPainter,
    centre: QPointF,
    radius: float,
    percent: int | None,
    ink: QColor,
    fill: QColor,
) -> None:
    """A ring in ``ink``, filled clockwise from the top by ``percent``; a dot where unknown."""
    painter.setPen(QPen(ink, 1.8))
    painter.setBrush(fill)
    painter.drawEllipse(centre, radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    inner = radius - 2.4
    if percent is None:
        painter.drawEllipse(centre, 1.6, 1.6)
        return
    share = min(100, max(0, percent))
    area = QRectF(centre.x() - inner, centre.y() - inner, 2 * inner, 2 * inner)
    painter.drawPie(area, 90 * 16, -round(share * 3.6 * 16))
