"""The booking panel filled in by keyboard, as the front desk would."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from clinicdesk.services import schedule


def appointments(desk: Any, day: date) -> list[Any]:
    return list(schedule.day(desk.clinic, desk.actor, day).appointments)


def press_family(desk: Any, words: str) -> None:
    button = next(
        b
        for b in desk.panel.procedure.findChildren(QPushButton)
        if b.text().replace("&&", "&") == words
    )
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()


def fill(desk: Any, *, when: str = "12 jan 10:15", patient: str = "villalobos") -> None:
    """Everything by keyboard, as the front desk would."""
    panel = desk.panel
    desk.type(panel.patient.search, patient)
    desk.qtbot.keyClick(panel.patient.search, Qt.Key.Key_Return)
    desk.settle()
    press_family(desk, "Epidural")
    press_family(desk, "Transforaminal")
    desk.type(panel.procedure.site, "l5 l")
    desk.qtbot.keyClick(panel.procedure.site, Qt.Key.Key_Tab)
    panel.place.physician.setCurrentIndex(0)
    panel.place.physician.activated.emit(0)
    desk.type(panel.time.date, when)
    desk.qtbot.keyClick(panel.time.date, Qt.Key.Key_Tab)
    desk.settle()
