"""A window that was dropped: its filters may still hear events while Python clears them."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.domain.stopwatch import Stopwatch
from clinicdesk.ui.actions import Actions
from clinicdesk.ui.shell.idle import IdleWatch


def _moved() -> QMouseEvent:
    none, at = Qt.MouseButton.NoButton, QPointF(1, 1)
    return QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize("asleep", ["the clock that runs", "the clock on the wall"])
def test_time_asleep_counts_whichever_clock_goes_on(qtbot: QtBot, asleep: str) -> None:
    seconds = {"the clock that runs": 0.0, "the clock on the wall": 0.0}
    untouched = Stopwatch(
        lambda: seconds["the clock that runs"], lambda: seconds["the clock on the wall"]
    )
    watch, window = IdleWatch(10, None, untouched), QWidget()
    qtbot.addWidget(window)
    told: list[bool] = []
    watch.idle.connect(partial(told.append, True))
    watch.watch(True)
    try:
        seconds[asleep] += 599
        assert not watch.eventFilter(window, _moved())
        seconds[asleep] += 601
        # The computer wakes by a key: it is typed into no page, for the window locks.
        assert watch.eventFilter(window, _moved())
        assert told == [True]
    finally:
        watch.watch(False)
        watch.deleteLater()


def test_a_wall_clock_set_back_lengthens_nothing() -> None:
    running, wall = [0.0], [0.0]
    untouched = Stopwatch(lambda: running[0], lambda: wall[0])
    for step, shown in ((300, -3600), (0, 400), (100, 100)):
        running[0] += step
        wall[0] += shown
        untouched.seconds()
    assert untouched.seconds() == 800
    untouched.restart()
    assert untouched.seconds() == 0


def test_a_watch_without_its_fields_lets_events_pass(qtbot: QtBot) -> None:
    watch, widget = IdleWatch(10), QWidget()
    qtbot.addWidget(widget)
    watch.watch(True)
    try:
        vars(watch).clear()
        assert watch.eventFilter(widget, _moved()) is False
    finally:
        watch.deleteLater()


def test_actions_without_their_fields_let_keys_pass(qtbot: QtBot) -> None:
    actions, widget = Actions(), QWidget()
    qtbot.addWidget(widget)
    vars(actions).clear()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "n")
    assert actions.eventFilter(widget, key) is False
