"""The line over the day after a check-in: what is still open for who has just come."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.people import full_name
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.safety.standing import Standing, arrived_words, ask_standing
from clinicdesk.ui.widgets import Banner


class Arrivals(QObject):
    """Asks what is open, says it in one line, and takes the line away once it is settled.

    Signals:
        wanted(int): the appointment is to be shown, with what is open.
    """

    wanted = Signal(int)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._row: AppointmentRow | None = None
        self.banner = Banner("warn")
        self.banner.acted.connect(self._want)
        context.bus.published.connect(self._published)

    def arrived(self, row: AppointmentRow) -> None:
        """Somebody was checked in."""
        self._row = row
        self.banner.show_text("")
        self._ask()

    def forget(self) -> None:
        """Another day is on show, or the step was taken back."""
        self._row = None
        self.banner.show_text("")

    def leave_room(self, right: int) -> None:
        """The panel lies over ``right`` pixels of the line: its button stands before them."""
        layout = self.banner.layout()
        if layout is not None:
            layout.setContentsMargins(12, 8, 10 + right, 8)

    def _ask(self) -> None:
        row, context = self._row, self._context
        if row is not None:
            work = partial(ask_standing, context.clinic, context.actor, row)
            context.tasks.short.submit(work, self._show, owner=self, key="standing")

    def _show(self, standing: Standing) -> None:
        row = self._row
        if row is None:
            return
        if not standing.open:
            self.forget()
            return
        who = full_name(row.given_name, row.family_name)
        self.banner.show_text(arrived_words(who, standing), "warn", _("Show what is open"))

    def _published(self, changes: ChangeSet) -> None:
        if self._row is not None and self._row.patient_id in changes.patients:
            self._ask()

    def _want(self) -> None:
        if self._row is not None:
            self.wanted.emit(self._row.id)
