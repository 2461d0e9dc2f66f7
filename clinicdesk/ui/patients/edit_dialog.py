"""All of a patient's fields: adding one, changing one, and two people changing one at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from clinicdesk.domain.errors import ClinicError, Doubtful, Invalid, Stale
from clinicdesk.domain.people import full_name
from clinicdesk.domain.rows.people import PatientForm, PatientHit, PatientRecord
from clinicdesk.domain.translation import _
from clinicdesk.services import patients, sheet_texts
from clinicdesk.services.context import Done
from clinicdesk.ui import theme
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.conflict import ConflictPanel
from clinicdesk.ui.patients.duplicates import Duplicates
from clinicdesk.ui.patients.fields import guess_form, merged
from clinicdesk.ui.patients.form_draft import PatientDraft
from clinicdesk.ui.patients.form_widget import PatientFormWidget
from clinicdesk.ui.patients.name_order import NameOrder
from clinicdesk.ui.patients.quick_add import add_or_ask
from clinicdesk.ui.widgets import Banner, Dialog

_SAVE, _ADD, _ADD_ANYWAY = _("Save"), _("Add patient"), _("Add as another person")


class PatientDialog(Dialog):
    """The editor; ``record`` None adds a patient.

    Signals:
        saved(int): the patient's id.
        taken(int): an existing record was chosen instead of adding one.
    """

    saved = Signal(int)
    taken = Signal(int)

    def __init__(
        self,
        context: UiContext,
        host: QWidget,
        record: PatientRecord | None = None,
        typed: str = "",
    ) -> None:
        name = full_name(record.form.given, record.form.family) if record else _("New patient")
        super().__init__(host, name, _SAVE if record else _ADD, "", 760)
        self._context = context
        self._record = record
        self._version = record.version if record else 0
        self._theirs: dict[str, object] = {}
        self._told = self._busy = False
        today = context.clinic.today()
        packs = [(pack.id, pack.title) for pack in context.clinic.catalogue.packs.values()]
        self.fields = PatientFormWidget(
            today, packs, languages=sheet_texts.languages(context.clinic)
        )
        self._base = record.form if record else guess_form(typed, today)
        self.fields.set_form(self._base)
        self.trouble = Banner("danger", parent=self)
        self.names = NameOrder(self.fields, "" if record else typed, self)
        self.conflict = ConflictPanel(self)
        self.duplicates = Duplicates(context, self)
        subject = f"patient:{record.id}" if record else f"patient:new:{typed}"
        self.draft = PatientDraft(context, self.fields, subject, self)
        self.kept = Banner("info", parent=self)
        self._build()
        self.draft.restored.connect(self._restored)
        self.kept.acted.connect(self._begin_again)
        self.cancel.clicked.connect(self.draft.drop)
        self.closed.connect(self.draft.flush)
        self.fields.changed.connect(self._edited)
        self.duplicates.taken.connect(self._take)
        self.duplicates.found.connect(self._found)
        self.accepted.connect(self._save)
        self._edited()

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(12)
        column.addWidget(self.fields)
        area = _TallArea()
        area.setWidget(inner)
        self.footer.setSpacing(8)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.kept)
        self.body.addWidget(self.names)
        self.body.addWidget(self.conflict)
        self.body.addWidget(self.duplicates)
        self.body.addWidget(area, 1)

    @property
    def first(self) -> QWidget:
        """The first field to type into."""
        return self.fields.editor("family")

    # -- what was typed before ----------------------------------------------------

    def _restored(self) -> None:
        said = _("What you typed here before is back; it was not saved.")
        self.kept.show_text(said, "info", _("Leave it out"))
        self.fields.changed.emit()

    def _begin_again(self) -> None:
        self.draft.begin_again()
        self.kept.show_text("")

    # -- likely doubles -----------------------------------------------------------

    def _edited(self) -> None:
        form, __ = self.fields.form()
        if self._record is None or _identity(form) != _identity(self._base):
            self.duplicates.watch(form, self._record.id if self._record else None)

    def _found(self, count: int) -> None:
        self._told = count > 0
        if self._record is None:
            self.accept.setText(_ADD_ANYWAY if count else _ADD)

    def _take(self, patient_id: int) -> None:
        self.close_dialog()
        self.taken.emit(patient_id)

    # -- saving -------------------------------------------------------------------

    def _save(self) -> None:
        form, wrong = self.fields.form()
        if wrong:
            self.fields.set_errors(wrong)
            return
        if self._busy:
            return
        self._busy = True
        self.trouble.show_text("")
        clinic, actor = self._context.clinic, self._context.actor
        record, told, version = self._record, self._told, self._version
        chosen = self._with_theirs(form)
        sure = self.fields.sure(chosen)
        lane = self._context.tasks.short
        if record is None:
            lane.submit(
                lambda: add_or_ask(clinic, actor, chosen, told=told, sure=sure),
                self._added,
                self._failed,
                owner=self,
            )
        else:
            lane.submit(
                lambda: patients.change(clinic, actor, record.id, version, chosen, sure=sure),
                self._changed,
                self._failed,
                owner=self,
            )

    def _with_theirs(self, form: PatientForm) -> PatientForm:
        """Mine, with theirs where theirs was chosen."""
        names = self.conflict.theirs_wanted() if self._theirs else ()
        parts: dict[str, Any] = {name: self._theirs[name] for name in names}
        return replace(form, **parts)

    def _added(self, answer: Done[int] | tuple[PatientHit, ...]) -> None:
        self._busy = False
        if not isinstance(answer, Done):
            self.duplicates.show_hits(answer)
            return
        self._context.publish(answer.changes)
        self.draft.drop()
        self._context.bus.say(_("Patient added."))
        self.close_dialog()
        self.saved.emit(answer.value)

    def _changed(self, done: Done[int]) -> None:
        self._busy = False
        assert self._record is not None
        self._context.publish(done.changes)
        self.draft.drop()
        self._context.bus.say(_("Patient saved."))
        self.close_dialog()
        self.saved.emit(self._record.id)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, Stale):
            self._show_conflict(error)
        elif isinstance(error, Invalid):
            self.trouble.show_text(self.fields.set_errors(error.fields), "danger")
            if isinstance(error, Doubtful):
                self.fields.doubt(self.fields.form()[0])
        elif isinstance(error, ClinicError):
            self.trouble.show_text(str(error), "danger")
        else:
            self.trouble.show_text(_("Nothing was saved. What you typed is still here."), "danger")
            raise error

    def _show_conflict(self, error: Stale) -> None:
        """Joins what does not clash, and asks about what does."""
        mine, __ = self.fields.form()
        self._theirs = {k: v for k, v in error.theirs.items() if k != "version"}
        version = error.theirs.get("version")
        self._version = version if isinstance(version, int) else self._version
        joined, clashes = merged(self._base, mine, self._theirs)
        self.fields.set_form(joined)
        parts: dict[str, Any] = dict(self._theirs)
        self._base = replace(self._base, **parts)
        self.conflict.show_fields(clashes, joined, self._theirs)


class _TallArea(QScrollArea):
    """Tall where there is room, small where the window or a question above needs it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(600, theme.scaled(620))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, theme.scaled(160))


def _identity(form: PatientForm) -> tuple[object, ...]:
    """What makes two records likely the same person."""
    return (form.family, form.given, form.birth_date, form.mrn, form.phone_mobile, form.phone_home)
