"""How many people in how many, as little people or dots."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color

from clinicdesk.documents.flow import Block
from clinicdesk.documents.fonts import BOLD
from clinicdesk.documents.look import INK, PEOPLE, Look
from clinicdesk.domain.sheets import Risk

_GRIDS = {10: (5, 2), 50: (10, 5), 100: (20, 5), 200: (25, 8), 1000: (50, 20)}
_WIDTH, _HEIGHT = 78.0, 26.0


class PeopleIcons(Block):
    """The share of people a risk concerns; a question mark where that is not known."""

    def __init__(self, risk: Risk, look: Look) -> None:
        super().__init__()
        self._risk = risk
        self._hit = max(risk.count, risk.count_to)
        self.width, self.height = look.size(_WIDTH), look.size(_HEIGHT)
        self._look = look

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del width, height
        return self.width, self.height

    def draw(self) -> None:
        if not self._risk.known:
            self._question()
        elif self._risk.out_of in _GRIDS:
            self._grid(*_GRIDS[self._risk.out_of])
        else:
            self._thousands()

    def _question(self) -> None:
        canvas, radius = self.canv, self._look.size(11)
        middle = self.height / 2
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(self._look.size(1.4))
        canvas.circle(radius + 1, middle, radius, stroke=1, fill=0)
        size = self._look.size(15)
        canvas.setFont(BOLD, size)
        canvas.setFillColor(INK)
        canvas.drawCentredString(radius + 1, middle - size * 0.33, "?")

    def _grid(self, across: int, down: int) -> None:
        step_x, step_y = self.width / across, self.height / down
        places = [
            ((column + 0.5) * step_x, self.height - (row + 0.5) * step_y)
            for row in range(down)
            for column in range(across)
        ]
        if across == 5:
            for number, (x, y) in enumerate(places):
                colour = INK if number < self._hit else PEOPLE
                self._person(x, y, min(step_y, step_x) * 0.9, colour)
            return
        radius = min(step_x, step_y) * (0.4 if across < 50 else 0.36)
        self._dots(places[self._hit :], radius, PEOPLE)
        self._dots(places[: self._hit], radius * 1.25, INK)

    def _thousands(self) -> None:
        """Ten squares of a thousand people each; those concerned are dots in the first."""
        across, gap = 5, self._look.size(2)
        wide = (self.width - (across - 1) * gap) / across
        tall = (self.height - gap) / 2
        canvas = self.canv
        canvas.setFillColor(PEOPLE)
        for index in range(10):
            row, column = divmod(index, across)
            y = self.height - (row + 1) * tall - row * gap
            canvas.roundRect(
                column * (wide + gap), y, wide, tall, self._look.size(1.5), stroke=0, fill=1
            )
        pitch, radius = self._look.size(2), self._look.size(0.85)
        per_row = int((wide - 3) // pitch)
        places = [divmod(index, per_row) for index in range(min(self._hit, 60))]
        edge = self._look.size(2)
        spots = [(edge + c * pitch, self.height - edge - r * pitch) for r, c in places]
        self._dots(spots, radius, INK)

    def _dots(self, places: Sequence[tuple[float, float]], radius: float, colour: Color) -> None:
        """Dots as the round ends of lines without length: a tenth of the work of circles."""
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(2 * radius)
        canvas.setLineCap(1)
        path = canvas.beginPath()
        for x, y in places:
            path.moveTo(x, y)
            path.lineTo(x, y)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()

    def _person(self, x: float, y: float, size: float, colour: Color) -> None:
        """A head over shoulders."""
        canvas = self.canv
        canvas.setFillColor(colour)
        canvas.circle(x, y + size * 0.3, size * 0.19, stroke=0, fill=1)
        canvas.roundRect(
            x - size * 0.27, y - size * 0.5, size * 0.54, size * 0.56, size * 0.16, stroke=0, fill=1
        )
