"""The focus can be seen wherever it goes; F6 goes round; the menu of a page."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget
from support.contrast import told_apart

from clinicdesk.ui.firstrun.setup import RecoveryPage
from clinicdesk.ui.widgets import Choice, Field, TextEdit
from clinicdesk.ui.widgets.dialog import Dialog

Key = Qt.Key


def around(window: QWidget, widget: QWidget) -> QImage:
    """The widget with the few pixels about it."""
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-6, -6, 6, 6)
    return window.grab(box & window.rect()).toImage()


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab can stop: of a dialog, if one is on show."""
    over = [d for d in window.findChildren(Dialog) if d.isVisible()]
    return [
        widget
        for widget in (over[-1] if over else window).findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollArea)
        and not widget.visibleRegion().isEmpty()
    ]


def unseen(window: Any) -> list[str]:
    """The stops where nothing that stands out says that the focus is there."""
    found = []
    for widget in stops(window):
        if (focused := QApplication.focusWidget()) is not None:
            focused.clearFocus()
        if not widget.isVisible():
            continue
        before = around(window, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        after = around(window, widget)
        if widget.hasFocus() and before.size() == after.size() and told_apart(before, after) < 30:
            found.append(f"{type(widget).__name__} {widget.accessibleName()}")
    return found


def test_the_focus_is_seen_on_every_control_of_every_page(walk: Callable[..., Any]) -> None:
    found = [f"{name}: {what}" for name, window in walk() for what in unseen(window)]
    assert found == []


@pytest.mark.parametrize("make", [TextEdit, lambda: Choice([("a", "A")], "Physician")])
def test_the_focus_is_seen_on_a_red_field(
    make: Callable[[], QWidget], on_show: Callable[..., QWidget]
) -> None:
    field = Field("Physician", make())
    field.set_error("Choose a physician.")
    window = on_show(field, 300, 120)
    assert unseen(window) == []


def test_f6_goes_round_the_panes_and_back(front: Any) -> None:
    front.enter("frontdesk")
    window = front.window
    work = window.workspace
    page = work.page("schedule")
    page.openings.new_appointment()
    front.settle()
    panes = [page.panel, work.rail, work.top, page, page.panel]
    for pane, following in pairwise(panes):
        QTest.keyClick(window.focusWidget(), Key.Key_F6)
        focused = window.focusWidget()
        assert following.isAncestorOf(focused), (pane, focused)
        assert not focused.visibleRegion().isEmpty()
        assert focused.focusPolicy() & Qt.FocusPolicy.TabFocus
        if following is work.rail:
            assert focused.accessibleName() == "Schedule"
        if following is page:
            assert not page.panel.isAncestorOf(focused)
    QTest.keyClick(window.focusWidget(), Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.isAncestorOf(window.focusWidget())
    assert not page.panel.isAncestorOf(window.focusWidget())


def menu_of(window: QWidget) -> list[str]:
    menus = [menu for menu in window.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    lines = [action.text() for action in menus[0].actions()]
    menus[0].close()
    return lines


def test_the_menu_key_and_a_right_click_show_what_can_be_done(front: Any) -> None:
    from PySide6.QtGui import QContextMenuEvent

    front.enter("frontdesk")
    window = front.window
    page = window.workspace.page("schedule")
    page.view.setFocus()
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        spot = QPoint(90, 90)
        event = QContextMenuEvent(reason, spot, page.view.viewport().mapToGlobal(spot))
        QApplication.sendEvent(page.view.viewport(), event)
        assert "New appointment\tN" in menu_of(window)


def test_the_recovery_code_is_read_aloud_and_copied_by_keyboard(
    on_show: Callable[..., QWidget],
) -> None:
    page = RecoveryPage("K7Q2-M4XD")
    on_show(page, 800, 600)
    assert page.code.accessibleDescription() == "K 7 Q 2 - M 4 X D"
    assert page.code.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert unseen(page) == []
    page.code.setFocus()
    QTest.keyClick(page.code, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.code, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "K7Q2-M4XD"
