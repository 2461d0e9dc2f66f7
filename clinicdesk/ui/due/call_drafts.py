"""What was typed about a call and not logged, kept on disk until it is."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from clinicdesk.services import drafts
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.due.call_panel import CallPanel
from clinicdesk.ui.form_drafts import FormDrafts

_PARTS = ("outcome", "note", "day")


class CallDrafts(QObject):
    """Between the call panel and the disk."""

    def __init__(self, context: UiContext, panel: CallPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._disk = FormDrafts(context, drafts.CALL, self)
        panel.drafted.connect(self._drafted)
        work = partial(drafts.kept, context.clinic, context.actor, drafts.CALL)
        context.tasks.short.submit(work, self._found, owner=self)

    def _found(self, rows: tuple[tuple[str, dict[str, Any]], ...]) -> None:
        found = {}
        for subject, body in rows:
            outcome, note, day = (str(body.get(part, "")) for part in _PARTS)
            found[int(subject.rpartition(":")[2])] = (outcome, note, day)
        self._panel.take_drafts(found)

    def _drafted(self, number: int, state: object) -> None:
        subject = f"due:{number}"
        if isinstance(state, tuple):
            self._disk.keep(subject, dict(zip(_PARTS, state, strict=True)))
        else:
            self._disk.drop(subject)

    def flush(self) -> None:
        """Keeps at once what is typed."""
        self._disk.flush()
