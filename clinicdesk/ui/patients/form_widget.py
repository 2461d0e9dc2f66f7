"""The patient form on screen, made from its field list; used by the quick and the full dialog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import Sort
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.translation import _
from clinicdesk.ui import local, theme
from clinicdesk.ui.patients.fields import (
    ASKED,
    GROUPS,
    SEXES,
    SPECS,
    FieldSpec,
    asked,
    label_of,
    language_options,
    read,
    shown,
)
from clinicdesk.ui.safety.typed_again import TypedAgain
from clinicdesk.ui.widgets import Choice, Field, Label, TextArea, TextEdit

_DATES = frozenset(name for name, spec in SPECS.items() if spec.kind == "date")


class PatientFormWidget(QWidget):
    """All fields, or those named; errors are shown at the field.

    Signals:
        changed(): a person changed something.
    """

    changed = Signal()

    def __init__(
        self,
        today: date,
        packs: Sequence[tuple[str, str]] = (),
        only: Sequence[str] = (),
        languages: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._packs = (("", _("As the clinic usually does")), *packs)
        self._languages = language_options(languages)
        self._base = PatientForm()
        self._fields: dict[str, Field] = {}
        self._again: TypedAgain | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for group in GROUPS:
            specs = [
                replace(spec, label=label_of(spec.name, local.customs()))
                for spec in group.fields
                if (not only or spec.name in only) and asked(spec.name, local.customs())
            ]
            if not specs:
                continue
            if not only:
                column.addWidget(Label(group.title, 14, 600))
            column.addLayout(self._grid(specs))

    def _grid(self, specs: Sequence[FieldSpec]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        row, side = 0, 0
        for spec in specs:
            field = self._make(spec)
            if not spec.half:
                row += 1 if side else 0
                grid.addWidget(field, row, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
                row, side = row + 1, 0
                continue
            grid.addWidget(field, row, side, Qt.AlignmentFlag.AlignTop)
            row, side = (row + 1, 0) if side else (row, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _make(self, spec: FieldSpec) -> Field:
        editor = self._editor(spec)
        above = "" if spec.kind == "yes" else spec.label
        field = Field(above, editor, spec.help, required=spec.required, parent=self)
        field.setObjectName(f"patient-{spec.name}")
        self._fields[spec.name] = field
        return field

    def _editor(self, spec: FieldSpec) -> QWidget:
        options = {
            "sex": SEXES, "language": self._languages, "pack": self._packs, "asked": ASKED
        }.get(spec.kind)  # fmt: skip
        if options is not None:
            choice = Choice(options, spec.label)
            choice.chosen.connect(self._edited)
            return choice
        if spec.kind == "yes":
            box = QCheckBox(spec.label)
            box.setFont(theme.font(13))
            box.setAccessibleName(spec.label)
            box.toggled.connect(self._edited)
            return box
        if spec.kind == "lines":
            area = TextArea("", spec.label, 3)
            area.textChanged.connect(self._edited_area)
            return area
        hint = _hint(spec)
        edit = TextEdit(hint, spec.label)
        edit.textEdited.connect(self._edited)
        if spec.kind == "weight":
            self._again = TypedAgain(edit)
        return edit

    # -- values -------------------------------------------------------------------

    def set_form(self, form: PatientForm) -> None:
        """Shows a form; fields not on screen keep its values."""
        self._base = form
        self.blockSignals(True)
        for name, field in self._fields.items():
            self._put(field.editor, shown(form, name))
            field.set_error("")
            if name in _DATES:
                field.set_helper("")
        self.blockSignals(False)

    def _put(self, editor: QWidget, text: str) -> None:
        if isinstance(editor, Choice):
            if text not in editor.values():
                editor.add_option(text, text)
            editor.set_value(text)
        elif isinstance(editor, QCheckBox):
            editor.setChecked(text == "yes")
        elif isinstance(editor, TextArea):
            editor.setPlainText(text)
        elif isinstance(editor, TextEdit):
            editor.setText(text)

    def put_values(self, values: Mapping[str, str]) -> None:
        """Puts texts into the editors, as they were typed; what has no editor is left out."""
        for name, text in values.items():
            if name in self._fields:
                self._put(self._fields[name].editor, text)

    def values(self) -> dict[str, str]:
        """What stands in the editors, by field."""
        return {name: _text(field.editor) for name, field in self._fields.items()}

    def form(self) -> tuple[PatientForm, dict[str, str]]:
        """The form and the fields that cannot be read, with their sentences."""
        return read(self.values(), self._base, self._today)

    def editor(self, name: str) -> QWidget:
        """The editor of a field."""
        return self._fields[name].editor

    # -- asked back ---------------------------------------------------------------

    def sure(self, form: PatientForm) -> bool:
        """Whether its weight was asked back and typed anew."""
        return self._again is not None and self._again.sure(form.weight_kg)

    def doubt(self, form: PatientForm) -> None:
        """Its weight is asked back."""
        if self._again is not None:
            self._again.doubt(form.weight_kg)

    # -- errors -------------------------------------------------------------------

    def set_errors(self, wrong: Mapping[str, str]) -> str:
        """Shows the sentences at their fields and the cursor in the first.

        Returns what belongs to no field on screen, as one line.
        """
        left = dict(wrong)
        first: Field | None = None
        for name, field in self._fields.items():
            # Entries of a list are named ``allergies.0``.
            hits = [key for key in left if key.partition(".")[0] == name]
            sentence = " ".join(left.pop(key) for key in hits)
            field.set_error(sentence)
            if sentence and first is None:
                first = field
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return " ".join(left.values())

    def errors(self) -> dict[str, str]:
        """The sentences shown, by field."""
        return {name: field.error() for name, field in self._fields.items() if field.error()}

    def _edited(self, value: object) -> None:
        sender = self.sender()
        for name, field in self._fields.items():
            if field.editor is sender and field.error():
                field.set_error("")
            if field.editor is sender and name in _DATES:
                field.set_helper(local.understood(str(value), self._today, Sort.BIRTH))
        self.changed.emit()

    def _edited_area(self) -> None:
        self._edited(None)


def _hint(spec: FieldSpec) -> str:
    customs = local.customs()
    if spec.name == "prefix":
        return ", ".join(customs.names.titles[:4])
    if spec.name == "national_id" and customs.national:
        return customs.national.example
    return {"date": "14 mar 1958", "weight": "72.5 kg"}.get(spec.kind, "")


def _text(editor: QWidget) -> str:
    if isinstance(editor, Choice):
        return str(editor.value() or "")
    if isinstance(editor, QCheckBox):
        return "yes" if editor.isChecked() else ""
    if isinstance(editor, TextArea):
        return editor.toPlainText()
    assert isinstance(editor, TextEdit)
    return editor.text()
