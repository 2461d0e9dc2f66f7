"""The schedule page on a real clinic, by mouse and keyboard only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QStyle, QStyleOptionComboBox

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.safety_facts import AllergyEntry, Topic
from clinicdesk.services import booking, safety_facts, schedule
from clinicdesk.ui.schedule.cancel_dialog import CancelDialog
from clinicdesk.ui.schedule.site_thumb import SiteThumb
from clinicdesk.ui.widgets import Chip

Key = Qt.Key
Open = Callable[..., Any]
LEFT = Qt.MouseButton.LeftButton


def panel_text(desk: Any) -> str:
    return "\n".join(w.text() for w in desk.page.panel.findChildren(QLabel) if w.isVisible())


def shown_width(box: QComboBox) -> int:
    """The room for a choice's words beside its picture and arrow."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(control, option, field, box).width() - box.iconSize().width()


def test_the_day_opens_with_its_appointments(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    assert desk.page.toolbar.title() == "Tuesday 24 November 2026"
    assert [b.appointment.id for b in desk.model.blocks] == [number, number]
    assert "Dr. Amara Osei: 1 booked" in desk.page.header.accessibleName()
    assert desk.view.now_minute == 10 * 60 + 12


def test_a_drag_moves_it_in_the_database_and_undo_moves_it_back(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    desk.pointer.drag((0, 790), (0, 790 + 65))
    assert desk.model.pending == number
    desk.settle()
    assert desk.times(number) == "14:05–14:35"
    assert desk.model.pending is None
    assert desk.said[-1] == "Villalobos, Teresa moved 13:00 → 14:05"
    assert desk.view.selected().id == number
    desk.undo()
    assert desk.times(number) == "13:00–13:30"


def test_a_drag_onto_another_patient_is_refused_at_the_pointer(desk: Open) -> None:
    desk = desk()
    number, other = desk.book("13:00"), desk.book("14:00", "andrea")
    desk.pointer.press(0, 790)
    desk.pointer.move(0, 790 + 50)
    assert desk.view.drag.refusal == "Dr. Amara Osei is booked 14:00–14:30 (Soto)."
    desk.pointer.release(0, 790 + 50)
    desk.settle()
    assert desk.view.told == "Dr. Amara Osei is booked 14:00–14:30 (Soto)."
    assert desk.warned[-1] == "Not moved: Dr. Amara Osei is booked 14:00–14:30 (Soto)."
    assert (desk.times(number), desk.times(other)) == ("13:00–13:30", "14:00–14:30")


def test_the_room_is_asked_for_what_the_procedure_needs(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    desk.pointer.drag((2, 790), (3, 790))
    desk.settle()
    assert "needs fluoroscopy: choose C-arm room" in desk.view.told
    assert desk.row(number).room == "C-arm room"


def test_another_desk_was_faster(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    # The other desk books 14:00; this window has not heard of it yet.
    desk.context.publish = lambda changes: None
    ids = desk.seeded
    row = desk.row(number)
    from clinicdesk.domain.rows.schedule import BookRequest

    booking.book(
        desk.clinic,
        desk.actor,
        BookRequest(ids.andrea, row.start.replace(hour=14), 30, ids.osei, ids.carm_room,
                    "esi.transforaminal", ("L5 left",)),
    )  # fmt: skip
    desk.pointer.drag((0, 790), (0, 790 + 60))
    desk.settle()
    assert desk.times(number) == "13:00–13:30"
    assert "is booked 14:00–14:30 (Soto)" in desk.view.told
    assert "is booked 14:00–14:30 (Soto)" in desk.warned[-1]
    assert desk.model.pending is None
    starts = {b.start for b in desk.model.blocks}
    assert starts == {780, 840}


def test_moving_by_keyboard(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    desk.view.select_appointment(number)
    desk.view.setFocus()
    desk.key(Key.Key_M)
    desk.key(Key.Key_Down, times=3)
    desk.key(Key.Key_Return)
    assert desk.times(number) == "13:15–13:45"
    desk.key(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, times=3)
    desk.key(Key.Key_Return)
    assert desk.times(number) == "13:15–14:00"
    assert desk.said[-1] == "Villalobos, Teresa: 30 min → 45 min"


def test_one_that_has_begun_may_be_made_longer_but_not_moved_back(desk: Open) -> None:
    desk = desk()
    number = desk.book("10:15")
    desk.view.select_appointment(number)
    desk.view.setFocus()
    desk.key(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, times=3)
    desk.key(Key.Key_Return)
    assert desk.times(number) == "10:15–11:00"
    desk.key(Key.Key_M)
    desk.key(Key.Key_Up, times=6)
    desk.key(Key.Key_Return)
    assert "That time has passed" in desk.view.told
    assert desk.times(number) == "10:15–11:00"


def test_check_in_by_key_is_kept_and_can_be_undone(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    desk.pointer.click(0, 790)
    desk.settle()
    desk.check_in()
    assert desk.row(number).status is Status.ARRIVED
    assert desk.said[-1] == "Villalobos, Teresa: arrived"
    desk.undo()
    assert desk.row(number).status is Status.BOOKED


def test_the_status_of_the_one_just_booked_can_be_read(desk: Open) -> None:
    desk = desk()
    desk.key(Key.Key_N)
    desk.settle()
    desk.page.panel.booking.booked.emit(desk.book("13:00"))
    desk.settle()
    (status,) = (box for box in desk.page.detail.findChildren(QComboBox) if box.isVisible())
    words = status.fontMetrics().horizontalAdvance(status.currentText())
    assert status.currentText() == "Booked"
    assert shown_width(status) >= words


def test_check_in_undone(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    desk.pointer.click(0, 790)
    desk.settle()
    QTest.mouseClick(desk.page.detail.check_in, LEFT)
    desk.settle()
    for box in (desk.page.panel.check_in.identity.name, desk.page.panel.check_in.identity.born):
        QTest.mouseClick(box, LEFT, pos=QPoint(8, 8))
    QTest.mouseClick(desk.page.panel.check_in.accept, LEFT)
    desk.settle()
    assert desk.row(number).status is Status.ARRIVED
    desk.undo()
    assert desk.row(number).status is Status.BOOKED
    steps = schedule.history(desk.clinic, desk.actor, number)
    assert [s.status for s in steps] == [Status.BOOKED, Status.ARRIVED, Status.BOOKED]


def test_the_panel_says_who_what_where_and_what_is_dangerous(desk: Open) -> None:
    desk = desk()
    desk.book("13:00", minutes=45)
    desk.pointer.click(0, 790)
    desk.settle()
    text = panel_text(desk)
    for words in ("Teresa Villalobos", "68 y", "MRN 004182", "13:00–13:45", "Transforaminal ESI",
                  "L5 left · fluoroscopy", "Dr. Amara Osei · C-arm room", "Booked, Joelle Marsh",
                  "Within limits"):  # fmt: skip
        assert words in text, words
    chips = {
        w.accessibleName()
        for w in desk.page.panel.findChildren(object)
        if hasattr(w, "accessibleName")
    }
    assert {"Latex", "Penicillin: rash", "Apixaban"} <= chips
    assert not desk.page.detail.log.isEnabled()
    assert desk.page.detail.findChild(SiteThumb).isVisible()


def test_what_is_dangerous_for_what_is_booked_comes_first(desk: Open) -> None:
    desk = desk()
    desk.book("13:00", minutes=45)
    safety_facts.answer(
        desk.clinic, desk.actor, desk.clinic.seeded.teresa, Topic.ALLERGIES,
        add=(AllergyEntry("Lidocaine", "hives"),),
    )  # fmt: skip
    desk.settle()
    desk.pointer.click(0, 790)
    desk.settle()
    chips = [c.text() for c in desk.page.detail.findChildren(Chip) if c.isVisible()]
    assert chips[:3] == ["Lidocaine: hives", "Apixaban", "Latex"]


def test_cancelling_asks_for_a_reason_and_frees_the_time(desk: Open) -> None:
    desk = desk()
    number = desk.book("13:00")
    desk.pointer.click(0, 790)
    desk.settle()
    QTest.mouseClick(desk.page.detail.cancel, LEFT)
    desk.settle()
    (dialog,) = desk.window.findChildren(CancelDialog)
    QTest.mouseClick(dialog.accept, LEFT)
    desk.settle()
    assert desk.row(number).status is Status.BOOKED
    assert any("Say why" in w.text() for w in dialog.findChildren(QLabel))
    # The cursor stands in the field that is missing.
    desk.qtbot.keyClicks(QApplication.focusWidget(), "patient called, has a cold")
    QTest.mouseClick(dialog.accept, LEFT)
    desk.settle()
    assert desk.row(number).status is Status.CANCELLED
    assert desk.model.blocks == ()
    assert not desk.page.panel.isVisible()
    desk.book("13:00", "andrea")


def test_a_double_click_on_free_time_opens_the_booking_panel_there(desk: Open) -> None:
    desk = desk()
    desk.pointer.double_click(1, 14 * 60 + 20)
    desk.settle()
    panel = desk.page.panel.booking
    assert panel.isVisible()
    assert panel.time.time.text() == "14:15"
    assert panel.place.physician.currentText() == "Dr. Tomas Lindqvist"
    desk.key(Key.Key_Escape)
    assert not desk.page.panel.isVisible()
    assert QApplication.focusWidget() is desk.view


def test_a_length_drawn_with_the_mouse_reaches_the_panel(desk: Open) -> None:
    desk = desk()
    desk.pointer.drag((1, 14 * 60 + 1), (1, 14 * 60 + 50))
    desk.settle()
    assert desk.page.panel.booking.time.time.text() == "14:00"
    assert desk.page.panel.booking.time.minutes.text() == "50"


def test_n_books_where_the_cursor_is(desk: Open) -> None:
    desk = desk()
    desk.view.go_to(0, 15 * 60)
    desk.key(Key.Key_N)
    assert desk.page.panel.booking.isVisible()
    assert desk.page.panel.booking.time.time.text() == "15:00"


def test_days_by_key_and_back_to_today(desk: Open) -> None:
    desk = desk()
    desk.key(Key.Key_PageDown, times=2)
    assert desk.page.toolbar.title() == "Thursday 26 November 2026"
    assert desk.view.now_minute is None
    desk.key(Key.Key_PageUp)
    assert desk.model.day.day == date(2026, 11, 25)
    desk.key(Key.Key_T)
    assert desk.model.day.day == date(2026, 11, 24)


def test_f_goes_to_the_next_free_half_hour(desk: Open) -> None:
    desk = desk()
    desk.book("10:30", minutes=60)
    desk.view.go_to(0, 8 * 60)
    desk.key(Key.Key_F)
    assert desk.view.cursor_at == (0, 11 * 60 + 30)
    assert desk.said[-1] == "Dr. Amara Osei is free at 11:30. N books it."
    desk.key(Key.Key_F)
    assert desk.view.cursor_at == (0, 11 * 60 + 45)


@pytest.mark.parametrize(
    ("key", "page", "arguments"),
    [(Key.Key_P, "documents", {"kind": "consent"}), (Key.Key_A, "documents", {"kind": "aftercare"}),
     (Key.Key_L, "log", {})],
)  # fmt: skip
def test_keys_lead_on_to_log_and_sheets(desk: Open, key: Key, page: str, arguments: Any) -> None:
    desk = desk("nurse")
    number = desk.book("13:00")
    desk.pointer.click(0, 790)
    desk.settle()
    desk.key(key)
    (gone,) = desk.went
    assert gone[0] == page
    assert gone[1]["appointment_id"] == number
    assert arguments.items() <= gone[1].items()


def test_the_front_desk_is_told_who_logs(desk: Open) -> None:
    desk = desk()
    desk.book("13:00")
    desk.pointer.click(0, 790)
    desk.settle()
    desk.key(Key.Key_L)
    assert desk.went == []
    assert desk.warned[-1] == "Nurses and physicians log procedures."


def test_a_narrow_window_puts_the_calendar_behind_a_button(desk: Open) -> None:
    desk = desk()
    assert desk.page.tray.isVisible()
    desk.window.resize(1200, 760)
    desk.settle()
    assert not desk.page.tray.isVisible()
    QTest.mouseClick(desk.page.toolbar.calendar, LEFT)
    assert desk.page.tray.isVisible()
    desk.window.resize(1100, 760)
    desk.book("13:00")
    desk.pointer.click(0, 790)
    desk.settle()
    # Very narrow: the panel lies over the day instead of squeezing it.
    assert desk.page.panel.isVisible()
    assert desk.page.panel.geometry().right() == desk.page.rect().right()
    assert desk.view.mapTo(desk.page, desk.view.rect().topRight()).x() > desk.page.panel.x()


def test_a_day_is_picked_in_the_little_calendar(desk: Open) -> None:
    desk = desk()
    grid = desk.page.tray.month.grid
    grid.setFocus()
    desk.key(Key.Key_Right)
    desk.key(Key.Key_Return)
    assert desk.page.day == date(2026, 11, 25)


def test_another_window_changed_this_day(desk: Open) -> None:
    desk = desk()
    done = booking.book
    ids = desk.seeded
    from clinicdesk.domain.rows.schedule import BookRequest

    start = desk.view.moment(14 * 60)
    made = done(desk.clinic, desk.actor, BookRequest(
        ids.andrea, start, 30, ids.osei, ids.carm_room, "esi.transforaminal", ("L5 left",),
    ))  # fmt: skip
    desk.context.bus.publish(made.changes)
    desk.settle()
    assert [b.appointment.id for b in desk.model.blocks] == [made.value, made.value]
