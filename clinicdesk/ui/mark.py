"""The program's mark: three bars and a dot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter


def draw_mark(painter: QPainter, box: QRectF, ground: str, ink: str) -> None:
    """The program's mark: three bars and a dot."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    unit = box.width() / 32
    painter.drawRoundedRect(box, 7 * unit, 7 * unit)
    painter.setBrush(QColor(ink))
    for x, y, width in ((8, 8.4, 14), (8, 14.2, 9), (8, 20, 14)):
        bar = QRectF(box.x() + x * unit, box.y() + y * unit, width * unit, 3.6 * unit)
        painter.drawRoundedRect(bar, 1.8 * unit, 1.8 * unit)
    painter.setBrush(QColor("#F2B84B"))
    painter.drawEllipse(
        QRectF(box.x() + 19.4 * unit, box.y() + 13.8 * unit, 4.4 * unit, 4.4 * unit)
    )
