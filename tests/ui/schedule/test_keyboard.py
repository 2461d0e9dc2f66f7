"""The day without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.days import LINDQVIST, ZONE, appointment, at

from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.model import AppointmentModel

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def two(bare: Callable[..., Any]) -> Any:
    """10:30–10:40 and 10:45–11:30 with Dr. Osei."""
    view = bare(appointment(7, at("10:30"), 10), appointment(8, at("10:45"), 45, name="Saarinen"))
    view.view.go_to(0, 615)
    view.asked.clear()
    return view


def test_arrows_go_through_appointments_and_the_free_time_between(two: Any) -> None:
    seen = []
    for _ in range(5):
        two.key(Key.Key_Down)
        row = two.view.selected()
        seen.append(row.id if row else two.view.cursor_at[1])
    assert seen == [7, 640, 8, 690, 705]
    two.key(Key.Key_Up, times=3)
    assert two.view.cursor_at == (0, 640)


def test_arrows_go_sideways_and_back(two: Any) -> None:
    two.key(Key.Key_Down)
    two.key(Key.Key_Right)
    assert two.view.selected() is None
    assert two.view.cursor_at[0] == 1
    two.key(Key.Key_Right)
    assert two.view.selected().id == 7
    two.key(Key.Key_Left, times=9)
    assert two.view.cursor_at[0] == 0
    assert two.view.selected().id == 7


def test_enter_opens_an_appointment_and_books_free_time(two: Any) -> None:
    two.key(Key.Key_Return)
    assert two.said("slot_wanted") == [(0, 615, 0)]
    two.key(Key.Key_Down)
    two.key(Key.Key_Return)
    assert two.said("opened") == [(7,)]


def test_m_moves_with_the_arrows_and_enter_drops(two: Any) -> None:
    two.view.select_appointment(8)
    two.key(Key.Key_M)
    two.key(Key.Key_Down, times=3)
    two.key(Key.Key_Right)
    two.key(Key.Key_Right)
    assert two.view.drag.column == 1
    two.key(Key.Key_Return)
    (wish,) = (w[0] for w in two.said("move_wanted"))
    assert (wish.appointment_id, wish.start, wish.minutes) == (8, at("11:00"), 45)
    assert wish.physician_id == LINDQVIST


def test_escape_leaves_it_where_it_was(two: Any) -> None:
    two.view.select_appointment(8)
    two.key(Key.Key_M)
    two.key(Key.Key_Down, times=3)
    two.key(Key.Key_Escape)
    assert two.view.drag is None
    assert two.said("move_wanted") == []
    assert two.view.selected().id == 8


def test_shift_and_arrows_make_it_longer_or_shorter(two: Any) -> None:
    two.view.select_appointment(8)
    two.key(Key.Key_Down, SHIFT, times=3)
    two.key(Key.Key_Up, SHIFT)
    two.key(Key.Key_Return)
    (wish,) = (w[0] for w in two.said("move_wanted"))
    assert (wish.start, wish.minutes) == (at("10:45"), 55)


def test_a_refusal_by_keyboard_is_said_beside_the_block(two: Any) -> None:
    two.view.set_refusal(lambda wish: "Dr. Amara Osei is booked 12:00–12:30 (Soto).")
    two.view.select_appointment(8)
    two.key(Key.Key_M)
    two.key(Key.Key_Down)
    assert two.view.drag.refusal
    two.key(Key.Key_Return)
    assert two.said("move_wanted") == []
    assert two.view.told.startswith("Dr. Amara Osei is booked")


def test_nothing_happens_before_there_is_a_day(qtbot: QtBot) -> None:
    view = DayView(AppointmentModel(), ZONE)
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    asked: list[object] = []
    view.slot_wanted.connect(lambda *what: asked.append(what))
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_M, Key.Key_Return, Key.Key_Escape):
        QTest.keyClick(view, key)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert asked == []
