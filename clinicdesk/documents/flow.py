"""Blocks that lay other blocks out: one below the other, side by side, in a frame.

None of them breaks over a page; ``leaves`` gives what is inside, for the rare block
that hostile text has made taller than a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

_ENDLESS = 1e6


class Block(Flowable):
    """A block with a gap above it.

    ``turns`` marks a good place to begin the second page of a sheet that needs two.
    """

    turns = False
    width = 0.0
    height = 0.0

    def __init__(self, gap: float = 0.0) -> None:
        super().__init__()
        self.spaceBefore = gap

    def leaves(self) -> Iterable[Flowable]:
        """What is inside; itself when it holds nothing that can be taken apart."""
        return (self,)


def leaves(item: Flowable) -> Iterable[Flowable]:
    """The parts of ``item`` that cannot be taken apart any more."""
    if not isinstance(item, Block):
        yield item
        return
    for part in item.leaves():
        if part is item:
            yield item
        else:
            yield from leaves(part)


class Stack(Block):
    """Blocks one below the other."""

    def __init__(self, items: Sequence[Flowable], gap: float = 0.0) -> None:
        super().__init__(gap)
        self.items = tuple(items)
        self._placed: list[tuple[Flowable, float]] = []

    def leaves(self) -> Iterable[Flowable]:
        return self.items

    def wrap(self, width: float, height: float = _ENDLESS) -> tuple[float, float]:
        del height
        self._placed, top, after = [], 0.0, 0.0
        for position, item in enumerate(self.items):
            _, tall = item.wrap(width, _ENDLESS)
            if position:
                top += max(after, item.getSpaceBefore())
            self._placed.append((item, top + tall))
            top, after = top + tall, item.getSpaceAfter()
        self.width, self.height = width, top
        return width, top

    def draw(self) -> None:
        for item, bottom in self._placed:
            item.drawOn(self.canv, 0, self.height - bottom)


class Columns(Block):
    """Blocks side by side; widths in points, ``middle`` centres the lower ones."""

    def __init__(
        self,
        cells: Sequence[tuple[float, Flowable]],
        between: float = 0.0,
        gap: float = 0.0,
        *,
        middle: bool = False,
    ) -> None:
        super().__init__(gap)
        self.cells = tuple(cells)
        self._between = between
        self._middle = middle
        self._heights: list[float] = []

    def leaves(self) -> Iterable[Flowable]:
        return tuple(item for _, item in self.cells)

    def wrap(self, width: float, height: float = _ENDLESS) -> tuple[float, float]:
        del height
        self._heights = [item.wrap(wide, _ENDLESS)[1] for wide, item in self.cells]
        self.width, self.height = width, max(self._heights, default=0.0)
        return width, self.height

    def draw(self) -> None:
        left = 0.0
        for (wide, item), tall in zip(self.cells, self._heights, strict=True):
            drop = (self.height - tall) / 2 if self._middle else self.height - tall
            item.drawOn(self.canv, left, drop)
            left += wide + self._between


class Panel(Block):
    """A block in a frame with round corners."""

    def __init__(
        self,
        inside: Flowable,
        pad: tuple[float, float],
        gap: float = 0.0,
        *,
        fill: Color | None = None,
        line: Color | None = None,
        line_width: float = 1.0,
        radius: float = 6.0,
    ) -> None:
        super().__init__(gap)
        self.inside = inside
        self._pad = pad
        self._fill = fill
        self._line = line
        self._line_width = line_width
        self._radius = radius

    def leaves(self) -> Iterable[Flowable]:
        return (self.inside,)

    def wrap(self, width: float, height: float = _ENDLESS) -> tuple[float, float]:
        del height
        across, down = self._pad
        _, tall = self.inside.wrap(width - 2 * across, _ENDLESS)
        self.width, self.height = width, tall + 2 * down
        return width, self.height

    def draw(self) -> None:
        frame(self.canv, 0, 0, self.width, self.height, self._radius,
              fill=self._fill, line=self._line, line_width=self._line_width)  # fmt: skip
        self.inside.drawOn(self.canv, self._pad[0], self._pad[1])


def frame(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    height: float,
    radius: float,
    *,
    fill: Color | None = None,
    line: Color | None = None,
    line_width: float = 1.0,
) -> None:
    """A rectangle with round corners."""
    canvas.saveState()
    if fill is not None:
        canvas.setFillColor(fill)
    if line is not None:
        canvas.setStrokeColor(line)
        canvas.setLineWidth(line_width)
    canvas.roundRect(
        x, y, width, height, radius, stroke=int(line is not None), fill=int(fill is not None)
    )
    canvas.restoreState()


class Heading(Paragraph):
    """A heading that stays with what follows and stands in the PDF's outline."""

    def __init__(self, markup: str, style: ParagraphStyle, words: str) -> None:
        super().__init__(markup, style)
        self.keepWithNext = 1
        self._words = words

    def draw(self) -> None:
        canvas = self.canv
        key = f"heading-{canvas.getPageNumber()}-{self._words}"
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(self._words, key, 0)
        super().draw()


def space(height: float) -> Spacer:
    """An empty stretch."""
    return Spacer(1, height)
