"""Bookings that were begun and left: kept on disk, and come back to when there is time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from clinicdesk.services import drafts
from clinicdesk.ui.booking.content import Body
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.form_drafts import FormDrafts


class KeptBookings(QObject):
    """What is being entered, and what was left half-entered, the latest last.

    Signals:
        changed(): another one is left, or is gone on with.
    """

    changed = Signal()

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._disk = FormDrafts(context, drafts.BOOKING, self)
        self._now = ""
        self._left: list[tuple[str, Body]] = []
        work = partial(drafts.kept, context.clinic, context.actor, drafts.BOOKING)
        context.tasks.short.submit(work, self._found, owner=self)

    def _found(self, rows: tuple[tuple[str, Body], ...]) -> None:
        known = {subject for subject, __ in self._left} | {self._now}
        older = [row for row in reversed(rows) if row[0] not in known]
        self._left = older + self._left
        self.changed.emit()

    @property
    def waiting(self) -> str:
        """Whom the latest one is for, in words; empty where none was left."""
        return str(self._left[-1][1].get("who", "")) if self._left else ""

    def __len__(self) -> int:
        return len(self._left)

    def typed(self, body: Body | None) -> None:
        """This is being entered now."""
        if body is not None:
            self._now = self._now or self._context.clock.now().isoformat()
            self._disk.keep(self._now, body)

    def leave(self, body: Body | None) -> None:
        """It is left half-entered; None: nothing was entered, or it is booked."""
        if body is None:
            self.drop()
            return
        self.typed(body)
        self._disk.flush()
        self._left.append((self._now, body))
        self._now = ""
        self.changed.emit()

    def drop(self) -> None:
        """What is being entered is booked, or given up."""
        if self._now:
            self._disk.drop(self._now)
            self._now = ""

    def take(self) -> Body | None:
        """The latest that was left, to go on with."""
        if not self._left:
            return None
        self._now, body = self._left.pop()
        self.changed.emit()
        return body

    def flush(self) -> None:
        """Keeps at once what is being entered."""
        self._disk.flush()
