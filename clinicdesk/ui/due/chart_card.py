"""The card around the chart: title and what the colours mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.due.week_chart import WeekChart
from clinicdesk.ui.widgets import Label, row


class Swatch(QWidget):
    """A small square in the colours of a part of a bar."""

    def __init__(self, fill: str, edge: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill, self._edge = fill, edge
        self.setFixedSize(theme.scaled(12), theme.scaled(12))
        theme.signals.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(12), theme.scaled(12))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(self._edge), 1))
        painter.setBrush(theme.colour(self._fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
        painter.end()


class ChartCard(QFrame):
    """Due by week."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.chart = WeekChart()
        key = row(
            Label(_("Due by week"), 14, 600), None,
            Swatch("accent", "accent"), Label(_("booked"), 12, 400, "muted"), 8,
            Swatch("atint2", "accent"), Label(_("to book"), 12, 400, "muted"), 8,
            Swatch("dangerline", "danger"), Label(_("overdue"), 12, 400, "muted"), spacing=5,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 5)
        column.setSpacing(2)
        column.addLayout(key)
        column.addWidget(self.chart, 1)
