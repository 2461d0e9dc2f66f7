"""Which day is on show, and the questions for its rows and for the month around it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.rows.schedule import DayRows, MonthLoad
from clinicdesk.services import schedule
from clinicdesk.ui.context import UiContext


class Days(QObject):
    """Goes from day to day; asks again when something on the day was changed.

    Signals:
        left(): another day is about to be shown.
        chosen(date): the day to be shown; its rows are asked for.
        answered(DayRows): the rows of the day on show.
        failed(str): why there are none.
        counted(MonthLoad): appointments per day of the month asked about.
    """

    left = Signal()
    chosen = Signal(object)
    answered = Signal(object)
    failed = Signal(str)
    counted = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._lane = context.tasks.short
        self._month: tuple[int, int] | None = None
        self.day = context.clinic.today()
        context.bus.published.connect(self._published)

    def show_day(self, day: date) -> None:
        """Shows a day."""
        if day != self.day:
            self.left.emit()
        self.day = day
        self.chosen.emit(day)
        self.refresh()

    def refresh(self) -> None:
        """Asks for the day again."""
        work = partial(schedule.day, self._context.clinic, self._context.actor, self.day)
        self._lane.submit(work, self._answered, self._failed, owner=self, key="day")

    def _answered(self, rows: DayRows) -> None:
        if rows.day == self.day:
            self.answered.emit(rows)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.failed.emit(str(error))

    def go_today(self) -> None:
        """Back to today."""
        self.show_day(self._context.clinic.today())

    def day_before(self) -> None:
        """One day back."""
        self.show_day(self.day - timedelta(days=1))

    def day_after(self) -> None:
        """One day on."""
        self.show_day(self.day + timedelta(days=1))

    # -- the month --------------------------------------------------------------------------

    def count_month(self, year: int, month: int) -> None:
        """Asks how full the days of a month are; again whenever one of them changes."""
        self._month = (year, month)
        work = partial(schedule.month, self._context.clinic, self._context.actor, year, month)
        self._lane.submit(work, self._counted, owner=self, key="month")

    def _counted(self, load: MonthLoad) -> None:
        self.counted.emit(load)

    def _published(self, changes: ChangeSet) -> None:
        if self.day in changes.days or "procedure" in changes.kinds or "patient" in changes.kinds:
            self.refresh()
        if changes.days and self._month is not None:
            self.count_month(*self._month)
