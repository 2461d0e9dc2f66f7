"""The first free time from the first allowed day on, for physician, room and rules alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.dates import weekday_words
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.rows.schedule import PlanRequest, TimeRequest
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.search import DAYS_SOUGHT
from clinicdesk.services import free_times
from clinicdesk.ui.context import UiContext


@dataclass(frozen=True)
class FirstFree:
    """The answer: ``start`` is None where nothing is free for two months after ``allowed``."""

    allowed: date
    start: datetime | None

    @property
    def words(self) -> str:
        """What to say of it; empty where the first allowed day itself has a free time."""
        allowed = weekday_words(self.allowed)
        if self.start is None:
            return _(
                "Nothing is free within {days_sought} days from {allowed} on. "
                "Choose another room or physician."
            ).format(days_sought=DAYS_SOUGHT, allowed=allowed)
        if self.start.date() == self.allowed:
            return ""
        return _(
            "The first allowed day is {allowed}; the first free time is {weekday_words}."
        ).format(allowed=allowed, weekday_words=weekday_words(self.start.date()))


class FirstFreeFinder(QObject):
    """Looks for it in the lane.

    Signals:
        found(FirstFree): the answer to the last question.
        failed(str): why there is none.
    """

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._allowed: date | None = None

    def seek(self, request: TimeRequest, plan: PlanRequest | None = None) -> None:
        """Asks from the day of ``request.start`` on; only the last question is answered.

        ``plan`` is the question to the rules; None for a visit or an appointment that moves.
        """
        clinic, actor = self._context.clinic, self._context.actor
        self._allowed = request.start.date()
        self._context.tasks.short.submit(
            lambda: free_times.first_free(clinic, actor, request, plan),
            self._answered,
            self._not_found,
            owner=self,
            key="first-free",
        )

    def _answered(self, start: datetime | None) -> None:
        assert self._allowed is not None
        self.found.emit(FirstFree(self._allowed, start))

    def _not_found(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.failed.emit(str(error))
