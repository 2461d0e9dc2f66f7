"""The time that a new appointment begins with, the day on show, and a Book that is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from support.front import Front

from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.services import booking

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Any]


def visit(desk: Any, start: str, patient: str, **more: Any) -> None:
    """Somebody else is booked at a time of the day."""
    ids = desk.seeded
    begin = datetime.fromisoformat(f"2026-11-24 {start}").replace(tzinfo=desk.clinic.zone)
    values = {"minutes": 30, "physician_id": ids.osei, "room_id": None, "title": "Follow-up"} | more
    booking.book(desk.clinic, desk.actor, BookRequest(getattr(ids, patient), begin, **values))


def for_andrea(desk: Any, physician: str = "osei") -> Any:
    ids = desk.seeded
    desk.open(patient_id=ids.andrea, physician_id=getattr(ids, physician),
              procedure="esi.interlaminar", sites=("L5-S1 midline",))  # fmt: skip
    return desk.page.panel.booking


def test_the_first_time_is_free_for_the_physician(desk: Open) -> None:
    desk = desk()
    visit(desk, "10:15", "sean", minutes=60)
    panel = for_andrea(desk)
    assert panel.time.time.text() == "11:15"
    assert not panel.place.physician_field.error()
    # Another physician is free sooner.
    panel.place.physician.setCurrentText("Dr. Tomas Lindqvist")
    panel.place.physician.activated.emit(panel.place.physician.currentIndex())
    desk.settle()
    assert panel.time.time.text() == "10:15"


def test_the_first_time_is_free_for_room_and_machine(desk: Open) -> None:
    desk = desk()
    visit(desk, "10:15", "sean", minutes=45, physician_id=desk.seeded.lindqvist,
          room_id=desk.seeded.carm_room, procedure="esi.transforaminal", sites=("L5 left",),
          title="", for_review=True)  # fmt: skip
    panel = for_andrea(desk)
    assert panel.place.room.currentText() == "C-arm room"
    assert panel.time.time.text() == "11:00"
    assert not panel.place.room_field.error()
    assert not panel.time.line()


def test_a_time_that_somebody_typed_stays_where_it_is(desk: Open) -> None:
    desk = desk()
    visit(desk, "13:00", "sean")
    panel = for_andrea(desk)
    desk.type(panel.time.time, "13:00")
    desk.key(Key.Key_Tab)
    assert panel.time.time.text() == "13:00"
    assert "is booked 13:00–13:30" in panel.place.physician_field.error()


def test_n_at_the_cursor_proposes_what_is_free(desk: Open) -> None:
    desk = desk()
    visit(desk, "10:15", "sean")
    desk.view.setFocus()
    desk.view.go_to(0, 10 * 60 + 15)
    desk.key(Key.Key_N)
    panel = desk.page.panel.booking
    panel.procedure.set_procedure("esi.interlaminar", ("L5-S1 midline",))
    desk.settle()
    assert panel.place.physician_pair is not None
    assert panel.time.time.text() == "10:45"
    assert not panel.place.physician_field.error()


def test_the_schedule_shows_the_day_that_the_booking_is_on(desk: Open) -> None:
    desk = desk()
    panel = for_andrea(desk)
    desk.type(panel.time.date, "12 jan")
    assert desk.page.day == date(2026, 11, 24)
    desk.key(Key.Key_Tab)
    assert desk.page.day == date(2027, 1, 12)
    assert panel.isVisible()
    # Looking at another day meanwhile is nobody's date.
    desk.page.show_day(date(2026, 12, 1))
    desk.settle()
    assert panel.time.date.text() == "Tue 12 Jan 2027"


def red(panel: Any) -> list[str]:
    return [w.text() for w in panel.findChildren(QLabel)
            if w.isVisible() and w.property("tone") == "danger" and w.text().strip()]  # fmt: skip


def test_one_red_sentence_stands_once(desk: Open) -> None:
    desk = desk()
    visit(desk, "13:00", "andrea", room_id=desk.seeded.carm_room)
    panel = for_andrea(desk)
    for when in ("sat 28 nov 10:00", "24 nov 13:00", "24 nov 18:30"):
        desk.type(panel.time.date, when)
        desk.key(Key.Key_Tab)
        desk.key(Key.Key_Return, CTRL)
        found = red(panel)
        assert found, when
        assert max(Counter(found).values()) == 1, found


def test_a_refused_book_goes_to_the_first_error_and_says_it(desk: Open) -> None:
    desk = desk()
    visit(desk, "13:00", "sean")
    panel = for_andrea(desk)
    desk.type(panel.time.date, "24 nov 13:00")
    desk.key(Key.Key_Tab)
    desk.key(Key.Key_Return, CTRL)
    assert QApplication.focusWidget() is panel.place.physician
    assert desk.warned[-1] == "Not booked: Dr. Amara Osei is booked 13:00–13:30 (O'Neil)."
    desk.type(panel.procedure.site, "xyz")
    desk.key(Key.Key_Return, CTRL)
    assert QApplication.focusWidget() is panel.procedure.site
    assert desk.warned[-1] == f"Not booked: {panel.procedure.site_field.error()}"


def test_the_verdict_stays_in_sight_on_a_small_screen(qtbot: Any, embedded_clinic: Any) -> None:
    front = Front(qtbot, embedded_clinic, (1280, 720))
    front.enter("frontdesk")
    front.window.workspace.show_page(
        "schedule", patient_id=embedded_clinic.seeded.andrea,
        procedure="esi.interlaminar", sites=("L5-S1 midline",),
    )  # fmt: skip
    front.settle()
    panel = front.window.workspace.page("schedule").panel.booking
    bar = panel.area.verticalScrollBar()
    for place in range(bar.minimum(), bar.maximum() + 1, 40):
        bar.setValue(place)
        front.settle()
        port = panel.area.viewport()
        top = panel.card.mapTo(port, QPoint(0, 0)).y()
        above = panel.safety.mapTo(port, QPoint(0, 0)).y()
        seen = any(0 <= y < port.height() - 20 for y in (top, above))
        assert seen or panel.foot.strip.isVisible()
    front.window.close()


def test_a_time_that_has_passed_can_be_booked_as_now_and_logged(desk: Open) -> None:
    desk = desk("physician")
    panel = for_andrea(desk)
    desk.type(panel.time.date, "24 nov 9:00")
    desk.key(Key.Key_Tab)
    assert "That time has passed" in panel.time.line()
    desk.click(desk.button("Now, 10:12"))
    assert panel.time.time.text() == "10:12"
    assert not panel.time.line()
    desk.key(Key.Key_Return, CTRL)
    (made,) = desk.page.model.day.appointments
    assert f"{made.start:%H:%M}" == "10:12"
    desk.key(Key.Key_L)
    assert desk.went[-1] == ("log", {"appointment_id": made.id})
