"""What takes one press: a promised call was made, what lies ahead of a death is cancelled."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.rows.calls import PromisedCall
from clinicdesk.domain.rows.deaths import AheadOfDeath
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import calls, deaths
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.settle.lines import cancel_words
from clinicdesk.ui.widgets import Button, Segmented, column

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OneAct(QWidget):
    """A choice (of a call) and the button.

    Signals:
        kept(): it is done.
        outdated(str): it could not be done, and why.
    """

    kept = Signal()
    outdated = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.source: PromisedCall | AheadOfDeath | None = None
        options = [
            (calls.OUTCOMES[0], _("Reached")),
            (calls.OUTCOMES[1], _("Not reached")),
            (calls.OUTCOMES[2], _("Declined")),
        ]
        self.outcome = Segmented(options, _("What came of the call"))
        self.button = Button("", kind="primary", key_hint="↵")
        self.setLayout(column(self.outcome, self.button, None))
        self.button.clicked.connect(self.submit)

    def show_source(self, source: PromisedCall | AheadOfDeath) -> None:
        """Shows what can be done; a choice for the same call stays."""
        fresh = source != self.source
        self.source = source
        is_call = isinstance(source, PromisedCall)
        self.outcome.setVisible(is_call)
        if fresh:
            self.outcome.set_value("")
        self.button.setText(
            _("Call made") if isinstance(source, PromisedCall) else cancel_words(source)
        )

    def focus_here(self) -> None:
        """To what came of the call, or to the button."""
        if isinstance(self.source, PromisedCall):
            self.outcome.focus_here()
        else:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Does it."""
        source, context = self.source, self._context
        lane = context.tasks.short
        if isinstance(source, PromisedCall):
            made = partial(calls.made, context.clinic, context.actor, source.id,
                           self.outcome.value())  # fmt: skip
            lane.submit(made, self._made, self._failed, owner=self)
        elif source is not None:
            cancel = partial(deaths.cancel_ahead, context.clinic, context.actor, source.patient_id)
            lane.submit(cancel, self._cancelled, self._failed, owner=self)

    def _made(self, done: Done[None]) -> None:
        self._context.bus.say(_("The call is kept."))
        self.kept.emit()
        self._context.publish(done.changes)

    def _cancelled(self, done: Done[int]) -> None:
        count = done.value
        self._context.bus.say(
            _n("{count} appointment cancelled", "{count} appointments cancelled", count).format(
                count=count
            )
        )
        self.kept.emit()
        self._context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            self.outdated.emit(" ".join(error.fields.values()))
        elif isinstance(error, ClinicError):
            self.outdated.emit(str(error))
        else:
            self.outdated.emit(_("Nothing was kept. Please try again."))
            raise error

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.submit()
        else:
            super().keyPressEvent(event)
