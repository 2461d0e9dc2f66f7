"""The painted card of procedures and relief over time."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from clinicdesk.domain.dates import day_short, month_short
from clinicdesk.domain.rows.people import PastProcedure, UpcomingAppointment
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import Part, speak_as
from clinicdesk.ui.patients.pie import paint_pie
from clinicdesk.ui.patients.timeline_rows import (
    LineOfTime,
    Range,
    lines_of_time,
    range_for,
    within,
)
from clinicdesk.ui.patients.words import (
    procedure_tip,
    relief_percent,
    relief_text,
    relief_weeks,
    spoken_row,
    upcoming_title,
    upcoming_when,
)

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_MOST_LINES = 6


class ReliefTimeline(QWidget):
    """One line per kind of procedure: pies for relief, bars to the follow-up, rings for booked.

    Signals:
        opened(int): a procedure was clicked.
    """

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done: tuple[PastProcedure, ...] = ()
        self._booked: tuple[UpcomingAppointment, ...] = ()
        self._lines: tuple[LineOfTime, ...] = ()
        self._today = date(2000, 1, 1)
        self._key = "2y"
        self._range = Range(date(2000, 1, 1), date(2001, 1, 1))
        self._spots: list[tuple[QPointF, PastProcedure | UpcomingAppointment]] = []
        self.setMouseTracking(True)
        speak_as(self, "chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self.update)

    def set_rows(
        self,
        done: tuple[PastProcedure, ...],
        booked: tuple[UpcomingAppointment, ...],
        today: date,
    ) -> None:
        """Shows a patient's procedures and appointments."""
        self._done, self._booked, self._today = done, booked, today
        spoken = ". ".join(spoken_row(row) for row in done if not row.struck)
        self.setAccessibleName(_("Procedures and relief over time"))
        self.setAccessibleDescription(spoken or _("No procedure yet."))
        self.set_range(self._key)

    def set_range(self, key: str) -> None:
        """Another range: ``6m``, ``1y``, ``2y`` or ``all``."""
        self._key = key
        self._range = range_for(key, self._today, self._done, self._booked)
        every = lines_of_time(self._done, self._booked)
        self._lines = within(every, self._range)[:_MOST_LINES]
        self.updateGeometry()
        self.update()

    # -- geometry -----------------------------------------------------------------

    def _row_height(self) -> int:
        return theme.scaled(40)

    def _axis_height(self) -> int:
        return theme.scaled(24)

    def sizeHint(self) -> QSize:
        return QSize(600, self._axis_height() + max(1, len(self._lines)) * self._row_height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    def _plot(self) -> QRectF:
        left, right = theme.scaled(176), theme.scaled(12)
        top = self._axis_height()
        return QRectF(left, top, self.width() - left - right, self.height() - top - 2)

    def _x(self, day: date) -> float:
        plot = self._plot()
        return float(plot.left() + self._range.share(day) * plot.width())

    # -- painting -----------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._spots = []
        self._paint_axis(painter)
        self._paint_today(painter)
        if not self._lines:
            painter.setFont(theme.font(13))
            painter.setPen(theme.colour("text2"))
            painter.drawText(self._plot(), _CENTRE, _("Nothing in this range."))
        for index, line in enumerate(self._lines):
            self._paint_line(painter, line, index)
        painter.end()

    def _paint_axis(self, painter: QPainter) -> None:
        plot = self._plot()
        future = QRectF(self._x(self._today), plot.top(), 0, plot.height())
        future.setRight(plot.right())
        painter.fillRect(future, theme.colour("canvas"))
        last = -100.0
        for day in self._range.quarters():
            x = self._x(day)
            painter.setPen(QPen(theme.colour("line2" if day.month == 1 else "line"), 1))
            painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
            month = month_short(day)
            words = f"{month} {day.year}" if day.month == 1 else month
            near_today = abs(x - self._x(self._today)) < theme.scaled(46)
            if x - last > theme.scaled(58) and not near_today:
                painter.setFont(theme.font(11, 600 if day.month == 1 else 400))
                painter.setPen(theme.colour("text" if day.month == 1 else "text2"))
                painter.drawText(QRectF(x + 3, 0, 90, plot.top() - 2), _LEFT, words)
                last = x

    def _paint_line(self, painter: QPainter, line: LineOfTime, index: int) -> None:
        top = self._axis_height() + index * self._row_height()
        middle = top + self._row_height() / 2
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QLineF(0, top, self.width(), top))
        self._paint_head(painter, line, top)
        plot = self._plot()
        painter.save()
        edge = theme.scaled(9)
        painter.setClipRect(QRectF(plot.left() - edge, top, plot.width() + 2 * edge, 60))
        for number, row in enumerate(line.done):
            later = line.done[number + 1] if number + 1 < len(line.done) else None
            self._paint_done(painter, row, later, middle)
        for plan in line.booked:
            self._paint_booked(painter, plan, middle)
        painter.restore()

    def _paint_head(self, painter: QPainter, line: LineOfTime, top: float) -> None:
        half = self._row_height() / 2
        spot = QPointF(0, round(top + half - theme.scaled(7)))
        painter.drawPixmap(spot, theme.glyph(line.family))
        left, wide = theme.scaled(20), self._plot().left() - theme.scaled(28)
        for words, px, weight, tone, offset in (
            (line.title, 12, 600, "text", 4),
            (line.note, 11, 400, "text2", half - 2),
        ):
            painter.setFont(theme.font(px, weight))
            painter.setPen(theme.colour(tone))
            cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(wide))
            painter.drawText(QRectF(left, top + offset, wide, half - 2), _LEFT, cut)

    def _paint_done(
        self, painter: QPainter, row: PastProcedure, later: PastProcedure | None, middle: float
    ) -> None:
        family = theme.family(row.family)
        x, radius = self._x(row.performed_on), theme.scaled(7)
        end = x + radius
        if row.followup_on is not None and (relief_percent(row) or 0) > 0:
            end = self._x(row.followup_on)
            bar = QColor(family.strong)
            bar.setAlphaF(0.42)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(bar)
            area = QRectF(x, middle - theme.scaled(4), max(0.0, end - x), theme.scaled(8))
            painter.drawRoundedRect(area, 3, 3)
        self._paint_words(painter, row, later, QPointF(x, middle), end)
        percent = relief_percent(row)
        surface = theme.colour("surface")
        paint_pie(painter, QPointF(x, middle), radius, percent, family.strong, surface)
        self._spots.append((QPointF(x, middle), row))

    def _paint_words(
        self,
        painter: QPainter,
        row: PastProcedure,
        later: PastProcedure | None,
        spot: QPointF,
        end: float,
    ) -> None:
        """``70% · 11 wk``: above a long bar, behind a short one; ``70%`` where that has no room."""
        words = relief_text(row)
        if not words:
            return
        painter.setFont(theme.font(11, 600))
        painter.setPen(theme.colour("text"))
        metrics = QFontMetricsF(painter.font())
        limit = self._x(later.performed_on) - theme.scaled(9) if later else self.width()
        if spot.x() + theme.scaled(10) + metrics.horizontalAdvance(words) + 2 >= limit:
            words = f"{relief_percent(row)}%"
        wide = metrics.horizontalAdvance(words) + 2
        behind = max(end, spot.x() + theme.scaled(7)) + theme.scaled(5)
        today = self._x(self._today)
        clear = behind + wide < limit and not behind < today < behind + wide
        if (relief_weeks(row) or 0) < 8 and clear:
            painter.drawText(QRectF(behind, spot.y() - 9, wide, 18), _LEFT, words)
        elif spot.x() + theme.scaled(10) + wide < limit:
            above = QRectF(spot.x() + theme.scaled(10), spot.y() - theme.scaled(19), wide, 14)
            if above.left() - 2 < today < above.right() + 2:
                painter.fillRect(above.adjusted(-2, 0, 2, 0), theme.colour("surface"))
            painter.drawText(above, _LEFT, words)

    def _paint_booked(self, painter: QPainter, plan: UpcomingAppointment, middle: float) -> None:
        x, radius = self._x(plan.start.date()), theme.scaled(7)
        pen = QPen(theme.family(plan.family).strong, 1.8)
        pen.setDashPattern([1.8, 1.6])
        painter.setPen(pen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(x, middle), radius, radius)
        painter.setFont(theme.font(11, 600))
        painter.setPen(theme.colour("text"))
        words = day_short(plan.start.date())
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 2
        left = x + radius + 4
        if left + wide > self.width():
            left = x - radius - 4 - wide
        painter.drawText(QRectF(left, middle - 9, wide, 18), _LEFT, words)
        self._spots.append((QPointF(x, middle), plan))

    def _paint_today(self, painter: QPainter) -> None:
        plot, x = self._plot(), self._x(self._today)
        painter.setPen(QPen(theme.colour("now"), 1.6))
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        painter.setFont(theme.font(11, 600))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(_("Today")) + theme.scaled(12)
        flag = QRectF(min(x - wide / 2, self.width() - wide), 2, wide, self._axis_height() - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("now"))
        painter.drawRoundedRect(flag, 4, 4)
        painter.setPen(theme.colour("onnow"))
        painter.drawText(flag, _CENTRE, _("Today"))

    # -- pointing -----------------------------------------------------------------

    def spoken_parts(self) -> list[Part]:
        """What is on show, procedures and bookings, line by line."""
        size = theme.scaled(18)
        parts = []
        for spot, found in self._spots:
            box = QRect(0, 0, size, size)
            box.moveCenter(spot.toPoint())
            parts.append(Part(_tip(found, self._today).replace("\n", ", "), box))
        return parts

    def press_part(self, number: int) -> None:
        """Opens a procedure."""
        found = self._spots[number][1]
        if isinstance(found, PastProcedure):
            self.opened.emit(found.id)

    def _at(self, spot: QPointF) -> PastProcedure | UpcomingAppointment | None:
        near = [
            ((place - spot).manhattanLength(), number)
            for number, (place, __) in enumerate(self._spots)
        ]
        if not near or min(near)[0] > theme.scaled(14):
            return None
        return self._spots[min(near)[1]][1]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), _tip(found, self._today), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = isinstance(self._at(event.position()), PastProcedure)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if isinstance(found, PastProcedure) and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(found.id)


def _tip(found: PastProcedure | UpcomingAppointment | None, today: date) -> str:
    if found is None:
        return ""
    if isinstance(found, PastProcedure):
        return procedure_tip(found)
    return f"{upcoming_title(found)}\n{upcoming_when(found, today)}, {found.physician}"
