"""How the call went: outcome, note, when to try again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from clinicdesk.domain.rows.due import CALL_OUTCOMES, ContactForm
from clinicdesk.domain.translation import _
from clinicdesk.ui.access import speak_as
from clinicdesk.ui.due.day_choice import DayChoice
from clinicdesk.ui.widgets import Button, Field, Label, TextArea

_QUICK = ((_("Tomorrow"), "+1d"), (_("3 days"), "+3d"), (_("1 week"), "+1w"),
          (_("1 month"), "+1m"))  # fmt: skip
_AGAIN = {"no_answer": "+1d", "message": "+3d", "still_good": "+4w", "letter": "+2w"}
"""When one usually tries again; can be changed before it is logged."""


class CallForm(QWidget):
    """Signals:
    submitted(object): log this (a ``ContactForm``).
    chosen(): an outcome was taken, and a day proposed with it.
    """

    submitted = Signal(object)
    chosen = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own_day = False
        self.buttons: dict[str, Button] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for index, (value, text) in enumerate(CALL_OUTCOMES):
            button = Button(text, key_hint=str(index + 1), compact=True, parent=self)
            button.setCheckable(True)
            button.setProperty("toggle", True)
            speak_as(button, "radio")
            button.setProperty("outcome", value)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._pressed)
            self.buttons[value] = button
            grid.addWidget(button, index // 2, index % 2)
        self.wrong = Field("", Label(""))
        self.wrong.hide()
        self.note = TextArea(
            _("e.g. asked to be called after 15:00"), _("Note"), lines=2, parent=self
        )
        self.note_field = Field(_("Note"), self.note)
        self.again = DayChoice(_("Try again on"), today, _QUICK, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_("How did it go?"), 14, 600))
        column.addLayout(grid)
        column.addWidget(self.wrong)
        column.addWidget(self.note_field)
        column.addWidget(self.again)
        QWidget.setTabOrder(self.note, self.again.edit)
        self.again.edited.connect(self._day_edited)
        self.again.edit.returnPressed.connect(self.submit)
        self.note.textChanged.connect(self._note_edited)

    # -- filling in -------------------------------------------------------------------------

    def start(self, outcome: str = "") -> None:
        """Empty again, for the next person."""
        self._own_day = False
        self.note.clear()
        self.again.suggest("")
        for button in self.buttons.values():
            button.setChecked(False)
        self._say_wrong("")
        self.note_field.set_error("")
        if outcome:
            self.choose(outcome)

    def state(self) -> tuple[str, str, str]:
        """What stands in it: outcome, note, day as typed."""
        return self.outcome(), self.note.toPlainText(), self.again.edit.text()

    def restore(self, state: tuple[str, str, str]) -> None:
        """Puts back what stood in it."""
        outcome, note, day = state
        self.start(outcome)
        self.note.setPlainText(note)
        self.again.edit.setText(day)
        self._own_day = not outcome and bool(day)

    def choose(self, outcome: str) -> None:
        """Takes an outcome, and proposes when to try again unless a day was typed."""
        for value, button in self.buttons.items():
            button.setChecked(value == outcome)
        self._say_wrong("")
        if not self._own_day:
            self.again.suggest(_AGAIN.get(outcome, ""))
        self.chosen.emit()

    def outcome(self) -> str:
        """The outcome taken; empty while there is none."""
        return next((v for v, b in self.buttons.items() if b.isChecked()), "")

    @property
    def typed(self) -> bool:
        """Whether something would be lost if the form were emptied."""
        return bool(self.outcome() or self.note.toPlainText().strip() or self._own_day)

    def _pressed(self) -> None:
        self.choose(str(self.sender().property("outcome")))

    def _day_edited(self) -> None:
        self._own_day = not self.again.empty

    def _note_edited(self) -> None:
        self.note_field.set_error("")

    # -- logging ----------------------------------------------------------------------------

    def submit(self) -> None:
        """Hands the form on; what is missing or wrong is said at its place."""
        outcome = self.outcome()
        if not outcome:
            self._say_wrong(_("Press 1 to 8: how did the call go?"))
            return
        sound, day = self.again.read()
        if not sound:
            return
        if outcome == "call_back" and day is None:
            self.again.set_error(_("Type the day on which they want to be called."))
            return
        kind = "letter" if outcome == "letter" else "phone"
        note = self.note.toPlainText().strip()
        self.submitted.emit(ContactForm(kind, outcome, note, day))

    def mark(self, fields: Mapping[str, str]) -> None:
        """Shows what the service refused, each at its field."""
        for name, sentence in fields.items():
            if name == "next_on":
                self.again.set_error(sentence)
            elif name == "note":
                self.note_field.set_error(sentence)
                self.note.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._say_wrong(sentence)

    def _say_wrong(self, sentence: str) -> None:
        self.wrong.editor.hide()
        self.wrong.set_error(sentence)
        self.wrong.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            ctrl or not self.note.hasFocus()
        ):
            self.submit()
        else:
            super().keyPressEvent(event)
