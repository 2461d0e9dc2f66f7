"""The panel that gives an appointment another day or time, with the verdict of that day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinicdesk.domain.dates import weekday_short
from clinicdesk.domain.errors import Clash, ClinicError, Invalid, ReasonNeeded
from clinicdesk.domain.people import display_name
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.rows.schedule import AppointmentRow, ResourceRow
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.services import booking, schedule
from clinicdesk.services.context import Done
from clinicdesk.ui import theme
from clinicdesk.ui.booking.asking import TimeAnswer, parted
from clinicdesk.ui.booking.draft import Draft
from clinicdesk.ui.booking.first_free import MORNING, FirstFree, FirstFreeFinder, Sought
from clinicdesk.ui.booking.place_section import PlaceSection
from clinicdesk.ui.booking.time_section import TimeSection
from clinicdesk.ui.booking.words import needed
from clinicdesk.ui.local import time_text
from clinicdesk.ui.schedule.drag import Wish
from clinicdesk.ui.schedule.move_asking import MoveAsker
from clinicdesk.ui.schedule.undo import UndoMove
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.verdict.ways import Ways
from clinicdesk.ui.widgets import Banner, Button, IconButton, Label, Line, row, scrolled

if TYPE_CHECKING:
    from clinicdesk.ui.schedule.page import SchedulePage


class MovePanel(QFrame):
    """Moves one appointment; the rules are asked about each day before anything moves.

    Signals:
        moved(int, date): the appointment's id and its day now.
        closed(): Esc, Cancel or the cross.
    """

    moved = Signal(int, object)
    closed = Signal()

    def __init__(self, page: SchedulePage) -> None:
        super().__init__(page)
        self._page, self._context = page, page.context
        self._row: AppointmentRow | None = None
        self.setProperty("surface", "panel")
        self.setAccessibleName("Move appointment")
        self._what = Label("", 13, 400, wrap=True)
        self.time = TimeSection(self._context.clinic.today(), self)
        self.place = PlaceSection(self)
        self.place.guidance_field.setParent(self)
        self.place.guidance_field.hide()
        self.card = VerdictCardWidget(self, compact=True)
        self.ways = Ways(self._context, self.card, self)
        self.trouble = Banner("danger", parent=self)
        self.cancel = Button("Cancel", parent=self)
        self.accept = Button("Move", "check", "primary", "Ctrl ↵", parent=self)
        self._finder = FirstFreeFinder(self._context, self)
        self._asker = MoveAsker(self._context, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(20)
        self._build()
        self._connect()

    def _build(self) -> None:
        cross = IconButton("x", "Close (Esc)", self)
        cross.clicked.connect(self.close_panel)
        head = QWidget(self)
        line = row(Label("Move appointment", 16, 600), None, cross)
        line.setContentsMargins(16, 7, 8, 7)
        head.setLayout(line)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 14, 14)
        column.setSpacing(12)
        for part in (self._what, self.time, self.place, self.card):
            column.addWidget(part)
        column.addStretch(1)
        self.area = scrolled(inner)
        foot = QWidget(self)
        below = QVBoxLayout(foot)
        below.setContentsMargins(16, 10, 14, 12)
        below.addWidget(self.trouble)
        buttons = row(self.cancel, self.accept)
        buttons.setStretch(1, 1)
        below.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(Line())
        outer.addWidget(self.area, 1)
        outer.addWidget(Line())
        outer.addWidget(foot)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.close_panel)
        self.accept.clicked.connect(self.submit)
        self.time.changed.connect(self._changed)
        self.time.offered.connect(self.time.set_start)
        self.place.changed.connect(self._changed)
        self._timer.timeout.connect(self._ask)
        self._asker.waiting.connect(self.card.set_loading)
        self._asker.verdict.connect(self._show_verdict)
        self._asker.verdict_failed.connect(self.card.set_failed)
        self._asker.time_checked.connect(self._show_time)
        self.card.book_on.connect(self._seek_from)
        self._finder.found.connect(self._take_first)
        self._finder.failed.connect(self._say_trouble)
        self.ways.kept.connect(self._ask)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)

    # -- opening and closing --------------------------------------------------------

    def start(self, appointment: AppointmentRow, wish: Wish | None = None, why: str = "") -> None:
        """Shows an appointment as it stands, or where a drop wished it, with why that was not."""
        self._row = appointment
        who = display_name(appointment.family_name, appointment.given_name)
        parts = (appointment.title, ", ".join(appointment.sites))
        self._what.setText(f"{who}\n{' · '.join(part for part in parts if part)}")
        self.trouble.show_text("")
        self.card.clear_reason()
        self.card.set_card(None, hint="The rules are being asked.")
        self.time.clear()
        self.time.set_today(self._context.clinic.today())
        start = wish.start if wish else appointment.start
        self.time.set_start(start.astimezone(self._context.clinic.zone))
        minutes = (appointment.end - appointment.start) // timedelta(minutes=1)
        self.time.set_length(wish.minutes if wish else minutes)
        self._show_place(appointment, wish)
        self.time.focus_here()
        if why:
            self._ask_reason(why)
        self._ask()

    def _show_place(self, appointment: AppointmentRow, wish: Wish | None) -> None:
        first = appointment.planned[0] if appointment.planned else None
        procedures = self._context.clinic.catalogue.procedures
        self.place.clear()
        procedure = procedures.get(first.procedure) if first else None
        self.place.set_procedure(procedure, visit=procedure is None)
        self.place.guidance_field.hide()
        if first and first.guidance:
            self.place.guidance.set_value(Guidance(first.guidance))
        self.place.choose(
            wish.physician_id if wish else appointment.physician_id,
            wish.room_id if wish else appointment.room_id,
        )
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: (schedule.physicians(clinic, actor), schedule.rooms(clinic, actor)),
            self._fill_places,
            owner=self,
            key="choices",
        )

    def _fill_places(self, found: tuple[tuple[StaffRow, ...], tuple[ResourceRow, ...]]) -> None:
        self.place.fill(*found)
        self._changed()

    def close_panel(self) -> None:
        """Leaves the appointment where it was."""
        self._row = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

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

    @property
    def _need(self) -> str:
        return needed(self.place.guidance_value)

    def _changed(self) -> None:
        self.trouble.show_text("")
        self._timer.start()

    def _ask(self) -> None:
        wish = self._wanted
        words = f"{weekday_short(wish.start.date())}, {time_text(wish.start)}" if wish else ""
        self.accept.setText(f"Move to {words}" if words else "Move")
        if self._row is not None:
            self._asker.ask(self._row, self.time.day, wish, self._need)

    def _show_verdict(self, card: VerdictCard | None) -> None:
        self.card.setVisible(card is not None)
        physician = self._context.actor.role is Role.PHYSICIAN
        self.card.set_card(card, today=self._context.clinic.today(), overrides=physician)

    def _show_time(self, answer: TimeAnswer | None) -> None:
        self._show_clashes(parted(answer.hindrances, self._names()) if answer else {})
        self.time.set_offers(answer.free if answer else ())

    def _names(self) -> Draft:
        return Draft(physician=self.place.physician_pair, room=self.place.room_pair)

    def _show_clashes(self, found: dict[str, str]) -> None:
        self.place.physician_field.set_error(found.get("physician", ""))
        self.place.room_field.set_error(found.get("room", ""))
        self.time.set_clash(" ".join(found[key] for key in ("time", "patient") if key in found))

    def _seek_from(self, day: date) -> None:
        appointment = self._row
        if appointment is None:
            return
        chosen = (self.place.physician_id, self.place.room_id)
        self._finder.seek(
            Sought(
                day, self.time.length or 30, appointment.patient_id,
                tuple(number for number in chosen if number is not None), self._need,
                self.time.at or MORNING, moving=appointment.id,
            )
        )  # fmt: skip

    def _take_first(self, answer: FirstFree) -> None:
        if answer.start is None:
            self.time.set_day(answer.allowed)
        else:
            self.time.set_start(answer.start)
        self.trouble.show_text(answer.words, "info" if answer.start else "danger")

    # -- moving -------------------------------------------------------------------

    def submit(self) -> None:
        """Moves, or shows at its field whatever hinders it."""
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
            self.card.reason_text(),
        )  # fmt: skip
        self._context.tasks.short.submit(
            work, partial(self._done, appointment, wish), self._failed, owner=self
        )

    def _done(self, appointment: AppointmentRow, wish: Wish, done: Done[int]) -> None:
        self.accept.setEnabled(True)
        undo = UndoMove(self._page, appointment)
        undo.version = done.value
        who = display_name(appointment.family_name, appointment.given_name)
        when = f"{weekday_short(wish.start.date())} {time_text(wish.start)}"
        self._context.bus.say(f"{who} moved to {when}", undo.run)
        self._row = None
        self.moved.emit(appointment.id, wish.start.date())
        self._context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        self.accept.setEnabled(True)
        if isinstance(error, ReasonNeeded):
            self._ask_reason(str(error))
        elif isinstance(error, Clash):
            self._show_clashes(parted(error.hindrances, self._names()))
        elif isinstance(error, Invalid):
            self._say_trouble(" ".join(error.fields.values()))
        elif isinstance(error, ClinicError):
            self._say_trouble(str(error))
        else:
            self._say_trouble("It was not moved. Nothing you typed is lost.")
            raise error

    def _ask_reason(self, sentence: str) -> None:
        self.card.show()
        self.card.ask_reason(sentence)
        self.area.ensureWidgetVisible(self.card.reason, 0, theme.scaled(40))

    def _say_trouble(self, sentence: str) -> None:
        self.trouble.show_text(sentence, "danger")
