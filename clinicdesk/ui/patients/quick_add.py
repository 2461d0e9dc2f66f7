"""A new patient in a few fields, without leaving the booking: likely doubles are pointed out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.rows.people import Actor, PatientForm, PatientHit
from clinicdesk.domain.translation import _
from clinicdesk.services import patients, sheet_texts
from clinicdesk.services.context import Clinic, Done
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.duplicates import Duplicates
from clinicdesk.ui.patients.fields import QUICK, guess_form
from clinicdesk.ui.patients.form_widget import PatientFormWidget
from clinicdesk.ui.patients.name_order import NameOrder
from clinicdesk.ui.widgets import Banner, Dialog

_ADD, _ADD_ANYWAY = _("Add patient"), _("Add as another person")


class QuickAddDialog(Dialog):
    """Asks for a name, birth date, sex, phone and language.

    Signals:
        saved(int): the id of the patient added, or of the record taken instead.
    """

    saved = Signal(int)

    def __init__(self, context: UiContext, host: QWidget, typed: str = "") -> None:
        super().__init__(host, _("New patient"), _ADD, "", 520)
        self._context = context
        self._told = False
        self._busy = False
        today = context.clinic.today()
        self.fields = PatientFormWidget(
            today, only=QUICK, languages=sheet_texts.languages(context.clinic), parent=self
        )
        self.fields.set_form(guess_form(typed, today))
        self.fields.changed.connect(self._edited)
        self.duplicates = Duplicates(context, self)
        self.duplicates.taken.connect(self._finish)
        self.duplicates.found.connect(self._found)
        self.trouble = Banner("danger", parent=self)
        self.names = NameOrder(self.fields, typed, self)
        self.footer.setSpacing(8)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.names)
        self.body.addWidget(self.fields)
        self.body.addWidget(self.duplicates)
        self.accepted.connect(self._save)
        self._edited()

    @property
    def first(self) -> QWidget:
        """The first field that is still empty."""
        values = self.fields.values()
        name = next((n for n in ("family", "given", "birth_date") if not values[n]), "phone_mobile")
        return self.fields.editor(name)

    def _edited(self) -> None:
        form, __ = self.fields.form()
        self.duplicates.watch(form)

    def _found(self, count: int) -> None:
        # The list was on screen when the button said so: only then may a second record be made.
        self._told = count > 0
        self.accept.setText(_ADD_ANYWAY if count else _ADD)

    def _save(self) -> None:
        form, wrong = self.fields.form()
        if wrong:
            self.fields.set_errors(wrong)
            return
        if self._busy:
            return
        self._busy = True
        clinic, actor, told = self._context.clinic, self._context.actor, self._told
        self._context.tasks.short.submit(
            lambda: add_or_ask(clinic, actor, form, told=told),
            self._saved,
            self._failed,
            owner=self,
        )

    def _saved(self, answer: Done[int] | tuple[PatientHit, ...]) -> None:
        self._busy = False
        if isinstance(answer, Done):
            self._context.publish(answer.changes)
            self._finish(answer.value)
            return
        self.duplicates.show_hits(answer)

    def _finish(self, patient_id: int) -> None:
        self.close_dialog()
        self.saved.emit(patient_id)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, Invalid):
            self.trouble.show_text(self.fields.set_errors(error.fields), "danger")
        elif isinstance(error, ClinicError):
            self.trouble.show_text(str(error), "danger")
        else:
            raise error


def add_or_ask(
    clinic: Clinic,
    actor: Actor,
    form: PatientForm,
    *,
    told: bool,
    sure: bool = False,
) -> Done[int] | tuple[PatientHit, ...]:
    """Adds, unless there are likely doubles that were not shown yet: then returns those."""
    if not told:
        hits = patients.likely_duplicates(clinic, actor, form)
        if hits:
            return hits
    return patients.add(clinic, actor, form, sure=sure)
