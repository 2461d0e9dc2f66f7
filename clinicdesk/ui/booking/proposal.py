"""The time that a booking begins with: proposed by the program until a person says another."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from clinicdesk.domain.rows.schedule import TimeAnswer
from clinicdesk.ui.booking.slot import Slot


class Proposal(QObject):
    """Goes on to the first time that is free for all that is chosen so far.

    Another physician or room is asked about from the beginning again: sooner may be free there.
    """

    def __init__(self, slot: Slot, parent: QObject) -> None:
        super().__init__(parent)
        self._slot = slot
        self._base: datetime | None = None
        slot.time.taken.connect(self._taken)
        slot.place.changed.connect(self.begin_again)

    def begin(self, start: datetime) -> None:
        """Proposes ``start``, in the clinic's zone, or what is free after it."""
        self._base = start
        self._slot.time.set_start(start)

    def _taken(self) -> None:
        self._base = None

    def forget(self) -> None:
        """The time is somebody's own."""
        self._base = None

    def begin_again(self) -> None:
        """Something else is asked for: from the first time on."""
        if self._base is not None:
            self._slot.time.set_start(self._base)

    def moves(self, answer: TimeAnswer | None) -> bool:
        """Whether the time proposed is not free, and another one stands there now."""
        base = self._base
        if base is None or answer is None or not answer.free:
            return False
        later = [start for start in answer.free if start >= base]
        self._slot.time.set_start(min(later, default=answer.free[0]))
        return True
