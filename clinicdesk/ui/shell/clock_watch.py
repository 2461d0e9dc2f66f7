"""Looks at the clock now and then: another day has begun, or the clock was set back."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from clinicdesk.domain.clock import is_behind
from clinicdesk.domain.dates import weekday_words
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.translation import _
from clinicdesk.services.clocks import clock_fault
from clinicdesk.services.context import Clinic
from clinicdesk.ui.local import time_text
from clinicdesk.ui.tasks import Lane

_LOOK_MS = 15000


class ClockWatch(QObject):
    """Signals:
    looked(): it was looked at the clock; whoever shows today asks whether it still is.
    judged(str): what is wrong with the computer's clock; empty: nothing any more.
    """

    looked = Signal()
    judged = Signal(str)

    def __init__(self, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._clinic: Clinic | None = None
        self._latest: datetime | None = None
        self._fault = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def open_clinic(self, clinic: Clinic) -> None:
        """From now on the clock of this clinic, compared with what is recorded there."""
        self._clinic, self._latest = clinic, None
        self._timer.start()
        self.compare()

    def look(self) -> None:
        """Looks at the clock."""
        if self._clinic is None:
            return
        now = self._clinic.clock.now()
        if self._latest is not None and is_behind(now, self._latest):
            self._judge(self._turned_back(now, self._latest))
        elif self._fault:
            self.compare()
        self._latest = max(now, self._latest or now)
        self.looked.emit()

    def compare(self) -> None:
        """Asks whether anything is recorded later than now."""
        if self._clinic is not None:
            work = partial(clock_fault, self._clinic)
            self._lane.submit(work, self._judge, self._not_known, owner=self, key="clock")

    def _not_known(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error

    def _judge(self, fault: str) -> None:
        if fault != self._fault:
            self._fault = fault
            self.judged.emit(fault)

    def _turned_back(self, now: datetime, latest: datetime) -> str:
        assert self._clinic is not None
        here, there = (at.astimezone(self._clinic.zone) for at in (now, latest))
        return _(
            "This computer's clock was set back from {latest} to {now}: set the clock right."
        ).format(
            latest=f"{weekday_words(there.date())} {time_text(there)}",
            now=f"{weekday_words(here.date())} {time_text(here)}",
        )
