"""A booking on the phone, in the whole window on a small screen, by keys that are counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.front import Front

from clinicdesk.services import schedule

Key, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SMALL = (1092, 614)
"""1366×768 at 125 %, in device-independent pixels."""
MOST = 26
DAY = date(2027, 1, 12)


class Hands:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, front: Front) -> None:
        self._front, self.keys = front, 0

    def key(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        self._front.key(key, modifiers)

    def type(self, text: str) -> None:
        self.keys += len(text)
        self._front.type(text)


@pytest.fixture
def small(qtbot: QtBot, embedded_clinic: Any) -> Any:
    """The window on a small laptop, the front desk at work."""
    front = Front(qtbot, embedded_clinic, SMALL)
    front.enter("frontdesk")
    yield front
    front.window.close()


def test_a_booking_on_the_phone_takes_few_keys_and_no_mouse(small: Any) -> None:
    hands = Hands(small)
    hands.key(Key.Key_N)
    hands.type("villal")
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Space)
    hands.key(Key.Key_Tab)
    hands.key(Key.Key_Right)
    hands.key(Key.Key_3, ALT)
    hands.type("l5 l")
    hands.key(Key.Key_4, ALT)
    hands.key(Key.Key_Down)
    hands.key(Key.Key_5, ALT)
    hands.type("12 jan")
    panel = small.window.workspace.page("schedule").panel.booking
    for seen in (panel.time.date, panel.foot.accept):
        assert not seen.visibleRegion().isEmpty()
    hands.key(Key.Key_Return, CTRL)
    rows = schedule.day(small.clinic, small.window.workspace.actor, DAY).appointments
    (row,) = (each for each in rows if each.family_name == "Villalobos")
    assert (row.title, row.sites) == ("Transforaminal ESI", ("L5 left",))
    assert hands.keys <= MOST


def test_what_hinders_a_booking_is_brought_into_sight(small: Any) -> None:
    hands = Hands(small)
    hands.key(Key.Key_N)
    hands.type("villal")
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Space)
    hands.key(Key.Key_3, ALT)
    hands.type("l5 l")
    hands.key(Key.Key_Return, CTRL)
    panel = small.window.workspace.page("schedule").panel.booking
    assert panel.place.physician.hasFocus()
    assert not panel.place.physician.visibleRegion().isEmpty()
    assert "Choose who does it" in small.said()
