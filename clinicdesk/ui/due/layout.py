"""Where the parts of the due list stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.ui import theme
from clinicdesk.ui.due.action_bar import ActionBar
from clinicdesk.ui.due.call_panel import CallPanel
from clinicdesk.ui.due.chart_card import ChartCard
from clinicdesk.ui.due.family_chips import FamilyChips
from clinicdesk.ui.due.figures import FigureRow
from clinicdesk.ui.due.filters import FilterBar
from clinicdesk.ui.due.strips import PaperStrip, ProgressStrip
from clinicdesk.ui.due.view import ROW, DueView
from clinicdesk.ui.widgets import Banner, EmptyState, Skeleton

_CHART, _SMALL_CHART, _CHIPS, _HEAD = 506, 340, 782, 128
_LANGUAGES = 1300


class Layout:
    """Makes the parts and lays them out: ``work`` around the list, ``panel`` for the call."""

    def __init__(self, view: DueView, today: Callable[[], date], language: str) -> None:
        self._view = view
        self.figures, self.chips = FigureRow(), FamilyChips()
        self.card = ChartCard()
        self.filters = FilterBar()
        self.trouble = Banner("danger")
        self.progress, self.paper = ProgressStrip(), PaperStrip()
        self.empty = EmptyState("check", "", " ")
        self.skeleton = Skeleton(10, theme.scaled(ROW))
        self.body = QStackedWidget()
        self.bar = ActionBar()
        self.panel = CallPanel(today, language)
        self.work = self._laid_out()

    def _laid_out(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setContentsMargins(16, 12, 16, 12)
        left.setSpacing(10)
        left.addLayout(self._head())
        for part in (self.filters, self.trouble, self.progress, self.paper):
            left.addWidget(part)
        left.addWidget(self._framed(), 1)
        left.addWidget(self.bar)
        return left

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(10)
        words.addWidget(self.figures)
        words.addWidget(self.chips)
        words.addStretch(1)
        self.card.setFixedHeight(theme.scaled(_HEAD))
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addLayout(words, 1)
        head.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _framed(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("surface", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.body)
        for part in (self._view, self.empty, self.skeleton):
            self.body.addWidget(part)
        return frame

    # -- what is on show --------------------------------------------------------------------

    def show_list(self) -> None:
        """The rows."""
        self.skeleton.end()
        self.body.setCurrentWidget(self._view)

    def show_empty(self, icon: str, sentence: str, action: str) -> None:
        """One sentence and one way on."""
        self.skeleton.end()
        self.empty.set_icon(icon)
        self.empty.say(sentence, action=action)
        self.body.setCurrentWidget(self.empty)

    def wait(self) -> None:
        """Bars where the rows will be, after a moment."""
        self.body.setCurrentWidget(self.skeleton)
        self.skeleton.begin()

    def set_width(self, width: int, *, narrow: bool) -> None:
        """Beside the panel the chart and the long words have no room; else the chart takes what
        the chips leave."""
        self.card.setVisible(not narrow)
        room = width - theme.scaled(_CHIPS) - 2 * 16 - 14
        least, most = theme.scaled(_SMALL_CHART), theme.scaled(_CHART)
        self.card.setFixedWidth(max(least, min(most, room)))
        self.filters.set_narrow(narrow=narrow)
        self.bar.set_narrow(narrow=width < theme.scaled(_LANGUAGES), tiny=narrow)
