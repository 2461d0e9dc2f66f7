"""The schedule page: toolbar, tray, the day, and the panel for one appointment or a booking."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.dates import weekday_words
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Done
from clinicdesk.ui import theme
from clinicdesk.ui.access import announce
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.panel_page import PanelPage
from clinicdesk.ui.schedule.acts import Acts
from clinicdesk.ui.schedule.arrivals import Arrivals
from clinicdesk.ui.schedule.board import Board
from clinicdesk.ui.schedule.days import Days
from clinicdesk.ui.schedule.keys import actions_of
from clinicdesk.ui.schedule.move_panel import Moved
from clinicdesk.ui.schedule.openings import Openings
from clinicdesk.ui.schedule.seek import SlotSeeker
from clinicdesk.ui.schedule.side import SidePanel
from clinicdesk.ui.schedule.toolbar import Toolbar
from clinicdesk.ui.schedule.tray import Tray

NARROW = 1280
TINY = 1150


class SchedulePage(PanelPage):
    """A day at the desk: makes the parts, ties them together, and gives them their places."""

    title = _("Schedule")
    least = (640, 420)

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.days = Days(context, self)
        self.board = Board(context, self)
        self.model, self.view = self.board.model, self.board.view
        self.header, self.banner = self.board.header, self.board.banner
        self.acts = Acts(context, self.model, self.view, self)
        self.arrivals = Arrivals(context, self)
        self.view.set_refusal(self.acts.why_not)
        self.toolbar = Toolbar()
        self.tray = Tray()
        self.panel = SidePanel(context, self)
        self.detail = self.panel.detail
        self.openings = Openings(context, self.days, self.model, self.view, self.panel)
        self.seeker = SlotSeeker(context, self.days, self.model, self.view, self)
        self._narrow = False
        self._shown: date | None = None
        self._lay_out()
        self._connect_days()
        self._connect_panel()
        context.actions.add(
            *actions_of(self.days, self.view, self.acts, self.openings, self.seeker)
        )

    # -- building ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.header)
        middle.addWidget(self.banner)
        middle.addWidget(self.arrivals.banner)
        middle.addWidget(self.view, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.tray)
        below.addLayout(middle, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.toolbar)
        left.addLayout(below, 1)
        self.stand(left, self.panel)

    def _connect_days(self) -> None:
        bar, days, board, month = self.toolbar, self.days, self.board, self.tray.month
        bar.before.connect(days.day_before)
        bar.after.connect(days.day_after)
        bar.today.connect(days.go_today)
        bar.tray.connect(self._toggle_tray)
        bar.seek.connect(self.seeker.find_slot)
        bar.new.connect(self.openings.new_appointment)
        bar.go_on.connect(self.panel.go_on)
        self.panel.kept.changed.connect(self._show_kept)
        month.picked.connect(days.show_day)
        month.month_wanted.connect(days.count_month)
        days.left.connect(self.view.cancel_drag)
        days.chosen.connect(self._day_chosen)
        days.answered.connect(board.show_rows)
        days.failed.connect(board.show_failure)
        days.counted.connect(month.set_load)
        board.reselected.connect(self._reselected)
        board.shown.connect(self.seeker.rows_shown)

    def _connect_panel(self) -> None:
        view, acts, detail, panel = self.view, self.acts, self.detail, self.panel
        view.chosen.connect(self._chosen)
        view.opened.connect(self._opened)
        view.slot_wanted.connect(self.openings.at_slot)
        view.move_wanted.connect(acts.move)
        view.refused.connect(acts.refused)
        acts.stale.connect(self.days.refresh)
        acts.move_opened.connect(panel.open_move)
        acts.cancelled.connect(self.close_panel)
        acts.stepped.connect(self._stepped)
        acts.check_in_opened.connect(panel.open_check_in)
        self.arrivals.wanted.connect(self._show_open)
        detail.status_wanted.connect(acts.set_status)
        detail.check_in_wanted.connect(acts.check_in)
        detail.cancel_wanted.connect(acts.ask_cancel)
        detail.move_wanted.connect(acts.open_move)
        detail.log_wanted.connect(acts.log)
        detail.consent_wanted.connect(acts.print_consent)
        detail.aftercare_wanted.connect(acts.print_aftercare)
        detail.chart_wanted.connect(acts.chart)
        panel.booked.connect(self._booked)
        panel.day_said.connect(self._show_entered)
        panel.moved.connect(self._moved)
        panel.checked_in.connect(self._checked_in)
        panel.print_wanted.connect(acts.print_consent)
        panel.cannot_stay.connect(acts.cannot_stay)
        panel.stranger.connect(self._stranger)
        panel.closed.connect(self.close_panel)
        panel.toggled.connect(self.arrange)

    # -- days -------------------------------------------------------------------------------

    def activated(self, **arguments: object) -> None:
        """Shows the day; ``day``, ``appointment_id`` or ``patient_id`` (to book) may be given.

        To book a repeat, ``procedure`` (its id), ``sites`` and ``intent`` come with the patient,
        and whose patient it is (``physician_id``, of the resource).
        """
        day, patient_id = arguments.get("day"), arguments.get("patient_id")
        appointment_id = arguments.get("appointment_id")
        if isinstance(appointment_id, int):
            self.board.want(appointment_id)
        self.show_day(day if isinstance(day, date) else self.day)
        if isinstance(patient_id, int):
            self.openings.for_patient(patient_id, arguments)
        elif not self.panel.is_booking:
            self.view.setFocus()

    def subtitle(self) -> str:
        return self.context.clinic.settings.name

    @property
    def day(self) -> date:
        """The day on show."""
        return self.days.day

    def show_day(self, day: date) -> None:
        """Shows a day."""
        self.days.show_day(day)

    def refresh(self) -> None:
        """Asks for the day again."""
        self.days.refresh()

    def _day_chosen(self, day: date) -> None:
        if day != self._shown:
            self.arrivals.forget()
            announce(self.view, weekday_words(day))
        self._shown = day
        self.toolbar.set_day(day)
        self.tray.month.show_day(day, self.context.clinic.today())

    def day_turned(self, was: date) -> None:
        """From the day that was today to the one that is; another day stays."""
        today = self.context.clinic.today()
        self.panel.set_today(today)
        self.show_day(today if self.day == was else self.day)

    # -- the panel --------------------------------------------------------------------------

    def close_panel(self) -> None:
        """Takes the panel away and goes back to the day."""
        self.panel.leave()
        self.view.setFocus()

    def _chosen(self, appointment_id: int | None) -> None:
        self.panel.select(self.view.selected() if appointment_id is not None else None)

    def _opened(self, appointment_id: int) -> None:  # noqa: ARG002
        self.panel.open_detail(self.view.selected())

    def _reselected(self) -> None:
        self.panel.reselect(self.view.selected())

    def _booked(self, appointment_id: int) -> None:
        self.panel.done_entering()
        self.board.want(appointment_id)
        self.refresh()
        self.view.setFocus()

    def _show_kept(self) -> None:
        kept = self.panel.kept
        self.toolbar.show_kept(kept.waiting, len(kept))

    def leave(self) -> None:
        self.panel.kept.flush()

    def _show_entered(self, day: date) -> None:
        if day != self.day:
            self.show_day(day)

    def _moved(self, moved: Moved) -> None:
        self.panel.done_entering()
        self.board.want(moved.before.id)
        self.show_day(moved.wish.start.date())
        self.view.setFocus()
        self.acts.moved_by_panel(moved)

    def _checked_in(self, row: AppointmentRow, done: Done[int]) -> None:
        self.panel.done_entering()
        self.view.setFocus()
        self.acts.checked_in(row, done)

    def _stranger(self) -> None:
        self.close_panel()
        self.context.bus.say(_("Nobody was checked in. Look by name or birth date."))
        self.context.navigate("patients", find=True)

    def _stepped(self, row: AppointmentRow, status: Status) -> None:
        if status is Status.ARRIVED:
            self.arrivals.arrived(row)
        else:
            self.arrivals.forget()

    def _show_open(self, appointment_id: int) -> None:
        self.view.select_appointment(appointment_id)
        self.panel.open_to_settle(self.view.selected())

    # -- the window -------------------------------------------------------------------------

    def _toggle_tray(self) -> None:
        self.tray.setVisible(not self.tray.isVisible())

    def arrange(self) -> None:
        """A narrow window: the tray goes behind a button, then the panel over the day."""
        width = self.window().width()
        narrow = width < theme.scaled(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.toolbar.set_narrow(narrow=narrow)
            self.tray.setVisible(not narrow)
        self.panel.take_width()
        over = width < theme.scaled(TINY)
        self.lay_panel_over(over=over, top=self.toolbar.height())
        covered = self.panel.width() if over and self.panel.isVisible() else 0
        self.arrivals.leave_room(covered)
