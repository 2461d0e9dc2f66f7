"""The list as a model: headings and lines, found again by their key after a change."""

from __future__ import annotations

from clinicdesk.ui.headed_list import HeadedModel
from clinicdesk.ui.settle.lines import Heading, Line, grouped


class SettleModel(HeadedModel):
    """``items`` are the headings and lines on show."""

    row_class = Line

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Replaces the list."""
        self.put(grouped(lines))

    def line(self, row: int) -> Line | None:
        """The line at a row; None on a heading or outside."""
        found: Line | None = self.row_at(row)
        return found

    def tip(self, row: Line) -> str:
        return "\n".join(filter(None, (row.about, row.note)))

    def spoken(self, item: Heading | Line) -> str:
        return f"{item.group.label} {item.count}" if isinstance(item, Heading) else item.spoken()
