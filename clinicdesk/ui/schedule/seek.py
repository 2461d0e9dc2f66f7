"""Find the next free slot: of the cursor's column, one after the other."""

from __future__ import annotations

from PySide6.QtCore import QObject

from clinicdesk.domain.rows.schedule import DayRows
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.slots import next_free
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.schedule.canvas import clock
from clinicdesk.ui.schedule.days import Days
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.model import AppointmentModel


class SlotSeeker(QObject):
    """Puts the cursor on the next free half hour of the day on show."""

    def __init__(
        self,
        context: UiContext,
        days: Days,
        model: AppointmentModel,
        view: DayView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._days, self._model, self._view = context, days, model, view
        self._waits = False

    def find_slot(self) -> None:
        """Seeks; where the rows of the day are still on their way, once they are there."""
        rows = self._model.day
        if rows is not None and rows.day == self._days.day:
            self._seek_in(rows)
        else:
            self._waits = True
            self._days.refresh()

    def rows_shown(self, rows: DayRows) -> None:
        """The day is there now."""
        if self._waits:
            self._seek_in(rows)

    def _seek_in(self, rows: DayRows) -> None:
        self._waits = False
        columns, view = self._model.columns, self._view
        if not columns:
            return
        column = min(view.cursor_at[0], len(columns) - 1)
        resource = columns[column]
        now = self._context.clock.now().astimezone(self._context.clinic.zone)
        found = next_free(rows, resource, now, view.cursor_at[1])
        if found is None:
            self._context.bus.say(
                _(
                    "{resource_name} has no free half hour left on this day. PgDn shows the next "
                    "day."
                ).format(resource_name=resource.name)
            )
            return
        view.go_to(column, found)
        self._context.bus.say(
            _("{resource_name} is free at {found}. N books it.").format(
                resource_name=resource.name, found=clock(found)
            )
        )
