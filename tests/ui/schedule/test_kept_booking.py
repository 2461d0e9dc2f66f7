"""A booking that is left half-entered is kept, on the bar and on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from support.booking import appointments
from support.front import Front

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Any]


def half(desk: Any) -> Any:
    """Half an appointment for Andrea Soto."""
    desk.open(patient_id=desk.seeded.andrea, physician_id=desk.seeded.lindqvist,
              procedure="esi.interlaminar", sites=("L5-S1 midline",))  # fmt: skip
    panel = desk.page.panel.booking
    desk.type(panel.time.date, "12 jan 13:30")
    desk.type(panel.note, "needs a ramp")
    return panel


def assert_back(panel: Any) -> None:
    assert panel.isVisible()
    assert panel.patient.hit.family == "Soto"
    assert panel.procedure.procedure.id == "esi.interlaminar"
    assert panel.procedure.site.text() == "L5-S1 midline"
    assert panel.place.physician.currentText() == "Dr. Tomas Lindqvist"
    assert panel.time.date.text() == "Tue 12 Jan 2027"
    assert panel.time.time.text() == "13:30"
    assert panel.note.toPlainText() == "needs a ramp"


def test_escape_keeps_it_and_the_pill_brings_it_back(desk: Open) -> None:
    desk = desk()
    panel = half(desk)
    desk.key(Key.Key_Escape)
    assert not panel.isVisible()
    pill = desk.page.toolbar.kept
    assert "Soto" in pill.text()
    desk.click(pill)
    assert_back(panel)
    assert not pill.isVisible()
    desk.key(Key.Key_Return, CTRL)
    assert len(appointments(desk, date(2027, 1, 12))) == 1
    assert not pill.isVisible()


def test_another_appointment_meanwhile_starts_empty_and_takes_nothing(desk: Open) -> None:
    desk = desk()
    panel = half(desk)
    desk.key(Key.Key_Escape)
    desk.view.setFocus()
    desk.key(Key.Key_N)
    assert panel.patient.hit is None
    assert panel.note.toPlainText() == ""
    desk.key(Key.Key_Escape)
    desk.click(desk.page.toolbar.kept)
    assert_back(panel)


def test_opening_an_appointment_keeps_it_too(desk: Open) -> None:
    desk = desk()
    number = desk.book("14:00", "sean", for_review=True)
    panel = half(desk)
    desk.page.show_day(date(2026, 11, 24))
    desk.settle()
    desk.page.panel.open_detail(desk.model.appointment(number))
    desk.settle()
    assert desk.page.detail.isVisible()
    desk.click(desk.page.toolbar.kept)
    assert_back(panel)


def test_cancel_gives_it_up(desk: Open, sit: Any) -> None:
    first = desk()
    panel = half(first)
    first.click(panel.foot.cancel)
    assert not first.page.toolbar.kept.isVisible()
    assert not desk().page.toolbar.kept.isVisible()


def test_it_is_there_after_the_program_was_killed(desk: Open) -> None:
    half(desk())
    # No Esc, no leaving: another start of the program finds what was on the screen.
    again = desk()
    assert "Soto" in again.page.toolbar.kept.text()
    again.click(again.page.toolbar.kept)
    assert_back(again.page.panel.booking)
    other = desk("physician")
    assert not other.page.toolbar.kept.isVisible()


def test_a_click_on_the_selected_appointment_opens_its_panel_again(desk: Open) -> None:
    desk = desk()
    desk.book("13:00")
    desk.pointer.click(0, 790)
    desk.settle()
    assert desk.page.detail.isVisible()
    desk.key(Key.Key_Escape)
    assert not desk.page.detail.isVisible()
    desk.pointer.click(0, 790)
    desk.settle()
    assert desk.page.detail.isVisible()


def test_escape_in_the_search_clears_and_then_leaves(front: Front) -> None:
    front.enter("frontdesk")
    page = front.window.workspace.page("schedule")
    page.view.setFocus()
    front.key(Key.Key_K, CTRL)
    box = front.window.workspace.palette_box.box
    front.type("villa")
    assert box.matches
    front.key(Key.Key_Escape)
    assert box.text() == ""
    assert box.hasFocus()
    front.key(Key.Key_Escape)
    assert page.view.hasFocus()
