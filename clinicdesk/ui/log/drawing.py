"""Painting the spine, the bodies and their points in the colours of the theme."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from PySide6.QtSvg import QSvgRenderer

from clinicdesk.catalogue import resources
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.log.layout import FigureLayout
from clinicdesk.ui.log.points import Anchors, FigurePoint

_DRAWN_IN = {
    "#F1EEE4": "bone",
    "#E5E0D2": "bone2",
    "#B9B19C": "boneline",
    "#D5E2E4": "disc",
    "#EEF2F1": "skin",
    "#A9B6B2": "skinline",
}
_COLOUR = re.compile("|".join(_DRAWN_IN), re.IGNORECASE)
_LEAST_ROW = 11.5
_PALE = 0.55


@functools.cache
def spine_anchors() -> Anchors:
    """Anchor points of the spine's drawing, keyed by vertebra."""
    path = resources.root() / "theme" / "tokens.json"
    loaded = json.loads(path.read_text(encoding="utf-8"))
    return cast("Anchors", loaded["spine_anchor_points"])


@functools.cache
def _source(name: str) -> str:
    path: Path = resources.root() / "figures" / f"{name}.svg"
    return path.read_text(encoding="utf-8")


def figure_svg(name: str) -> QSvgRenderer:
    """The drawing ``spine`` or ``body``, its colours exchanged for the theme's."""

    def themed(match: re.Match[str]) -> str:
        return theme.colour(_DRAWN_IN[match.group().upper()]).name()

    return QSvgRenderer(_COLOUR.sub(themed, _source(name)).encode())


def paint_backdrop(
    painter: QPainter,
    places: FigureLayout,
    drawing: Callable[[str], QSvgRenderer],
    used: Collection[str],
) -> None:
    """Spine and bodies with their headings; those without points stand back."""
    figures = (
        ("spine", "spine", _("From behind")),
        ("back", "body", _("Back")),
        ("front", "body", _("Front")),
    )
    for figure, name, title in figures:
        if figure not in places.rects:
            continue
        painter.setOpacity(1.0 if figure in used or not used else _PALE)
        drawing(name).render(painter, places.rects[figure])
        painter.setOpacity(1.0)
        _heading(painter, places.rects[figure], figure, title)


def _heading(painter: QPainter, rect: QRectF, figure: str, title: str) -> None:
    """The title above a figure, between its two sides."""
    line = QRectF(rect.left() + 4, rect.top() - 22, rect.width() - 8, 18)
    middle = line
    if figure == "spine":
        line = QRectF(rect.center().x() - 64, rect.top() - 22, 124, 18)
        middle = line
    painter.setFont(theme.font(12, 400))
    painter.setPen(theme.colour("text3"))
    painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, title)
    painter.setFont(theme.font(12, 600))
    painter.setPen(theme.colour("text2"))
    sides = ("R", "L") if figure == "front" else ("L", "R")
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, sides[0])
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, sides[1])


def paint_points(
    painter: QPainter,
    places: FigureLayout,
    points: tuple[FigurePoint, ...],
    marked: Collection[int],
    *,
    hover: int,
    current: int,
    read_only: bool,
) -> None:
    """The points with their margin labels; the marked ones filled and named."""
    _labels(painter, places, points, marked)
    for index, point in enumerate(points):
        at = places.place(point)
        if index in marked:
            _marked(painter, at, point.shape)
        elif not read_only:
            _open(painter, at, point.shape, hover=index == hover)
        if index == current:
            _cursor(painter, at)


def _labels(
    painter: QPainter,
    places: FigureLayout,
    points: tuple[FigurePoint, ...],
    marked: Collection[int],
) -> None:
    """Row names in the margin; a marked row bears its site on a filled label."""
    named: dict[str, list[int]] = {}
    for index, point in enumerate(points):
        if point.row:
            named.setdefault(point.row, []).append(index)
    taken = [places.place(points[i]).y() for row in named.values() for i in row if i in marked]
    previous = float("-inf")
    for row, indices in named.items():
        y = places.place(points[indices[0]]).y()
        chosen = [points[i] for i in indices if i in marked]
        if chosen:
            _flag(painter, y, _row_name(row, chosen))
        elif y - previous >= _LEAST_ROW and all(abs(y - other) > 17 for other in taken):
            painter.setFont(theme.font(12, 400))
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRectF(12, y - 9, 60, 18), Qt.AlignmentFlag.AlignVCenter, row)
            previous = y


def _row_name(row: str, chosen: list[FigurePoint]) -> str:
    """``L5 left``; two sides of a row are ``both``, as far as one may say so in a margin."""
    return f"{row} {chosen[0].side if len(chosen) == 1 else _('both')}"


def _flag(painter: QPainter, y: float, text: str) -> None:
    painter.setFont(theme.font(12, 600))
    width = painter.fontMetrics().horizontalAdvance(text) + 14
    path = QPainterPath()
    path.addRoundedRect(QRectF(8, y - 10, width, 20), 5, 5)
    painter.fillPath(path, theme.colour("accent"))
    painter.setPen(theme.colour("onaccent"))
    painter.drawText(QRectF(15, y - 10, width, 20), Qt.AlignmentFlag.AlignVCenter, text)


def _open(painter: QPainter, at: QPointF, shape: str, *, hover: bool) -> None:
    """A point that can be taken."""
    if shape == "cross":
        painter.setPen(QPen(theme.colour("accent" if hover else "text2"), 1.8))
        painter.drawLine(at - QPointF(4, 0), at + QPointF(4, 0))
        painter.drawLine(at - QPointF(0, 4), at + QPointF(0, 4))
        return
    painter.setPen(QPen(theme.colour("accent"), 1.8))
    painter.setBrush(theme.colour("atint2" if hover else "surface"))
    _shape(painter, at, shape, 5.5 if hover else 4.5)


def _marked(painter: QPainter, at: QPointF, shape: str) -> None:
    accent = theme.colour("accent")
    painter.setPen(QPen(accent, 2.2))
    painter.setBrush(theme.colour("surface"))
    _shape(painter, at, shape, 9.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    _shape(painter, at, shape, 5.5)


def _cursor(painter: QPainter, at: QPointF) -> None:
    """Where the arrows stand."""
    painter.setBrush(QBrush())
    painter.setPen(QPen(QColor(theme.colour("now")), 1.6, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(QRectF(at.x() - 12, at.y() - 12, 24, 24), 6, 6)


def _shape(painter: QPainter, at: QPointF, shape: str, radius: float) -> None:
    if shape == "diamond":
        painter.save()
        painter.translate(at)
        painter.rotate(45)
        side = radius * 0.9
        painter.drawRoundedRect(QRectF(-side, -side, 2 * side, 2 * side), 1.5, 1.5)
        painter.restore()
    else:
        painter.drawEllipse(at, radius, radius)
