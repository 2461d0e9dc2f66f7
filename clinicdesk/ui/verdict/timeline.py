"""The painted line of time on a verdict card: window, sessions, wanted day, first allowed day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from clinicdesk.domain.dates import day_short, day_words
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import Part, speak_as
from clinicdesk.ui.verdict.span import (
    Span,
    leaves_caption,
    mark_tip,
    spoken_span,
    wanted_caption,
    window_caption,
)

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_HATCH_STEP = 5.0


class Timeline(QWidget):
    """Sessions counted as numbered discs, blocked time hatched, the first allowed day as a bar."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._span: Span | None = None
        self._today: date | None = None
        self._compact = compact
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        speak_as(self, "chart")
        theme.signals.changed.connect(self.update)

    def set_span(self, span: Span | None, today: date | None = None) -> None:
        """Shows a span; None hides the widget."""
        self._span, self._today = span, today
        self.setVisible(span is not None)
        self.setAccessibleName(_("Sessions in the rolling window"))
        self.setAccessibleDescription(spoken_span(span, today) if span else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, theme.scaled(74 if self._compact else 84) + self._top())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    # -- geometry -----------------------------------------------------------------

    def _top(self) -> int:
        """Room over the captions for the line to the day on which a session leaves."""
        leaves = self._span is not None and self._span.leaves is not None
        return theme.scaled(18) if leaves else 0

    def _band(self) -> QRectF:
        top, tall = self._top() + theme.scaled(22), theme.scaled(26 if self._compact else 30)
        return QRectF(1, top, self.width() - 2, tall)

    def _x(self, day: date) -> float:
        band = self._band()
        share = self._span.share(day) if self._span else 0.0
        return float(band.left() + share * band.width())

    def session_xs(self) -> list[float]:
        """Where the discs stand, in pixels: moved apart to the left where they would hide each
        other."""
        span = self._span
        if span is None:
            return []
        least = theme.scaled(13)
        right = self._x(span.wanted) if span.sessions and span.sessions[-1] <= span.wanted else None
        placed: list[float] = []
        for day in reversed(span.sessions):
            x = self._x(day)
            placed.append(x if right is None else min(x, right - least))
            right = placed[-1]
        return placed[::-1]

    def _marks(self) -> list[tuple[float, date]]:
        """Sessions, the wanted day, and the first allowed one where it is another."""
        span = self._span
        if span is None:
            return []
        days = [*span.sessions, span.wanted, *((span.earliest,) if span.blocked else ())]
        places = [*self.session_xs(), *(self._x(day) for day in days[len(span.sessions) :])]
        return list(zip(places, days, strict=True))

    def spoken_parts(self) -> list[Part]:
        """What is marked on the line, each with its day."""
        band = self._band().toRect()
        return [
            Part(mark_tip(self._span, day), QRect(round(x) - 8, band.top(), 16, band.height()))
            for x, day in self._marks()
            if self._span is not None
        ]

    def press_part(self, number: int) -> None:
        """Nothing follows from a mark."""

    # -- painting -----------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._span is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_base(painter, self._span)
        self._paint_window(painter, self._span)
        self._paint_after(painter, self._span)
        self._paint_months(painter, self._span)
        self._paint_leaves(painter, self._span)
        self._paint_sessions(painter, self._span)
        self._paint_wanted(painter, self._span)
        self._paint_captions(painter, self._span)
        painter.end()

    def _paint_base(self, painter: QPainter, span: Span) -> None:  # noqa: ARG002
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(self._band().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_window(self, painter: QPainter, span: Span) -> None:
        if span.window_start is None or span.window_end is None:
            return
        band = self._band()
        left, right = self._x(span.window_start), self._x(span.window_end)
        # Not the family's colours: those of joints are green, and this band is no consent.
        strong = QColor(theme.colour("info"))
        strong.setAlpha(120)
        painter.setPen(QPen(strong, 1))
        painter.setBrush(theme.colour("infotint"))
        area = QRectF(left, band.top(), right - left, band.height())
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_after(self, painter: QPainter, span: Span) -> None:
        """Blocked time hatched in red, then the first allowed day and what follows."""
        if not span.blocked:
            return
        band = self._band()
        left, middle = self._x(span.wanted), self._x(span.earliest)
        self._hatch(painter, QRectF(left, band.top() + 1, middle - left, band.height() - 2))
        after = QRectF(middle, band.top(), band.right() - middle, band.height())
        painter.setPen(QPen(theme.colour("okline" if span.sure else "line2"), 1))
        painter.setBrush(theme.colour("oktint" if span.sure else "sunken"))
        painter.drawRoundedRect(after.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QPen(theme.colour("ok" if span.sure else "text"), 2.4))
        painter.drawLine(QLineF(middle, band.top() - 3, middle, band.bottom() + 3))

    def _hatch(self, painter: QPainter, area: QRectF) -> None:
        painter.save()
        painter.setClipRect(area)
        painter.fillRect(area, theme.colour("dangertint"))
        painter.setPen(QPen(theme.colour("dangerline"), 1.4))
        x = area.left() - area.height()
        while x < area.right():
            painter.drawLine(QLineF(x, area.bottom(), x + area.height(), area.top()))
            x += _HATCH_STEP
        painter.restore()

    def _paint_months(self, painter: QPainter, span: Span) -> None:
        """Ticks for months, longer at a new year."""
        bottom = self._band().bottom()
        painter.setPen(QPen(theme.colour("line2"), 1))
        for month in span.months():
            x = self._x(month)
            painter.drawLine(QLineF(x, bottom, x, bottom + (6 if month.month == 1 else 3)))

    def _paint_sessions(self, painter: QPainter, span: Span) -> None:
        middle, radius = self._band().center().y(), theme.scaled(8)
        painter.setFont(theme.font(11, 600))
        for number, x in enumerate(self.session_xs(), start=1):
            spot = QPointF(x, middle)
            # Filled: done. Hollow: only booked so far.
            booked = span.sessions[number - 1] in span.booked
            painter.setPen(QPen(theme.colour("info" if booked else "surface"), 1.6))
            painter.setBrush(theme.colour("surface" if booked else "info"))
            painter.drawEllipse(spot, radius, radius)
            painter.setPen(theme.colour("info" if booked else "surface"))
            painter.drawText(_around(spot, radius), _CENTRE, str(number))

    def _paint_leaves(self, painter: QPainter, span: Span) -> None:
        """A dashed line from the session that leaves next to the day it does."""
        if span.leaves is None:
            return
        session, day = span.leaves
        xs = dict(zip(span.sessions, self.session_xs(), strict=True))
        left, right = xs.get(session, self._x(session)), self._x(day)
        top, foot = theme.scaled(8) + 0.5, self._band().top()
        painter.setPen(QPen(theme.colour("text3"), 1, Qt.PenStyle.DashLine))
        for start, end in (
            (QPointF(left, foot), QPointF(left, top)),
            (QPointF(left, top), QPointF(right, top)),
            (QPointF(right, top), QPointF(right, foot - 3)),
        ):
            painter.drawLine(start, end)
        painter.setPen(QPen(theme.colour("text3"), 1.4))
        for way in (-3, 3):
            painter.drawLine(QPointF(right, foot - 1), QPointF(right + way, foot - 5))
        painter.setFont(theme.font(11, 400))
        words = leaves_caption(span)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 8
        begin = min(max(2.0, (left + right - wide) / 2), self.width() - wide)
        area = QRectF(begin, 0, wide, theme.scaled(16))
        painter.fillRect(area, theme.colour("surface"))
        painter.setPen(theme.colour("text2"))
        painter.drawText(area, _CENTRE, words)

    def _paint_wanted(self, painter: QPainter, span: Span) -> None:
        """The day asked for: an open disc with its number, or a cross where it is blocked."""
        spot, radius = QPointF(self._x(span.wanted), self._band().center().y()), theme.scaled(8)
        tone = theme.colour("danger" if span.blocked else "text")
        painter.setPen(QPen(tone, 2))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(spot, radius, radius)
        if span.blocked:
            arm = radius * 0.42
            for sign in (1, -1):
                start, end = QPointF(-arm, -arm * sign), QPointF(arm, arm * sign)
                painter.drawLine(QLineF(spot + start, spot + end))
            return
        number = sum(1 for day in span.sessions if day < span.wanted) + 1
        painter.setFont(theme.font(11, 600))
        painter.drawText(_around(spot, radius), _CENTRE, str(number))

    def _paint_captions(self, painter: QPainter, span: Span) -> None:
        band, tall = self._band(), theme.scaled(16)
        wanted_left = self._caption_wanted(painter, span, tall)
        caption = window_caption(span)
        if caption and span.window_start:
            painter.setFont(theme.font(11, 400))
            painter.setPen(theme.colour("text2"))
            left = self._x(span.window_start) + 2
            if span.leaves is not None:
                # Beside the line that goes up from the session that leaves, not through it.
                left = max(left, self._x(span.leaves[0]) + 6)
            high = self._top() + 2
            if left + QFontMetricsF(painter.font()).horizontalAdvance(caption) < wanted_left - 6:
                painter.drawText(QRectF(left, high, band.width(), tall), _LEFT, caption)
        self._caption_below(painter, span, tall)

    def _caption_wanted(self, painter: QPainter, span: Span, tall: float) -> float:
        painter.setFont(theme.font(11, 600))
        painter.setPen(theme.colour("danger" if span.blocked else "text"))
        words = wanted_caption(span, self._today)
        area = self._text_area(painter, words, span.wanted, self._top() + 2, tall)
        painter.drawText(area, _CENTRE, words)
        return float(area.left())

    def _caption_below(self, painter: QPainter, span: Span, tall: float) -> None:
        """Dates under the line; the first allowed day comes first, others give way."""
        top = self._band().bottom() + 6
        taken: list[QRectF] = []
        if span.blocked:
            painter.setFont(theme.font(11, 600))
            painter.setPen(theme.colour("ok" if span.sure else "text"))
            words = day_words(span.earliest)
            area = self._text_area(painter, words, span.earliest, top, tall)
            painter.drawText(area, _CENTRE, words)
            taken.append(area)
        painter.setFont(theme.font(11, 400))
        painter.setPen(theme.colour("text2"))
        for day in reversed(span.sessions):
            area = self._text_area(painter, day_short(day), day, top, tall)
            if not any(area.adjusted(-4, 0, 4, 0).intersects(other) for other in taken):
                painter.drawText(area, _CENTRE, day_short(day))
                taken.append(area)

    def _text_area(
        self, painter: QPainter, words: str, day: date, top: float, tall: float
    ) -> QRectF:
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 2
        left = min(max(0.0, self._x(day) - wide / 2), self.width() - wide)
        return QRectF(left, top, wide, tall)

    # -- hover --------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._span:
            day = self._day_near(event.pos().x())
            QToolTip.showText(event.globalPos(), mark_tip(self._span, day) if day else "", self)
            return True
        return super().event(event)

    def _day_near(self, x: float) -> date | None:
        distance, day = min((abs(place - x), day) for place, day in self._marks())
        return day if distance <= theme.scaled(10) else None


def _around(spot: QPointF, radius: float) -> QRectF:
    return QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)
