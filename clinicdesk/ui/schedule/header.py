"""The row over the columns: who or which room, how full."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.rows.schedule import DayRows, ResourceRow
from clinicdesk.domain.translation import _
from clinicdesk.scheduling import hours
from clinicdesk.ui import theme
from clinicdesk.ui.schedule.geometry import DayGeometry
from clinicdesk.ui.schedule.model import Block
from clinicdesk.ui.schedule.painting import first_that_fits, initials


def spelled(minutes: int) -> str:
    """``2 h 15``, ``3 h`` or ``15 min``."""
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    return (
        _("{minutes} h {minutes_2}").format(minutes=minutes // 60, minutes_2=minutes % 60)
        if minutes % 60
        else _("{minutes} h").format(minutes=minutes // 60)
    )


@dataclass(frozen=True)
class Fullness:
    """How full a column is: appointments, free minutes, share of the open time that is taken.

    ``closed``: there is no open time on this day.
    """

    resource: ResourceRow
    booked: int
    free: int
    share: float
    closed: bool

    @property
    def words(self) -> str:
        """``10 booked · 15 min free``."""
        if self.closed and not self.booked:
            return _("Closed")
        return _("{booked} booked · {spelled} free").format(
            booked=self.booked, spelled=spelled(self.free)
        )


def fullness(day: DayRows, resource: ResourceRow, blocks: list[Block]) -> Fullness:
    """How full a resource's day is; lunch and the like is not open time."""
    held = [b for b in blocks if b.appointment.status.holds_time]
    open_minutes = hours.bookable_minutes(day, resource.id)
    taken = sum(b.end - b.start for b in held)
    share = min(1.0, taken / open_minutes) if open_minutes else 0.0
    return Fullness(resource, len(held), max(0, open_minutes - taken), share, not open_minutes)


class Header(QWidget):
    """Paints itself from what the view shows; scrolls sideways with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._geometry: DayGeometry | None = None
        self._columns: list[Fullness] = []
        self._offset = 0
        self.setFixedHeight(theme.scaled(52))

    def sizeHint(self) -> QSize:
        return QSize(600, theme.scaled(52))

    def set_day(
        self, day: DayRows, columns: tuple[ResourceRow, ...], blocks: tuple[Block, ...]
    ) -> None:
        """What the columns are."""
        self._columns = [
            fullness(day, r, [b for b in blocks if b.column == i]) for i, r in enumerate(columns)
        ]
        names = "; ".join(
            f"{c.resource.name}: {c.words.replace(' · ', ', ')}" for c in self._columns
        )
        self.setAccessibleName(_("Columns. {names}").format(names=names))
        self.update()

    def set_geometry(self, geometry: DayGeometry, offset: int) -> None:
        """Where the columns are, and how far the view is scrolled sideways."""
        self._geometry, self._offset = geometry, offset
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("surface"))
        geometry = self._geometry
        if geometry is not None:
            for i, column in enumerate(self._columns):
                self._column(painter, geometry, i, column)
            painter.fillRect(QRectF(0, 0, geometry.gutter, self.height()), theme.colour("surface"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        painter.end()

    def _column(
        self, painter: QPainter, geometry: DayGeometry, index: int,
        column: Fullness,
    ) -> None:  # fmt: skip
        resource = column.resource
        left = geometry.x(index) - self._offset
        width = geometry.column_width
        painter.fillRect(QRectF(left, 0, 1, self.height()), theme.colour("line"))
        icon = (
            "user" if resource.kind == "staff" else "us" if "ultrasound" in resource.has else "carm"
        )
        if resource.kind == "room" and not resource.has:
            icon = "bed"
        painter.drawPixmap(QPointF(left + 9, theme.scaled(8)), theme.pixmap(icon, "text2", 17))
        text_left = left + 9 + theme.scaled(22)
        room = int(width - (text_left - left) - 6)
        painter.setFont(theme.font(13, 600))
        painter.setPen(theme.colour("text"))
        box = QRectF(text_left, theme.scaled(6), room, theme.scaled(20))
        names = [resource.name]
        if resource.kind == "staff":
            names.append(initials(resource.name))
        painter.drawText(
            box, Qt.AlignmentFlag.AlignVCenter, first_that_fits(tuple(names), room, 13, 600)
        )
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("text2"))
        words = (column.words, _("{booked} booked").format(booked=column.booked))
        room = int(width - 14)
        box = QRectF(left + 9, theme.scaled(27), room, theme.scaled(18))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, first_that_fits(words, room, 12))
        painter.fillRect(
            QRectF(left + 1, self.height() - 4, (width - 1) * column.share, 3),
            theme.colour("accent"),
        )
