"""Two small dialogs: put rows aside with a reason, set a date by hand with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.rows.due import DueRow
from clinicdesk.domain.translation import _, _n
from clinicdesk.services.context import Done
from clinicdesk.ui.due import words
from clinicdesk.ui.due.day_choice import FOR_GOOD, DayChoice
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import Banner, Button, Dialog, Field, Label, TextEdit

_ASIDE = ((_("1 week"), "+1w"), (_("1 month"), "+1m"), (_("For good"), FOR_GOOD))
_DATE = ((_("1 week"), "+1w"), (_("2 weeks"), "+2w"), (_("1 month"), "+1m"),
         (_("3 months"), "+3m"))  # fmt: skip
_LOST = _("It was not kept. Nothing you typed is lost; try again.")


@dataclass(frozen=True)
class Subject:
    """Whom it is about: the rows, what they are called, and the row itself where it is one."""

    numbers: tuple[int, ...]
    who: str
    row: DueRow | None = None

    @property
    def line(self) -> str:
        """``Arredondo, Silvia, RFA, L4-L5 left``; ``12 rows``."""
        return f"{self.who}, {words.last_words(self.row)}" if self.row is not None else self.who


def subject_of(numbers: tuple[int, ...], row: DueRow | None) -> Subject:
    """``row``: the first of them, if it is here."""
    if len(numbers) > 1 or row is None:
        return Subject(
            numbers, _n("{count:,} row", "{count:,} rows", len(numbers)).format(count=len(numbers))
        )
    return Subject(numbers, words.who(row), row)


class HandDialog(Dialog):
    """A day and a reason, kept in the lane; ``day_needed`` is said where no day was given.

    Signals:
        kept(object, object): the ``Done`` and the ``Subject``; the dialog is gone.
        back_wanted(object): what was set by hand (on this ``Subject``) is to be dropped.
    """

    kept = Signal(object, object)
    back_wanted = Signal(object)

    def __init__(
        self, host: QWidget, lane: Lane, subject: Subject, title: str, accept: str,
        day: DayChoice, day_needed: str, reason: str,
    ) -> None:  # fmt: skip
        super().__init__(host, title, accept, width=500)
        self._lane, self._subject, self._day_needed = lane, subject, day_needed
        self.trouble = Banner("danger", parent=self)
        self.day = day
        self.reason = TextEdit(reason, _("Reason"), self)
        self.reason_field = Field(_("Reason"), self.reason, required=True)
        self.footer.setSpacing(8)
        self.body.addWidget(self.trouble)
        self.reason.textEdited.connect(self._edited)
        self.reason.returnPressed.connect(self.submit)
        self.day.edit.returnPressed.connect(self.submit)
        self.accepted.connect(self.submit)

    def work(self, day: date | None, reason: str) -> Callable[[], Done[None]] | None:
        """What keeps it, to be run in the lane; None: it needs a day."""
        raise NotImplementedError

    def submit(self) -> None:
        """Keeps what was typed, unless a field is wrong."""
        if not self._sound():
            return
        __, day = self.day.read()
        work = self.work(day, self.reason.text().strip())
        if work is None:
            self.day.set_error(self._day_needed)
            return
        self.accept.setEnabled(False)
        self._lane.submit(work, self._done, self._failed, owner=self)

    def offer_back(self, text: str) -> None:
        """A button that drops what was set by hand before."""
        back = Button(text, "undo")
        back.clicked.connect(self._back)
        self.footer.insertWidget(0, back)

    def _back(self) -> None:
        self.back_wanted.emit(self._subject)
        self.close_dialog()

    def _edited(self) -> None:
        self.reason_field.set_error("")

    def _sound(self) -> bool:
        # What is wrong is said at its field, with the cursor in the first.
        if not self.accept.isEnabled():
            return False
        if not self.reason.text().strip():
            self.reason_field.set_error(_("Say why: a few words are enough."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.day.empty:
            self.day.set_error(self._day_needed)
            return False
        readable, __ = self.day.read()
        return readable and bool(self.reason.text().strip())

    def _done(self, done: Done[None]) -> None:
        self.close_dialog()
        self.kept.emit(done, self._subject)

    def _failed(self, error: Exception) -> None:
        # The service refused: each sentence at its field.
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


class AsideDialog(HandDialog):
    """Puts rows aside until a day, or for good; or takes them back onto the list."""

    def __init__(
        self, host: QWidget, lane: Lane, subject: Subject, today: Callable[[], date],
        keep: Callable[[date | None, str], Done[None]],
    ) -> None:  # fmt: skip
        day = DayChoice(_("Until"), today, _ASIDE, required=True)
        super().__init__(
            host, lane, subject, _("Put aside"), _("Put aside"), day,
            _("Type until when, or press “For good”."), _("e.g. travelling until spring"),
        )  # fmt: skip
        self._keep = keep
        self.body.addWidget(Label(subject.line, 13, 600, wrap=True))
        self.body.addWidget(Label(
            _("It stands folded away under “Put aside” and comes back by itself on that day."),
            12, 400, "muted", wrap=True,
        ))  # fmt: skip
        self.body.addWidget(self.day)
        self.body.addWidget(self.reason_field)
        if subject.row is not None and subject.row.snooze is not None:
            self.offer_back(_("Back onto the list"))

    def work(self, day: date | None, reason: str) -> Callable[[], Done[None]]:
        return partial(self._keep, day, reason)

    def open_dialog(self) -> None:  # type: ignore[override]
        """Shows the dialog with one week filled in and the cursor in the reason."""
        self.day.suggest("+1w")
        super().open_dialog(self.reason)


class DateDialog(HandDialog):
    """Sets a date by hand; or goes back to the computed one."""

    def __init__(
        self, host: QWidget, lane: Lane, row: DueRow, today: Callable[[], date],
        keep: Callable[[date, str], Done[None]],
    ) -> None:  # fmt: skip
        subject = subject_of((row.id,), row)
        day = DayChoice(_("Due on"), today, _DATE, required=True)
        super().__init__(
            host, lane, subject, _("Set the date by hand"), _("Keep the date"), day,
            _("Type the day, such as 12 jan or in 3 weeks."), _("e.g. wants it before her holiday"),
        )  # fmt: skip
        self._keep = keep
        allowed = words.near_day(row.allowed_from, today())
        earliest = _("The rules allow it from {allowed} on.").format(allowed=allowed)
        self.body.addWidget(Label(subject.line, 13, 600, wrap=True))
        self.body.addWidget(Label(words.hand_words(row) or earliest, 12, 400, "muted", wrap=True))
        self.body.addWidget(self.day)
        self.body.addWidget(self.reason_field)
        if row.hand_date is not None:
            self.offer_back(_("Back to the computed date"))

    def work(self, day: date | None, reason: str) -> Callable[[], Done[None]] | None:
        return partial(self._keep, day, reason) if day is not None else None

    def open_dialog(self) -> None:  # type: ignore[override]
        """Shows the dialog with the cursor in the day."""
        super().open_dialog(self.day.edit)
