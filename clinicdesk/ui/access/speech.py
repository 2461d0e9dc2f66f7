"""Sentences handed to a screen reader, where one listens."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget


def listening() -> bool:
    """Whether anybody reads the window out; else nothing is made for nobody."""
    return QAccessible.isActive()


def hand_over(event: QAccessibleEvent) -> None:
    """Gives an event to the system's screen reader."""
    QAccessible.updateAccessibility(event)


def announce(widget: QWidget, words: str, *, now: bool = False) -> None:
    """Has a sentence said; ``now``: before whatever is being read (an error)."""
    if not words or not listening():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    ways = QAccessible.AnnouncementPoliteness
    event.setPoliteness(ways.Assertive if now else ways.Polite)
    hand_over(event)


def focus_row(view: QWidget, row: int) -> None:
    """A row of a list is what the keys act on now: it is read, and not the list."""
    if row < 0 or not listening() or not view.hasFocus():
        return
    event = QAccessibleEvent(view, QAccessible.Event.Focus)
    event.setChild(row)
    hand_over(event)
