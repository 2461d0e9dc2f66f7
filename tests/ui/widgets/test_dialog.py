"""A dialog lies over the window: the page below is out of reach until it is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.ui.widgets import Button, Dialog, TextEdit

CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """A page with a field and a button, and a dialog over it."""

    def __init__(self, on_show: Callable[..., QWidget]) -> None:
        self.page = QWidget()
        self.below, self.press = TextEdit(), Button("Book")
        layout = QVBoxLayout(self.page)
        layout.addWidget(self.below)
        layout.addWidget(self.press)
        on_show(self.page, 800, 600)
        self.below.setFocus()

    def open(self) -> Dialog:
        self.dialog = Dialog(self.below, "Cancel the appointment", "Cancel it")
        self.reason, self.note = TextEdit("Reason"), TextEdit("Note")
        self.dialog.body.addWidget(self.reason)
        self.dialog.body.addWidget(self.note)
        self.dialog.open_dialog(self.reason)
        QApplication.processEvents()
        return self.dialog


@pytest.fixture
def desk(on_show: Callable[..., QWidget]) -> Desk:
    return Desk(on_show)


def test_it_covers_the_window_and_follows_its_size(desk: Desk) -> None:
    dialog = desk.open()
    assert dialog.geometry() == desk.page.rect()
    assert not dialog.isWindow()
    desk.page.resize(900, 700)
    QApplication.processEvents()
    assert dialog.geometry() == desk.page.rect()


def test_tab_stays_inside_both_ways_round(desk: Desk) -> None:
    dialog = desk.open()
    seen = set()
    for key in [Qt.Key.Key_Tab] * 8 + [Qt.Key.Key_Backtab] * 8:
        QTest.keyClick(QApplication.focusWidget(), key)
        focused = QApplication.focusWidget()
        assert dialog.isAncestorOf(focused)
        seen.add(focused)
    assert {desk.reason, desk.note, dialog.cancel, dialog.accept} <= seen


def test_the_page_below_cannot_be_clicked(desk: Desk, qtbot: QtBot) -> None:
    spot = desk.press.mapTo(desk.page, desk.press.rect().center())
    desk.open()
    with qtbot.assertNotEmitted(desk.press.clicked):
        QTest.mouseClick(desk.page.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    assert desk.dialog.isAncestorOf(QApplication.focusWidget())


def test_escape_closes_and_gives_the_focus_back(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.open()
    with qtbot.waitSignal(dialog.closed):
        QTest.keyClick(desk.reason, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert QApplication.focusWidget() is desk.below


def test_ctrl_enter_accepts_and_the_dialog_stays_until_told(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.open()
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(desk.reason, Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()
    dialog.accept.setEnabled(False)
    with qtbot.assertNotEmitted(dialog.accepted):
        QTest.keyClick(desk.reason, Qt.Key.Key_Return, CTRL)


def test_enter_alone_in_a_field_accepts_nothing(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.open()
    with qtbot.assertNotEmitted(dialog.accepted):
        QTest.keyClick(desk.reason, Qt.Key.Key_Return)


def test_without_a_field_the_first_control_has_the_focus(desk: Desk) -> None:
    dialog = Dialog(desk.below, "Keys")
    dialog.open_dialog()
    assert dialog.panel.isAncestorOf(QApplication.focusWidget())


def test_closing_does_not_trip_over_a_field_that_is_gone(desk: Desk, qtbot: QtBot) -> None:
    # The page was filled anew while the dialog lay over it.
    dialog = desk.open()
    gone = desk.below
    desk.page.layout().removeWidget(gone)
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    with qtbot.waitSignal(dialog.closed):
        dialog.close_dialog()


def test_a_closed_dialog_leaves_nothing_behind(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.open()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close_dialog()
    assert desk.page.findChildren(Dialog) == []
    desk.page.resize(700, 500)
    QApplication.processEvents()


def test_its_buttons_never_flash_up_as_windows(desk: Desk) -> None:
    desk.open()
    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, QPushButton | QLineEdit)]
    assert [w for w in windows if w.isVisible()] == []


def test_the_scrim_darkens_the_page(desk: Desk) -> None:
    before = desk.page.grab().toImage().pixelColor(QPoint(3, 3))
    desk.open()
    assert desk.page.grab().toImage().pixelColor(QPoint(3, 3)).lightness() < before.lightness()
