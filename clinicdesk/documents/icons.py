"""Icons of the program on paper."""

from __future__ import annotations

from reportlab.lib.colors import Color

from clinicdesk.documents.drawing import paint, picture
from clinicdesk.documents.flow import Block, frame
from clinicdesk.documents.look import DANGER, DANGER_CHIP, OK, OK_TINT, WHITE, Look


class Picture(Block):
    """An icon of the program, drawn as lines."""

    def __init__(self, svg: str, size: float, colour: Color) -> None:
        super().__init__()
        self._svg = svg
        self._colour = colour
        self.width = self.height = size

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del width, height
        return self.width, self.height

    def draw(self) -> None:
        if not self._svg:
            return
        drawing = picture(self._svg)
        unit = self.width / drawing.box[2]
        self.canv.saveState()
        self.canv.translate(0, self.height)
        self.canv.scale(unit, -unit)
        paint(self.canv, drawing, self._colour)
        self.canv.restoreState()


class Chip(Block):
    """An icon on a pale square, with a tick or a cross for those who see no colours."""

    def __init__(self, svg: str, look: Look, *, good: bool) -> None:
        super().__init__()
        self._svg = svg
        self._good = good
        self.width = look.size(28)
        self.height = look.size(25)

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del width, height
        return self.width, self.height

    def draw(self) -> None:
        canvas, unit = self.canv, self.height / 25
        ink, tint = (OK, OK_TINT) if self._good else (DANGER, DANGER_CHIP)
        frame(canvas, 0, 0, 25 * unit, 25 * unit, 5 * unit, fill=tint)
        icon = Picture(self._svg, 16 * unit, ink)
        icon.wrap(0)
        icon.drawOn(canvas, 4.5 * unit, 4.5 * unit)
        x, y, radius = 23.5 * unit, 4 * unit, 5.2 * unit
        canvas.setFillColor(ink)
        canvas.setStrokeColor(WHITE)
        canvas.setLineWidth(1.2 * unit)
        canvas.circle(x, y, radius, stroke=1, fill=1)
        canvas.setLineWidth(1.3 * unit)
        canvas.setLineCap(1)
        arm = 1.9 * unit
        if self._good:
            path = canvas.beginPath()
            path.moveTo(x - arm, y)
            path.lineTo(x - arm * 0.25, y - arm * 0.8)
            path.lineTo(x + arm * 1.1, y + arm * 0.9)
            canvas.drawPath(path, stroke=1, fill=0)
        else:
            canvas.line(x - arm, y - arm, x + arm, y + arm)
            canvas.line(x - arm, y + arm, x + arm, y - arm)
