"""Walks a window with the Tab key, both ways, and looks where the focus is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

Key = Qt.Key
_MOST = 300


def walked(key: Qt.Key, start: QWidget) -> list[QWidget]:
    """What has the focus after each press of a key, until it is where it began."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [start]
    for __ in range(_MOST):
        QTest.keyClick(QApplication.focusWidget(), key)
        now = QApplication.focusWidget()
        if now is start:
            return seen
        assert now not in seen, (name(now), [name(each) for each in seen])
        seen.append(now)
    raise AssertionError([name(each) for each in seen])


def name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()}".strip()


def usable(front: Any) -> list[QWidget]:
    """Everything that the Tab key is meant for, whatever the order."""
    return [
        widget
        for widget in front.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is front.window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def check_round(front: Any) -> list[str]:
    """Tab reaches everything once and Shift+Tab goes the same way back; the names, in order."""
    everything = usable(front)
    start = QApplication.focusWidget()
    if start not in everything:
        start = everything[0]
    there = walked(Key.Key_Tab, start)
    back = walked(Key.Key_Backtab, start)
    missed = [name(w) for w in everything if w not in there]
    assert not missed, missed
    assert back[1:] == there[:0:-1], [name(w) for w in back]
    names = [name(w) for w in there]
    assert [n for n in names if " " not in n] == [], "a control without a name"
    return names


def in_order(found: list[str], *wanted: str) -> bool:
    """Whether controls of these names come in this order; in between there may be others."""
    places = [next((i for i, n in enumerate(found) if each in n), -1) for each in wanted]
    assert -1 not in places, (wanted[places.index(-1)], found)
    return places == sorted(places)


def framed(front: Any, widget: QWidget) -> QImage:
    """A control and a little around it, as on the screen."""
    QApplication.processEvents()
    corner = widget.mapTo(front.window, QPoint(0, 0))
    around = QRect(corner, widget.size()).adjusted(-5, -5, 5, 5)
    image: QImage = front.window.grab(around).toImage()
    return image


def bring_into_sight(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def unseen(front: Any) -> list[str]:
    """The controls that look the same with the focus and without it."""
    found = []
    everything = usable(front)
    for widget in everything:
        other = next(w for w in everything if w.window() is front.window and w is not widget)
        bring_into_sight(widget)
        other.setFocus(Qt.FocusReason.TabFocusReason)
        without = framed(front, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_sight(widget)
        if isinstance(widget, QLineEdit):
            # A selection is no focus: the border has to tell.
            widget.deselect()
        if framed(front, widget) == without:
            found.append(name(widget))
    return found
