"""What is typed into a patient's form, kept on disk until it is saved or cancelled."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from clinicdesk.services import drafts
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.form_drafts import FormDrafts
from clinicdesk.ui.patients.form_widget import PatientFormWidget


class PatientDraft(QObject):
    """Keeps the fields that differ from what the form began with, and puts them back.

    ``subject``: whose form it is, e.g. ``patient:17`` or ``patient:new``.

    Signals:
        restored(): what was typed before stands in the fields again.
    """

    restored = Signal()

    def __init__(
        self, context: UiContext, fields: PatientFormWidget, subject: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._fields, self._subject = fields, subject
        self._began = fields.values()
        self._disk = FormDrafts(context, drafts.PATIENT, self)
        fields.changed.connect(self._changed)
        work = partial(drafts.kept, context.clinic, context.actor, drafts.PATIENT)
        context.tasks.short.submit(work, self._found, owner=self)

    def _typed(self) -> dict[str, str]:
        now = self._fields.values()
        return {name: text for name, text in now.items() if text != self._began.get(name)}

    def _found(self, rows: tuple[tuple[str, dict[str, Any]], ...]) -> None:
        body = next((body for subject, body in rows if subject == self._subject), None)
        # Whoever types already means what he types.
        if body and not self._typed():
            self._fields.put_values({str(name): str(text) for name, text in body.items()})
            self.restored.emit()

    def _changed(self) -> None:
        if typed := self._typed():
            self._disk.keep(self._subject, typed)

    def begin_again(self) -> None:
        """As the form began: what was typed before is not wanted."""
        self._fields.put_values(self._began)
        self.drop()

    def drop(self) -> None:
        """It is saved, or cancelled."""
        self._disk.drop(self._subject)

    def flush(self) -> None:
        """Keeps at once what is typed."""
        self._disk.flush()
