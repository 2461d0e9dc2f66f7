"""The line over the day after a check-in: what is still open for who has just come."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.people import full_name
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.services import schedule
from clinicdesk.services.context import Clinic
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.safety.standing import Standing, arrived_words, ask_standing
from clinicdesk.ui.widgets import Banner

_HERE = (Status.ARRIVED, Status.PREPARING)
"""Before the room, what is open can still be settled."""


def _ask_here(clinic: Clinic, actor: Actor, row: AppointmentRow) -> Standing:
    """What is open, unless the step was taken back or is over by now; in the lane."""
    now = schedule.appointment(clinic, actor, row.id)
    return ask_standing(clinic, actor, now) if now.status in _HERE else Standing()


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
            work = partial(_ask_here, context.clinic, context.actor, row)
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
