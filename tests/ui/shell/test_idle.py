"""A window that was dropped: its filters may still hear events while Python clears them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.ui.actions import Actions
from clinicdesk.ui.shell.idle import IdleWatch


def test_a_watch_without_its_fields_lets_events_pass(qtbot: QtBot) -> None:
    watch, widget = IdleWatch(10), QWidget()
    qtbot.addWidget(widget)
    watch.watch(True)
    try:
        vars(watch).clear()
        none = Qt.MouseButton.NoButton
        at = QPointF(1, 1)
        moved = QMouseEvent(
            QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier
        )
        assert watch.eventFilter(widget, moved) is False
    finally:
        watch.deleteLater()


def test_actions_without_their_fields_let_keys_pass(qtbot: QtBot) -> None:
    actions, widget = Actions(), QWidget()
    qtbot.addWidget(widget)
    vars(actions).clear()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "n")
    assert actions.eventFilter(widget, key) is False
