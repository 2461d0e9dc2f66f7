"""The ways to a new appointment: the cursor, a slot of the day, a patient sent from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QObject

from clinicdesk.domain.procedures import Intent
from clinicdesk.scheduling.slots import next_quarter
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.schedule.days import Days
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.model import AppointmentModel
from clinicdesk.ui.schedule.side import SidePanel


class Openings(QObject):
    """Opens the booking panel with what is known already."""

    def __init__(
        self,
        context: UiContext,
        days: Days,
        model: AppointmentModel,
        view: DayView,
        side: SidePanel,
    ) -> None:
        super().__init__(side)
        self._context, self._days, self._model, self._view = context, days, model, view
        self._side = side

    def new_appointment(self) -> None:
        """At the place of the cursor."""
        view = self._view
        if view.selected() is None and self._model.columns and view.cursor_is_ahead():
            self._at_slot(*view.cursor_at, 0, proposed=True)
        else:
            self._side.open_booking(self._next_start(), None, None, None, proposed=True)

    def at_slot(self, column: int, start: int, end: int) -> None:
        """At free time of a column, in minutes since midnight; ``end`` 0: as long as usual."""
        self._at_slot(column, start, end, proposed=False)

    def _at_slot(self, column: int, start: int, end: int, *, proposed: bool) -> None:
        resource = self._model.columns[column]
        physician = resource.id if resource.kind == "staff" else None
        room = resource.id if resource.kind == "room" else None
        minutes = end - start if end else None
        begin = self._view.moment(start)
        self._side.open_booking(begin, physician, room, None, minutes, proposed=proposed)

    def for_patient(self, patient_id: int, arguments: Mapping[str, object]) -> None:
        """For a patient; with what is to be repeated, if that is said: only the time is left.

        ``arguments``: ``physician_id``; ``procedure`` (its id), ``sites`` and ``intent``.
        """
        physician_id = arguments.get("physician_id")
        known = physician_id if isinstance(physician_id, int) else None
        self._side.open_booking(self._next_start(), known, None, patient_id, proposed=True)
        procedure, sites = arguments.get("procedure"), arguments.get("sites")
        intent = arguments.get("intent")
        if isinstance(procedure, str) and isinstance(sites, tuple):
            self._side.copy(procedure, sites, Intent(str(intent)) if intent else None)

    def _next_start(self) -> datetime:
        now = self._context.clock.now().astimezone(self._context.clinic.zone)
        return next_quarter(now, max(self._days.day, now.date()))
