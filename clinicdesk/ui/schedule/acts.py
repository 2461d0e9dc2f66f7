"""What staff do with an appointment of the day: move, check in, cancel, log, print."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import ClinicError, ReasonNeeded
from clinicdesk.domain.people import display_name
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.overlap import after
from clinicdesk.scheduling.places import attempt, moving_needs
from clinicdesk.services import booking
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text, weekday_near
from clinicdesk.ui.schedule.cancel_dialog import CancelDialog
from clinicdesk.ui.schedule.drag import Wish, why_fixed
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.model import AppointmentModel
from clinicdesk.ui.schedule.move_panel import Moved
from clinicdesk.ui.schedule.undo import StatusUndo, UndoMove


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
        self._say_moved(row, _told(row, wish), done)

    def moved_by_panel(self, moved: Moved) -> None:
        """The panel gave an appointment another time."""
        row, start = moved.before, moved.wish.start
        who = display_name(row.family_name, row.given_name)
        when = f"{weekday_near(start.date())} {time_text(start)}"
        self._say_moved(row, _("{who} moved to {when}").format(who=who, when=when), moved.done)

    def _say_moved(self, row: AppointmentRow, words: str, done: Done[int]) -> None:
        undo = UndoMove(self._context, self, row, self.stale.emit, done.value)
        self._context.bus.say(words, undo.run)
        self._context.publish(done.changes)

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
            who = display_name(row.family_name, row.given_name)
            self._context.bus.say(
                _("{who} is already {status_label}.").format(
                    who=who, status_label=row.status.label.lower()
                )
            )

    def set_status(self, status: object) -> None:
        """Takes a step with the selected appointment."""
        row, context = self._view.selected(), self._context
        if row is None or not isinstance(status, Status):
            return
        work = partial(
            booking.set_status, context.clinic, context.actor, row.id, row.version, status
        )
        self._lane.submit(work, partial(self._stepped, row, status), self._failed, owner=self)

    def checked_in(self, row: AppointmentRow, done: Done[int]) -> None:
        """The panel checked a patient in."""
        self._stepped(row, Status.ARRIVED, done)

    def _stepped(self, row: AppointmentRow, status: Status, done: Done[int]) -> None:
        self._say(row, status.label.lower(), done)
        self.stepped.emit(row, status)

    def ask_cancel(self, no_show: bool) -> None:
        """Asks why, then cancels (or marks as no-show)."""
        row = self._view.selected()
        if row is not None:
            dialog = CancelDialog(self._context, self._host, row, no_show=no_show)
            dialog.cancelled.connect(self._cancelled)
            dialog.open_dialog()

    def _cancelled(self, row: AppointmentRow, done: Done[int], words: str) -> None:
        self.cancelled.emit()
        self._say(row, words, done)

    def _say(self, row: AppointmentRow, words: str, done: Done[int]) -> None:
        context = self._context
        who = display_name(row.family_name, row.given_name)
        back = StatusUndo(
            self._context, self, replace(row, version=done.value), self.stale.emit, row.status
        )
        context.bus.say(f"{who}: {words}", back.run)
        context.publish(done.changes)

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
    who = display_name(row.family_name, row.given_name)
    if wish.start != row.start:
        return _("{who} moved {start} → {wish_start}").format(
            who=who, start=time_text(row.start), wish_start=time_text(wish.start)
        )
    old = round((row.end - row.start) / timedelta(minutes=1))
    if wish.minutes != old:
        return _("{who}: {old} min → {minutes} min").format(who=who, old=old, minutes=wish.minutes)
    return _("{who} moved at {start}").format(who=who, start=time_text(row.start))
