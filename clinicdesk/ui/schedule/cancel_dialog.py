"""Why an appointment is cancelled, or that the patient did not come."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.dates import day_long
from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.people import full_name
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.services import booking
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text
from clinicdesk.ui.widgets import Dialog, Field, Label, TextEdit


class Why(Enum):
    """What is asked: ahead of the day, of a patient who is here, of one who did not come."""

    AHEAD = auto()
    HERE = auto()
    NO_SHOW = auto()

    @property
    def title(self) -> str:
        """Over the dialog."""
        return {
            Why.AHEAD: _("Cancel appointment"),
            Why.HERE: _("Cannot stay: cancel appointment"),
            Why.NO_SHOW: _("Mark as no-show"),
        }[self]

    @property
    def example(self) -> str:
        """In the empty field."""
        if self is Why.HERE:
            return _("e.g. has a fever, is called home")
        return _("e.g. patient called, has a cold")


class CancelDialog(Dialog):
    """Asks for the reason and cancels.

    Signals:
        cancelled(AppointmentRow, Done, str, bool): the appointment as it was, what the act
            changed, what was done, in words, and whether the patient did not come.
    """

    cancelled = Signal(object, object, str, bool)

    def __init__(self, context: UiContext, host: QWidget, row: AppointmentRow, why: Why) -> None:
        no_show = why is Why.NO_SHOW
        act = _("Cancel appointment") if why is Why.HERE else why.title
        super().__init__(host, why.title, act)
        self._context, self._row, self._no_show = context, row, no_show
        who = full_name(row.given_name, row.family_name)
        when = f"{day_long(row.start)}, {time_text(row.start)}"
        self.body.addWidget(Label(f"{who}, {when}: {row.title}", 13, 400, wrap=True))
        self._reason = TextEdit(why.example, _("Reason"))
        self._field = Field(
            _("Note") if no_show else _("Reason"),
            self._reason,
            _("Kept in the appointment’s history."),
            required=not no_show,
        )
        self.body.addWidget(self._field)
        self.cancel.setText(_("Keep it"))
        self.accepted.connect(self._do)

    def open_dialog(self) -> None:  # type: ignore[override]
        """Shows the dialog with the cursor in the reason."""
        super().open_dialog(self._reason)

    def _do(self) -> None:
        context, row = self._context, self._row
        work = partial(
            booking.cancel, context.clinic, context.actor, row.id, row.version,
            self._reason.text(), no_show=self._no_show,
        )  # fmt: skip
        context.tasks.short.submit(work, self._done, self._failed, owner=self)

    def _done(self, done: Done[int]) -> None:
        words = _("marked as no-show") if self._no_show else Status.CANCELLED.label.lower()
        self.cancelled.emit(self._row, done, words, self._no_show)
        self.close_dialog()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        sentence = (
            error.fields.get("reason", str(error)) if isinstance(error, Invalid) else str(error)
        )
        self._field.set_error(sentence)
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
