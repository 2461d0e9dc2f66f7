"""The chart's card of what the patient was asked before a needle."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinicdesk.domain.rows.safety_facts import SafetyFacts, Said, Topic
from clinicdesk.domain.translation import _
from clinicdesk.ui.patients.facts_draft import asked_words, summary, why_not_asked
from clinicdesk.ui.patients.side_cards import SideCard
from clinicdesk.ui.widgets import Button, Label


class SafetyCard(SideCard):
    """Each question with its answer; what nobody has asked stands out.

    Signals:
        wanted(): the questions are to be answered.
    """

    wanted = Signal()

    def __init__(self, ages: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(_("Safety facts"), parent)
        self._ages = ages
        self.change = Button(_("Ask"), "shield", key_hint="S", compact=True)
        self.change.clicked.connect(self.wanted)
        self.head.addWidget(self.change)

    def show_facts(self, facts: SafetyFacts | None, today: date, *, allowed: bool) -> None:
        """Replaces the answers."""
        self.setVisible(facts is not None)
        self.change.setVisible(allowed)
        if facts is None:
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        for line, topic in enumerate(Topic):
            state = facts.of(topic)
            open_ = state.said is Said.NOT_ASKED
            words = summary(state)
            locked = why_not_asked(facts, today, self._ages) if topic is Topic.PREGNANCY else ""
            if open_ and locked:
                words, open_ = locked, False
            head = Label(topic.label, 12, 400, "muted")
            grid.addWidget(head, line, 0, Qt.AlignmentFlag.AlignTop)
            text = Label(words, 13, 600 if open_ else 400, "warn" if open_ else "", wrap=True)
            text.setToolTip(asked_words(state, today))
            grid.addWidget(text, line, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout()
        column.addLayout(grid)
        self.fill(column)
