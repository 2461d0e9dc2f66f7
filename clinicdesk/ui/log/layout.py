"""Where the spine and the two bodies stand in a figure of a given size. No painting here."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF

from clinicdesk.ui.log.points import BODY_BOX, SPINE_BOX, FigurePoint

_TOP = 24.0
_BOTTOM = 6.0
_LABELS = 40.0
_TITLE = 22.0
_EDGE = 14.0
_LEAST_BODY = 64.0


class FigureLayout:
    """Rectangles of ``spine``, ``back`` and ``front`` within ``width`` × ``height`` pixels.

    For places in the spine the spine takes the height and the bodies stand small beside it; for
    places on the body alone the two bodies take the room and there is no spine. ``figures`` are
    those that have places: each of them has its rectangle, however little room there is.
    """

    def __init__(self, width: int, height: int, figures: Collection[str] = ("spine",)) -> None:
        self._width = float(width)
        self._room = max(height - _TOP - _BOTTOM, 60.0)
        body = bool(figures) and "spine" not in figures
        also = any(figure != "spine" for figure in figures)
        self.rects: dict[str, QRectF] = self._bodies() if body else self._spine(bodies=also)

    def _spine(self, *, bodies: bool) -> dict[str, QRectF]:
        # Places of the neck stand close to one another: where bodies are meant they are large.
        wide = self._width / 2 if bodies else self._width
        wide = max(wide - _LABELS - _EDGE, 90.0)
        scale = min(self._room / SPINE_BOX[3], wide / SPINE_BOX[2])
        spine = QRectF(_LABELS - 8, _TOP, SPINE_BOX[2] * scale, SPINE_BOX[3] * scale)
        found = {"spine": spine}
        left = spine.right() + 6
        body_width = min(self._width - left - _EDGE, (self._room - _TITLE) / 2 * _RATIO)
        if bodies:
            body_width = max(body_width, _LEAST_BODY / 2)
        if bodies or body_width >= _LEAST_BODY:
            tall = body_width / _RATIO
            found["back"] = QRectF(left, _TOP, body_width, tall)
            found["front"] = QRectF(left, _TOP + tall + _TITLE, body_width, tall)
        return found

    def _bodies(self) -> dict[str, QRectF]:
        body_width = min((self._width - 3 * _EDGE) / 2, self._room * _RATIO)
        tall = body_width / _RATIO
        left = (self._width - 2 * body_width - _EDGE) / 2
        return {
            "back": QRectF(left, _TOP, body_width, tall),
            "front": QRectF(left + body_width + _EDGE, _TOP, body_width, tall),
        }

    def place(self, point: FigurePoint) -> QPointF:
        """Where a point stands, in pixels of the widget."""
        box = SPINE_BOX if point.figure == "spine" else BODY_BOX
        rect = self.rects[point.figure]
        scale = rect.width() / box[2]
        return QPointF(
            rect.left() + (point.x - box[0]) * scale, rect.top() + (point.y - box[1]) * scale
        )


_RATIO = BODY_BOX[2] / BODY_BOX[3]
