"""To settle: what waits for a physician, for the desk, and which drugs and calls are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.holds import HoldTrack
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import holds
from clinicdesk.ui import theme
from clinicdesk.ui.actions import Action
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.panel_page import PanelPage
from clinicdesk.ui.settle.asking import TOUCHES, ask_waiting
from clinicdesk.ui.settle.lines import Group, Waiting, Writer, waits_for
from clinicdesk.ui.settle.model import SettleModel
from clinicdesk.ui.settle.panel import SettlePanel
from clinicdesk.ui.settle.site_names import SiteNamesLine
from clinicdesk.ui.settle.view import ROW, SettleView
from clinicdesk.ui.widgets import Banner, EmptyState, Skeleton

_SOON_MS = 120
_LOOK_MS = 60_000
_KEY = "settle"


class SettlePage(PanelPage):
    """The list at the left, one of its lines at the right."""

    title = _("To settle")
    key = _KEY

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._waiting = 0
        self._awake = self._reading = self._again = False
        self._known: Waiting | None = None
        self._held: tuple[HoldTrack, ...] | None = None
        self._asked = self._wanted_panel = False
        self._may_answer = context.actor.may(Permission.ANSWER_SAFETY)
        self.model = SettleModel(self)
        self.view = SettleView(self.model)
        self.panel = SettlePanel(context)
        self.trouble = Banner("danger", parent=self)
        self.names = SiteNamesLine(context, self)
        self.empty = EmptyState(
            "check", _("Nothing waits: every danger is answered, every thinner settled."),
            _("Open the schedule"),
        )  # fmt: skip
        self.skeleton = Skeleton(8, theme.scaled(ROW))
        self.body = QStackedWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._lay_out()
        self._connect()
        self._register()

    def _lay_out(self) -> None:
        for part in (self.skeleton, self.view, self.empty):
            self.body.addWidget(part)
        frame = QFrame()
        frame.setProperty("surface", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.body)
        left = QVBoxLayout()
        left.setContentsMargins(16, 12, 16, 12)
        left.setSpacing(10)
        left.addWidget(self.trouble)
        left.addWidget(self.names)
        left.addWidget(frame, 1)
        self.stand(left, self.panel)

    def _connect(self) -> None:
        self._soon.timeout.connect(self.ask)
        self._look.timeout.connect(self.ask)
        self.view.act_wanted.connect(self.act)
        self.view.moved.connect(self._moved)
        self.panel.closed.connect(self._put_away)
        self.panel.appointment_wanted.connect(self.open_appointment)
        self.panel.patient_wanted.connect(self.open_patient)
        self.panel.outdated.connect(self.ask)
        for form in (self.panel.answer, self.panel.step, self.panel.one):
            form.kept.connect(self._kept)
        self.trouble.acted.connect(self.ask)
        self.empty.acted.connect(self._to_schedule)
        self.context.bus.published.connect(self._published)

    def _register(self) -> None:
        self.context.actions.add(
            Action("settle.act", _("Take the next step of the row"), "A", self.act, _KEY, "check"),
            Action("settle.appointment", _("Open the appointment"), "O", self.open_appointment,
                   _KEY, "cal"),
            Action("settle.patient", _("Open the patient"), "P", self.open_patient, _KEY, "user"),
        )  # fmt: skip

    # -- asking -------------------------------------------------------------------------------

    def activated(self, **arguments: object) -> None:
        """Shows the list, up to date."""
        del arguments
        self._wake()
        self._focus_list()

    def _wake(self) -> None:
        """Shown, or unlocked again: nobody calls ``activated`` then."""
        if self._awake:
            return
        self._awake = True
        self._look.start()
        if not self._asked:
            self.body.setCurrentWidget(self.skeleton)
            self.skeleton.begin()
        self.ask()
        self.names.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wake()

    def day_turned(self, was: date) -> None:
        """What is late, and how long it waits, is counted from another day."""
        del was
        if self._asked:
            self.ask()

    def leave(self) -> None:
        """Nothing is asked while the page is hidden; what was typed stays."""
        self._awake = False
        self._look.stop()

    def ask(self) -> None:
        """Asks for everything that waits."""
        self._soon.stop()
        context = self.context
        work = partial(ask_waiting, context.clinic, context.actor)
        context.tasks.short.submit(work, self._show_known, self._failed, owner=self, key="list")
        self._ask_holds()

    def _ask_holds(self) -> None:
        """One question at a time, and none while nobody looks: it reads many records."""
        if self._reading or not self.isVisible():
            self._again = True
            return
        self._reading, self._again = True, False
        context = self.context
        work = partial(holds.worklist, context.clinic, context.actor)
        context.tasks.long.submit(work, self._show_holds, self._no_holds, owner=self)

    def _no_holds(self, error: Exception) -> None:
        self._reading = False
        self._failed(error)

    def _published(self, changes: ChangeSet) -> None:
        # Also while another page is on show: the count in the rail follows.
        if changes.kinds & TOUCHES and not self._soon.isActive():
            self._soon.start()

    def _show_known(self, waiting: Waiting) -> None:
        held = self._held
        self._known = waiting
        # One list, not two in a row: with the drugs as they were, where they are known.
        if held is not None or waiting.some:
            self._show(replace(waiting, holds=held or ()))

    def _show_holds(self, held: tuple[HoldTrack, ...]) -> None:
        self._held, self._reading = held, False
        if self._known is not None:
            self._show(replace(self._known, holds=held))
        if self._again:
            self._ask_holds()

    def _show(self, waiting: Waiting) -> None:
        first, self._asked = not self._asked, True
        catalogue = self.context.clinic.catalogue
        writer = Writer(
            catalogue.procedures, catalogue.safety_reasons, self.context.clinic.today(),
            self._may_answer,
        )  # fmt: skip
        lines = writer.lines(waiting)
        self.trouble.show_text("")
        self.skeleton.end()
        self.model.show_lines(lines)
        self._waiting = waits_for(lines, physician=self._may_answer)
        self.body.setCurrentWidget(self.view if lines else self.empty)
        if not lines:
            self.show_panel(shown=False)
        elif first or self._wanted_panel:
            self._wanted_panel = False
            self._moved()
            self.show_panel(shown=True)
        if first and self.isVisible():
            self._focus_list()
        self.retitled.emit()

    def _failed(self, error: Exception) -> None:
        self.skeleton.end()
        if not isinstance(error, ClinicError):
            self.trouble.show_text(_("The list could not be read."), "danger", _("Try again"))
            raise error
        self.trouble.show_text(str(error), "danger", _("Try again"))

    def subtitle(self) -> str:
        """How much waits, and of that for a physician."""
        lines = [line for line in self.model.items if line.group is Group.REVIEW]
        count = len(lines) - 1 if lines else 0
        return _n("{count} waits for a physician", "{count} wait for a physician", count).format(
            count=count
        )

    def badge(self) -> int:
        """What waits for this person."""
        return self._waiting

    # -- the line -----------------------------------------------------------------------------

    def _moved(self) -> None:
        line = self.view.current_line()
        if line is not None:
            self.panel.show_line(line)

    def act(self) -> None:
        """The next act of the row: to its form, or to the appointment that must change."""
        line = self.view.current_line()
        if line is None:
            return
        if line.opens:
            self.open_appointment()
            return
        self.show_panel(shown=True)
        self.panel.show_line(line)
        self.panel.focus_here()
        if line.group is Group.REVIEW and not self._may_answer:
            self.context.bus.warn(_("Only a physician answers this."))

    def _kept(self) -> None:
        self._focus_list()
        self.ask()

    def open_appointment(self) -> None:
        """To the schedule, with the appointment on show."""
        line = self.view.current_line()
        if line is None:
            return
        if line.appointment_id is None:
            self.context.bus.say(_("There is no appointment: this is a call."))
            return
        self.context.navigate("schedule", day=line.day, appointment_id=line.appointment_id)

    def open_patient(self) -> None:
        """To the patient's chart."""
        line = self.view.current_line()
        if line is not None:
            self.context.navigate("patients", patient_id=line.patient_id)

    def _to_schedule(self) -> None:
        self.context.navigate("schedule")

    # -- the window ---------------------------------------------------------------------------

    def _focus_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Esc: from the form to the list, and from there the panel goes."""
        if self.panel.isAncestorOf(self.focusWidget() or self):
            self._focus_list()
        else:
            self._put_away()

    def _put_away(self) -> None:
        """Enter brings it back."""
        self.show_panel(shown=False)
        self._focus_list()

    def arrange(self) -> None:
        """The list takes what the panel leaves."""
