"""The panel at the right: one appointment, a booking, a move, a check-in; one at a time."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property, partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.ui import panel_width, theme
from clinicdesk.ui.booking.kept import KeptBookings
from clinicdesk.ui.booking.panel import BookingPanel
from clinicdesk.ui.check_in.panel import CheckInPanel
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.schedule import asking
from clinicdesk.ui.schedule.detail import Detail, DetailPanel
from clinicdesk.ui.schedule.drag import Wish
from clinicdesk.ui.schedule.move_panel import MovePanel

WIDTH, WIDE, WIDEST = 345, 440, 460
"""Of most; of the check-in; of the check-in where the day must be scrolled sideways anyway."""
ROOMY = 1440
"""From here five columns of the day fit beside the check-in."""


class SidePanel(QStackedWidget):
    """Shows what belongs to the selection, unless something is being entered.

    What something is entered in is built when it is first asked for: a desk that has just signed
    in wants to see its day.

    Signals:
        toggled(): it came, or went.
        closed(): what was being entered is given up.
        booked(int), day_said(date): as of ``BookingPanel``.
        moved(Done): as of ``MovePanel``.
        checked_in(AppointmentRow, Done), print_wanted(), cannot_stay(AppointmentRow), stranger():
            as of ``CheckInPanel``.
    """

    toggled = Signal()
    closed = Signal()
    booked = Signal(int)
    day_said = Signal(object)
    moved = Signal(object)
    checked_in = Signal(object, object)
    print_wanted = Signal()
    cannot_stay = Signal(object)
    stranger = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._selected: AppointmentRow | None = None
        self._to_open_points = False
        self.kept = KeptBookings(context, self)
        self.detail = DetailPanel(context)
        self.detail.closed.connect(self.closed)
        self.addWidget(self.detail)
        self.take_width()
        self.hide()
        theme.signals.changed.connect(self.detail.follow_theme)

    @cached_property
    def booking(self) -> BookingPanel:
        """Where an appointment is booked."""
        panel = BookingPanel(self._context, self)
        panel.booked.connect(self._booked)
        panel.touched.connect(self._touched)
        panel.given_up.connect(self.kept.drop)
        panel.day_said.connect(self.day_said)
        panel.closed.connect(self.closed)
        self.addWidget(panel)
        return panel

    @cached_property
    def moving(self) -> MovePanel:
        """Where another day or time is chosen."""
        panel = MovePanel(self._context, self)
        panel.moved.connect(self.moved)
        panel.closed.connect(self.closed)
        self.addWidget(panel)
        return panel

    @cached_property
    def check_in(self) -> CheckInPanel:
        """Where a patient who has come is asked."""
        panel = CheckInPanel(self._context, self)
        panel.checked_in.connect(self.checked_in)
        panel.print_wanted.connect(self.print_wanted)
        panel.cannot_stay.connect(self.cannot_stay)
        panel.stranger.connect(self.stranger)
        panel.closed.connect(self.closed)
        self.addWidget(panel)
        return panel

    @property
    def _entering(self) -> bool:
        """Whether something is being entered here that a click into the day must not close."""
        return self.isVisible() and self.currentWidget() is not self.detail

    @property
    def is_booking(self) -> bool:
        """Whether an appointment is being booked."""
        return self.isVisible() and isinstance(self.currentWidget(), BookingPanel)

    def set_today(self, today: date) -> None:
        """What is being entered counts ``tomorrow`` from another day."""
        panel = self.currentWidget()
        if isinstance(panel, BookingPanel | MovePanel):
            panel.time.set_today(today)

    def _turn_to(self, panel: QWidget) -> None:
        if panel is not self.currentWidget():
            self._leave_booking()
        self.setCurrentWidget(panel)
        self.take_width()

    def take_width(self) -> None:
        """As wide as what it shows needs in this window, and as wanted."""
        wide = WIDE if self.window().width() >= theme.scaled(ROOMY) else WIDEST
        checking = isinstance(self.currentWidget(), CheckInPanel)
        self.setFixedWidth(panel_width.wide(wide if checking else WIDTH))

    def _leave_booking(self) -> None:
        """A booking that is half-entered is kept, to be gone on with."""
        panel = self.currentWidget()
        if isinstance(panel, BookingPanel):
            self.kept.leave(panel.content())
            panel.finish()

    def _touched(self) -> None:
        self.kept.typed(self.booking.content())

    def _booked(self, appointment_id: int) -> None:
        self.kept.drop()
        self.booked.emit(appointment_id)

    def go_on(self) -> None:
        """Goes on with the booking that was left last."""
        self._come(self.booking)
        if (body := self.kept.take()) is not None:
            self.booking.restore(body)

    def _come(self, panel: QWidget) -> None:
        self._turn_to(panel)
        self.setVisible(True)
        self.toggled.emit()

    def leave(self) -> None:
        """Takes the panel away."""
        self._turn_to(self.detail)
        self.setVisible(False)
        self.toggled.emit()

    def done_entering(self) -> None:
        """What was entered is booked or moved: the panel belongs to the selection again."""
        self._turn_to(self.detail)

    # -- the selection ----------------------------------------------------------------------

    def select(self, row: AppointmentRow | None) -> None:
        """Another appointment is selected, or none."""
        self._selected = row
        if self._entering:
            return
        if row is None:
            self.setVisible(False)
            self.toggled.emit()
        else:
            self._ask_detail(row)

    def reselect(self, row: AppointmentRow | None) -> None:
        """The day came anew: the same appointment, or it is not there any more."""
        self._selected = row
        if row is not None and not self._entering:
            self._ask_detail(row)
        elif row is None and self.currentWidget() is self.detail:
            self.hide()

    def open_detail(self, row: AppointmentRow | None) -> None:
        """An appointment is opened, whatever is being entered."""
        self._turn_to(self.detail)
        self._selected = row
        if row is not None:
            self._ask_detail(row)

    def open_to_settle(self, row: AppointmentRow | None) -> None:
        """As ``open_detail``, with the cursor on the first thing that is not settled."""
        self._to_open_points = True
        self.open_detail(row)

    def _ask_detail(self, row: AppointmentRow) -> None:
        work = partial(asking.detail, self._context.clinic, self._context.actor, row)
        self._context.tasks.short.submit(work, self._show_detail, owner=self, key="detail")

    def _show_detail(self, detail: Detail) -> None:
        selected = self._selected
        if selected is None or selected.id != detail.row.id or self._entering:
            return
        self.detail.show_detail(detail)
        self._come(self.detail)
        if self._to_open_points:
            self._to_open_points = False
            self.detail.standing.focus_first()

    # -- entering ---------------------------------------------------------------------------

    def open_booking(
        self, start: datetime, physician_id: int | None, room_id: int | None,
        patient_id: int | None, minutes: int | None = None, *, proposed: bool = False,
    ) -> None:  # fmt: skip
        """Opens the booking panel; arguments as of ``BookingPanel.start``."""
        self._come(self.booking)
        self.booking.start(start, physician_id, room_id, patient_id, minutes, proposed=proposed)

    def copy(self, procedure: str, sites: tuple[str, ...], intent: Intent | None) -> None:
        """Fills in there what is to be repeated."""
        self.booking.copy(procedure, sites, intent)

    def open_move(self, row: AppointmentRow, wish: Wish | None, why: str) -> None:
        """Opens the panel for another day or time; ``why``: what a drop was refused for."""
        self._come(self.moving)
        self.moving.start(row, wish, why)

    def open_check_in(self, row: AppointmentRow) -> None:
        """Opens the panel for a patient who has come."""
        self._come(self.check_in)
        self.check_in.start(row)
