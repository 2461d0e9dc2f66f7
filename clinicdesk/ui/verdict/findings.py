"""The findings of a verdict: what hinders, worst first; what is met stands behind one line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.rows.verdict import FindingRow, VerdictCard
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.verdict.finding import FindingLine
from clinicdesk.ui.verdict.words import ALSO_ASKS, met_words, parted
from clinicdesk.ui.widgets.buttons import Button
from clinicdesk.ui.widgets.surfaces import Label


class Findings(QWidget):
    """Lines for what hinders, a button that unfolds the rules that are met, and what else is asked.

    Signals:
        fact_wanted(MissingFact), booking_wanted(date): as of a line.
    """

    fact_wanted = Signal(object)
    booking_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._lines: list[FindingLine] = []
        self._met: list[FindingLine] = []
        self._beside: list[FindingLine] = []
        self._unfolded = False
        self._shown: VerdictCard | None = None
        self.fold = Button("", "right", "text", compact=True, parent=self)
        self.fold.setObjectName("verdict-met")
        self.fold.clicked.connect(self._toggle)
        self.fold.hide()
        self._heading = Label(ALSO_ASKS, 12, 600, parent=self)
        self._heading.setObjectName("verdict-beside")
        self._heading.setContentsMargins(6, 6, 0, 0)
        self._heading.hide()
        theme.signals.changed.connect(self._dress)
        self.hide()

    def show_card(self, card: VerdictCard | None) -> None:
        """Replaces the lines; whether the met rules are unfolded stays as it was."""
        # Asked with every key that is typed beside it; the same card has the same lines.
        if card == self._shown:
            return
        self._shown = card
        self._clear()
        self.setVisible(card is not None and bool(card.findings or card.beside))
        if card is None:
            return
        hindering, met = parted(card)
        self._lines = [self._line(row, card) for row in hindering]
        self._column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._met = [self._line(row, card) for row in met]
        self.fold.setText(met_words(met, others=bool(hindering)))
        self.fold.setVisible(bool(met))
        self._column.addWidget(self._heading)
        self._beside = [self._line(row, card) for row in card.beside]
        self._heading.setVisible(bool(card.beside))
        self._show_met()

    def _line(self, row: FindingRow, card: VerdictCard) -> FindingLine:
        line = FindingLine(row, card, self)
        line.fact_wanted.connect(self.fact_wanted)
        line.booking_wanted.connect(self.booking_wanted)
        self._column.addWidget(line)
        return line

    def _clear(self) -> None:
        self._column.removeWidget(self.fold)
        self._column.removeWidget(self._heading)
        for line in (*self._lines, *self._met, *self._beside):
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self._met, self._beside = [], [], []

    def _toggle(self) -> None:
        self._unfolded = not self._unfolded
        self._show_met()

    def _show_met(self) -> None:
        for line in self._met:
            line.setVisible(self._unfolded)
        self.fold.setAccessibleDescription(_("Unfolded") if self._unfolded else _("Folded"))
        self._dress()

    def _dress(self) -> None:
        self.fold.setIcon(theme.icon("down" if self._unfolded else "right", "aink", 18))
