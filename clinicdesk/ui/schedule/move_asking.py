"""What the move panel asks: the rules for the day, and whether the time is free."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.scheduling.conflicts import Wanted
from clinicdesk.scheduling.overlap import after
from clinicdesk.services import verdicts
from clinicdesk.ui.booking.asking import TimeAnswer, check_time
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.schedule.drag import Wish
from clinicdesk.ui.verdict.words import worst_card


class MoveAsker(QObject):
    """Signals:
    waiting(): a question to the rules is on its way.
    verdict(VerdictCard | None): the worst answer of the planned procedures; None for a visit.
    verdict_failed(str): why the rules could not be asked.
    time_checked(TimeAnswer | None): about the time wanted; None where it is not complete.
    """

    waiting = Signal()
    verdict = Signal(object)
    verdict_failed = Signal(str)
    time_checked = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def ask(self, row: AppointmentRow, day: date | None, wish: Wish | None, need: str) -> None:
        """Asks both; an overtaken answer is dropped."""
        self._ask_rules(row, day)
        self._ask_time(row, wish, need)

    def _ask_rules(self, row: AppointmentRow, day: date | None) -> None:
        if day is None or not row.planned:
            self._context.tasks.short.forget(self, "verdict")
            self.verdict.emit(None)
            return
        self.waiting.emit()
        clinic, actor, number = self._context.clinic, self._context.actor, row.id
        self._context.tasks.short.submit(
            lambda: verdicts.assess_appointment(clinic, actor, number, day),
            self._answered,
            self._failed,
            owner=self,
            key="verdict",
        )

    def _answered(self, cards: tuple[VerdictCard, ...]) -> None:
        self.verdict.emit(worst_card(cards))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            self.verdict_failed.emit("The rules could not be asked.")
            raise error
        self.verdict_failed.emit(str(error))

    def _ask_time(self, row: AppointmentRow, wish: Wish | None, need: str) -> None:
        if wish is None:
            self._context.tasks.short.forget(self, "time")
            self.time_checked.emit(None)
            return
        clinic, actor, now = self._context.clinic, self._context.actor, self._context.clock.now()
        places = tuple(n for n in (wish.physician_id, wish.room_id) if n is not None)
        wanted = Wanted(wish.start, after(wish.start, wish.minutes), row.patient_id, places, row.id)
        self._context.tasks.short.submit(
            lambda: check_time(clinic, actor, wanted, need, now),
            self._time_answered,
            owner=self,
            key="time",
        )

    def _time_answered(self, answer: TimeAnswer) -> None:
        self.time_checked.emit(answer)
