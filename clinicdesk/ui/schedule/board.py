"""The day on show: columns, blocks, the now-line; the selection outlives new rows."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from clinicdesk.domain.rows.schedule import DayRows
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.schedule.header import Header
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.model import AppointmentModel
from clinicdesk.ui.widgets import Banner

_TICK_MS = 15000
_BEFORE_NOW, _AFTER_NOW = 60, 120


class Board(QObject):
    """Puts the rows of a day into model, header and view.

    Signals:
        shown(DayRows): they are there, and what was selected is selected again.
        reselected(): the selection was made anew: its rows may be newer, or it is gone.
    """

    shown = Signal(object)
    reselected = Signal()

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: int | None = None
        self.model = AppointmentModel(self)
        self.view = DayView(self.model, context.clinic.zone)
        self.header = Header()
        self.banner = Banner("danger")
        self.view.geometry_changed.connect(self.header.set_geometry)
        self._minute = QTimer(self)
        self._minute.setInterval(_TICK_MS)
        self._minute.timeout.connect(self._tick)
        self._minute.start()

    def want(self, appointment_id: int) -> None:
        """The appointment to be selected once its day is there."""
        self._wanted = appointment_id

    def show_rows(self, rows: DayRows) -> None:
        """Another day, or the same one after a change."""
        self.banner.show_text("")
        model, view = self.model, self.view
        new_day = model.day is None or model.day.day != rows.day
        kept = view.selected()
        again = self._wanted if self._wanted is not None else kept.id if kept else None
        self._wanted = None
        view.cancel_drag()
        model.show(rows)
        self.header.set_day(rows, model.columns, model.blocks)
        self._tick()
        if new_day and view.now_minute is not None:
            view.show_minutes(view.now_minute - _BEFORE_NOW, view.now_minute + _AFTER_NOW)
        if again is not None:
            view.select_appointment(again)
            self.reselected.emit()
        self.shown.emit(rows)

    def show_failure(self, sentence: str) -> None:
        """Why the day could not be asked."""
        self.banner.show_text(sentence, "danger")

    def _tick(self) -> None:
        now = self._context.clock.now().astimezone(self._context.clinic.zone)
        shown = self._day_on_show()
        self.view.set_now(now.hour * 60 + now.minute if now.date() == shown else None)

    def _day_on_show(self) -> date | None:
        return self.model.day.day if self.model.day is not None else None
