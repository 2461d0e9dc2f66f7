"""Keeps what is being typed: 400 ms after each change, and at once when the page is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.rows.log import LogForm
from clinicdesk.services import procedures
from clinicdesk.ui.context import UiContext

DELAY_MS = 400
RETRY_MS = 5000

Content = tuple[LogForm, int | None, int, dict[str, str]]
"""Form, id of the saved record, its version, texts that cannot be read."""


class DraftKeeper(QObject):
    """Saves drafts through the short lane; a failure is told and tried again.

    Signals:
        saving(): a change is waiting or on its way.
        saved(datetime): the draft is kept.
        failed(str): it could not be kept; why.
    """

    saving = Signal()
    saved = Signal(object)
    failed = Signal(str)

    def __init__(
        self, context: UiContext, content: Callable[[], Content | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._content = content
        self._dirty = False
        self._last: Content | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    @property
    def dirty(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._dirty

    def touch(self) -> None:
        """Something changed."""
        self._dirty = True
        self.saving.emit()
        self._timer.start(DELAY_MS)

    def flush(self) -> None:
        """Saves now, if there is something to save."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        content = self._content() or self._last
        if content is None:
            return
        self._last = content
        form, procedure_id, version, typed = content
        clinic, actor = self._context.clinic, self._context.actor

        def work() -> datetime:
            return procedures.save_draft(
                clinic, actor, form, procedure_id=procedure_id, version=version, typed=typed
            )

        self._context.tasks.short.submit(work, self._kept, self._not_kept, owner=self, key="keep")

    def forget(self) -> None:
        """What was typed is saved as a record, or given up: no draft is wanted any more."""
        self._timer.stop()
        self._dirty = False
        self._last = None
        self._context.tasks.short.forget(self, "keep")

    def _kept(self, at: datetime) -> None:
        if not self._dirty:
            self.saved.emit(at)

    def _not_kept(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._dirty = True
        self.failed.emit(str(error))
        self._timer.start(RETRY_MS)
