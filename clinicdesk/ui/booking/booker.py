"""Booking itself: one act in the lane, its refusals parted by field, and its undoing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.errors import Clash, ClinicError, Invalid, ReasonNeeded, Stale
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.reviews import GivenReason
from clinicdesk.domain.translation import _
from clinicdesk.services import booking, schedule
from clinicdesk.services.context import Clinic, Done
from clinicdesk.ui.booking.draft import Draft, book_request, read_back
from clinicdesk.ui.booking.slot import parted
from clinicdesk.ui.context import UiContext

UNDO_REASON = _("Undone right after booking")
_TIME_FIELDS = ("start", "minutes", "day", "at")


class Booker(QObject):
    """Makes the appointment.

    Signals:
        booked(int): the appointment's id; the status bar has read it back.
        refused(dict): sentences by field; nothing was booked.
        reason_needed(str): the rules ask for a reason.
        busy(bool): the act has begun, or is over.
    """

    booked = Signal(int)
    refused = Signal(dict)
    reason_needed = Signal(str)
    busy = Signal(bool)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._draft: Draft | None = None

    def book(
        self,
        draft: Draft,
        reason: str,
        safety: tuple[tuple[str, GivenReason], ...] = (),
        *,
        for_review: bool = False,
    ) -> None:
        """Books; a second press while the first is under way does nothing.

        Args:
            draft: complete.
            reason: for the interval rules.
            safety: a physician's reasons for the dangers known, each with its check.
            for_review: the rest of them is left for a physician to answer.
        """
        if self._draft is not None:
            return
        self._draft = draft
        self.busy.emit(True)
        clinic, actor = self._context.clinic, self._context.actor
        request = replace(
            book_request(draft, clinic.zone, reason), safety=safety, for_review=for_review
        )
        self._context.tasks.short.submit(
            lambda: booking.book(clinic, actor, request), self._done, self._failed, owner=self
        )

    def _done(self, done: Done[int]) -> None:
        draft, self._draft = self._draft, None
        self.busy.emit(False)
        assert draft is not None
        self._context.publish(done.changes)
        self._context.bus.say(read_back(draft), partial(self._undo, done.value))
        self.booked.emit(done.value)

    def _failed(self, error: Exception) -> None:
        draft, self._draft = self._draft, None
        self.busy.emit(False)
        assert draft is not None
        if isinstance(error, ReasonNeeded):
            self.reason_needed.emit(str(error))
        elif isinstance(error, Clash):
            self.refused.emit(parted(error.hindrances, draft.physician, draft.room))
        elif isinstance(error, Invalid):
            self.refused.emit(_by_section(error.fields))
        elif isinstance(error, ClinicError):
            self.refused.emit({"": str(error)})
        else:
            self.refused.emit({"": _("The appointment was not booked. Nothing you typed is lost.")})
            raise error

    # -- undo ---------------------------------------------------------------------

    def _undo(self, appointment_id: int) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: cancel_again(clinic, actor, appointment_id), self._undone, owner=self
        )

    def _undone(self, done: Done[int]) -> None:
        self._context.publish(done.changes)
        self._context.bus.say(_("The appointment was taken back."))


def cancel_again(clinic: Clinic, actor: Actor, appointment_id: int) -> Done[int]:
    """Cancels what was just booked."""
    row = schedule.appointment(clinic, actor, appointment_id)
    who = schedule.last_hand(clinic, actor, row.patient_id)
    if row.version > 1 and who != actor.name:
        said = _("Not undone: {who} has changed this appointment since.")
        raise Stale(said.format(who=who))
    return booking.cancel(clinic, actor, appointment_id, row.version, UNDO_REASON)


def _by_section(fields: dict[str, str]) -> dict[str, str]:
    """The service's fields as the panel's: start and minutes are its time."""
    found: dict[str, list[str]] = {}
    for name, sentence in fields.items():
        key = "time" if name in _TIME_FIELDS else name.partition(".")[0]
        found.setdefault(key, []).append(sentence)
    return {key: " ".join(said) for key, said in found.items()}
