"""The patients page: find one, see the chart, change it, go on to booking, log and documents."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.people import full_name
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import PatientChart, PatientHit, PatientRecord
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import deaths, patients
from clinicdesk.services.context import Done
from clinicdesk.ui.actions import Action
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.local import time_text
from clinicdesk.ui.patients.chart import ChartView
from clinicdesk.ui.patients.edit_dialog import PatientDialog
from clinicdesk.ui.patients.facts_dialog import SafetyFactsDialog
from clinicdesk.ui.patients.finder import FinderView
from clinicdesk.ui.patients.site_lines import SiteLine
from clinicdesk.ui.widgets import Banner


class PatientsPage(Page):
    """Search and chart."""

    title = _("Patients")
    key = "patients"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._patient_id: int | None = None
        self._opened_at = ""
        self._refreshing = False
        self._dialog: PatientDialog | SafetyFactsDialog | None = None
        self.trouble = Banner("danger", parent=self)
        self.finder = FinderView(context, self)
        self.chart = ChartView(context, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.finder)
        self.stack.addWidget(self.chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.trouble)
        column.addWidget(self.stack, 1)
        self._connect()
        self._register()

    def _connect(self) -> None:
        self.finder.chosen.connect(self.open_chart)
        self.finder.new_wanted.connect(self.add_patient)
        self.chart.procedure_wanted.connect(self._open_procedure)
        self.chart.patient_wanted.connect(self.open_chart)
        self.chart.book_wanted.connect(self.book)
        self.chart.repeat_wanted.connect(self.book_repeat)
        self.chart.cancel_ahead_wanted.connect(self.cancel_ahead)
        self.chart.safety.wanted.connect(self.ask_safety)
        head = self.chart.head
        head.back.clicked.connect(self.show_finder)
        head.edit.clicked.connect(self.edit)
        head.documents.clicked.connect(self.documents)
        head.log.clicked.connect(self.log_procedure)
        head.book.clicked.connect(self.book)
        self.context.bus.published.connect(self._published)

    def _register(self) -> None:
        here = "patients"
        self.context.actions.add(
            Action("patients.find", _("Find a patient in the list"), "F", self.show_finder, here),
            Action("patients.new", _("Add a new patient"), "N", self.add_patient, here, "plus"),
            Action("patients.book", _("Book for this patient"), "B", self.book, here, "calplus"),
            Action("patients.log", _("Log a procedure"), "L", self.log_procedure, here, "syringe"),
            Action("patients.edit", _("Edit this patient"), "E", self.edit, here, "pen"),
            Action("patients.safety", _("Ask the safety questions"), "S", self.ask_safety, here,
                   "shield"),
            Action("patients.documents", _("Documents of this patient"), "D", self.documents, here),
        )  # fmt: skip

    # -- being shown ----------------------------------------------------------------

    def activated(self, **arguments: object) -> None:
        """Shows a patient's chart when ``patient_id`` is given, else what was on show.

        ``find``: the search, whoever was on show.
        """
        patient_id = arguments.get("patient_id")
        if isinstance(patient_id, int):
            self.open_chart(patient_id)
        elif self._patient_id is None or arguments.get("find"):
            self.show_finder()

    def subtitle(self) -> str:
        """When the chart on show was opened: that look is kept in the audit."""
        return (
            _("Chart opened {opened_at}").format(opened_at=self._opened_at)
            if self._patient_id and self._opened_at
            else ""
        )

    def day_turned(self, was: date) -> None:
        """Ages, what is ahead and what may be repeated are of another day."""
        del was
        if self._open is not None:
            self._refreshing = True
            self._ask()

    # -- the chart ------------------------------------------------------------------

    def show_finder(self) -> None:
        """Back to the search."""
        self._patient_id = None
        self.trouble.show_text("")
        self.least = (640, 420)
        self.stack.setCurrentWidget(self.finder)
        self.finder.refresh()
        self.finder.focus_here()
        self.retitled.emit()

    def open_chart(self, patient_id: int) -> None:
        """Opens a chart; that look is audited."""
        self._patient_id = patient_id
        self._refreshing = False
        self.trouble.show_text("")
        self.chart.begin_loading()
        self.least = (880, 420)
        self.stack.setCurrentWidget(self.chart)
        self._ask()

    def _ask(self) -> None:
        clinic, actor, patient_id = self.context.clinic, self.context.actor, self._patient_id
        if patient_id is None:
            return
        self.context.tasks.short.submit(
            lambda: patients.open_chart(clinic, actor, patient_id),
            self._show,
            self._failed,
            owner=self,
            key="chart",
        )

    def _show(self, chart: PatientChart) -> None:
        if chart.banner.id != self._patient_id:
            return
        clinic = self.context.clinic
        self._opened_at = time_text(self.context.clock.now().astimezone(clinic.zone))
        self.chart.show_chart(chart, clinic.today(), self._opened_at)
        self.retitled.emit()
        banner = chart.banner
        self.finder.remember(
            PatientHit(
                banner.id,
                banner.mrn,
                banner.family,
                banner.given,
                banner.birth_date,
                banner.phone,
                banner.sex,
            )
        )
        if not self._refreshing:
            self.chart.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refreshing = False

    def _failed(self, error: Exception) -> None:
        self.show_finder()
        if not isinstance(error, ClinicError):
            self.trouble.show_text(_("The chart could not be opened."), "danger")
            raise error
        self.trouble.show_text(str(error), "danger")

    def _published(self, changes: ChangeSet) -> None:
        if self._patient_id is None and self.isVisible():
            self.finder.refresh()
        if self._patient_id in changes.patients and self.chart.chart is not None:
            self._refreshing = True
            self._ask()

    # -- acting ---------------------------------------------------------------------

    @property
    def _open(self) -> PatientChart | None:
        """The chart on show, if it has come."""
        return self.chart.chart if self._patient_id is not None else None

    def add_patient(self, typed: str = "") -> None:
        """Opens the editor for a new patient."""
        if self.context.actor.may(Permission.EDIT_PATIENT):
            self._open_dialog(None, typed)

    def edit(self) -> None:
        """Opens the editor for the patient on show."""
        if self._open is not None and self.chart.head.edit.isEnabled():
            self._open_dialog(self._open.record, "")

    def _open_dialog(self, record: PatientRecord | None, typed: str) -> None:
        if self._dialog is not None:
            return
        dialog = self._dialog = PatientDialog(self.context, self, record, typed)
        dialog.saved.connect(self._saved)
        dialog.taken.connect(self.open_chart)
        dialog.closed.connect(self._dialog_gone)
        dialog.open_dialog(dialog.first)

    def ask_safety(self) -> None:
        """Opens the questions that must be answered before a needle."""
        chart = self._open
        if chart is None or chart.safety is None or self._dialog is not None:
            return
        if not self.chart.head.edit.isEnabled():
            return
        name = full_name(chart.banner.given, chart.banner.family)
        self._dialog = SafetyFactsDialog(self.context, self, chart.safety, name)
        self._dialog.closed.connect(self._dialog_gone)
        self._dialog.open_dialog(self._dialog.first)

    def _dialog_gone(self) -> None:
        self._dialog = None

    def _saved(self, patient_id: int) -> None:
        # A change to the chart on show comes back with the bus; a new patient has to be opened.
        if patient_id != self._patient_id:
            self.open_chart(patient_id)

    def cancel_ahead(self) -> None:
        """Cancels what is booked for a patient who has died."""
        if self._open is not None:
            clinic, actor, number = self.context.clinic, self.context.actor, self._open.banner.id
            self.context.tasks.short.submit(
                lambda: deaths.cancel_ahead(clinic, actor, number), self._cancelled, owner=self
            )

    def _cancelled(self, done: Done[int]) -> None:
        self.context.bus.say(
            _n(
                "{count} appointment cancelled", "{count} appointments cancelled", done.value
            ).format(count=done.value)
        )
        self.context.publish(done.changes)

    def book(self) -> None:
        """To the schedule, with this patient in the booking panel."""
        if self._open is not None and self.chart.head.book.isEnabled():
            self.context.navigate("schedule", patient_id=self._open.banner.id)

    def book_repeat(self, line: SiteLine) -> None:
        """To the schedule, with patient, procedure and site filled in, on the first day allowed."""
        if self._open is not None and self.chart.head.book.isEnabled():
            self.context.navigate(
                "schedule", patient_id=self._open.banner.id, procedure=line.procedure,
                sites=line.sites, intent=line.intent, day=line.facts.allowed_from,
            )  # fmt: skip

    def log_procedure(self) -> None:
        """To the log of today's appointment, or to the list of what is to be logged."""
        if self._open is None or not self.chart.head.log.isEnabled():
            return
        today = self.context.clinic.today()
        now = [row for row in self._open.upcoming if row.start.date() == today]
        if now:
            self.context.navigate("log", appointment_id=now[0].id)
            return
        self.context.bus.warn(_("No appointment today to log. Choose one from the list."))
        self.context.navigate("log")

    def _open_procedure(self, procedure_id: int) -> None:
        if self.context.actor.may(Permission.LOG_PROCEDURE):
            self.context.navigate("log", procedure_id=procedure_id)
        else:
            self.context.bus.warn(_("Your role does not open the procedure log."))

    def documents(self) -> None:
        """To this patient's documents."""
        if self._open is not None:
            self.context.navigate("documents", patient_id=self._open.banner.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._patient_id is not None:
            self.show_finder()
            return
        super().keyPressEvent(event)
