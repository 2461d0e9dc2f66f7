"""The drawing that shows the place: spine from behind, or the body from either side."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth

from clinicdesk.documents.drawing import paint, picture
from clinicdesk.documents.flow import Block, frame
from clinicdesk.documents.fonts import BODY, BOLD
from clinicdesk.documents.look import DANGER, INK, INK2, LINE, SUNKEN, WHITE, Look
from clinicdesk.documents.places import BODY_MIDDLE, SPINE_MIDDLE, Mark
from clinicdesk.domain.sheets import SheetTexts

_RADIUS = 6.0
_SPINE_TOP, _SPINE_BOTTOM = 4.0, 578.0
_BODY_TOP, _BODY_BOTTOM = -4.0, 292.0


class SiteFigure(Block):
    """A framed part of a drawing around its marks, Left and Right written in the corners."""

    def __init__(
        self, marks: tuple[Mark, ...], texts: SheetTexts, look: Look, width: float, height: float
    ) -> None:
        super().__init__()
        self._marks = marks
        self._texts = texts
        self._look = look
        self.width, self.height = width, height
        self._spine = marks[0].figure == "spine"
        self._x, self._y, self._unit = self._window()

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del width, height
        return self.width, self.height

    def _window(self) -> tuple[float, float, float]:
        """Left and top of what is shown, in the drawing's units, and points per unit."""
        ys = [mark.y for mark in self._marks]
        top_edge, bottom_edge = (
            (_SPINE_TOP, _SPINE_BOTTOM) if self._spine else (_BODY_TOP, _BODY_BOTTOM)
        )
        if self._spine:
            narrow = 104.0 if max(ys) < 180 else 162.0
            across = max(narrow, (max(ys) - min(ys) + 44) * self.width / self.height)
            middle = SPINE_MIDDLE
        else:
            tall = max(150.0, max(ys) - min(ys) + 70)
            across, middle = tall * self.width / self.height, BODY_MIDDLE
        unit = self.width / across
        shown = self.height / unit
        centre = (min(ys) + max(ys)) / 2 - (0.04 * shown if self._spine else 0)
        top = min(max(centre - shown / 2, top_edge), max(bottom_edge - shown, top_edge))
        return middle - across / 2, top, unit

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self._x) * self._unit, self.height - (y - self._y) * self._unit

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        edge = canvas.beginPath()
        edge.roundRect(0, 0, self.width, self.height, _RADIUS)
        canvas.clipPath(edge, stroke=0, fill=0)
        canvas.setFillColor(SUNKEN)
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        canvas.saveState()
        canvas.translate(-self._x * self._unit, self.height + self._y * self._unit)
        canvas.scale(self._unit, -self._unit)
        art = self._texts.art
        paint(canvas, picture(art.spine if self._spine else art.body))
        canvas.restoreState()
        if self._spine:
            self._levels()
        canvas.restoreState()
        frame(canvas, 0, 0, self.width, self.height, _RADIUS, line=LINE)
        self._corners()
        self._view()
        for mark in self._marks:
            self._dot(*self._at(mark.x, mark.y))

    def _corners(self) -> None:
        """Left and Right as they lie in this view."""
        marks = self._texts.words.marks
        left, right = marks["left"], marks["right"]
        if self._marks[0].figure == "front":
            left, right = right, left
        size, pad = self._look.size(12.5), self._look.size(8)
        baseline = self.height - pad - size * 0.8
        canvas = self.canv
        canvas.setFont(BOLD, size)
        canvas.setFillColor(INK)
        canvas.drawString(pad, baseline, left)
        canvas.drawRightString(self.width - pad, baseline, right)

    def _view(self) -> None:
        """How the drawing is seen, on a pale ground at its foot."""
        front = self._marks[0].figure == "front"
        words = self._texts.labels["seen_front" if front else "seen_behind"]
        size, pad = self._look.size(9.5), self._look.size(8)
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColor(SUNKEN)
        canvas.setFillAlpha(0.8)
        wide = stringWidth(words, BODY, size)
        canvas.rect(pad - 2, pad - size * 0.45, wide + 4, size * 1.3, stroke=0, fill=1)
        canvas.restoreState()
        canvas.setFont(BODY, size)
        canvas.setFillColor(INK2)
        canvas.drawString(pad, pad - size * 0.1, words)

    def _levels(self) -> None:
        """Names of the bones at the right edge."""
        size = self._look.size(9.5)
        canvas = self.canv
        canvas.setFont(BOLD, size)
        canvas.setFillColor(INK2)
        above = 0.0
        rows = [(name, spots["interlaminar"]["midline"][1])
                for name, spots in self._texts.art.anchors.items()]  # fmt: skip
        for name, y in (*rows, ("S1", rows[-1][1] + 22)):
            centre = (above + y) / 2 - 4 if above else y - 12
            above = y
            _, height = self._at(0, centre)
            if self._look.size(8) < height < self.height - self._look.size(30):
                wide = stringWidth(name, BOLD, size)
                canvas.setFillColor(WHITE)
                canvas.setFillAlpha(0.75)
                left = self.width - self._look.size(12) - wide
                canvas.rect(left - 2, height - size * 0.55, wide + 4, size * 1.1, stroke=0, fill=1)
                canvas.setFillAlpha(1)
                canvas.setFillColor(INK2)
                canvas.drawString(left, height - size * 0.33, name)

    def _dot(self, x: float, y: float) -> None:
        canvas = self.canv
        canvas.saveState()
        size = self._look.size
        many = len(self._marks) > 4
        ring, dot = (size(7.5), size(3.4)) if many else (size(11), size(4.8))
        canvas.setStrokeColor(WHITE)
        canvas.setLineWidth(size(4))
        canvas.circle(x, y, ring, stroke=1, fill=0)
        canvas.setStrokeColor(DANGER)
        canvas.setLineWidth(size(2))
        canvas.circle(x, y, ring, stroke=1, fill=0)
        canvas.setFillColor(DANGER)
        canvas.circle(x, y, dot, stroke=0, fill=1)
        canvas.restoreState()
