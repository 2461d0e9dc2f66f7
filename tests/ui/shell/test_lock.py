"""Locking: nothing of a patient is left in the window, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from clinicdesk.ui.widgets import Dialog, TextEdit

CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ("Villalobos", "Teresa", "004182", "Soto", "555-0143", "Latex")


def spoken(interface: QAccessibleInterface | None) -> Iterator[str]:
    """Everything a screen reader can reach below an object."""
    if interface is None:
        return
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    for kind in kinds:
        yield interface.text(kind)
    for index in range(interface.childCount()):
        yield from spoken(interface.child(index))


def reachable(window: QWidget) -> str:
    """All that can be read, heard or hovered: window titles, texts, tooltips, accessibility."""
    found = [window.windowTitle()]
    for top in QApplication.topLevelWidgets():
        if not top.isVisible():
            continue
        found.append(top.windowTitle())
        for widget in [top, *top.findChildren(QWidget)]:
            if not widget.isVisible():
                continue
            found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
            if hasattr(widget, "text") and callable(widget.text):
                found.append(str(widget.text()))
    found += spoken(QAccessible.queryAccessibleInterface(window))
    found.append(QToolTip.text())
    return "\n".join(found)


def open_chart(front: Any) -> None:
    front.sign_in("physician")
    front.window.workspace.show_page("patients", patient_id=front.clinic.seeded.teresa)
    front.settle()


def test_nothing_of_a_patient_can_be_read_while_locked(front: Any) -> None:
    open_chart(front)
    assert "Villalobos" in reachable(front.window)
    front.key(Qt.Key.Key_L, CTRL)
    assert front.window.locked
    left = reachable(front.window)
    assert [name for name in NAMES if name in left] == []
    assert "Welcome back" in left


def test_a_list_of_names_that_hung_open_is_gone_too(front: Any) -> None:
    front.sign_in("frontdesk")
    front.key(Qt.Key.Key_K, CTRL)
    front.qtbot.keyClicks(QApplication.focusWidget(), "villa")
    box = front.window.workspace.palette_box.box
    front.qtbot.waitUntil(lambda: any("Villalobos" in m.text for m in box.matches))
    front.window.lock()
    front.settle()
    assert [name for name in NAMES if name in reachable(front.window)] == []
    assert box.matches == ()


def test_a_tooltip_and_a_menu_with_a_name_go_away(front: Any) -> None:
    open_chart(front)
    QToolTip.showText(
        front.window.mapToGlobal(QPoint(300, 300)), "Villalobos, Teresa", front.window
    )
    menu = QMenu(front.window.workspace)
    menu.addAction("Open Villalobos, Teresa")
    menu.popup(front.window.mapToGlobal(QPoint(200, 200)))
    assert menu.isVisible()
    front.window.lock()
    front.settle()
    assert not menu.isVisible()
    assert not QToolTip.isVisible()
    assert "Villalobos" not in reachable(front.window)


def test_tab_reaches_nothing_of_the_page_while_locked(front: Any) -> None:
    open_chart(front)
    front.window.lock()
    front.settle()
    for _ in range(30):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert front.window.sign_in.isAncestorOf(QApplication.focusWidget())


def test_the_same_person_goes_on_in_the_middle_of_a_word(front: Any) -> None:
    open_chart(front)
    workspace = front.window.workspace
    front.key(Qt.Key.Key_K, CTRL)
    front.qtbot.keyClicks(QApplication.focusWidget(), "vill")
    focused = QApplication.focusWidget()
    front.key(Qt.Key.Key_L, CTRL)
    front.sign_in("physician")
    assert front.window.workspace is workspace
    assert workspace.shown == "patients"
    assert QApplication.focusWidget() is focused
    assert focused.text() == "vill"
    assert "Villalobos" in reachable(front.window)


def test_a_dialog_is_put_aside_with_what_was_typed_in_it(front: Any) -> None:
    front.sign_in("physician")
    dialog = Dialog(front.window.workspace, "Cancel the appointment", "Cancel it")
    reason = TextEdit("Reason")
    dialog.body.addWidget(reason)
    dialog.open_dialog(reason)
    front.qtbot.keyClicks(reason, "Villalobos is ill")
    front.window.lock()
    front.settle()
    assert "Villalobos" not in reachable(front.window)
    front.sign_in("physician")
    assert dialog.isVisible()
    assert reason.text() == "Villalobos is ill"
    # The keys belong to the dialog again, not to the page under it.
    assert dialog.isAncestorOf(QApplication.focusWidget())
    assert dialog.geometry() == front.window.rect()


def test_another_person_sees_their_own_pages_and_the_first_ones_wait(front: Any) -> None:
    open_chart(front)
    first = front.window.workspace
    front.window.lock()
    front.sign_in("frontdesk")
    assert front.window.workspace is not first
    assert "Villalobos" not in reachable(front.window)
    assert "Joelle Marsh" in front.words()
    front.window.lock()
    front.sign_in("physician")
    assert front.window.workspace is first
    assert first.shown == "patients"


def test_keys_do_nothing_while_locked(front: Any) -> None:
    front.sign_in("physician")
    front.window.lock()
    front.settle()
    front.key(Qt.Key.Key_2, CTRL)
    front.key(Qt.Key.Key_K, CTRL)
    front.key(Qt.Key.Key_F1)
    assert front.window.locked
    assert front.window.findChildren(Dialog) == []


def test_it_locks_by_itself_when_nobody_is_there(front: Any) -> None:
    front.sign_in("physician")
    assert front.window.idle.minutes == pytest.approx(10)
    front.window.idle.set_minutes(0.005)
    front.window.idle.watch(True)
    front.qtbot.waitUntil(lambda: front.window.locked, timeout=3000)
    front.settle()
    assert any(text.startswith("Locked at 10:12") for text in front.words())


def test_working_keeps_it_open(front: Any) -> None:
    front.sign_in("physician")
    front.key(Qt.Key.Key_K, CTRL)
    front.window.idle.set_minutes(0.02)
    front.window.idle.watch(True)
    for letter in "villalobos":
        front.qtbot.wait(200)
        # As keys come: to the window, which gives them to the widget with the focus.
        QTest.keyClick(front.window.windowHandle(), letter)
        assert not front.window.locked
    front.qtbot.waitUntil(lambda: front.window.locked, timeout=4000)


def test_the_one_who_locked_is_asked_for_the_password(front: Any) -> None:
    front.sign_in("nurse")
    front.window.lock()
    front.settle()
    front.qtbot.keyClicks(QApplication.focusWidget(), "demo")
    front.key(Qt.Key.Key_Return)
    assert not front.window.locked
    assert front.window.workspace.actor.login == "nurse"
