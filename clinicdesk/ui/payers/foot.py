"""The foot of the page: from which day, how many are chosen, and the two buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinicdesk.domain.dates import weekday_words
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui import local, theme
from clinicdesk.ui.local import read_day
from clinicdesk.ui.widgets import Button, Label, TextEdit, column, row
from clinicdesk.ui.widgets.fields import mark_error


class Foot(QFrame):
    """Signals:
    saved(), discarded(): the buttons.
    day_changed(): another day stands in the field.
    """

    saved = Signal()
    discarded = Signal()
    day_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._today = today
        self.day = TextEdit(_("12 jan, tue, in 3 weeks"), _("From"))
        self.day.setFixedWidth(theme.scaled(170))
        label = Label(_("From"), 13)
        label.setBuddy(self.day)
        self._said = Label("", 12.5, 400, "muted", wrap=True)
        self._wrong = Label("", 12, 500, "danger", wrap=True)
        self._wrong.hide()
        self.discard = Button(_("Discard"))
        self.save = Button(_("Map payers"), "check", "primary", "Ctrl ↵")
        line = row(label, self.day)
        line.addWidget(self._said, 1)
        line.addWidget(self.discard)
        line.addWidget(self.save)
        outer = column(spacing=2)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addLayout(line)
        outer.addWidget(self._wrong)
        self.setLayout(outer)
        self.day.textEdited.connect(self._typed)
        self.day.editingFinished.connect(self._finished)
        self.save.clicked.connect(self._save)
        self.discard.clicked.connect(self._discard)
        self.set_day(today())

    def set_day(self, day: date) -> None:
        """Shows a day."""
        self.day.setText(weekday_words(day))
        self.day.setToolTip("")
        self.set_error("")

    def day_turned(self, was: date) -> None:
        """Today, where yesterday stands only because nobody chose another day."""
        if self.day.text() == weekday_words(was):
            self.set_day(self._today())

    def read(self) -> date | None:
        """The day in the field; None where it cannot be read, which is said at it."""
        try:
            return read_day(self.day.text().strip(), self._today())
        except ValueError as wrong:
            self.set_error(str(wrong))
            return None

    def set_error(self, sentence: str) -> None:
        """What is wrong with the day; empty: nothing."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self.day.setAccessibleDescription(sentence)
        mark_error(self.day, bool(sentence))

    def show_counts(self, words: str, count: int, *, anything: bool) -> None:
        """What is chosen, and how many the button saves."""
        self._said.setText(words)
        self.save.setText(
            _n("Map {count} payer", "Map {count} payers", count).format(count=count)
            if count
            else _("Map payers")
        )
        self.save.setEnabled(count > 0)
        self.discard.setEnabled(anything)

    def focus_day(self) -> None:
        """To the field."""
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _typed(self) -> None:
        self.set_error("")
        self.day.setToolTip(local.understood(self.day.text(), self._today()))

    def _finished(self) -> None:
        if (day := self.read()) is not None:
            self.set_day(day)
            self.day_changed.emit()

    def _save(self) -> None:
        self.saved.emit()

    def _discard(self) -> None:
        self.discarded.emit()
