"""The schedule page: toolbar, tray, the day, and the panel for one appointment or a booking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.people import display_name
from clinicdesk.domain.rows.schedule import AppointmentRow, DayRows, MonthLoad
from clinicdesk.scheduling.conflicts import Wanted, hindrances
from clinicdesk.services import booking, schedule
from clinicdesk.services.context import Done
from clinicdesk.ui import theme
from clinicdesk.ui.actions import Action
from clinicdesk.ui.booking.panel import BookingPanel
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.schedule import asking
from clinicdesk.ui.schedule.cancel_sheet import CancelSheet
from clinicdesk.ui.schedule.detail import Detail, DetailPanel
from clinicdesk.ui.schedule.drag import Wish
from clinicdesk.ui.schedule.header import Header
from clinicdesk.ui.schedule.interaction import DayView
from clinicdesk.ui.schedule.model import AppointmentModel
from clinicdesk.ui.schedule.tray import Tray
from clinicdesk.ui.schedule.undo import StatusUndo, UndoMove
from clinicdesk.ui.widgets import Banner, Button, IconButton, Label

PANEL = 345
NARROW = 1280


class SchedulePage(Page):
    """A day at the desk."""

    title = "Schedule"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setObjectName("canvas")
        self._lane = context.tasks.short
        self.day = context.clinic.today()
        self.model = AppointmentModel(self)
        self.view = DayView(self.model, context.clinic.zone)
        self.view.set_refusal(self._why_not)
        self.header = Header()
        self.tray = Tray()
        self.detail = DetailPanel(context)
        self.booking = BookingPanel(context)
        self.panel = QStackedWidget()
        self.banner = Banner("danger")
        self._date = Label("", 18, 600)
        self._select: int | None = None
        self._minute = QTimer(self)
        self._minute.setInterval(15000)
        self._lay_out()
        self._connect()
        self._register()

    # -- building ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("surface", "bar")
        bar.setFixedHeight(theme.scaled(48))
        self._back, self._forth = (
            IconButton("left", "Day before (PgUp)"),
            IconButton("right", "Day after (PgDn)"),
        )
        self._today = Button("Today", key_hint="T")
        self._new = Button("New appointment", "plus", "primary", "N")
        tools = QHBoxLayout(bar)
        tools.setContentsMargins(12, 0, 12, 0)
        tools.setSpacing(6)
        for widget in (self._back, self._today, self._forth):
            tools.addWidget(widget)
        tools.addSpacing(8)
        tools.addWidget(self._date)
        tools.addStretch(1)
        tools.addWidget(self._new)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.header)
        middle.addWidget(self.banner)
        middle.addWidget(self.view, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.tray)
        below.addLayout(middle, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(bar)
        left.addLayout(below, 1)
        self.panel.addWidget(self.detail)
        self.panel.addWidget(self.booking)
        self.panel.setFixedWidth(theme.scaled(PANEL))
        self.panel.hide()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(left, 1)
        outer.addWidget(self.panel)

    def _connect(self) -> None:
        self._back.clicked.connect(self.day_before)
        self._forth.clicked.connect(self.day_after)
        self._today.clicked.connect(self.go_today)
        self._new.clicked.connect(self.new_appointment)
        self.tray.month.picked.connect(self.show_day)
        self.tray.month.month_wanted.connect(self._ask_month)
        self.view.geometry_changed.connect(self.header.set_geometry)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._opened)
        self.view.slot_wanted.connect(self._slot)
        self.view.move_wanted.connect(self._move)
        self.view.refused.connect(self._refused)
        detail = self.detail
        detail.status_wanted.connect(self.set_status)
        detail.cancel_wanted.connect(self._ask_cancel)
        detail.log_wanted.connect(self.log)
        detail.consent_wanted.connect(self.print_consent)
        detail.aftercare_wanted.connect(self.print_aftercare)
        detail.chart_wanted.connect(self._chart)
        detail.closed.connect(self.close_panel)
        self.booking.booked.connect(self._booked)
        self.booking.closed.connect(self.close_panel)
        self.context.bus.published.connect(self._published)
        theme.signals.changed.connect(detail.follow_theme)
        self._minute.timeout.connect(self._tick)
        self._minute.start()

    def _register(self) -> None:
        here = "schedule"
        self.context.actions.add(
            Action("schedule.new", "New appointment", "N", self.new_appointment, here, "calplus"),
            Action("schedule.today", "Go to today", "T", self.go_today, here, "cal"),
            Action("schedule.before", "Day before", "PgUp", self.day_before, here, "left"),
            Action("schedule.after", "Day after", "PgDown", self.day_after, here, "right"),
            Action("schedule.checkin", "Check in the patient", "I", self.check_in, here, "check"),
            Action("schedule.log", "Log the selected procedure", "L", self.log, here, "syringe"),
            Action("schedule.consent", "Print consent", "P", self.print_consent, here, "print"),
            Action("schedule.aftercare", "Print after-care", "A", self.print_aftercare, here,
                   "print"),
            Action("schedule.move", "Move the selected appointment with the arrow keys", "M",
                   self.view.begin_move, here, "cal"),
        )  # fmt: skip

    # -- days -------------------------------------------------------------------------------

    def activated(self, **arguments: object) -> None:
        """Shows the day; ``day``, ``appointment_id`` or ``patient_id`` (to book) may be given."""
        day = arguments.get("day")
        appointment_id = arguments.get("appointment_id")
        if isinstance(appointment_id, int):
            self._select = appointment_id
        self.show_day(day if isinstance(day, date) else self.day)
        patient_id = arguments.get("patient_id")
        if isinstance(patient_id, int):
            self._book(None, None, None, patient_id)
        elif not self.booking.isVisible():
            self.view.setFocus()

    def subtitle(self) -> str:
        return self.context.clinic.settings.name

    def show_day(self, day: date) -> None:
        """Shows a day."""
        self.day = day
        self._date.setText(f"{day:%A} {day.day} {day:%B %Y}")
        self.tray.month.show_day(day, self.context.clinic.today())
        self.refresh()

    def refresh(self) -> None:
        """Asks for the day again."""
        work = partial(schedule.day, self.context.clinic, self.context.actor, self.day)
        self._lane.submit(work, self._show, self._day_failed, owner=self, key="day")

    def _show(self, rows: DayRows) -> None:
        if rows.day != self.day:
            return
        self.banner.show_text("")
        selected = self._select or (self.view.selected().id if self.view.selected() else None)  # type: ignore[union-attr]
        self.view.pending.clear()
        self.model.show(rows)
        self.header.set_day(rows, self.model.columns, self.model.blocks)
        self._tick()
        self.view.select_appointment(selected)
        if selected is not None and self._select is None:
            self._ask_detail()
        self._select = None

    def _day_failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.banner.show_text(str(error), "danger")

    def _ask_month(self, year: int, month: int) -> None:
        work = partial(schedule.month, self.context.clinic, self.context.actor, year, month)
        self._lane.submit(work, self._show_month, owner=self, key="month")

    def _show_month(self, load: MonthLoad) -> None:
        self.tray.month.set_load(load)

    def _tick(self) -> None:
        now = self.context.clock.now().astimezone(self.context.clinic.zone)
        minute = now.hour * 60 + now.minute if now.date() == self.day else None
        if minute != self.view.now_minute:
            first = self.view.now_minute is None
            self.view.now_minute = minute
            self.view.viewport().update()
            if minute is not None and first:
                self.view.show_minutes(minute - 60, minute + 120)

    def go_today(self) -> None:
        """Back to today."""
        self.show_day(self.context.clinic.today())

    def day_before(self) -> None:
        """One day back."""
        self.show_day(self.day - timedelta(days=1))

    def day_after(self) -> None:
        """One day on."""
        self.show_day(self.day + timedelta(days=1))

    def _published(self, changes: ChangeSet) -> None:
        if self.day in changes.days or "procedure" in changes.kinds or "patient" in changes.kinds:
            self.refresh()
        if changes.days:
            self._ask_month(*self.tray.month.grid.shown)

    # -- the panel --------------------------------------------------------------------------

    def close_panel(self) -> None:
        """Takes the panel away and goes back to the day."""
        self.panel.hide()
        self.view.setFocus()

    def _chosen(self, appointment_id: object) -> None:
        if self.panel.currentWidget() is self.booking and self.panel.isVisible():
            return
        if appointment_id is None:
            self.panel.hide()
        else:
            self._ask_detail()

    def _opened(self, appointment_id: int) -> None:  # noqa: ARG002
        self.panel.setCurrentWidget(self.detail)
        self._ask_detail()

    def _ask_detail(self) -> None:
        row = self.view.selected()
        if row is None or (self.panel.currentWidget() is self.booking and self.panel.isVisible()):
            return
        work = partial(asking.detail, self.context.clinic, self.context.actor, row)
        self._lane.submit(work, self._show_detail, owner=self, key="detail")

    def _show_detail(self, detail: Detail) -> None:
        self.detail.show_detail(detail)
        self.panel.setCurrentWidget(self.detail)
        self.panel.show()

    def _chart(self) -> None:
        row = self.view.selected()
        if row is not None:
            self.context.navigate("patients", patient_id=row.patient_id)

    # -- booking ----------------------------------------------------------------------------

    def new_appointment(self) -> None:
        """Opens the booking panel at the place of the cursor."""
        if self.view.selected() is None and self.model.columns:
            self._slot(*self.view.cursor_at, 0)
        else:
            self._book(None, None, None, None)

    def _slot(self, column: int, start: int, end: int) -> None:
        resource = self.model.columns[column]
        physician = resource.id if resource.kind == "staff" else None
        room = resource.id if resource.kind == "room" else None
        self._book(self.view.moment(start), physician, room, None, end - start if end else None)

    def _book(
        self, start: datetime | None, physician_id: int | None, room_id: int | None,
        patient_id: int | None, minutes: int | None = None,
    ) -> None:  # fmt: skip
        self.panel.setCurrentWidget(self.booking)
        self.panel.show()
        moment = start or self.view.moment(self._next_quarter())
        self.booking.start(moment, physician_id, room_id, patient_id)
        if minutes:
            self.booking.time.set_length(minutes)

    def _next_quarter(self) -> int:
        now = self.view.now_minute
        return 9 * 60 if now is None else min(-(-now // 15) * 15, 23 * 60)

    def _booked(self, appointment_id: int) -> None:
        self._select = appointment_id
        self.panel.setCurrentWidget(self.detail)
        self.panel.hide()
        self.refresh()
        self.view.setFocus()

    # -- moving -----------------------------------------------------------------------------

    def _why_not(self, wish: Wish) -> str:
        day = self.model.day
        row = (
            next((a for a in day.appointments if a.id == wish.appointment_id), None)
            if day
            else None
        )
        if day is None or row is None:
            return ""
        # Machines go along with the room that holds them.
        rooms = {row.room_id} | {row.physician_id}
        along = tuple(
            c.resource_id
            for c in row.claims
            if c.resource_id is not None and c.resource_id not in rooms
        )
        taken = tuple(r for r in (wish.physician_id, wish.room_id, *along) if r is not None)
        end = wish.start + timedelta(minutes=wish.minutes)
        wanted = Wanted(wish.start, end, row.patient_id, taken, row.id)
        found = hindrances(wanted, day, self.context.clock.now())
        return found[0].message if found else ""

    def _move(self, wish: Wish) -> None:
        row = self._row(wish.appointment_id)
        if row is None:
            return
        self.view.pending.add(row.id)
        self.view.viewport().update()
        work = partial(
            booking.move, self.context.clinic, self.context.actor, wish.appointment_id,
            wish.version, wish.start, wish.physician_id, wish.room_id, wish.minutes,
        )  # fmt: skip
        undo = UndoMove(self, row)
        self._lane.submit(work, partial(self._moved, row, wish, undo), self._refused_by, owner=self)

    def _moved(self, row: AppointmentRow, wish: Wish, undo: UndoMove, done: Done[int]) -> None:
        undo.version = done.value
        who = display_name(row.family_name, row.given_name)
        self.context.bus.say(f"{who} moved {row.start:%H:%M} → {wish.start:%H:%M}", undo.run)
        self._select = row.id
        self.context.publish(done.changes)

    def _row(self, appointment_id: int) -> AppointmentRow | None:
        return next(
            (b.appointment for b in self.model.blocks if b.appointment.id == appointment_id), None
        )

    def _refused(self, sentence: str) -> None:
        self.context.bus.warn(f"Not moved: {sentence}")

    def _refused_by(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.view.pending.clear()
        self.context.bus.warn(str(error))
        self.refresh()

    # -- steps of the day -------------------------------------------------------------------

    def check_in(self) -> None:
        """The selected patient is here."""
        row = self.view.selected()
        if row is not None and row.status in (Status.BOOKED, Status.CONFIRMED):
            self.set_status(Status.ARRIVED)

    def set_status(self, status: object) -> None:
        """Takes a step with the selected appointment."""
        row = self.view.selected()
        if row is None or not isinstance(status, Status):
            return
        work = partial(
            booking.set_status, self.context.clinic, self.context.actor, row.id, row.version, status
        )
        done = partial(self._stepped, row, status)
        self._lane.submit(work, done, self._refused_by, owner=self)

    def _stepped(self, row: AppointmentRow, status: Status, done: Done[int]) -> None:
        who = display_name(row.family_name, row.given_name)
        back = StatusUndo(self, replace(row, version=done.value), row.status)
        self.context.bus.say(f"{who}: {status.label.lower()}", back.run)
        self.context.publish(done.changes)

    def _ask_cancel(self, no_show: bool) -> None:
        row = self.view.selected()
        if row is not None:
            CancelSheet(self, row, no_show=no_show).open_sheet()

    def cancelled(self, row: AppointmentRow, done: Done[int], words: str) -> None:
        """The cancel sheet did its work."""
        who = display_name(row.family_name, row.given_name)
        back = StatusUndo(self, replace(row, version=done.value), row.status)
        self.context.bus.say(f"{who}: {words}", back.run)
        self.panel.hide()
        self.context.publish(done.changes)

    # -- onwards ----------------------------------------------------------------------------

    def log(self) -> None:
        """Opens the procedure log of the selected appointment."""
        row = self.view.selected()
        if row is not None and self.detail.log.isEnabled():
            self.context.navigate("log", appointment_id=row.id)

    def print_consent(self) -> None:
        """Opens the consent sheet of the selected appointment."""
        self._print("consent")

    def print_aftercare(self) -> None:
        """Opens the after-care sheet of the selected appointment."""
        self._print("aftercare")

    def _print(self, kind: str) -> None:
        row = self.view.selected()
        if row is None or not (row.planned or row.procedure_id):
            return
        logged = kind == "aftercare" and row.procedure_id is not None
        target = {"procedure_id": row.procedure_id} if logged else {"appointment_id": row.id}
        self.context.navigate("documents", kind=kind, patient_id=row.patient_id, **target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tray.setVisible(self.window().width() >= theme.scaled(NARROW))
