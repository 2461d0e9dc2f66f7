"""One safety question: Not asked, None or a list, by keys; its entries, and who asked when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.safety_facts import Entry, ReadAs, Said, Topic
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.layouts import key_of
from clinicdesk.ui.patients.facts_draft import TopicDraft, asked_words, entry_words
from clinicdesk.ui.widgets import Button, Chip, IconButton, Label, Segmented, TextEdit

_LIST = ((Said.NOT_ASKED, _("? Not asked")), (Said.NONE, _("N None")), (Said.LIST, _("Y List")))
_YES_NO = ((Said.NOT_ASKED, _("? Not asked")), (Said.NO, _("N No")), (Said.YES, _("Y Yes")))
_HINTS = {
    Topic.ALLERGIES: _("Substance (reaction, mild, moderate or severe)"),
    Topic.DRUGS: _("Drug and dose, all of them, not only blood thinners"),
    Topic.CONDITIONS: _("Condition"),
    Topic.IMPLANTS: _("Device, or artificial joint with its side"),
    Topic.SURGERIES: _("Joint, side and day, planned or past"),
}
_WHY = {
    Topic.ALLERGIES: _("drugs, latex, contrast, skin antiseptics?"),
    Topic.DRUGS: _("all of them, not only blood thinners"),
    Topic.CONDITIONS: _("diabetes, an infection now, anything being treated?"),
    Topic.IMPLANTS: _("pacemaker, stimulator, pump, artificial joint?"),
    Topic.SURGERIES: _("a joint to be operated on, or lately operated?"),
    Topic.PREGNANCY: "",
}
_HEAD = 120


class TopicRow(QWidget):
    """A question with its answer; what is changed stands in its draft until it is saved.

    Signals:
        changed(): something was answered, added or taken off.
    """

    changed = Signal()

    def __init__(
        self,
        draft: TopicDraft,
        today: date,
        locked: str = "",
        read_as: Callable[[Entry], ReadAs] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read_as = read_as
        self.draft, self._today, self._locked = draft, today, locked
        label = draft.topic.label
        options = _LIST if draft.topic is not Topic.PREGNANCY else _YES_NO
        self.answer = Segmented([(said.value, words) for said, words in options], label)
        self.answer.setObjectName(f"answer-{draft.topic.value}")
        self.answer.changed.connect(self._chosen)
        self.answer.setEnabled(not locked)
        self.who = Label("", 13, 400, "muted")
        self.still = Button(_("Still so today"), "check", compact=True)
        self.still.clicked.connect(self._still)
        self.error = Label("", 12, 500, "danger", wrap=True)
        self.typed = TextEdit(_HINTS.get(draft.topic, ""), label)
        self.typed.setObjectName(f"add-{draft.topic.value}")
        self.typed.returnPressed.connect(self.take_typed)
        title = Label(label, 14, 600)
        title.setMinimumWidth(theme.scaled(_HEAD))
        head = QHBoxLayout()
        head.setSpacing(12)
        for widget in (title, self.answer):
            head.addWidget(widget)
        head.addWidget(self.who, 1)
        head.addWidget(self.still)
        self._entries = QWidget(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self._column.addWidget(self._entries)
        self._column.addWidget(self.typed)
        self._column.addWidget(self.error)
        self.show_draft()

    @property
    def first(self) -> QWidget:
        """What the keys Y, N and ? are pressed on."""
        buttons = self.answer.findChildren(QPushButton)
        return next((button for button in buttons if button.isChecked()), buttons[0])

    # -- showing ----------------------------------------------------------------------------

    def show_draft(self, problem: str = "") -> None:
        """Shows where the question stands now, and what is wrong."""
        draft = self.draft
        self.answer.set_value(draft.said.value)
        for button in self.answer.findChildren(QPushButton):
            chosen = button.isChecked()
            # One stop of Tab per question; the arrow keys move within it.
            policy = Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        new = draft.answer() is not None
        known = asked_words(draft.state, self._today)
        words = _("new, not saved yet") if new else known or _WHY[draft.topic]
        self.who.setText(self._locked or words)
        old = draft.state.asked_on is None or draft.state.asked_on < self._today
        self.still.setVisible(not new and old and draft.said in (Said.NONE, Said.LIST))
        self.typed.setVisible(draft.topic is not Topic.PREGNANCY and draft.said is Said.LIST)
        self.show_problem(problem)
        self._fill()

    def show_problem(self, problem: str) -> None:
        """Says what is wrong; empty: nothing is."""
        self.error.setText(problem)
        self.error.setVisible(bool(problem))

    def _fill(self) -> None:
        grid_of = QWidget(self)
        grid = QGridLayout(grid_of)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        line = 0
        for kept in self.draft.kept:
            since = Label(day_words(kept.since) if kept.since else "", 13, 400, "muted")
            self._entry(grid, line, kept.entry, since).setProperty("entry", kept.id)
            line += 1
        for number, entry in enumerate(self.draft.added):
            self._entry(grid, line, entry, Chip(_("new"), "info")).setProperty("added", number)
            line += 1
        grid.setColumnMinimumWidth(0, theme.scaled(_HEAD))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._column.replaceWidget(self._entries, grid_of)
        self._entries.hide()
        self._entries.deleteLater()
        self._entries = grid_of
        grid_of.setVisible(line > 0)

    def _entry(self, grid: QGridLayout, line: int, entry: Entry, since: QWidget) -> IconButton:
        name, more = entry_words(entry)
        grid.addWidget(Label(name, 13, 600), line, 0)
        grid.addWidget(Label(more, 13, 400, "muted", elide=120), line, 1)
        if self._read_as is not None:
            read = self._read_as(entry)
            tone = "muted" if read.used else "faint" if read.known else "warn"
            weight = 400 if read.known else 600
            grid.addWidget(Label(read.words, 12, weight, tone, elide=110), line, 2)
        grid.addWidget(since, line, 3)
        cross = IconButton("x", _("Take off the list: {name}").format(name=name), self)
        cross.clicked.connect(self._off)
        grid.addWidget(cross, line, 4)
        return cross

    # -- answering --------------------------------------------------------------------------

    def _chosen(self, value: str) -> None:
        self.say(Said(value))

    def say(self, said: Said) -> None:
        """Answers the question."""
        problem = self.draft.choose(said)
        self.show_draft(problem)
        if said is Said.LIST and not problem:
            self.typed.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.first.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def take_typed(self) -> bool:
        """Adds what stands in the field; whether it could be taken (an empty field can)."""
        text = self.typed.text()
        problem = self.draft.add(text, self._today)
        if not problem and text.strip():
            self.typed.clear()
            self.show_draft()
            self.changed.emit()
        else:
            self.show_problem(problem)
        return not problem

    def _still(self) -> None:
        self.say(self.draft.said)

    def _off(self) -> None:
        cross = self.sender()
        kept = cross.property("entry")
        if kept is not None:
            self.draft.end(int(kept))
        else:
            self.draft.drop(int(cross.property("added")))
        self.show_draft()
        self.first.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        yes = Said.YES if self.draft.topic is Topic.PREGNANCY else Said.LIST
        no = Said.NO if self.draft.topic is Topic.PREGNANCY else Said.NONE
        asked = {Qt.Key.Key_Y: yes, Qt.Key.Key_N: no, Qt.Key.Key_Question: Said.NOT_ASKED}
        said = asked.get(key_of(event))
        if said is None or self._locked:
            super().keyPressEvent(event)
            return
        self.say(said)
