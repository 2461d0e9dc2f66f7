"""Where minutes and columns are on the page: plain arithmetic, no Qt objects kept."""

from __future__ import annotations

from dataclasses import dataclass

from clinicdesk.scheduling.slots import snap

GUTTER = 48
QUARTER = 20
"""Pixels per 15 minutes."""
NARROWEST = 132


@dataclass(frozen=True)
class DayGeometry:
    """A day of ``columns`` columns between two minutes since midnight.

    Attributes:
        first, last: the minutes shown, multiples of 60.
        columns: number of columns.
        width: pixels for gutter and columns together.
        scale: the view setting.
    """

    first: int
    last: int
    columns: int
    width: int
    scale: float = 1.0

    @property
    def per_minute(self) -> float:
        """Pixels per minute."""
        return QUARTER * self.scale / 15

    @property
    def gutter(self) -> int:
        """Width of the hours at the left."""
        return round(GUTTER * self.scale)

    @property
    def column_width(self) -> float:
        """Width of a column; never below what a name needs, the view scrolls sideways then."""
        room = (self.width - self.gutter) / max(1, self.columns)
        return max(room, NARROWEST * self.scale)

    @property
    def content_width(self) -> int:
        """Width of everything."""
        return round(self.gutter + self.column_width * self.columns)

    @property
    def content_height(self) -> int:
        """Height of the day."""
        return round((self.last - self.first) * self.per_minute) + 1

    def y(self, minute: float) -> float:
        """Where a minute is, from the top of the day."""
        return (minute - self.first) * self.per_minute

    def minute(self, y: float) -> float:
        """Which minute is at a height."""
        return self.first + y / self.per_minute

    def snapped(self, y: float, step: int) -> int:
        """The grid minute nearest to a height, kept within the day."""
        return max(self.first, min(self.last, snap(self.minute(y), step)))

    def x(self, column: int) -> float:
        """The left edge of a column."""
        return self.gutter + column * self.column_width

    def column(self, x: float) -> int:
        """The column at an x, -1 over the gutter or beyond the last."""
        if x < self.gutter:
            return -1
        found = int((x - self.gutter) // self.column_width)
        return found if found < self.columns else -1
