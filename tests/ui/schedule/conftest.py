"""A day view without a clinic, and the whole page on a real small clinic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.days import ZONE, day
from support.desk import Desk

from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.schedule import BookRequest, DayRows
from clinicdesk.services import booking, schedule
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.model import AppointmentModel
from clinicdesk.ui.schedule.page import SchedulePage

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 24)


class Pointer:
    """A mouse over a day view, in columns and minutes since midnight."""

    def __init__(self, view: DayView) -> None:
        self.view = view

    def at(self, column: int, minute: float) -> QPoint:
        """The pixel in the middle of a column at a minute."""
        g = self.view.geometry_of_day
        x = g.x(column) + g.column_width / 2 - self.view.horizontalOffset()
        return QPoint(round(x), round(g.y(minute) - self.view.verticalOffset()))

    def press(self, column: int, minute: float) -> None:
        QTest.mousePress(self.view.viewport(), LEFT, pos=self.at(column, minute))

    def move(self, column: int, minute: float) -> None:
        """In two steps, as a hand does."""
        target = self.at(column, minute)
        QTest.mouseMove(self.view.viewport(), target - QPoint(0, 12))
        QTest.mouseMove(self.view.viewport(), target)

    def release(self, column: int, minute: float) -> None:
        QTest.mouseRelease(self.view.viewport(), LEFT, pos=self.at(column, minute))

    def click(self, column: int, minute: float) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, pos=self.at(column, minute))

    def double_click(self, column: int, minute: float) -> None:
        QTest.mouseDClick(self.view.viewport(), LEFT, pos=self.at(column, minute))

    def drag(self, start: tuple[int, float], end: tuple[int, float]) -> None:
        """Press, move, release."""
        self.press(*start)
        self.move(*end)
        self.release(*end)


class Bare:
    """A view on made-up rows, and what it asked for."""

    def __init__(self, qtbot: QtBot, rows: DayRows) -> None:
        self.model = AppointmentModel()
        self.view = DayView(self.model, ZONE)
        self.pointer = Pointer(self.view)
        self.asked: list[tuple[str, tuple[object, ...]]] = []
        for name in ("chosen", "opened", "slot_wanted", "move_wanted", "refused"):
            getattr(self.view, name).connect(self._noter(name))
        qtbot.addWidget(self.view)
        self.view.resize(900, 760)
        self.model.show(rows)
        self.view.show()
        self.view.setFocus()
        QApplication.processEvents()

    def _noter(self, name: str) -> Callable[..., None]:
        def note(*what: object) -> None:
            self.asked.append((name, what))

        return note

    def said(self, name: str) -> list[tuple[object, ...]]:
        """What a signal carried, in order."""
        return [what for signal, what in self.asked if signal == name]

    def key(
        self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier, times: int = 1
    ) -> None:
        for _ in range(times):
            QTest.keyClick(self.view, key, modifiers)


@pytest.fixture
def bare(qtbot: QtBot) -> Callable[..., Bare]:
    def open_view(*rows: Any, made: DayRows | None = None) -> Bare:
        return Bare(qtbot, made if made is not None else day(*rows))

    return open_view


class ScheduleDesk(Desk):
    """A window with the schedule."""

    key_of_page = "schedule"

    def __init__(self, qtbot: QtBot, clinic: Any, login: str) -> None:
        super().__init__(qtbot, clinic, login)
        self.view, self.model = self.page.view, self.page.model
        self.pointer = Pointer(self.view)
        self.open()

    def make(self, context: UiContext) -> SchedulePage:
        return SchedulePage(context)

    def book(self, start: str, patient: str = "teresa", minutes: int = 30, **changes: Any) -> int:
        """An appointment made behind the window's back, as by another desk."""
        ids = self.seeded
        request = {
            "patient_id": getattr(ids, patient), "minutes": minutes, "physician_id": ids.osei,
            "start": datetime.combine(TODAY, time.fromisoformat(start), self.clinic.zone),
            "room_id": ids.carm_room, "procedure": "esi.transforaminal", "sites": ("L5 left",),
            "guidance": Guidance.FLUOROSCOPY,
        } | changes  # fmt: skip
        number = booking.book(self.clinic, self.actor, BookRequest(**request)).value
        self.page.refresh()
        self.settle()
        return number

    def check_in(self) -> None:
        """The selected patient is here: both identifiers are said, the rest is left open."""
        self.key(Qt.Key.Key_I)
        self.key(Qt.Key.Key_Space)
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def row(self, number: int) -> Any:
        """The appointment as the database has it."""
        return schedule.appointment(self.clinic, self.actor, number)

    def times(self, number: int) -> str:
        """``10:30–11:15`` as the database has it."""
        row = self.row(number)
        return f"{row.start:%H:%M}–{row.end:%H:%M}"


@pytest.fixture
def desk(sit: Any) -> Callable[..., ScheduleDesk]:
    """Opens the page for a login."""

    def open_desk(login: str = "frontdesk") -> ScheduleDesk:
        made: ScheduleDesk = sit(ScheduleDesk, login)
        return made

    return open_desk
