"""The schedule page: toolbar, tray, the day, and the panel for one appointment or a booking."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.schedule import AppointmentRow, DayRows, MonthLoad
from clinicdesk.scheduling.slots import next_free, next_quarter
from clinicdesk.services import schedule
from clinicdesk.ui import theme
from clinicdesk.ui.booking.panel import BookingPanel
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.schedule import asking
from clinicdesk.ui.schedule.acts import Acts
from clinicdesk.ui.schedule.canvas import clock
from clinicdesk.ui.schedule.detail import Detail, DetailPanel
from clinicdesk.ui.schedule.drag import Wish
from clinicdesk.ui.schedule.header import Header
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.keys import actions_of
from clinicdesk.ui.schedule.model import AppointmentModel
from clinicdesk.ui.schedule.move_panel import MovePanel
from clinicdesk.ui.schedule.toolbar import Toolbar
from clinicdesk.ui.schedule.tray import Tray
from clinicdesk.ui.widgets import Banner

PANEL = 345
NARROW = 1280
TINY = 1150


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
        self.acts = Acts(self)
        self.view.set_refusal(self.acts.why_not)
        self.toolbar = Toolbar()
        self.header = Header()
        self.tray = Tray()
        self.detail = DetailPanel(context)
        self.booking = BookingPanel(context)
        self.moving = MovePanel(self)
        self.panel = QStackedWidget(self)
        self.banner = Banner("danger")
        self._select: int | None = None
        self._narrow = False
        self._seek = False
        self._minute = QTimer(self)
        self._minute.setInterval(15000)
        self._lay_out()
        self._connect()
        context.actions.add(*actions_of(self))

    # -- building ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
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
        left.addWidget(self.toolbar)
        left.addLayout(below, 1)
        self.panel.addWidget(self.detail)
        self.panel.addWidget(self.booking)
        self.panel.addWidget(self.moving)
        self.panel.setFixedWidth(theme.scaled(PANEL))
        self.panel.hide()
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addLayout(left, 1)
        self._outer.addWidget(self.panel)

    def _connect(self) -> None:
        bar, view, detail = self.toolbar, self.view, self.detail
        bar.before.connect(self.day_before)
        bar.after.connect(self.day_after)
        bar.today.connect(self.go_today)
        bar.tray.connect(self._toggle_tray)
        bar.seek.connect(self.find_slot)
        bar.new.connect(self.new_appointment)
        self.tray.month.picked.connect(self.show_day)
        self.tray.month.month_wanted.connect(self._ask_month)
        view.geometry_changed.connect(self.header.set_geometry)
        view.chosen.connect(self._chosen)
        view.opened.connect(self._opened)
        view.slot_wanted.connect(self._slot)
        view.move_wanted.connect(self.acts.move)
        view.refused.connect(self.acts.refused)
        detail.status_wanted.connect(self.acts.set_status)
        detail.cancel_wanted.connect(self.acts.ask_cancel)
        detail.move_wanted.connect(self.acts.open_move)
        detail.log_wanted.connect(self.acts.log)
        detail.consent_wanted.connect(self.acts.print_consent)
        detail.aftercare_wanted.connect(self.acts.print_aftercare)
        detail.chart_wanted.connect(self.acts.chart)
        detail.closed.connect(self.close_panel)
        self.booking.booked.connect(self._booked)
        self.booking.closed.connect(self.close_panel)
        self.moving.moved.connect(self._moved_to)
        self.moving.closed.connect(self.close_panel)
        self.context.bus.published.connect(self._published)
        theme.signals.changed.connect(detail.follow_theme)
        self._minute.timeout.connect(self._tick)
        self._minute.start()

    # -- days -------------------------------------------------------------------------------

    def activated(self, **arguments: object) -> None:
        """Shows the day; ``day``, ``appointment_id`` or ``patient_id`` (to book) may be given.

        To book a repeat, ``procedure`` (its id), ``sites`` and ``intent`` come with the patient,
        and whose patient it is (``physician_id``, of the resource).
        """
        day = arguments.get("day")
        appointment_id = arguments.get("appointment_id")
        if isinstance(appointment_id, int):
            self._select = appointment_id
        self.show_day(day if isinstance(day, date) else self.day)
        patient_id = arguments.get("patient_id")
        if isinstance(patient_id, int):
            physician_id = arguments.get("physician_id")
            known = physician_id if isinstance(physician_id, int) else None
            self._book(None, known, None, patient_id)
            self._repeat(arguments)
        elif not self.booking.isVisible():
            self.view.setFocus()

    def subtitle(self) -> str:
        return self.context.clinic.settings.name

    def show_day(self, day: date) -> None:
        """Shows a day."""
        if day != self.day:
            self.view.cancel_drag()
        self.day = day
        self.toolbar.set_day(day)
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
        new_day = self.model.day is None or self.model.day.day != rows.day
        kept, wanted = self.view.selected(), self._select
        self.view.cancel_drag()
        self.model.show(rows)
        self.header.set_day(rows, self.model.columns, self.model.blocks)
        self._tick()
        if new_day and self.view.now_minute is not None:
            self.view.show_minutes(self.view.now_minute - 60, self.view.now_minute + 120)
        self._select = None
        if wanted is not None or kept is not None:
            self._reselect(wanted if wanted is not None else kept.id)  # type: ignore[union-attr]
        if self._seek:
            self._seek_in(rows)

    def _reselect(self, appointment_id: int) -> None:
        self.view.select_appointment(appointment_id)
        if self.view.selected() is None and self.panel.currentWidget() is self.detail:
            self.panel.hide()
        else:
            self._ask_detail()

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
        self.view.set_now(now.hour * 60 + now.minute if now.date() == self.day else None)

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

    # -- a free slot ------------------------------------------------------------------------

    def find_slot(self) -> None:
        """Goes to the next free half hour of the cursor's column, on this day or a later one."""
        self._seek = True
        if self.model.day is not None and self.model.day.day == self.day:
            self._seek_in(self.model.day)
        else:
            self.refresh()

    def _seek_in(self, rows: DayRows) -> None:
        self._seek = False
        if not self.model.columns:
            return
        column = min(self.view.cursor_at[0], len(self.model.columns) - 1)
        resource = self.model.columns[column]
        now = self.context.clock.now().astimezone(self.context.clinic.zone)
        found = next_free(rows, resource.id, self.view.moment(0), now, self.view.cursor_at[1])
        if found is None:
            self.context.bus.say(
                f"{resource.name} has no free half hour left on this day. PgDn shows the next day."
            )
            return
        self.view.go_to(column, found)
        self.context.bus.say(f"{resource.name} is free at {clock(found)}. N books it.")

    # -- the panel --------------------------------------------------------------------------

    def close_panel(self) -> None:
        """Takes the panel away and goes back to the day."""
        self.panel.setCurrentWidget(self.detail)
        self._show_panel(shown=False)
        self.view.setFocus()

    def _show_panel(self, *, shown: bool) -> None:
        self.panel.setVisible(shown)
        self._arrange()

    def _booking_open(self) -> bool:
        """Whether something is being entered there that a click into the day must not close."""
        entering = (self.booking, self.moving)
        return self.panel.isVisible() and self.panel.currentWidget() in entering

    def _chosen(self, appointment_id: object) -> None:
        if self._booking_open():
            return
        if appointment_id is None:
            self._show_panel(shown=False)
        else:
            self._ask_detail()

    def _opened(self, appointment_id: int) -> None:  # noqa: ARG002
        self.panel.setCurrentWidget(self.detail)
        self._ask_detail()

    def _ask_detail(self) -> None:
        row = self.view.selected()
        if row is None or self._booking_open():
            return
        work = partial(asking.detail, self.context.clinic, self.context.actor, row)
        self._lane.submit(work, self._show_detail, owner=self, key="detail")

    def _show_detail(self, detail: Detail) -> None:
        selected = self.view.selected()
        if selected is None or selected.id != detail.row.id or self._booking_open():
            return
        self.detail.show_detail(detail)
        self.panel.setCurrentWidget(self.detail)
        self._show_panel(shown=True)

    # -- moves that wait for their answer ---------------------------------------------------

    def show_changed(self, row: AppointmentRow) -> None:
        """Shows an appointment as it was wished, pending; the selection stays."""
        self.model.pend(row)
        self.view.select_appointment(row.id)

    def put_back(self) -> None:
        """The wish was refused."""
        pending = self.model.pending
        self.model.put_back()
        self.view.select_appointment(pending)

    def open_move(self, row: AppointmentRow, wish: Wish | None = None, why: str = "") -> None:
        """Opens the panel for another day or time; ``why``: what a drop was refused for."""
        self.panel.setCurrentWidget(self.moving)
        self._show_panel(shown=True)
        self.moving.start(row, wish, why)

    def _moved_to(self, appointment_id: int, day: date) -> None:
        self._select = appointment_id
        self.panel.setCurrentWidget(self.detail)
        self.show_day(day)
        self.view.setFocus()

    # -- booking ----------------------------------------------------------------------------

    def new_appointment(self) -> None:
        """Opens the booking panel at the place of the cursor."""
        if self.view.selected() is None and self.model.columns and self.view.cursor_is_ahead():
            self._slot(*self.view.cursor_at, 0)
        else:
            self._book(None, None, None, None)

    def _slot(self, column: int, start: int, end: int) -> None:
        resource = self.model.columns[column]
        physician = resource.id if resource.kind == "staff" else None
        room = resource.id if resource.kind == "room" else None
        minutes = end - start if end else None
        self._book(self.view.moment(start), physician, room, None, minutes)

    def _book(
        self, start: datetime | None, physician_id: int | None, room_id: int | None,
        patient_id: int | None, minutes: int | None = None,
    ) -> None:  # fmt: skip
        self.panel.setCurrentWidget(self.booking)
        self._show_panel(shown=True)
        if start is None:
            now = self.context.clock.now().astimezone(self.context.clinic.zone)
            start = next_quarter(now, self.day)
        self.booking.start(start, physician_id, room_id, patient_id)
        if minutes:
            self.booking.time.set_length(minutes)

    def _repeat(self, arguments: dict[str, object]) -> None:
        """Fills in what is to be repeated, if that was said; only the time needs work then."""
        procedure, sites = arguments.get("procedure"), arguments.get("sites")
        intent = arguments.get("intent")
        if isinstance(procedure, str) and isinstance(sites, tuple):
            self.booking.copy(procedure, sites, Intent(str(intent)) if intent else None)
            self.booking.time.focus_here()

    def _booked(self, appointment_id: int) -> None:
        self._select = appointment_id
        self.panel.setCurrentWidget(self.detail)
        self.refresh()
        self.view.setFocus()

    # -- the window -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _toggle_tray(self) -> None:
        self.tray.setVisible(not self.tray.isVisible())

    def _arrange(self) -> None:
        """A narrow window: the tray goes behind a button, then the panel over the day."""
        width = self.window().width()
        narrow = width < theme.scaled(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.toolbar.set_narrow(narrow=narrow)
            self.tray.setVisible(not narrow)
        over = width < theme.scaled(TINY)
        inside = self._outer.indexOf(self.panel) >= 0
        if over and inside:
            self._outer.removeWidget(self.panel)
        elif not over and not inside:
            self._outer.addWidget(self.panel)
        if over:
            wide, top = self.panel.width(), self.toolbar.height()
            self.panel.setGeometry(self.width() - wide, top, wide, self.height() - top)
            self.panel.raise_()
