"""Where the parts of the due list stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from clinicdesk.ui.due.view import ROW
from clinicdesk.ui.widgets import Banner, EmptyState, Skeleton

if TYPE_CHECKING:
    from clinicdesk.ui.due.page import DuePage

_CHART, _SMALL_CHART, _CHIPS, _HEAD = 506, 340, 782, 128
_LANGUAGES = 1300


class Layout:
    """Makes the parts and puts them into the page."""

    def __init__(self, page: DuePage) -> None:
        self._page = page
        clinic = page.context.clinic
        self.figures, self.chips = FigureRow(), FamilyChips()
        self.card = ChartCard()
        self.filters = FilterBar()
        self.trouble = Banner("danger")
        self.progress, self.paper = ProgressStrip(), PaperStrip()
        self.empty = EmptyState("check", "", " ")
        self.skeleton = Skeleton(10, theme.scaled(ROW))
        self.body = QStackedWidget()
        self.bar = ActionBar()
        self.panel = CallPanel(clinic.today, clinic.settings.language)
        self.panel.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(16, 12, 16, 12)
        left.setSpacing(10)
        left.addLayout(self._head())
        for part in (self.filters, self.trouble, self.progress, self.paper):
            left.addWidget(part)
        left.addWidget(self._framed(), 1)
        left.addWidget(self.bar)
        outer = QHBoxLayout(self._page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(left, 1)
        outer.addWidget(self.panel)

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
        for part in (self._page.view, self.empty, self.skeleton):
            self.body.addWidget(part)
        return frame

    # -- what is on show --------------------------------------------------------------------

    def show_list(self) -> None:
        """The rows."""
        self.skeleton.end()
        self.body.setCurrentWidget(self._page.view)

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

    def show_panel(self, *, shown: bool) -> None:
        """Opens or closes the panel of the call."""
        self.panel.setVisible(shown)
        self._page.arrange()

    def set_width(self, width: int, *, narrow: bool) -> None:
        """Beside the panel the chart and the long words have no room; else the chart takes what
        the chips leave."""
        self.card.setVisible(not narrow)
        room = width - theme.scaled(_CHIPS) - 2 * 16 - 14
        least, most = theme.scaled(_SMALL_CHART), theme.scaled(_CHART)
        self.card.setFixedWidth(max(least, min(most, room)))
        self.filters.set_narrow(narrow=narrow)
        self.bar.set_narrow(narrow=width < theme.scaled(_LANGUAGES), tiny=narrow)
