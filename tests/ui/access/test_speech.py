"""What is said while one works: rows, free time, answers, errors, days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from support.days import ZONE, appointment, at, day

from clinicdesk.ui.bus import Bus
from clinicdesk.ui.schedule.keyboard import DayView
from clinicdesk.ui.schedule.model import AppointmentModel
from clinicdesk.ui.schedule.month import MonthPanel
from clinicdesk.ui.tasks import Tasks
from clinicdesk.ui.widgets import Field, TextEdit, TypeAhead, TypeAheadItem

from .conftest import Heard

Key = Qt.Key


def test_the_appointment_under_the_arrows_is_read_and_free_time_is_said(
    heard: Heard, on_show: Callable[..., QWidget]
) -> None:
    model = AppointmentModel()
    model.show(day(appointment(7, at("10:30"), 15, flags=frozenset({"allergy", "anticoagulant"}))))
    view = DayView(model, ZONE)
    on_show(view, 900, 700)
    view.go_to(0, 615)
    QTest.keyClick(view, Key.Key_Down)
    assert heard.rows[-1].startswith("10:30 to 10:45, Villalobos, Teresa")
    assert heard.rows[-1].endswith("blood thinner, allergy")
    QTest.keyClick(view, Key.Key_Down)
    assert heard.said == ["Dr. Amara Osei: free, 10:45 to 11:00"]
    view.go_to(1, 480)
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_Up)
    assert heard.said[-1] == "Dr. Tomas Lindqvist: closed, 08:00 to 08:15"
    view.select_appointment(7)
    view.begin_move()
    QTest.keyClick(view, Key.Key_Down)
    assert heard.said[-1] == "Dr. Amara Osei: 10:35 to 10:50"


def test_coming_back_to_the_day_reads_its_appointment(
    heard: Heard, on_show: Callable[..., QWidget]
) -> None:
    model = AppointmentModel()
    model.show(day(appointment(7, at("10:30"), 15)))
    view = DayView(model, ZONE)
    on_show(view, 900, 700)
    view.select_appointment(7)
    view.clearFocus()
    heard.rows.clear()
    view.setFocus()
    assert [row.split(",")[0] for row in heard.rows] == ["10:30 to 10:45"]


def test_what_a_search_found_is_said(
    heard: Heard, tasks: Tasks, settle: Callable[[], None], on_show: Callable[..., QWidget]
) -> None:
    people = [TypeAheadItem(1, "Prior, Edith", "born 2 Feb 1950"), TypeAheadItem(2, "Prior, Rui")]
    found: list[TypeAheadItem] = list(people)
    box = TypeAhead("Find", tasks.short, lambda _: found, empty="Nobody is called that")
    on_show(box)
    QTest.keyClicks(box, "pri")
    box.ask_now()
    settle()
    assert heard.said == ["2 matches. Prior, Edith, born 2 Feb 1950"]
    QTest.keyClick(box, Key.Key_Down)
    assert heard.said[-1] == "Prior, Rui"
    found.clear()
    box.ask_now()
    settle()
    assert heard.said[-1] == "Nobody is called that"


def test_an_error_at_a_field_is_said_at_once_and_once(
    heard: Heard, on_show: Callable[..., QWidget]
) -> None:
    field = Field("Lot", TextEdit())
    field.set_error("Type the lot.")
    assert heard.said == []  # it is not on show yet
    field.set_error("")
    on_show(field)
    field.set_error("Type the lot.")
    field.set_error("Type the lot.")
    assert heard.urgent == ["Type the lot."]


def test_another_month_is_said(heard: Heard, on_show: Callable[..., QWidget]) -> None:
    panel = MonthPanel()
    panel.show_day(date(2026, 11, 24), date(2026, 11, 24))
    on_show(panel)
    heard.said.clear()
    forth = next(b for b in panel.findChildren(QWidget) if b.accessibleName() == "Next month")
    QTest.mouseClick(forth, Qt.MouseButton.LeftButton)
    assert heard.said == ["December 2026"]


def test_the_status_line_and_the_day_are_said(heard: Heard, front: Any) -> None:
    front.enter("frontdesk")
    window = front.window
    bus: Bus = window.bus
    bus.say("Roth was moved")
    bus.warn("The printer is out of paper")
    assert "Roth was moved" in heard.said
    assert heard.urgent[-1] == "The printer is out of paper"
    page = window.workspace.page("schedule")
    page.view.setFocus()
    QTest.keyClick(page.view, Key.Key_PageDown)
    front.settle()
    assert "Wed 25 Nov 2026" in heard.said
