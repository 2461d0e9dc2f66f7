"""Keeps what is typed into a form on disk: soon after each change, and at once when it is left."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from clinicdesk.domain.errors import ClinicError
from clinicdesk.services import drafts
from clinicdesk.ui.context import UiContext

DELAY_MS = 400
_log = logging.getLogger(__name__)

Body = dict[str, Any]


class FormDrafts(QObject):
    """The drafts of one kind of form, through the short lane."""

    def __init__(self, context: UiContext, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._waiting: dict[str, Body] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)

    def keep(self, subject: str, body: Body) -> None:
        """Keeps ``body`` in a moment, in place of what was kept of the subject."""
        self._waiting[subject] = body
        self._timer.start()

    def drop(self, subject: str) -> None:
        """It is saved as a record, or given up."""
        self._waiting.pop(subject, None)
        clinic, actor = self._context.clinic, self._context.actor
        work = partial(drafts.drop, clinic, actor, self._kind, subject)
        self._context.tasks.short.submit(work, self._done, self._not_kept, owner=self)

    def flush(self) -> None:
        """Keeps now what waits."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        clinic, actor = self._context.clinic, self._context.actor
        for subject, body in waiting.items():
            work = partial(drafts.keep, clinic, actor, self._kind, subject, body)
            self._context.tasks.short.submit(work, self._done, self._not_kept, owner=self)

    def _done(self, nothing: None) -> None:
        """It is on disk; nobody needs to be told."""

    def _not_kept(self, error: Exception) -> None:
        # What is typed is still on the screen; the next change tries again.
        if not isinstance(error, ClinicError):
            raise error
        _log.warning("draft not kept: %s", type(error).__name__)
