"""Two small dialogs: put rows aside with a reason, set a date by hand with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.rows.due import DueRow
from clinicdesk.services.context import Done
from clinicdesk.ui.due import words
from clinicdesk.ui.due.day_choice import FOR_GOOD, DayChoice
from clinicdesk.ui.widgets import Banner, Button, Dialog, Field, Label, TextEdit

if TYPE_CHECKING:
    from clinicdesk.ui.due.page import DuePage

_ASIDE = (("1 week", "in 1 week"), ("1 month", "in 1 month"), ("For good", FOR_GOOD))
_DATE = (("1 week", "in 1 week"), ("2 weeks", "in 2 weeks"), ("1 month", "in 1 month"),
         ("3 months", "in 3 months"))  # fmt: skip
_LOST = "It was not kept. Nothing you typed is lost; try again."


class _HandDialog(Dialog):
    """A day and a reason."""

    def __init__(self, page: DuePage, title: str, accept: str, day: DayChoice, reason: str) -> None:
        super().__init__(page, title, accept, width=500)
        self._page = page
        self.trouble = Banner("danger", parent=self)
        self.day = day
        self.reason = TextEdit(reason, "Reason", self)
        self.reason_field = Field("Reason", self.reason, required=True)
        self.footer.setSpacing(8)
        self.body.addWidget(self.trouble)
        self.reason.textEdited.connect(self._edited)
        self.reason.returnPressed.connect(self.submit)
        self.day.edit.returnPressed.connect(self.submit)
        self.accepted.connect(self.submit)

    def _edited(self) -> None:
        self.reason_field.set_error("")

    def submit(self) -> None:
        """Asks for what was typed, unless a field is wrong."""
        raise NotImplementedError

    def sound(self, *, day_needed: str) -> bool:
        """Whether both fields can be taken; what is wrong is said there, the cursor in the first.

        ``day_needed``: the sentence for a day that was left empty.
        """
        if not self.accept.isEnabled():
            return False
        if not self.reason.text().strip():
            self.reason_field.set_error("Say why: a few words are enough.")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.day.empty:
            self.day.set_error(day_needed)
            return False
        readable, _ = self.day.read()
        return readable and bool(self.reason.text().strip())

    def failed(self, error: Exception) -> None:
        """The service refused: each sentence at its field."""
        self.accept.setEnabled(True)
        if not isinstance(error, ClinicError):
            self.trouble.show_text(_LOST, "danger")
            raise error
        fields = error.fields if isinstance(error, Invalid) else {}
        if not fields:
            self.trouble.show_text(str(error), "danger")
        for name, sentence in fields.items():
            if name in ("until", "day"):
                self.day.set_error(sentence)
            elif name == "reason":
                self.reason_field.set_error(sentence)
                self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.trouble.show_text(sentence, "danger")


class AsideDialog(_HandDialog):
    """Puts rows aside until a day, or for good; or takes them back onto the list."""

    def __init__(self, page: DuePage, numbers: tuple[int, ...], row: DueRow | None) -> None:
        day = DayChoice("Until", page.context.clinic.today, _ASIDE, required=True)
        super().__init__(page, "Put aside", "Put aside", day, "e.g. travelling until spring")
        self._numbers, self._row = numbers, row
        many = f"{len(numbers):,} rows"
        self._who = words.who(row) if row is not None and len(numbers) == 1 else many
        about = words.last_words(row) if row is not None and len(numbers) == 1 else ""
        line = ", ".join(part for part in (self._who, about) if part)
        self.body.addWidget(Label(line, 13, 600, wrap=True))
        self.body.addWidget(Label(
            "It stands folded away under “Put aside” and comes back by itself on that day.",
            12, 400, "muted", wrap=True,
        ))  # fmt: skip
        self.body.addWidget(self.day)
        self.body.addWidget(self.reason_field)
        if row is not None and row.snooze is not None and len(numbers) == 1:
            back = Button("Back onto the list", "undo")
            back.clicked.connect(self._wake)
            self.footer.insertWidget(0, back)

    def open_dialog(self) -> None:  # type: ignore[override]
        """Shows the dialog with one week filled in and the cursor in the reason."""
        self.day.suggest("in 1 week")
        super().open_dialog(self.reason)

    def submit(self) -> None:
        if not self.sound(day_needed="Type until when, or press “For good”."):
            return
        _, until = self.day.read()
        self.accept.setEnabled(False)
        reason = self.reason.text().strip()
        self._page.acts.ask_snooze(self._numbers, until, reason, self._kept, self.failed, self)

    def _kept(self, done: Done[None]) -> None:
        self.close_dialog()
        self._page.acts.snoozed(self._numbers, self._who, done)

    def _wake(self) -> None:
        self._page.acts.wake(self._numbers, self._who)
        self.close_dialog()


class DateDialog(_HandDialog):
    """Sets a date by hand; or goes back to the computed one."""

    def __init__(self, page: DuePage, row: DueRow) -> None:
        day = DayChoice("Due on", page.context.clinic.today, _DATE, required=True)
        super().__init__(page, "Set the date by hand", "Keep the date", day,
                         "e.g. wants it before her holiday")  # fmt: skip
        self._row = row
        line = f"{words.who(row)}, {words.last_words(row)}"
        self.body.addWidget(Label(line, 13, 600, wrap=True))
        earliest = f"The rules allow it from {words.near_day(row.allowed_from, page.model.on)} on."
        self.body.addWidget(Label(words.hand_words(row) or earliest, 12, 400, "muted", wrap=True))
        self.body.addWidget(self.day)
        self.body.addWidget(self.reason_field)
        if row.hand_date is not None:
            back = Button("Back to the computed date", "undo")
            back.clicked.connect(self._drop)
            self.footer.insertWidget(0, back)

    def open_dialog(self) -> None:  # type: ignore[override]
        """Shows the dialog with the cursor in the day."""
        super().open_dialog(self.day.edit)

    def submit(self) -> None:
        if not self.sound(day_needed="Type the day, such as 12 jan or in 3 weeks."):
            return
        _, day = self.day.read()
        assert day is not None
        self.accept.setEnabled(False)
        reason = self.reason.text().strip()
        self._page.acts.ask_date(self._row.id, day, reason, self._kept, self.failed, self)

    def _kept(self, done: Done[None]) -> None:
        self.close_dialog()
        self._page.acts.dated(self._row, done)

    def _drop(self) -> None:
        self._page.acts.drop_date(self._row)
        self.close_dialog()
