"""Booking in the panel by keyboard and mouse, on a real clinic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from support.booking import appointments, fill, press_family
from support.desk import words_in

from clinicdesk.data.queries import settings as settings_queries
from clinicdesk.data.tables import Coverage
from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.domain.rows.staff import NewResource
from clinicdesk.services import booking, payers
from clinicdesk.ui.patients.quick_add import QuickAddDialog

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
OpenDesk = Callable[..., Any]


def book_directly(desk: Any, day: date, at: time = time(9), **changes: Any) -> int:
    request = {
        "patient_id": desk.seeded.teresa,
        "start": datetime.combine(day, at, tzinfo=desk.clinic.zone),
        "minutes": 30,
        "physician_id": desk.seeded.osei,
        "room_id": desk.seeded.carm_room,
        "procedure": "esi.transforaminal",
        "sites": ("L5 left",),
        "guidance": Guidance.FLUOROSCOPY,
    } | changes
    physician = desk.seeded.actor("physician")
    return booking.book(desk.clinic, physician, BookRequest(**request)).value


def test_a_booking_by_keyboard_is_read_back_and_can_be_undone(desk: OpenDesk) -> None:
    desk = desk()
    desk.panel.start()
    fill(desk)
    panel = desk.panel
    assert panel.procedure.site.text() == "L5 left"
    assert panel.time.date.text() == "Tue 12 Jan 2027"
    assert panel.time.time.text() == "10:15"
    assert panel.time.minutes.text() == "30"
    assert panel.place.room.currentText() == "C-arm room"
    assert "Book 12 Jan 2027, 10:15" in panel.book.text()
    assert "Within limits" in panel.card.accessibleName()
    with desk.qtbot.waitSignal(panel.booked):
        desk.qtbot.keyClick(panel.time.minutes, Qt.Key.Key_Return, CTRL)
    [row] = appointments(desk, date(2027, 1, 12))
    assert (row.family_name, row.planned[0].sites, row.room) == (
        "Villalobos", ("L5 left",), "C-arm room",
    )  # fmt: skip
    assert desk.said[-1] == (
        "Villalobos, Teresa · Tue 12 Jan 2027 10:15 · Dr. Amara Osei · C-arm room · "
        "Transforaminal ESI L5 left"
    )
    desk.undo()
    [row] = appointments(desk, date(2027, 1, 12))
    assert row.status == "cancelled"


def test_rules_that_nobody_mapped_are_said_to_be_assumed(
    desk: OpenDesk, embedded_clinic: Any
) -> None:
    clinic = embedded_clinic
    with clinic.store.write(None, "test.cover") as tx:
        row = Coverage(patient_id=clinic.seeded.teresa, payer="UHC", valid_from=clinic.today())
        tx.add(row)
    desk = desk()
    desk.panel.start()
    fill(desk)
    said = "Rules assumed: Clinic default; “UHC” is not mapped to rules yet."
    assert said in words_in(desk.panel)
    assert "Within limits" not in words_in(desk.panel)
    manager = clinic.seeded.actor("manager")
    payers.map_payers(clinic, manager, {"UHC": "us-medicare"}, clinic.today())
    desk.type(desk.panel.time.date, "13 jan")
    desk.key(Qt.Key.Key_Tab)
    assert "Rules assumed" not in words_in(desk.panel)
    assert "Within limits" in desk.panel.card.accessibleName()


def test_sections_are_reached_by_alt_and_number_and_escape_closes(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start()
    desk.settle()
    focus = QApplication.focusWidget
    assert focus() is panel.patient.search
    press_family(desk, "Epidural")
    for number, wanted in ((3, panel.procedure.site), (4, panel.place.physician),
                           (5, panel.time.date), (1, panel.patient.search)):  # fmt: skip
        desk.qtbot.keyClick(focus(), Qt.Key(Qt.Key.Key_0 + number), ALT)
        assert focus() is wanted
    with desk.qtbot.waitSignal(panel.closed):
        desk.qtbot.keyClick(panel.patient.search, Qt.Key.Key_Escape)


def test_nothing_chosen_is_answered_at_the_fields(desk: OpenDesk) -> None:
    desk = desk()
    desk.panel.start()
    desk.qtbot.mouseClick(desk.panel.book, Qt.MouseButton.LeftButton)
    assert "patient" in desk.panel.patient.field.error()
    assert "done" in desk.panel.procedure.family_field.error()
    assert desk.panel.place.physician_field.error()
    assert "date" in desk.panel.time.line()
    assert QApplication.focusWidget() is desk.panel.patient.search


def test_a_wrong_site_is_a_sentence_at_the_field(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start(patient_id=desk.seeded.teresa)
    desk.settle()
    press_family(desk, "Facet")
    desk.type(panel.procedure.site, "L9-L2 left")
    desk.qtbot.keyClick(panel.procedure.site, Qt.Key.Key_Tab)
    assert "not a site for this procedure" in panel.procedure.site_field.error()
    desk.type(panel.procedure.site, "l45 r")
    desk.qtbot.keyClick(panel.procedure.site, Qt.Key.Key_Tab)
    assert panel.procedure.site.text() == "L4-L5 right"
    assert not panel.procedure.site_field.error()


def test_a_taken_time_is_shown_before_booking_and_free_ones_are_offered(desk: OpenDesk) -> None:
    desk = desk()
    book_directly(desk, date(2027, 1, 12), time(10), patient_id=desk.seeded.andrea)
    panel = desk.panel
    panel.start()
    fill(desk)
    assert "Dr. Amara Osei is booked 10:00–10:30 (Soto)" in panel.place.physician_field.error()
    assert "C-arm room is booked" in panel.place.room_field.error()
    # Under a clash to book is not what the panel leads to.
    assert panel.accept.property("kind") != "primary"
    offer = next(b for b in panel.time.findChildren(QPushButton) if b.text() == "10:30")
    desk.qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    desk.settle()
    assert panel.time.time.text() == "10:30"
    assert not panel.place.physician_field.error()
    assert not panel.time.line()
    assert panel.accept.property("kind") == "primary"


def test_a_second_machine_goes_along_and_the_time_is_shown_as_free(desk: OpenDesk) -> None:
    desk = desk()
    with desk.clinic.store.write(None, "test.add") as tx:
        for name, kind in (("Theatre 2", "room"), ("C-arm 2", "equipment")):
            settings_queries.add_resource(tx, NewResource(name, kind, ("fluoroscopy",)), 9)
    desk.context.publish(ChangeSet(frozenset({"clinic"})))
    desk.settle()
    book_directly(desk, date(2027, 1, 12), time(10), patient_id=desk.seeded.andrea,
                  physician_id=desk.seeded.lindqvist)  # fmt: skip
    panel = desk.panel
    panel.start()
    fill(desk)
    assert "C-arm room is booked 10:00–10:30 (Soto)" in panel.place.room_field.error()
    assert not panel.time.line()
    panel.place.room.setCurrentText("Theatre 2")
    panel.place.room.activated.emit(panel.place.room.currentIndex())
    desk.settle()
    assert not panel.place.room_field.error()
    assert not panel.time.line()
    with desk.qtbot.waitSignal(panel.booked):
        desk.qtbot.keyClick(panel.time.minutes, Qt.Key.Key_Return, CTRL)
    assert len(appointments(desk, date(2027, 1, 12))) == 2


def test_a_room_without_the_machine_is_named_before_booking(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start()
    fill(desk)
    panel.place.room.setCurrentIndex(1)
    panel.place.room.activated.emit(1)
    desk.settle()
    assert "needs fluoroscopy: choose C-arm room" in panel.place.room_field.error()


def test_a_closed_day_names_the_next_free_one(desk: OpenDesk) -> None:
    desk = desk()
    desk.panel.start()
    fill(desk, when="sat 28 nov 10:00")
    assert "closed" in desk.panel.time.line()
    offers = [b.text() for b in desk.panel.time.findChildren(QPushButton)]
    assert any(text.startswith("Mon 30 Nov") for text in offers)


def test_two_desks_want_one_slot(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start()
    fill(desk)
    assert not panel.place.room_field.error()
    book_directly(desk, date(2027, 1, 12), time(10, 15), patient_id=desk.seeded.andrea)
    desk.qtbot.keyClick(panel.time.minutes, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert "booked 10:15–10:45 (Soto)" in panel.place.physician_field.error()
    assert panel.patient.hit.family == "Villalobos"
    assert panel.procedure.site.text() == "L5 left"
    assert len(appointments(desk, date(2027, 1, 12))) == 1


@pytest.fixture
def full_year(desk: OpenDesk) -> OpenDesk:
    """Four epidurals are booked: a fifth is too many until the first leaves the window."""

    def opened(login: str) -> Any:
        made = desk(login)
        days = (date(2026, 12, 1), date(2027, 3, 2), date(2027, 6, 2), date(2027, 9, 2))
        for day in days:
            book_directly(made, day)
        made.panel.start()
        fill(made, when="13 oct 2027 10:15")
        return made

    return opened


def test_not_before_is_offered_the_first_allowed_day(full_year: OpenDesk) -> None:
    desk = full_year("frontdesk")
    panel = desk.panel
    assert "Not before 2 Dec 2027" in panel.card.accessibleName()
    assert not panel.card.reason.isVisible()
    desk.qtbot.mouseClick(panel.book, Qt.MouseButton.LeftButton)
    desk.settle()
    assert "Not before 2 Dec 2027" in panel.trouble.text()
    assert not appointments(desk, date(2027, 10, 13))
    desk.qtbot.mouseClick(panel.card.jump, Qt.MouseButton.LeftButton)
    desk.settle()
    assert panel.time.date.text() == "Thu 2 Dec 2027"
    assert "Not before" not in panel.card.accessibleName()


def test_a_physician_books_ahead_with_a_reason(full_year: OpenDesk) -> None:
    desk = full_year("physician")
    panel = desk.panel
    desk.qtbot.mouseClick(panel.book, Qt.MouseButton.LeftButton)
    desk.settle()
    assert not appointments(desk, date(2027, 10, 13))
    reason = panel.card.findChild(QLineEdit)
    assert QApplication.focusWidget() is reason
    desk.qtbot.keyClicks(reason, "new radiculopathy after a fall")
    desk.qtbot.keyClick(reason, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert len(appointments(desk, date(2027, 10, 13))) == 1


def test_nobody_matches_so_a_patient_is_added_but_not_twice(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start()
    desk.type(panel.patient.search, "villaloboss teresa")
    last = panel.patient.search.matches[-1]
    assert last.text == "New patient"
    for _ in panel.patient.search.matches[1:]:
        desk.qtbot.keyClick(panel.patient.search, Qt.Key.Key_Down)
    desk.qtbot.keyClick(panel.patient.search, Qt.Key.Key_Return)
    dialog = desk.window.findChild(QuickAddDialog)
    assert dialog.isVisible()
    desk.type(dialog.fields.editor("family"), "Villalobos")
    desk.type(dialog.fields.editor("given"), "Teresa")
    # Faster than the search for people of that name: adding waits for it.
    born = dialog.fields.editor("birth_date")
    born.setFocus()
    desk.qtbot.keyClicks(born, "3/14/58")
    desk.qtbot.keyClick(born, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert dialog.isVisible()
    assert "Villalobos, Teresa" in dialog.duplicates.accessibleName()
    use = next(b for b in dialog.duplicates.findChildren(QPushButton))
    desk.qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    desk.settle()
    assert panel.patient.hit.id == desk.seeded.teresa


def test_a_new_slot_keeps_what_was_chosen(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start(patient_id=desk.seeded.obrien)
    desk.settle()
    assert panel.patient.findChild(object, "booking-patient-name").text() == "<b>O'Brien, & Søn</b>"
    start = datetime(2027, 1, 13, 14, 0, tzinfo=desk.clinic.zone)
    panel.start(start, desk.seeded.lindqvist, desk.seeded.ultrasound_room)
    desk.settle()
    assert panel.patient.hit.id == desk.seeded.obrien
    assert panel.time.date.text() == "Wed 13 Jan 2027"
    assert panel.place.physician.currentText() == "Dr. Tomas Lindqvist"
    assert panel.place.room.currentText() == "Ultrasound room"


def test_rooms_that_fit_come_first(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start(room_id=desk.seeded.ultrasound_room)
    desk.settle()
    press_family(desk, "Epidural")
    assert panel.place.room.currentText() == "C-arm room"
    items = [panel.place.room.itemText(i) for i in range(panel.place.room.count())]
    assert items == ["C-arm room", "Ultrasound room · no fluoroscopy"]


def test_a_visit_asks_no_rule(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start(datetime(2026, 11, 25, 9, 0, tzinfo=desk.clinic.zone), desk.seeded.osei, None,
                desk.seeded.sean)  # fmt: skip
    desk.settle()
    press_family(desk, "Visit")
    assert not panel.procedure.site_field.isVisible()
    assert "no interval rule" in panel.card.accessibleDescription()
    with desk.qtbot.waitSignal(panel.booked):
        desk.qtbot.mouseClick(panel.book, Qt.MouseButton.LeftButton)
    [row] = appointments(desk, date(2026, 11, 25))
    assert row.title == "Follow-up"


def test_a_length_drawn_in_the_schedule_is_kept(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start(patient_id=desk.seeded.sean)
    panel.time.set_length(45)
    desk.settle()
    press_family(desk, "Epidural")
    assert panel.time.minutes.text() == "45"
    desk.click(panel.foot.cancel)
    panel.start(patient_id=desk.seeded.sean)
    desk.settle()
    press_family(desk, "Facet")
    assert panel.time.minutes.text() == "30"


def test_the_arrows_move_day_time_and_length(desk: OpenDesk) -> None:
    desk = desk()
    panel = desk.panel
    panel.start(datetime(2027, 1, 12, 10, 0, tzinfo=desk.clinic.zone))
    desk.settle()
    for edit, key, text in (
        (panel.time.date, Qt.Key.Key_Up, "Wed 13 Jan 2027"),
        (panel.time.time, Qt.Key.Key_Down, "09:45"),
    ):
        desk.qtbot.keyClick(edit, key)
        assert edit.text() == text
    desk.type(panel.time.minutes, "30")
    desk.qtbot.keyClick(panel.time.minutes, Qt.Key.Key_Up)
    assert panel.time.minutes.text() == "35"


def test_a_physician_books_for_himself_unless_he_says_otherwise(desk: OpenDesk) -> None:
    desk = desk("physician")
    desk.panel.start()
    desk.settle()
    assert desk.panel.place.physician.currentText() == "Dr. Amara Osei"
    desk.panel.start(physician_id=desk.seeded.lindqvist)
    assert desk.panel.place.physician.currentText() == "Dr. Tomas Lindqvist"
