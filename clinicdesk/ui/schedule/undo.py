"""What takes a move or a step back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.people import display_name
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.services import booking
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text

MOVED_BACK = _("Moved back right after it was moved")


class _Undo:
    """``owner`` waits for the answer; ``refused`` is called where the day must be asked again."""

    def __init__(
        self,
        context: UiContext,
        owner: QObject,
        row: AppointmentRow,
        refused: Callable[[], None],
    ) -> None:
        self._context, self._owner, self._row, self._refused = context, owner, row, refused

    @property
    def _who(self) -> str:
        return display_name(self._row.family_name, self._row.given_name)

    def _done(self, words: str, done: Done[int]) -> None:
        self._context.bus.say(f"{self._who} {words}")
        self._context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._context.bus.warn(_("Not undone: {error}").format(error=error))
        self._refused()


class UndoMove(_Undo):
    """Puts an appointment back where it was; ``version`` is the one the move made."""

    def __init__(
        self,
        context: UiContext,
        owner: QObject,
        row: AppointmentRow,
        refused: Callable[[], None],
        version: int,
    ) -> None:
        super().__init__(context, owner, row, refused)
        self._version = version

    def run(self) -> None:
        """Moves it back."""
        row, context = self._row, self._context
        minutes = round((row.end - row.start).total_seconds() / 60)
        work = partial(
            booking.move, context.clinic, context.actor, row.id, self._version, row.start,
            row.physician_id, row.room_id, minutes, MOVED_BACK,
        )  # fmt: skip
        done = partial(self._done, _("is back at {start}").format(start=time_text(row.start)))
        context.tasks.short.submit(work, done, self._failed, owner=self._owner)


class StatusUndo(_Undo):
    """Takes a step of the day back."""

    def __init__(
        self,
        context: UiContext,
        owner: QObject,
        row: AppointmentRow,
        refused: Callable[[], None],
        status: Status,
    ) -> None:
        super().__init__(context, owner, row, refused)
        self._status = status

    def run(self) -> None:
        """Sets the state it had."""
        row, context = self._row, self._context
        work = partial(
            booking.set_status, context.clinic, context.actor, row.id, row.version, self._status
        )
        done = partial(
            self._done, _("is {status_label} again").format(status_label=self._status.label.lower())
        )
        context.tasks.short.submit(work, done, self._failed, owner=self._owner)
