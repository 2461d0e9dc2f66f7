"""The status menu of an appointment, by mouse and by key, and the ways back from a mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support import settle
from support.days import appointment, at
from support.logs import book as book_to_log

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import Invalid
from clinicdesk.services import booking, procedures, schedule
from clinicdesk.ui.widgets import Choice

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
Open = Callable[..., Any]
DAY = [status for status in Status if status.holds_time]


def menu(desk: Any) -> Choice:
    """The status box of the appointment on show."""
    (found,) = (b for b in desk.page.detail.findChildren(Choice) if b.isVisible())
    return found


def pick(desk: Any, words: str) -> None:
    """Clicks a line of the menu that has come down."""
    box = menu(desk)
    box.showPopup()
    view = box.view()
    assert view.isVisible()
    row = [box.itemText(index) for index in range(box.count())].index(words)
    spot = view.visualRect(view.model().index(row, 0)).center()
    desk.qtbot.mouseClick(view.viewport(), LEFT, pos=spot)
    # Without a window manager the menu stays the active window when it is gone.
    with desk.qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    desk.settle()


def select(desk: Any, number: int) -> None:
    desk.view.select_appointment(number)
    desk.view.setFocus()
    desk.settle()


@pytest.mark.parametrize("status", [s for s in DAY if s is not Status.BOOKED])
def test_a_status_is_chosen_with_the_mouse(desk: Open, status: Status) -> None:
    desk = desk()
    number = desk.book("13:00")
    select(desk, number)
    pick(desk, status.label)
    assert desk.row(number).status is status
    assert menu(desk).currentText() == status.label
    assert status.label.lower() in desk.model.data(desk.model.index(0, 0))
    desk.undo()
    assert desk.row(number).status is Status.BOOKED
    assert menu(desk).currentText() == "Booked"


def test_every_status_of_the_day_is_chosen_by_key_and_back_again(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    select(desk, number)
    menu(desk).setFocus(Qt.FocusReason.TabFocusReason)
    for status in DAY[1:]:
        desk.key(Key.Key_Down)
        assert desk.row(number).status is status
        assert menu(desk).currentText() == status.label
    for status in reversed(DAY[:-1]):
        desk.key(Key.Key_Up)
        assert desk.row(number).status is status


def test_a_wrong_check_in_is_taken_back_from_the_panel(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    select(desk, number)
    desk.check_in()
    select(desk, number)
    pick(desk, "Booked")
    assert desk.row(number).status is Status.BOOKED


@pytest.mark.parametrize(
    ("words", "status"), [("No-show", Status.NO_SHOW), ("Cancelled", Status.CANCELLED)]
)
def test_the_ends_are_asked_about_also_after_check_in(
    desk: Open, words: str, status: Status
) -> None:
    desk = desk()
    number = desk.book("13:00")
    select(desk, number)
    desk.check_in()
    select(desk, number)
    pick(desk, words)
    # Nothing has happened before the question is answered.
    assert menu(desk).currentText() == "Arrived"
    assert desk.row(number).status is Status.ARRIVED
    desk.qtbot.keyClicks(QApplication.focusWidget(), "checked in by mistake")
    desk.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.row(number).status is status
    desk.undo()
    assert desk.row(number).status is Status.ARRIVED


def test_the_buttons_stay_reachable_after_check_in(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    select(desk, number)
    assert desk.button("Cancel appointment").isEnabled()
    desk.check_in()
    select(desk, number)
    assert desk.button("Cancel appointment").isEnabled()
    assert desk.button("No-show").isEnabled()


def test_nobody_has_missed_tomorrow(desk: Open) -> None:
    desk = desk()
    tomorrow = settle.TODAY + timedelta(days=1)
    number = settle.book(desk.clinic, "frontdesk", "andrea", tomorrow, 13)
    desk.open(day=tomorrow, appointment_id=number)
    box = menu(desk)
    words = [box.itemText(index) for index in range(box.count())]
    assert "No-show" not in words
    assert "Cancelled" in words
    assert not desk.page.detail.no_show.isVisible()
    row = desk.row(number)
    with pytest.raises(Invalid, match=r"on 25 Nov 2026: nobody has missed it yet"):
        booking.cancel(desk.clinic, desk.actor, number, row.version, "", no_show=True)


def test_a_signed_log_is_seen_and_heard_on_its_block(bare: Callable[..., Any]) -> None:
    open_, signed = (
        bare(appointment(1, at("10:00"), 60, procedure_id=number)) for number in (None, 5)
    )
    assert "signed" not in open_.model.data(open_.model.index(0, 0))
    assert "signed" in signed.model.data(signed.model.index(0, 0))
    plain, marked = (each.view.viewport().grab().toImage() for each in (open_, signed))
    assert plain != marked


def test_what_is_logged_is_not_cancelled(desk: Open) -> None:
    clinic = desk().clinic
    number = book_to_log(clinic, status="preparing")
    nurse = clinic.seeded.actor("nurse")
    procedures.record(clinic, nurse, procedures.open_log(clinic, nurse, number).form, 0)
    version = schedule.appointment(clinic, nurse, number).version
    with pytest.raises(Invalid, match="A procedure is logged"):
        booking.cancel(clinic, nurse, number, version, "changed her mind")
