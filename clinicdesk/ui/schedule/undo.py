"""What takes a move or a step back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.people import display_name
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.services import booking
from clinicdesk.services.context import Done
from clinicdesk.ui.local import time_text

if TYPE_CHECKING:
    from clinicdesk.ui.schedule.page import SchedulePage


MOVED_BACK = "Moved back right after it was moved"


class _Undo:
    def __init__(self, page: SchedulePage, row: AppointmentRow) -> None:
        self._page, self._row = page, row

    @property
    def _who(self) -> str:
        return display_name(self._row.family_name, self._row.given_name)

    def _done(self, words: str, done: Done[int]) -> None:
        self._page.context.bus.say(f"{self._who} {words}")
        self._page.context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._page.context.bus.warn(f"Not undone: {error}")
        self._page.refresh()


class UndoMove(_Undo):
    """Puts an appointment back where it was; ``version`` is the one the move made."""

    version = 0

    def run(self) -> None:
        """Moves it back."""
        row, context = self._row, self._page.context
        minutes = round((row.end - row.start).total_seconds() / 60)
        work = partial(
            booking.move, context.clinic, context.actor, row.id, self.version, row.start,
            row.physician_id, row.room_id, minutes, MOVED_BACK,
        )  # fmt: skip
        done = partial(self._done, f"is back at {time_text(row.start)}")
        context.tasks.short.submit(work, done, self._failed, owner=self._page)


class StatusUndo(_Undo):
    """Takes a step of the day back."""

    def __init__(self, page: SchedulePage, row: AppointmentRow, status: Status) -> None:
        super().__init__(page, row)
        self._status = status

    def run(self) -> None:
        """Sets the state it had."""
        row, context = self._row, self._page.context
        work = partial(
            booking.set_status, context.clinic, context.actor, row.id, row.version, self._status
        )
        done = partial(self._done, f"is {self._status.label.lower()} again")
        context.tasks.short.submit(work, done, self._failed, owner=self._page)
