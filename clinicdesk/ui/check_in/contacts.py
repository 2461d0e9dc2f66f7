"""Still right? Phone, payer and address as on record: one act says so, another changes them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import PatientChart
from clinicdesk.domain.translation import _
from clinicdesk.services import check_in, patients
from clinicdesk.services.context import Done
from clinicdesk.ui.check_in.asking import Arrival
from clinicdesk.ui.check_in.words import confirmed_today
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.edit_dialog import PatientDialog
from clinicdesk.ui.widgets import Button, Label


class StillRight(QWidget):
    """What is read out to the patient, and the two answers.

    Signals:
        refused(str): it was not kept, or the form could not be opened.
    """

    refused = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: Arrival | None = None
        self._dialog: PatientDialog | None = None
        self._values = [Label("", 12.5, 600, wrap=True, parent=self) for __ in range(3)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for place, name in enumerate((_("Phone"), _("Payer"), _("Address"))):
            grid.addWidget(Label(name, 12.5, 400, "muted", parent=self), place, 0)
            grid.addWidget(self._values[place], place, 1)
        self.confirm = Button(_("Still right"), "check", compact=True)
        self.confirm.clicked.connect(self._confirm)
        self.change = Button(_("Change"), kind="text", compact=True)
        self.change.clicked.connect(self._fetch)
        acts = QVBoxLayout()
        acts.setSpacing(2)
        acts.addWidget(self.confirm)
        acts.addWidget(self.change)
        acts.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 8, 0)
        layout.setSpacing(12)
        layout.addLayout(grid, 1)
        layout.addLayout(acts)

    def show_arrival(self, found: Arrival) -> None:
        """What stands on record."""
        self._found = found
        said = found.facts.contacts
        for label, text in zip(self._values, (said.phone, said.payer, said.address), strict=True):
            label.setText(text or _("not recorded"))
        actor, today = self._context.actor, self._context.clinic.today()
        self.confirm.setVisible(not confirmed_today(found.facts, today))
        self.confirm.setEnabled(actor.may(Permission.CHECK_IN))
        self.change.setVisible(actor.may(Permission.EDIT_PATIENT))

    def _confirm(self) -> None:
        if self._found is None:
            return
        clinic, actor, found = self._context.clinic, self._context.actor, self._found
        patient_id, seen = found.row.patient_id, found.facts.contacts
        work = partial(check_in.still_right, clinic, actor, patient_id, seen)
        self._context.tasks.short.submit(work, self._kept, self._failed, owner=self)

    def _kept(self, done: Done[int]) -> None:
        self._context.publish(done.changes)

    def _fetch(self) -> None:
        if self._found is None or self._dialog is not None:
            return
        patient_id = self._found.row.patient_id
        work = partial(patients.open_chart, self._context.clinic, self._context.actor, patient_id)
        self._context.tasks.short.submit(work, self._open, self._failed, owner=self, key="form")

    def _open(self, chart: PatientChart) -> None:
        if self._dialog is None and self.isVisible():
            self._dialog = PatientDialog(self._context, self, chart.record)
            self._dialog.closed.connect(self._closed)
            phone = self._dialog.fields.editor("phone_mobile")
            self._dialog.open_dialog(phone)
            if (area := self._dialog.findChild(QScrollArea)) is not None:
                area.ensureWidgetVisible(phone)

    def _closed(self) -> None:
        self._dialog = None

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            self.refused.emit(_("It was not kept. Nothing you typed is lost."))
            raise error
        self.refused.emit(str(error))
