"""What staff do with an appointment of the day: move, check in, cancel, log, print."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import ClinicError, ReasonNeeded
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.overlap import after, real_minutes
from clinicdesk.scheduling.places import attempt, moving_needs
from clinicdesk.services import booking
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text, weekday_near
from clinicdesk.ui.schedule.cancel_dialog import CancelDialog, Why
from clinicdesk.ui.schedule.drag import Wish, why_fixed
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.model import AppointmentModel
from clinicdesk.ui.schedule.move_panel import Moved
from clinicdesk.ui.schedule.undo import MOVED_AGAIN, MOVED_BACK, Deed, Deeds, who


class Acts(QObject):
    """Carries out what the view and the panel ask for, in the lane, and says how it went.

    Signals:
        stale(): the rows on show may be old: the day must be asked again.
        move_opened(AppointmentRow, Wish | None, str): another day or time is wanted in the panel;
            the sentence says what a drop was refused for.
        cancelled(): the appointment on show is gone.
        stepped(AppointmentRow, Status): it took a step of the day; the row is as it was before.
        check_in_opened(AppointmentRow): the patient is here, or what was left open is asked.
    """

    stale = Signal()
    move_opened = Signal(object, object, str)
    cancelled = Signal()
    stepped = Signal(object, object)
    check_in_opened = Signal(object)

    def __init__(
        self, context: UiContext, model: AppointmentModel, view: DayView, host: QWidget
    ) -> None:
        super().__init__(host)
        self._context, self._model, self._view, self._host = context, model, view, host
        self._lane = context.tasks.short
        self._deeds = Deeds(context, self, self.stale.emit)

    # -- moving -----------------------------------------------------------------------------

    def why_not(self, wish: Wish) -> str:
        """What stands in the way of a move, from the rows on show; asks nobody."""
        context, day = self._context, self._model.day
        row = self._model.appointment(wish.appointment_id)
        if day is None or row is None:
            return ""
        if not context.actor.may(Permission.BOOK):
            return _("Your role ({role_label}) may not move appointments.").format(
                role_label=context.actor.role.label
            )
        now = context.clock.now().astimezone(context.clinic.zone)
        needs = moving_needs(row, wish.minutes, wish.physician_id, wish.room_id)
        found = attempt(needs, wish.start, day, now).hindrances
        return found[0].message if found else ""

    def move(self, wish: Wish) -> None:
        """Shows the appointment where it was wished, pending, and asks for the move."""
        row = self._model.appointment(wish.appointment_id)
        if row is None:
            return
        self._show_pending(row, wish)
        context = self._context
        work = partial(
            booking.move, context.clinic, context.actor, wish.appointment_id, wish.version,
            wish.start, wish.physician_id, wish.room_id, wish.minutes,
        )  # fmt: skip
        moved, failed = partial(self._moved, row, wish), partial(self._not_moved, row, wish)
        self._lane.submit(work, moved, failed, owner=self)

    def _show_pending(self, row: AppointmentRow, wish: Wish) -> None:
        names = {r.id: r.name for r in self._model.columns}
        room = names.get(wish.room_id, "") if wish.room_id is not None else ""
        wished = replace(
            row,
            start=wish.start,
            end=after(wish.start, wish.minutes),
            physician_id=wish.physician_id,
            physician=names.get(wish.physician_id, row.physician),
            room_id=wish.room_id,
            room=room,
        )
        self._model.pend(wished)
        self._view.select_appointment(row.id)

    def _moved(self, row: AppointmentRow, wish: Wish, done: Done[int]) -> None:
        self._say_moved(row, wish, _told(row, wish), done)

    def moved_by_panel(self, moved: Moved) -> None:
        """The panel gave an appointment another time."""
        row, start = moved.before, moved.wish.start
        when = f"{weekday_near(start.date())} {time_text(start)}"
        words = _("{who} moved to {when}").format(who=who(row), when=when)
        self._say_moved(row, moved.wish, words, moved.done)

    def _say_moved(self, row: AppointmentRow, wish: Wish, words: str, done: Done[int]) -> None:
        self._deeds.done(
            Deed(
                row,
                done.value,
                words,
                _("{who} is back at {start}").format(who=who(row), start=time_text(row.start)),
                partial(self._place, row.id, row.start, row.physician_id, row.room_id,
                        _minutes(row), MOVED_BACK),
                partial(self._place, row.id, wish.start, wish.physician_id, wish.room_id,
                        wish.minutes, MOVED_AGAIN),
            )
        )  # fmt: skip
        self._context.publish(done.changes)

    def _place(
        self, number: int, start: datetime, physician_id: int, room_id: int | None,
        minutes: int, why: str, version: int,
    ) -> Done[int]:  # fmt: skip
        """In the lane: puts an appointment where it was, or where it was moved to."""
        clinic, actor = self._context.clinic, self._context.actor
        return booking.move(
            clinic, actor, number, version, start, physician_id, room_id, minutes, why
        )

    def refused(self, sentence: str) -> None:
        """A drop that the view refused: also in the status bar."""
        self._context.bus.warn(_("Not moved: {sentence}").format(sentence=sentence))

    def _not_moved(self, row: AppointmentRow, wish: Wish, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._put_back()
        if isinstance(error, ReasonNeeded):
            self.move_opened.emit(row, wish, str(error))
            return
        self._view.tell(str(error))
        self.refused(str(error))
        self.stale.emit()

    def _put_back(self) -> None:
        pending = self._model.pending
        self._model.put_back()
        self._view.select_appointment(pending)

    def open_move(self) -> None:
        """Another day or time for the selected appointment, in the panel."""
        row, context = self._view.selected(), self._context
        if row is None:
            context.bus.say(_("Choose an appointment first."))
        elif not context.actor.may(Permission.BOOK):
            context.bus.warn(
                _("Your role ({role_label}) may not move appointments.").format(
                    role_label=context.actor.role.label
                )
            )
        elif why := why_fixed(row):
            context.bus.warn(why)
        else:
            self.move_opened.emit(row, None, "")

    # -- steps of the day -------------------------------------------------------------------

    def check_in(self) -> None:
        """The selected patient is here: asks in the panel, also what was left open then."""
        row = self._view.selected()
        if row is None:
            self._context.bus.say(_("Choose an appointment first."))
        elif row.status in (Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.PREPARING):
            self.check_in_opened.emit(row)
        else:
            self._context.bus.say(
                _("{who} is already {status_label}.").format(
                    who=who(row), status_label=row.status.label.lower()
                )
            )

    def set_status(self, status: Status) -> None:
        """Takes a step with the selected appointment."""
        row, context = self._view.selected(), self._context
        if row is None:
            return
        work = partial(
            booking.set_status, context.clinic, context.actor, row.id, row.version, status
        )
        self._lane.submit(work, partial(self._stepped, row, status), self._failed, owner=self)

    def checked_in(self, row: AppointmentRow, done: Done[int]) -> None:
        """The panel checked a patient in."""
        self._stepped(row, Status.ARRIVED, done)

    def _stepped(self, row: AppointmentRow, status: Status, done: Done[int]) -> None:
        self._say(row, status.label.lower(), done, status)
        self.stepped.emit(row, status)

    def ask_cancel(self, no_show: bool) -> None:
        """Asks why, then cancels (or marks as no-show)."""
        row = self._view.selected()
        if row is not None:
            self._ask_why(row, Why.NO_SHOW if no_show else Why.AHEAD)

    def cannot_stay(self, row: AppointmentRow) -> None:
        """Asks why a patient who is here has to go, then cancels."""
        self._ask_why(row, Why.HERE)

    def _ask_why(self, row: AppointmentRow, why: Why) -> None:
        dialog = CancelDialog(self._context, self._host, row, why)
        dialog.cancelled.connect(self._cancelled)
        dialog.open_dialog()

    def _cancelled(self, row: AppointmentRow, done: Done[int], words: str, no_show: bool) -> None:
        self.cancelled.emit()
        gone = Status.NO_SHOW if no_show else Status.CANCELLED
        self._say(row, words, done, gone)

    def _say(self, row: AppointmentRow, words: str, done: Done[int], status: Status) -> None:
        old = row.status
        back = _("{who} is {status_label} again").format(
            who=who(row), status_label=old.label.lower()
        )
        step = partial(self._step, row.id)
        self._deeds.done(
            Deed(row, done.value, f"{who(row)}: {words}", back, partial(step, old),
                 partial(step, status))
        )  # fmt: skip
        self._context.publish(done.changes)

    def _step(self, number: int, status: Status, version: int) -> Done[int]:
        """In the lane: sets a state."""
        clinic, actor = self._context.clinic, self._context.actor
        return booking.set_status(clinic, actor, number, version, status)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._context.bus.warn(str(error))
        self.stale.emit()

    # -- onwards ----------------------------------------------------------------------------

    def chart(self) -> None:
        """Opens the chart of the selected patient."""
        row = self._view.selected()
        if row is not None:
            self._context.navigate("patients", patient_id=row.patient_id)

    def log(self) -> None:
        """Opens the procedure log of the selected appointment."""
        row, context = self._view.selected(), self._context
        if row is None:
            return
        if not context.actor.may(Permission.LOG_PROCEDURE):
            context.bus.warn(_("Nurses and physicians log procedures."))
        elif not row.planned and row.procedure_id is None:
            context.bus.warn(_("No procedure is planned in this appointment."))
        elif row.status.holds_time:
            context.navigate("log", appointment_id=row.id)

    def print_consent(self) -> None:
        """Opens the consent sheet of the selected appointment."""
        self._print("consent")

    def print_aftercare(self) -> None:
        """Opens the after-care sheet of the selected appointment."""
        self._print("aftercare")

    def _print(self, kind: str) -> None:
        row, context = self._view.selected(), self._context
        if row is None:
            return
        if not row.planned and row.procedure_id is None:
            context.bus.warn(_("Nothing to print: no procedure is planned."))
            return
        logged = kind == "aftercare" and row.procedure_id is not None
        target = {"procedure_id": row.procedure_id} if logged else {"appointment_id": row.id}
        context.navigate("documents", kind=kind, patient_id=row.patient_id, **target)


def _told(row: AppointmentRow, wish: Wish) -> str:
    """``Marchetti, Devon moved 10:45 → 11:00``."""
    if wish.start != row.start:
        return _("{who} moved {start} → {wish_start}").format(
            who=who(row), start=time_text(row.start), wish_start=time_text(wish.start)
        )
    old = _minutes(row)
    if wish.minutes != old:
        return _("{who}: {old} min → {minutes} min").format(
            who=who(row), old=old, minutes=wish.minutes
        )
    return _("{who} moved at {start}").format(who=who(row), start=time_text(row.start))


def _minutes(row: AppointmentRow) -> int:
    return real_minutes(row.start, row.end)
