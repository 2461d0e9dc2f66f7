"""The clickable figure: spine from behind and the body, in step with the typed sites."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicdesk.domain.anatomy import Site, Spot, site_for
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import Part, announce, speak_as
from clinicdesk.ui.log.drawing import figure_svg, paint_backdrop, paint_points, spine_anchors
from clinicdesk.ui.log.layout import FigureLayout
from clinicdesk.ui.log.points import FigurePoint, points_for

__all__ = ["Figure", "spine_anchors"]

_REACH = 11.0
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Figure(QWidget):
    """Sites by click or by arrows and Space.

    A click takes one site (again: clears it), Ctrl+click adds, Shift+click takes the
    levels between on one side. Sites that have no point stay as they are typed.
    """

    picked = Signal(object)
    """The sites after a click, as a tuple of texts."""
    pointed = Signal(str)
    """What the pointer or the arrows stand on, in words; empty when on nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._procedure: Procedure | None = None
        self._points: tuple[FigurePoint, ...] = ()
        self._sites: tuple[str, ...] = ()
        self._spots: frozenset[Spot] = frozenset()
        self._hover = -1
        self._current = -1
        self._last = -1
        self._read_only = False
        self._backdrop = QPixmap()
        self._places = FigureLayout(self.width(), self.height())
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Site on the figure"))
        speak_as(self, "points")
        theme.signals.changed.connect(self._repaint_all)

    def sizeHint(self) -> QSize:
        return QSize(376, 690)

    def minimumSizeHint(self) -> QSize:
        return QSize(290, 430)

    def set_procedure(self, procedure: Procedure | None) -> None:
        """Show the points that fit ``procedure``."""
        self._procedure = procedure
        self._points = points_for(procedure, spine_anchors())
        self._hover = self._current = self._last = -1
        self.set_sites(self._sites)
        self._lay_out()

    def set_sites(self, sites: Sequence[str]) -> None:
        """Mark ``sites``; those that do not fit the procedure are not marked."""
        self._sites = tuple(sites)
        spots: set[Spot] = set()
        for text in self._sites:
            site = self._site(text)
            spots |= site.spots if site else set()
        self._spots = frozenset(spots)
        self.setAccessibleDescription(", ".join(self._sites) or _("no site chosen"))
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        """A signed log's figure only shows."""
        self._read_only = read_only
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus)

    def centre_of(self, site: str) -> QPointF:
        """Where the point of ``site`` stands in this widget; raises LookupError if it has none."""
        for point in self._points:
            if point.site == site:
                return self._places.place(point)
        raise LookupError(site)

    def _site(self, text: str) -> Site | None:
        if self._procedure is None:
            return None
        try:
            return site_for(text, self._procedure)
        except ValueError:
            return None

    # events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found != self._hover:
            self._hover = found
            self.setCursor(
                Qt.CursorShape.PointingHandCursor
                if found >= 0 and not self._read_only
                else Qt.CursorShape.ArrowCursor
            )
            self.pointed.emit(self.words(found))
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.pointed.emit(self.words(self._current) if self.hasFocus() else "")
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if self._read_only or found < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        modifiers = event.modifiers()
        if modifiers & _SHIFT and self._last >= 0:
            self._take_range(self._last, found)
        else:
            self._toggle(found, add=bool(modifiers & _CTRL))
        self._current = self._last = found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
        }
        if self._read_only or not self._points:
            super().keyPressEvent(event)
        elif key in steps:
            self._walk(*steps[Qt.Key(key)])
        elif key == Qt.Key.Key_Space and self._current >= 0:
            self._toggle(self._current, add=True)
            announce(self, self._said(self._current))
            self._last = self._current
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._current < 0 and self._points:
            marked = [i for i, p in enumerate(self._points) if self._marked(p)]
            self._current = marked[0] if marked else 0
        self.pointed.emit(self.words(self._current))
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.pointed.emit("")
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._backdrop.isNull():
            self._backdrop = self._draw_backdrop()
        painter.drawPixmap(0, 0, self._backdrop)
        marked = frozenset(i for i, p in enumerate(self._points) if self._marked(p))
        paint_points(
            painter,
            self._places,
            self._points,
            marked,
            hover=self._hover,
            current=self._current if self.hasFocus() else -1,
            read_only=self._read_only,
        )
        painter.end()

    # choosing

    def words(self, index: int) -> str:
        """What a point is called: ``C5-C6 foramen (C6 nerve), left``; empty for none."""
        if not 0 <= index < len(self._points):
            return ""
        point = self._points[index]
        return f"{point.spoken}, {point.side}"

    def _said(self, index: int) -> str:
        words = self.words(index)
        chosen = self._marked(self._points[index])
        return _("{point}, chosen").format(point=words) if chosen else words

    def spoken_value(self) -> str:
        """What is marked, in words."""
        return self.readout()

    def spoken_parts(self) -> list[Part]:
        """The points of the procedure, as they are walked."""
        parts = []
        for index, point in enumerate(self._points):
            spot = self._places.place(point).toPoint()
            box = QRect(spot.x() - 7, spot.y() - 7, 14, 14)
            parts.append(Part(self.words(index), box, self._marked(point)))
        return parts

    def press_part(self, number: int) -> None:
        """As Space on that point."""
        if not self._read_only:
            self._toggle(number, add=True)
            self._current = self._last = number

    def readout(self) -> str:
        """What is marked, in words."""
        found = [self.words(i) for i, p in enumerate(self._points) if self._marked(p)]
        return "; ".join(found)

    def _marked(self, point: FigurePoint) -> bool:
        return Spot(point.name, point.side) in self._spots

    def _at(self, position: QPointF) -> int:
        """The nearest point within reach, or −1."""
        best, nearest = -1, _REACH
        for index, point in enumerate(self._points):
            offset = self._places.place(point) - position
            distance = (offset.x() ** 2 + offset.y() ** 2) ** 0.5
            if distance < nearest:
                best, nearest = index, distance
        return best

    def _toggle(self, index: int, *, add: bool) -> None:
        point = self._points[index]
        if self._marked(point):
            self._emit(self._without(point))
        elif add:
            self._emit((*self._sites, point.site))
        else:
            self._emit((point.site,))

    def _without(self, point: FigurePoint) -> tuple[str, ...]:
        """The sites with one spot taken out; a bilateral site leaves its other side."""
        gone = Spot(point.name, point.side)
        kept: list[str] = []
        for text in self._sites:
            site = self._site(text)
            if site is None or gone not in site.spots:
                kept.append(text)
            else:
                kept += [str(spot) for spot in sorted(site.spots - {gone})]
        return tuple(kept)

    def _take_range(self, first: int, last: int) -> None:
        """Every level from one point to the other, on the side of the first."""
        start, end = self._points[first], self._points[last]
        low, high = sorted((start.y, end.y))
        span = [
            point.site
            for point in self._points
            if point.figure == start.figure and point.side is start.side and low <= point.y <= high
        ]
        self._emit(tuple(span))

    def _emit(self, sites: tuple[str, ...]) -> None:
        self.set_sites(sites)
        self.picked.emit(sites)

    def _walk(self, across: int, along: int) -> None:
        """To the nearest point in the direction of the arrow."""
        here = self._places.place(self._points[max(self._current, 0)])
        best, cost = -1, float("inf")
        for index, point in enumerate(self._points):
            offset = self._places.place(point) - here
            ahead = offset.x() * across + offset.y() * along
            aside = abs(offset.y() if across else offset.x())
            if ahead > 0.5 and ahead + 3 * aside < cost:
                best, cost = index, ahead + 3 * aside
        if best >= 0:
            self._current = best
            self.pointed.emit(self.words(best))
            announce(self, self._said(best))
            self.update()

    # painting

    def _lay_out(self) -> None:
        figures = {point.figure for point in self._points}
        self._places = FigureLayout(self.width(), self.height(), figures)
        self._repaint_all()

    def _repaint_all(self) -> None:
        self._backdrop = QPixmap()
        self.update()

    def _draw_backdrop(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        used = {point.figure for point in self._points}
        paint_backdrop(painter, self._places, figure_svg, used)
        painter.end()
        return pixmap
