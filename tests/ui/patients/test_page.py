"""Finding, reading and changing patients in the window, on a real clinic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QRadioButton, QWidget
from support.desk import words_in

from clinicdesk.data.tables import Administration, ProcedureRecord, ProcedureSite
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.services import booking, patients
from clinicdesk.ui.patients.edit_dialog import PatientDialog
from clinicdesk.ui.widgets import Chip

CTRL = Qt.KeyboardModifier.ControlModifier
OpenRoom = Callable[..., Any]


def names(room: Any) -> list[str]:
    model = room.page.finder.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def chips(widget: QWidget) -> list[str]:
    return [chip.text() for chip in widget.findChildren(Chip) if chip.isVisible()]


def dialogs(room: Any) -> list[Any]:
    return [dialog for dialog in room.window.findChildren(PatientDialog) if dialog.isVisible()]


def dialog_of(room: Any) -> Any:
    [dialog] = dialogs(room)
    return dialog


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("teresa villa", "Villalobos, Teresa"),
        ("muller", "Müller, Jürgen"),
        ("oneil", "O'Neil, Sean"),
        ("van berg 1958", "van den Berg, Willem"),
        ("004182", "Villalobos, Teresa"),
        ("<b>", "<b>O'Brien, & Søn</b>"),
    ],
)
def test_finding_and_opening_by_keyboard(room: OpenRoom, typed: str, found: str) -> None:
    room = room()
    if typed == "<b>":
        typed = "brien"
    room.type(room.page.finder.search, typed)
    assert names(room) == [found]
    room.key(Qt.Key.Key_Return)
    head = room.page.chart.head
    assert head.isVisible()
    assert head.name.text().rpartition(" ")[2] == found.partition(",")[0].rpartition(" ")[2]


def test_enter_before_the_answer_opens_what_was_typed(room: OpenRoom) -> None:
    room = room()
    room.open(room.seeded.obrien)
    room.page.show_finder()
    room.qtbot.keyClicks(room.page.finder.search, "villalobos")
    room.key(Qt.Key.Key_Return)
    room.settle()
    assert room.page.chart.head.name.text() == "Teresa Villalobos"


def test_nobody_matches_and_last_opened(room: OpenRoom) -> None:
    room = room()
    finder = room.page.finder
    room.type(finder.search, "zzqqxx")
    assert finder.stack.currentWidget() is finder.empty
    room.open(room.seeded.sean)
    room.open(room.seeded.teresa)
    room.key(Qt.Key.Key_Escape)
    finder.search.clear()
    assert names(room) == ["Opened last", "Villalobos, Teresa", "O'Neil, Sean"]


def test_nothing_typed_lists_who_comes_today(room: OpenRoom) -> None:
    room = room()
    today = room.clinic.today()
    for hour, patient, status in (
        (15, room.seeded.sean, None),
        (14, room.seeded.teresa, Status.CONFIRMED),
        (16, room.seeded.teresa, None),
        (13, room.seeded.obrien, Status.CANCELLED),
    ):
        start = datetime(today.year, today.month, today.day, hour, tzinfo=room.clinic.zone)
        made = booking.book(
            room.clinic, room.actor,
            BookRequest(
                patient, start, 15, room.seeded.osei, None, title="Visit"
            ),
        ).value  # fmt: skip
        if status:
            booking.set_status(room.clinic, room.actor, made, 1, status, "asked")
    room.open()
    finder = room.page.finder
    assert finder.table.isVisible()
    heading, *lines = names(room)
    assert heading == "Today, 2 patients"
    assert lines == ["Villalobos, Teresa", "O'Neil, Sean"]
    model = finder.table.model()
    assert model.index(1, model.columnCount() - 1).data() == "14:00 · Confirmed"
    # A heading is passed over: the first line is the first patient, and Enter opens the second.
    assert finder.table.currentIndex().row() == 1
    room.qtbot.keyClick(finder.search, Qt.Key.Key_Up)
    assert finder.table.currentIndex().row() == 1
    room.qtbot.keyClick(finder.search, Qt.Key.Key_Down)
    room.qtbot.keyClick(finder.search, Qt.Key.Key_Return)
    room.settle()
    assert room.page.chart.head.name.text() == "Sean O'Neil"
    room.key(Qt.Key.Key_Escape)
    assert names(room) == ["Opened last", "O'Neil, Sean", "Today, 2 patients", *lines]


def test_the_chart_shows_what_must_not_be_overlooked(room: OpenRoom) -> None:
    room = room()
    room.open(room.seeded.teresa)
    head = room.page.chart.head
    assert head.name.text() == "Teresa Villalobos"
    for part in ("Female, 68 y", "14 Mar 1958", "MRN 004182"):
        assert part in head.facts.text()
    assert chips(head)[:3] == ["Apixaban", "Latex", "Penicillin: rash"]
    assert "71.5 kg" in chips(head)
    assert "Latex" in head.accessibleName()
    assert "10:12" in room.page.subtitle()


def test_opening_a_chart_is_kept_in_the_audit(room: OpenRoom) -> None:
    room = room()

    def looks() -> int:
        with room.clinic.store.read() as tx:
            sql = "SELECT count(*) FROM audit_act WHERE action = 'patient.open'"
            return int(tx.session.connection().exec_driver_sql(sql).scalar_one())

    before = looks()
    room.open(room.seeded.teresa)
    assert looks() == before + 1


def test_editing_shows_errors_at_their_fields_and_keeps_what_was_typed(room: OpenRoom) -> None:
    room = room()
    room.open(room.seeded.teresa)
    room.key(Qt.Key.Key_E)
    dialog = dialog_of(room)
    room.type(dialog.fields.editor("birth_date"), "14 mar 2058")
    room.type(dialog.fields.editor("email"), "nowhere")
    room.type(dialog.fields.editor("weight_kg"), "heavy")
    room.qtbot.mouseClick(dialog.accept, Qt.MouseButton.LeftButton)
    room.settle()
    assert set(dialog.fields.errors()) == {"weight_kg"}
    room.type(dialog.fields.editor("weight_kg"), "70.5")
    room.key(Qt.Key.Key_Return, CTRL)
    errors = dialog.fields.errors()
    assert "future" in errors["birth_date"]
    assert "e-mail" in errors["email"]
    room.type(dialog.fields.editor("birth_date"), "3/14/58")
    room.type(dialog.fields.editor("email"), "t.villalobos@example.org")
    room.key(Qt.Key.Key_Return, CTRL)
    assert not dialogs(room)
    assert "70.5 kg" in chips(room.page.chart.head)
    assert room.said[-1] == "Patient saved."


def test_a_weight_of_another_kind_is_asked_back_until_it_is_typed_again(room: OpenRoom) -> None:
    room = room()
    room.open(room.seeded.teresa)
    room.key(Qt.Key.Key_E)
    dialog = dialog_of(room)
    room.type(dialog.fields.editor("weight_kg"), "7.15")
    room.key(Qt.Key.Key_Return, CTRL)
    asked = {"weight_kg": "7.15 kg: is that right? If it is, type it again."}
    assert dialog.fields.errors() == asked
    room.key(Qt.Key.Key_Return, CTRL)
    assert dialog.fields.errors() == asked
    room.type(dialog.fields.editor("weight_kg"), "7.15")
    room.key(Qt.Key.Key_Return, CTRL)
    assert not dialogs(room)
    assert "7.15 kg" in chips(room.page.chart.head)


def test_two_people_change_one_patient(room: OpenRoom) -> None:
    room = room()
    room.open(room.seeded.teresa)
    record = room.page.chart.chart.record
    room.key(Qt.Key.Key_E)
    dialog = dialog_of(room)
    other = replace(record.form, city="Quincy", phone_home="617 555 0100")
    patients.change(room.clinic, room.seeded.actor("nurse"), record.id, record.version, other)
    room.type(dialog.fields.editor("city"), "Cambridge")
    room.type(dialog.fields.editor("preferred"), "Tere")
    room.key(Qt.Key.Key_Return, CTRL)
    assert dialog.conflict.isVisible()
    options = {b.text(): b for b in dialog.conflict.findChildren(QRadioButton)}
    assert set(options) == {"Cambridge", "Quincy"}
    room.qtbot.mouseClick(options["Quincy"], Qt.MouseButton.LeftButton)
    room.qtbot.mouseClick(dialog.accept, Qt.MouseButton.LeftButton)
    room.settle()
    saved = patients.open_chart(room.clinic, room.actor, record.id).record.form
    assert (saved.city, saved.preferred, saved.phone_home) == (
        "Quincy", "Tere", "(617) 555-0100",
    )  # fmt: skip


def test_a_likely_double_is_pointed_out_before_a_second_record(room: OpenRoom) -> None:
    room = room()
    room.type(room.page.finder.search, "vilalobos teresa 3/14/58")
    room.page.finder.new.click()
    dialog = dialog_of(room)
    room.type(dialog.fields.editor("family"), "Villalobos")
    room.type(dialog.fields.editor("given"), "Teresa")
    room.type(dialog.fields.editor("birth_date"), "3/14/1958")
    room.key(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()
    assert "Villalobos, Teresa" in dialog.duplicates.accessibleName()
    assert dialog.accept.text() == "Add as another person"
    use = dialog.duplicates.findChild(QPushButton)
    room.qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    room.settle()
    assert room.page.chart.chart.banner.id == room.seeded.teresa


def test_a_new_patient_is_opened_at_once(room: OpenRoom) -> None:
    room = room()
    room.page.add_patient("")
    dialog = dialog_of(room)
    room.type(dialog.fields.editor("family"), "Ekström")
    room.type(dialog.fields.editor("given"), "Åsa")
    room.type(dialog.fields.editor("birth_date"), "1 may 1980")
    dialog.fields.editor("allergies").setPlainText("Latex (hives)\nIohexol")
    room.key(Qt.Key.Key_Return, CTRL)
    assert room.page.chart.head.name.text() == "Åsa Ekström"
    assert chips(room.page.chart.head) == ["Iohexol", "Latex: hives"]


def test_upcoming_and_the_ways_on(room: OpenRoom) -> None:
    room = room("physician")
    start = datetime(2026, 11, 24, 14, 0, tzinfo=room.clinic.zone)
    request = BookRequest(
        room.seeded.teresa, start, 30, room.seeded.osei, room.seeded.carm_room,
        "esi.transforaminal", ("L5 left",), guidance=Guidance.FLUOROSCOPY,
    )  # fmt: skip
    made = booking.book(room.clinic, room.actor, request).value
    room.open(room.seeded.teresa)
    [row] = room.page.chart.chart.upcoming
    assert row.title == "Transforaminal ESI"
    room.key(Qt.Key.Key_B)
    room.key(Qt.Key.Key_L)
    room.key(Qt.Key.Key_D)
    assert room.went == [
        ("schedule", {"patient_id": room.seeded.teresa}),
        ("log", {"appointment_id": made}),
        ("documents", {"patient_id": room.seeded.teresa}),
    ]


def test_a_change_made_elsewhere_comes_in(room: OpenRoom) -> None:
    room = room()
    room.open(room.seeded.teresa)
    record = room.page.chart.chart.record
    form = replace(record.form, allergies=(*record.form.allergies, "Omnipaque"))
    done = patients.change(room.clinic, room.actor, record.id, record.version, form)
    room.context.publish(done.changes)
    room.settle()
    assert "Omnipaque" in chips(room.page.chart.head)


def test_a_patient_who_died_is_marked_and_not_booked(room: OpenRoom) -> None:
    room = room()
    record = patients.open_chart(room.clinic, room.actor, room.seeded.sean).record
    form = replace(record.form, deceased_on=datetime(2026, 10, 1, tzinfo=room.clinic.zone).date())
    patients.change(room.clinic, room.actor, record.id, record.version, form)
    room.open(room.seeded.sean)
    chart = room.page.chart
    assert "Died on 1 Oct 2026" in chart.notice.text()
    assert not chart.head.book.isEnabled()
    room.key(Qt.Key.Key_B)
    assert not room.went


def test_the_steroid_of_the_year_stands_on_the_chart(room: OpenRoom) -> None:
    room = room()
    patient = room.seeded.teresa
    with room.clinic.store.write(None, "test.add") as tx:
        values = {"patient_id": patient, "procedure": "joint.injection", "intent": "therapeutic"}
        for day, steroids_known in ((date(2026, 10, 1), True), (date(2026, 3, 1), False)):
            row = tx.add(
                ProcedureRecord(
                    **values, performed_on=day, outcome="outside", created_at=tx.now,
                    steroids_known=steroids_known,
                )
            )  # fmt: skip
            tx.add(ProcedureSite(procedure_id=row.id, name="knee", side="left"))
            if steroids_known:
                tx.add(
                    Administration(
                        procedure_id=row.id, product="x", drug="methylprednisolone",
                        kind="steroid", volume_ml=Decimal(1), dose=Decimal(80),
                    )
                )  # fmt: skip
    assert not room.page.chart.steroid.isVisible()
    room.open(patient)
    room.settle()
    said = words_in(room.page.chart.steroid)
    assert "About 100 mg prednisone equivalent, 1 injection (1 elsewhere)" in said
    assert "1 injection without a recorded dose is not counted." in said
