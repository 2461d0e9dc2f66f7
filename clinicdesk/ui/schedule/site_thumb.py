"""A small picture of where it is planned: the part of the spine or body with its points."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.log.drawing import figure_svg, spine_anchors
from clinicdesk.ui.log.points import BODY_BOX, SPINE_BOX, FigurePoint, points_for

_WIDTH, _HEIGHT = 70, 84
_DRAWING = {"spine": ("spine", SPINE_BOX), "back": ("body", BODY_BOX), "front": ("body", BODY_BOX)}
_SHOWN = {"spine": 150.0, "back": 84.0, "front": 84.0}
"""How much of the drawing's width is shown, in its own units."""


class SiteThumb(QWidget):
    """Shows sites of a procedure; hidden where the figure has no point for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[FigurePoint, ...] = ()
        self._family = ""
        self._picture: QPixmap | None = None
        self.setFixedSize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT))
        theme.signals.changed.connect(self._forget)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(_WIDTH), theme.scaled(_HEIGHT))

    def show_sites(self, procedure: Procedure | None, sites: Sequence[str]) -> None:
        """Marks the sites; all of one figure, the first site's."""
        self._family = procedure.family if procedure else ""
        found = [p for p in points_for(procedure, spine_anchors()) if p.site in sites]
        self._points = tuple(p for p in found if p.figure == found[0].figure)
        self._forget()
        shown = ", ".join(p.site for p in self._points)
        self.setAccessibleName(_("Shown on the figure: {sites}").format(sites=shown))
        self.setVisible(bool(found))

    def _forget(self) -> None:
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if not self._points:
            return
        if self._picture is None:
            self._picture = self._paint()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _paint(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, 6, 6)
        painter.fillPath(path, theme.colour("sunken"))
        painter.save()
        painter.setClipPath(path)
        self._figure(painter)
        painter.restore()
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawPath(path)
        self._sides(painter)
        painter.end()
        return picture

    def _figure(self, painter: QPainter) -> None:
        figure = self._points[0].figure
        name, drawn = _DRAWING[figure]
        scale = self.width() / _SHOWN[figure]
        x = sum(p.x for p in self._points) / len(self._points)
        y = sum(p.y for p in self._points) / len(self._points)
        if figure == "spine":
            x = drawn[0] + drawn[2] / 2
        half = self.height() / scale / 2
        y = max(drawn[1] + half, min(drawn[1] + drawn[3] - half, y))
        left, top = self.width() / 2 - x * scale, self.height() / 2 - y * scale
        place = QRectF(
            left + drawn[0] * scale, top + drawn[1] * scale, drawn[2] * scale, drawn[3] * scale
        )
        figure_svg(name).render(painter, place)
        for point in self._points:
            at = QPointF(left + point.x * scale, top + point.y * scale)
            painter.setPen(QPen(theme.colour("surface"), 1.5))
            painter.setBrush(theme.family(self._family).strong)
            painter.drawEllipse(at, 4.0, 4.0)

    def _sides(self, painter: QPainter) -> None:
        painter.setFont(theme.font(11, 600))
        painter.setPen(theme.colour("text2"))
        sides = ("R", "L") if self._points[0].figure == "front" else ("L", "R")
        line = QRectF(5, 2, self.width() - 10, theme.scaled(15))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, sides[0])
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, sides[1])
