"""The call: the panel shows whom, what is typed there is logged, and the next one follows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.rows.due import ContactForm, DueRow
from clinicdesk.domain.translation import _
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.due.call_panel import CallPanel
from clinicdesk.ui.due.caller import Caller, Opened
from clinicdesk.ui.due.model import DueModel
from clinicdesk.ui.due.target import Target


class Calling(QObject):
    """Signals:
    began(int): the panel shows whom to call, of this row.
    over(): nobody is being called any more.
    """

    began = Signal(int)
    over = Signal()

    def __init__(
        self, bus: Bus, model: DueModel, panel: CallPanel, caller: Caller, target: Target
    ) -> None:
        super().__init__(caller)
        self._bus, self._model, self._target = bus, model, target
        self._panel, self._caller = panel, caller
        caller.opened.connect(self._opened)
        caller.changed.connect(self._row_changed)
        caller.ended.connect(self._ended)
        caller.logged.connect(panel.logged)
        caller.refused.connect(self._refused)
        caller.stuck.connect(self._stuck)
        panel.closed.connect(caller.stop)
        panel.skip_wanted.connect(self.skip)
        panel.form.submitted.connect(self._log)
        model.dataChanged.connect(self._rows_came)

    def start(self) -> None:
        """Begins with the first ticked row, or with the one under the cursor."""
        number = self._target.first()
        if number is not None:
            self._caller.start(number)

    def take_outcome(self, outcome: str) -> None:
        """A digit was pressed: only while somebody is being called."""
        if self._panel.isVisible() and not self._panel.busy:
            self._panel.form.choose(outcome)
            self._panel.form.buttons[outcome].setFocus(Qt.FocusReason.TabFocusReason)

    def skip(self) -> None:
        """On to the next without logging; a number that was begun is not lost silently."""
        if not self._panel.isVisible() or self._panel.busy:
            return
        if self._panel.form.typed:
            self._bus.warn(_("Log this call first, or close the panel with Esc."))
            return
        self._caller.go_on()

    def _opened(self, found: Opened) -> None:
        assert found.row is not None
        self._panel.set_busy(busy=False)
        self._panel.show_row(found.row, fresh=True)
        self._panel.show_rest(found.contacts, found.others)
        self.began.emit(found.row.id)
        self._panel.focus_here()

    def _ended(self) -> None:
        self._panel.put_down()
        self._panel.set_busy(busy=False)
        self.over.emit()

    def _rows_came(self) -> None:
        if self._caller.number is not None:
            row = self._model.row_of(self._caller.number)
            if row is not None and row != self._panel.row:
                self._caller.row = row
                self._row_changed(row)

    def _row_changed(self, row: DueRow) -> None:
        # What is on show is brought up to date, what is typed stays.
        self._panel.show_row(row, fresh=False)

    def _log(self, form: ContactForm) -> None:
        if self._panel.busy:
            return
        self._panel.set_busy(busy=True)
        self._caller.log(form, self._panel.logged_rows())

    def _stuck(self) -> None:
        self._panel.set_busy(busy=False)

    def _refused(self, error: Exception) -> None:
        self._stuck()
        if isinstance(error, Invalid):
            self._panel.form.mark(error.fields)
        else:
            self._panel.trouble.show_text(str(error), "danger")
