"""A physician's answer to a danger on a booked appointment; others read who may give it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.reviews import GivenReason, ReviewRow
from clinicdesk.domain.safety_reasons import choices
from clinicdesk.domain.states import ReviewOutcome
from clinicdesk.domain.translation import _
from clinicdesk.services import reviews
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.widgets import Button, Choice, Field, Label, Segmented, TextEdit, column

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GO, _NOT = ReviewOutcome.GO_AHEAD, ReviewOutcome.REFUSED


class AnswerForm(QWidget):
    """Go ahead or not as planned, with a coded reason and words beside it.

    Signals:
        kept(): the answer is on record.
        outdated(str): somebody else was faster, and what they did.
    """

    kept = Signal()
    outdated = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.row: ReviewRow | None = None
        self.may = context.actor.may(Permission.ANSWER_SAFETY)
        self._why_not = Label("", 12, 400, "muted", wrap=True, parent=self)
        self.way = Segmented([(_GO.value, _GO.label), (_NOT.value, _NOT.label)], _("Answer"))
        self.way_field = Field("", self.way)
        self.reason = Choice((), _("Reason"))
        self.reason.setMinimumContentsLength(12)
        self.words = TextEdit(_("In a sentence"), _("Words beside the reason"))
        both = QWidget()
        both.setLayout(column(self.reason, self.words, spacing=6))
        both.setFocusProxy(self.reason)
        self.field = Field(_("Reason"), both, required=True)
        self.button = Button(_("Keep the answer"), kind="primary", key_hint="↵")
        self._inner = QWidget(self)
        self._inner.setLayout(column(self.way_field, self.field, self.button, spacing=8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._why_not)
        layout.addWidget(self._inner)
        layout.addStretch(1)
        self.button.clicked.connect(self.submit)
        self.way.changed.connect(self._edited)
        self.reason.chosen.connect(self._edited)
        self.words.textEdited.connect(self._edited)

    def show_row(self, row: ReviewRow) -> None:
        """Shows the form for a finding; what was typed for the same one stays."""
        fresh = self.row is None or self.row.id != row.id
        self.row = row
        self._inner.setVisible(self.may)
        self._why_not.setVisible(not self.may)
        self._why_not.setText(
            _("Only a physician answers this: {physician}, or another one.").format(
                physician=row.physician
            )
        )
        if fresh:
            known = self._context.clinic.catalogue.safety_reasons
            options = [("", _("Choose a reason…"))]
            options += [(reason.id, reason.text) for reason in choices(row.check, known)]
            self.reason.set_options(options)
            self.reason.set_value("")
            self.way.set_value("")
            self.words.clear()
            self._edited()

    def focus_here(self) -> None:
        """To the first choice: neither way is chosen beforehand."""
        if self.may:
            self.way.focus_here()

    def submit(self) -> None:
        """Keeps the answer."""
        if self.row is None or not self.may:
            return
        if not self.way.value():
            self.way_field.set_error(_("Choose whether it goes ahead as planned."))
            self.way.focus_here()
            return
        context = self._context
        given = GivenReason(str(self.reason.value() or ""), self.words.text().strip())
        work = partial(
            reviews.answer, context.clinic, context.actor, self.row.id, given,
            go_ahead=self.way.value() == _GO.value,
        )  # fmt: skip
        self.button.setEnabled(False)
        context.tasks.short.submit(work, self._kept, self._failed, owner=self)

    def _kept(self, done: Done[int]) -> None:
        self.button.setEnabled(True)
        if self.row is not None:
            self._context.bus.say(_("{patient}: answered").format(patient=self.row.patient))
        self.kept.emit()
        self._context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, Invalid):
            self.field.set_error(" ".join(error.fields.values()))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, ClinicError):
            self.outdated.emit(str(error))
        else:
            self.field.set_error(_("The answer was not kept. Please try again."))
            raise error

    def _edited(self) -> None:
        self.way_field.set_error("")
        self.field.set_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.may:
            self.submit()
        else:
            super().keyPressEvent(event)
