"""The panel that gives an appointment another day or time, with the verdict of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.errors import Clash, ClinicError, Invalid, ReasonNeeded
from clinicdesk.domain.people import display_name
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.schedule import AppointmentRow, TimeRequest
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.overlap import real_minutes
from clinicdesk.services import booking
from clinicdesk.services.context import Done
from clinicdesk.ui.booking.asking import NOTHING, MovedPlan, Question
from clinicdesk.ui.booking.draft import MORNING, USUAL_MINUTES
from clinicdesk.ui.booking.entry_panel import EntryPanel
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text, weekday_or_year
from clinicdesk.ui.schedule.drag import Wish
from clinicdesk.ui.widgets import Label


@dataclass(frozen=True)
class Moved:
    """A move that was made: the appointment as it was, where it went, and what that changed."""

    before: AppointmentRow
    wish: Wish
    done: Done[int]


class MovePanel(EntryPanel):
    """Moves one appointment; the rules are asked about each day before anything moves.

    Signals:
        moved(Moved): it has another time now.
    """

    moved = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Move appointment"), _("Move"), parent)
        self._row: AppointmentRow | None = None
        self._what = Label("", 13, 400, wrap=True)
        self.place.guidance_field.setParent(self)
        self.place.guidance_field.hide()
        self.put((self._what, self.time, self.place, self.safety, self.card))
        self.slot.changed.connect(self._changed)
        self.slot.filled.connect(self._changed)
        self.card.book_on.connect(self._seek_from)

    # -- opening and closing --------------------------------------------------------

    def start(self, appointment: AppointmentRow, wish: Wish | None = None, why: str = "") -> None:
        """Shows an appointment as it stands, or where a drop wished it, with why that was not."""
        self._row = appointment
        who = display_name(appointment.family_name, appointment.given_name)
        parts = (appointment.title, ", ".join(appointment.sites))
        self._what.setText(f"{who}\n{' · '.join(part for part in parts if part)}")
        self.trouble.show_text("")
        self.card.clear_reason()
        self.card.set_card(None, hint=_("The rules are being asked."))
        self._show_place(appointment, wish)
        self._show_time(appointment, wish)
        self.time.focus_here()
        if why:
            self.ask_reason(why)
        self.ask_again()

    def _show_time(self, appointment: AppointmentRow, wish: Wish | None) -> None:
        self.time.clear()
        self.time.set_today(self._context.clinic.today())
        start = wish.start if wish else appointment.start
        self.time.set_start(start.astimezone(self._context.clinic.zone))
        minutes = real_minutes(appointment.start, appointment.end)
        self.time.set_length(wish.minutes if wish else minutes)

    def _show_place(self, appointment: AppointmentRow, wish: Wish | None) -> None:
        first = appointment.planned[0] if appointment.planned else None
        known = self._context.clinic.catalogue.procedures
        procedure = known.get(first.procedure) if first else None
        guidance = Guidance(first.guidance) if first and first.guidance else None
        self.place.clear()
        self.place.set_procedure(procedure, guidance, visit=procedure is None)
        self.place.guidance_field.hide()
        self.place.choose(
            wish.physician_id if wish else appointment.physician_id,
            wish.room_id if wish else appointment.room_id,
        )

    def close_panel(self) -> None:
        """Leaves the appointment where it was."""
        self._leave()
        self.closed.emit()

    def _leave(self) -> None:
        self._row = None
        self.asker.ask(NOTHING)

    # -- asking -------------------------------------------------------------------

    @property
    def _wanted(self) -> Wish | None:
        """The move as entered; None while something of it is missing."""
        appointment, section = self._row, self.time
        day, at, minutes = section.day, section.at, section.length
        physician = self.place.physician_id
        if appointment is None or day is None or at is None or minutes is None:
            return None
        start = datetime.combine(day, at, tzinfo=self._context.clinic.zone)
        return Wish(
            appointment.id, appointment.version, start, minutes,
            physician if physician is not None else appointment.physician_id, self.place.room_id,
        )  # fmt: skip

    def question(self) -> Question:
        appointment, day, wish = self._row, self.time.day, self._wanted
        if appointment is None:
            return NOTHING
        rules = None
        if day is not None and appointment.planned:
            rules = MovedPlan(appointment.id, appointment.patient_id, day)
        time = self._request(appointment, wish.start, wish.minutes) if wish else None
        return Question(rules, time)

    def _request(self, row: AppointmentRow, start: datetime, minutes: int) -> TimeRequest:
        physician = self.place.physician_id
        return TimeRequest(
            start, minutes, row.patient_id,
            physician if physician is not None else row.physician_id, self.place.room_id,
            appointment_id=row.id,
        )  # fmt: skip

    def _changed(self) -> None:
        self.trouble.show_text("")
        wish = self._wanted
        words = f"{weekday_or_year(wish.start.date())}, {time_text(wish.start)}" if wish else ""
        self.foot.name_act(_("Move to {words}").format(words=words) if words else _("Move"))
        self.asker.ask(self.question())

    def show_verdict(self, card: VerdictCard | None) -> None:
        self.card.setVisible(card is not None)
        self.card.set_card(card, today=self._context.clinic.today(), overrides=self.may_override)

    def _seek_from(self, day: date) -> None:
        row = self._row
        if row is not None:
            start = datetime.combine(day, self.time.at or MORNING, self._context.clinic.zone)
            self.slot.seek(self._request(row, start, self.time.length or USUAL_MINUTES))

    # -- moving -------------------------------------------------------------------

    def submit(self) -> None:
        """Moves, or shows at its field whatever hinders it."""
        if self.unsettled() or self.say_barred():
            return
        wish, appointment = self._wanted, self._row
        if not self.time.check() or wish is None or appointment is None:
            self.time.focus_wrong()
            return
        if not self.accept.isEnabled():
            return
        self.accept.setEnabled(False)
        work = partial(
            booking.move, self._context.clinic, self._context.actor, wish.appointment_id,
            wish.version, wish.start, wish.physician_id, wish.room_id, wish.minutes,
            self.card.reason_text(), safety_reasons=self.safety.given(),
            for_review=self.for_review,
        )  # fmt: skip
        self._context.tasks.short.submit(
            work, partial(self._done, appointment, wish), self._failed, owner=self
        )

    def _done(self, appointment: AppointmentRow, wish: Wish, done: Done[int]) -> None:
        self.accept.setEnabled(True)
        self._leave()
        self.moved.emit(Moved(appointment, wish, done))

    def _failed(self, error: Exception) -> None:
        self.accept.setEnabled(True)
        if isinstance(error, ReasonNeeded):
            self.ask_reason(str(error))
        elif isinstance(error, Clash):
            self.slot.show_hindrances(error.hindrances)
            self.ask_again()
        elif isinstance(error, Invalid):
            self.say_trouble(" ".join(error.fields.values()))
        elif isinstance(error, ClinicError):
            self.say_trouble(str(error))
        else:
            self.say_trouble(_("It was not moved. Nothing you typed is lost."))
            raise error
