"""The four figures over the list: pure counting, and the tiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinicdesk.domain.rows.due import DueGroup, DueList
from clinicdesk.domain.translation import _
from clinicdesk.ui import local
from clinicdesk.ui.widgets import Label


@dataclass(frozen=True)
class Figures:
    """What the tiles show; ``share`` in percent, None where nothing was due yet."""

    overdue: int
    this_week: int
    next_weeks: int
    share: int | None


def figures_of(answer: DueList) -> Figures:
    """Counts of an answer: overdue, this week, the two weeks after this one, booked share."""
    groups = dict(answer.groups)
    monday = local.week_start(answer.on)
    coming = (monday + timedelta(days=7), monday + timedelta(days=14))
    ahead = sum(week.open for week in answer.weeks if week.monday in coming)
    return Figures(
        groups.get(DueGroup.OVERDUE, 0), groups.get(DueGroup.NOW, 0), ahead, answer.booked_share
    )


class Tile(QFrame):
    """A figure over its name."""

    def __init__(self, name: str, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._name = name
        self._tone = tone
        self._value = Label("–", 24, 600)
        self._words = Label(name, 12, 400, "muted")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 9)
        column.setSpacing(0)
        column.addWidget(self._value)
        column.addWidget(self._words)
        self.setAccessibleName(name)

    def text(self) -> str:
        """The figure as it stands there."""
        return self._value.text()

    def show_value(self, value: int | None, unit: str = "") -> None:
        """Shows a figure; None: a dash."""
        self._value.setText("–" if value is None else f"{value:,}{unit}")
        self._value.set_tone(self._tone if value else "")
        self.setAccessibleName(f"{self._value.text()} {self._name}")


class FigureRow(QWidget):
    """The four tiles side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overdue = Tile("overdue", "danger")
        self.this_week = Tile(_("this week"))
        self.ahead = Tile(_("next 2 weeks"))
        self.share = Tile(_("booked, of all due within 4 weeks"), "ok")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for tile, stretch in ((self.overdue, 2), (self.this_week, 2), (self.ahead, 2),
                              (self.share, 4)):  # fmt: skip
            row.addWidget(tile, stretch)

    def show_figures(self, figures: Figures) -> None:
        """Shows the counts of an answer."""
        self.overdue.show_value(figures.overdue)
        self.this_week.show_value(figures.this_week)
        self.ahead.show_value(figures.next_weeks)
        self.share.show_value(figures.share, "%")
