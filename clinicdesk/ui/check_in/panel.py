"""Check-in: who is here, what this procedure asks, the papers; then Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.people import full_name
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.translation import _
from clinicdesk.services import booking
from clinicdesk.services.context import Done
from clinicdesk.ui import theme
from clinicdesk.ui.actions import OWN_KEYS, typing
from clinicdesk.ui.booking.head import PanelHead
from clinicdesk.ui.check_in.asking import Arrival, arrival
from clinicdesk.ui.check_in.contacts import StillRight
from clinicdesk.ui.check_in.foot import Foot
from clinicdesk.ui.check_in.identity import Identity
from clinicdesk.ui.check_in.papers import Papers
from clinicdesk.ui.check_in.questions import Questions
from clinicdesk.ui.check_in.steps import StepHead
from clinicdesk.ui.check_in.words import (
    confirmed_today,
    confirmed_words,
    consent_words,
)
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.layouts import key_of
from clinicdesk.ui.local import time_text
from clinicdesk.ui.safety.order import ForThis
from clinicdesk.ui.widgets import FlowRow, Label, Line, patient_chips, scrolled

BEFORE = (Status.BOOKED, Status.CONFIRMED)
LOW = 720
"""Less than so many px high, steps that are done fold to one line."""


class CheckInPanel(QFrame):
    """One appointment. What is answered is kept at once; the ticks wait here for the step itself.

    Signals:
        closed(): Esc, the cross, or it is done.
        checked_in(AppointmentRow, Done): the patient is here; the row as it was.
        print_wanted(): the usual set of papers.
        cannot_stay(AppointmentRow): the patient is here and has to go: it is asked why.
        stranger(): it is not this patient: another is looked for.
    """

    closed = Signal()
    checked_in = Signal(object, object)
    print_wanted = Signal()
    cannot_stay = Signal(object)
    stranger = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._id: int | None = None
        self._shown: Arrival | None = None
        self._ticks: dict[int, tuple[bool, bool]] = {}
        self._fresh, self._low = False, False
        self.setProperty("surface", "panel")
        self.setProperty(OWN_KEYS, "DPS")
        self.setAccessibleName(_("Check in"))
        self.head = PanelHead(_("Check in"), self)
        self.who = Label("", 15, 600, wrap=True)
        self.when = Label("", 12.5, 400, "muted", wrap=True)
        self.chips = FlowRow()
        self.identity = Identity()
        said = _("both said by the patient")
        self.identity_step = StepHead("1", _("Who is here"), self.identity, said)
        self.contacts = StillRight(context, self)
        self.contacts_step = StepHead("2", _("Still right?"), self.contacts)
        self.questions = Questions(context, self)
        self.asked_step = StepHead("3", _("Asked for this procedure"), self.questions)
        self.papers = Papers(context)
        self.papers_step = StepHead("4", _("Papers"), self.papers)
        self.foot = Foot(self)
        self.print, self.cannot = self.foot.print, self.foot.cannot
        self.accept = self.foot.accept
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(16, 10, 14, 14)
        body.setSpacing(10)
        head = (self.who, self.when, self.chips, Line())
        who = (self.identity_step, self.identity, Line())
        still = (self.contacts_step, self.contacts, Line())
        rest = (self.asked_step, self.questions, self.papers_step, self.papers)
        for part in (*head, *who, *still, *rest):
            body.addWidget(part)
        body.addStretch(1)
        self.area = scrolled(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(Line())
        outer.addWidget(self.area, 1)
        outer.addWidget(Line())
        outer.addWidget(self.foot)

    def _connect(self) -> None:
        self.head.closed.connect(self.close_panel)
        self.identity.changed.connect(self._ticked)
        self.identity.stranger.connect(self._stranger)
        for step in self._steps:
            step.folded_away.connect(self._onwards)
        self.contacts.refused.connect(self._say)
        self.papers.consent.refused.connect(self._say)
        self.questions.moved.connect(self._see)
        self.questions.refused.connect(self._say)
        self.print.clicked.connect(self._print)
        self.cannot.clicked.connect(self._cannot_stay)
        self.accept.clicked.connect(self.submit)
        self._context.bus.published.connect(self._published)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            self._shortcut(key, self.submit)

    @property
    def _steps(self) -> tuple[StepHead, ...]:
        return (self.identity_step, self.contacts_step, self.asked_step, self.papers_step)

    def _shortcut(self, key: str, slot: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    # -- opening and closing ----------------------------------------------------------------

    def start(self, row_: AppointmentRow) -> None:
        """Shows an appointment; what was ticked and typed for the same one before is there."""
        if row_.id != self._id:
            self.questions.clear()
        self._id, self._fresh = row_.id, True
        self.foot.trouble.show_text("")
        self._ask()

    def close_panel(self) -> None:
        """Leaves it; what was answered is kept, what was ticked comes back."""
        self._shown = None
        self.closed.emit()

    def _stranger(self) -> None:
        if self._id is not None:
            self._ticks.pop(self._id, None)
        self._shown = None
        self.stranger.emit()

    def _print(self) -> None:
        self.print_wanted.emit()

    def _cannot_stay(self) -> None:
        if self._shown is not None:
            self.cannot_stay.emit(self._shown.row)

    # -- asking -----------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._id is None:
            return
        work = partial(arrival, self._context.clinic, self._context.actor, self._id)
        self._context.tasks.short.submit(work, self._show, self._failed, owner=self, key="arrival")

    def _published(self, changes: object) -> None:
        shown = self._shown
        touched = getattr(changes, "patients", ())
        if shown is not None and self.isVisible() and shown.row.patient_id in touched:
            self._ask()

    def _show(self, found: Arrival) -> None:
        if found.row.id != self._id:
            return
        self._shown = found
        row_, banner = found.row, found.banner
        name = full_name(banner.given, banner.family)
        self.who.setText(name)
        parts = (time_text(row_.start), row_.physician, row_.title, ", ".join(row_.sites))
        self.when.setText(" · ".join(part for part in parts if part))
        order = ForThis(found.cards).rank
        self.chips.set_widgets(patient_chips(banner, short=True, order=order))
        self.identity.show_person(name, banner.birth_date)
        ticks = self._ticks.get(row_.id, (False, False))
        self.identity.set_ticks(name=ticks[0], born=ticks[1])
        self.contacts.show_arrival(found)
        self.questions.show_arrival(found)
        for step in (self.asked_step, self.papers_step):
            step.set_there(there=found.planned)
        self.papers.show_arrival(found, self._context.clinic.today())
        before = found.row.status in BEFORE
        self.foot.name_acts(found, self._context.actor, before=before)
        self._tell()
        if self._fresh:
            self._fresh = False
            self._first()

    def _first(self) -> None:
        if self.identity.sure:
            self._onwards()
        else:
            self.identity.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _onwards(self) -> None:
        if not self.questions.focus_open():
            self.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        """The steps' ticks, and what stays open."""
        found = self._shown
        if found is None:
            return
        self.identity_step.set_done(done=self.identity.sure)
        today = self._context.clinic.today()
        self.contacts_step.set_done(done=confirmed_today(found.facts, today))
        self.contacts_step.set_note(confirmed_words(found.facts, today))
        done, every = self.questions.counts()
        self.asked_step.set_done(done=done == every)
        self.asked_step.set_note(_("{done} of {every}").format(done=done, every=every))
        self.papers_step.set_done(done=not found.consent_open and not found.facts.differs)
        self.papers_step.set_note(consent_words(found, today) if self.papers_step.folded else "")
        self.foot.tell(found)

    def _ticked(self) -> None:
        if self._shown is None:
            return
        box = self.identity
        self._ticks[self._shown.row.id] = (box.name.isChecked(), box.born.isChecked())
        here = box.name.hasFocus() or box.born.hasFocus()
        self._tell()
        if box.sure and here:
            self._onwards()

    def _see(self, widget: QWidget | None) -> None:
        if widget is None:
            self.accept.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.area.ensureWidgetVisible(widget, 0, theme.scaled(40))

    def _say(self, sentence: str) -> None:
        self.foot.trouble.show_text(sentence, "danger")

    # -- the step ---------------------------------------------------------------------------

    def submit(self) -> None:
        """Keeps what is typed, then checks in; says at its place what hinders it."""
        found = self._shown
        if found is None or not self.accept.isEnabled():
            return
        if found.row.status not in BEFORE:
            self.close_panel()
            return
        if not self.identity.sure:
            self.identity.complain()
            self.area.ensureWidgetVisible(self.identity, 0, theme.scaled(12))
            return
        if not self.questions.hand_on():
            return
        self.accept.setEnabled(False)
        row_ = found.row
        work = partial(
            booking.set_status, self._context.clinic, self._context.actor, row_.id, row_.version,
            Status.ARRIVED, _("Name and birth date said by the patient"),
        )  # fmt: skip
        self._context.tasks.short.submit(work, partial(self._done, row_), self._failed, owner=self)

    def _done(self, row_: AppointmentRow, done: Done[int]) -> None:
        self.accept.setEnabled(True)
        self._ticks.pop(row_.id, None)
        self._shown = None
        self.checked_in.emit(row_, done)

    def _failed(self, error: Exception) -> None:
        self.accept.setEnabled(True)
        if not isinstance(error, ClinicError):
            self._say(_("It was not kept. Nothing you typed is lost."))
            raise error
        self._say(str(error))

    # -- room -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < theme.scaled(LOW)
        if low != self._low:
            self._low = low
            for step in self._steps:
                step.set_low(low=low)
            self._tell()

    # -- keys -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = key_of(event)
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key == Qt.Key.Key_D and not typing(self.focusWidget()):
            self.questions.take_told()
        elif key == Qt.Key.Key_S and not typing(self.focusWidget()):
            self.papers.consent.sign_here()
        elif key == Qt.Key.Key_P and not typing(self.focusWidget()) and self.print.isVisible():
            self._print()
        else:
            super().keyPressEvent(event)
