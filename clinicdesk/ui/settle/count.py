"""How much waits for this person, for the rail: counted at sign-in and after each change."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import Actor
from clinicdesk.services import holds
from clinicdesk.services.context import Clinic
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.settle.asking import TOUCHES, ask_waiting
from clinicdesk.ui.settle.lines import Writer, waits_for

_SOON_MS = 300


def count_waiting(clinic: Clinic, actor: Actor) -> int:
    """What waits for this person; in the lane. Held drugs wait for the desk alone."""
    physician = actor.may(Permission.ANSWER_SAFETY)
    waiting = ask_waiting(clinic, actor)
    if not physician:
        waiting = replace(waiting, holds=holds.worklist(clinic, actor))
    catalogue = clinic.catalogue
    writer = Writer(catalogue.procedures, catalogue.safety_reasons, clinic.today(), physician)
    return waits_for(writer.lines(waiting), physician=physician)


class SettleCount(QObject):
    """One question at a time; what changes meanwhile is asked about once, afterwards.

    Signals:
        counted(int): another number, perhaps.
    """

    counted = Signal(int)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._asleep = self._busy = self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.ask)
        context.bus.published.connect(self._published)

    def sleep(self, *, asleep: bool) -> None:
        """Nothing is counted while the window is locked; afterwards at once."""
        self._asleep = asleep
        if not asleep:
            self.ask()

    def ask(self) -> None:
        """Counts."""
        if self._asleep or self._busy:
            self._again = True
            return
        self._busy, self._again = True, False
        work = partial(count_waiting, self._context.clinic, self._context.actor)
        self._context.tasks.long.submit(work, self._counted, self._failed, owner=self)

    def _published(self, changes: ChangeSet) -> None:
        if changes.kinds & TOUCHES and not self._soon.isActive():
            self._soon.start()

    def _counted(self, number: int) -> None:
        self._busy = False
        self.counted.emit(number)
        if self._again:
            self.ask()

    def _failed(self, error: Exception) -> None:
        # The page itself says why its list cannot be read; the number stays as it was.
        self._busy = False
        if not isinstance(error, ClinicError):
            raise error
