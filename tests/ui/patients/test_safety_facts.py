"""The safety questions in the window: answered by keyboard, saved as one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from support import settle
from support.desk import dialog_over, words_in

from clinicdesk.domain.rows.safety_facts import (
    AllergyEntry,
    ConditionEntry,
    DrugEntry,
    FactsAnswer,
    ImplantEntry,
    Said,
    SurgeryEntry,
    Topic,
)
from clinicdesk.services import patients, safety_facts
from clinicdesk.ui.widgets import IconButton

OpenRoom = Callable[..., Any]
CTRL = Qt.KeyboardModifier.ControlModifier


def facts(room: Any, number: int) -> Any:
    return safety_facts.facts(room.clinic, room.actor, number)


def said(room: Any, number: int) -> dict[str, str]:
    return {state.topic.value: state.said.value for state in facts(room, number).states}


def typed(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def pressed(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def asked(room: Any, number: int) -> Any:
    """The dialog, opened from the chart with its key."""
    room.open(number)
    room.key(Qt.Key.Key_S)
    dialog = dialog_over(room.window)
    assert dialog is not None
    return dialog


def test_every_question_is_answered_by_keyboard(room: OpenRoom) -> None:
    room = room()
    number = room.seeded.obrien
    asked(room, number)
    typed("y")  # allergies: there are some
    typed("IV dye (hives, moderate)")
    pressed(Qt.Key.Key_Return)
    typed("Latex")
    pressed(Qt.Key.Key_Return)
    assert "IV dye" in words_in(dialog_over(room.window))
    for _ in range(10):  # on to the drugs, past the crosses of the entries
        pressed(Qt.Key.Key_Tab)
        if "Drugs" in QApplication.focusWidget().accessibleName():
            break
    typed("n")
    pressed(Qt.Key.Key_Tab)
    typed("n")
    pressed(Qt.Key.Key_Return, CTRL)
    room.settle()
    assert dialog_over(room.window) is None
    found = said(room, number)
    assert (found["allergies"], found["drugs"], found["conditions"]) == ("list", "none", "none")
    assert found["implants"] == "not_asked"
    chart = patients.open_chart(room.clinic, room.actor, number)
    assert [(a.substance, a.severity) for a in chart.banner.allergies] == [
        ("IV dye", "moderate"), ("Latex", ""),
    ]  # fmt: skip


def test_the_chart_says_what_was_asked_and_what_was_not(room: OpenRoom) -> None:
    room = room()
    number = room.seeded.andrea
    safety_facts.answer(room.clinic, room.actor, number, Topic.DRUGS, Said.NONE)
    safety_facts.answer(
        room.clinic, room.actor, number, Topic.CONDITIONS, add=(ConditionEntry("Gout"),)
    )
    room.open(number)
    text = words_in(room.page.chart.safety)
    for words in ("Drugs\nNone", "Conditions\nGout", "Implants\nNot asked"):
        assert words in text


def test_what_another_desk_enters_meanwhile_is_joined(room: OpenRoom) -> None:
    room = room()
    number = room.seeded.obrien
    asked(room, number)
    nurse = room.seeded.actor("nurse")
    safety_facts.answer(
        room.clinic, nurse, number, Topic.ALLERGIES, add=(AllergyEntry("Penicillin"),)
    )
    typed("y")
    typed("Latex")
    pressed(Qt.Key.Key_Return, CTRL)  # what stands in the field is meant, too
    room.settle()
    entries = facts(room, number).of(Topic.ALLERGIES).entries
    assert [kept.entry.substance for kept in entries] == ["Penicillin", "Latex"]


def test_none_over_what_another_desk_entered_is_refused_at_the_question(room: OpenRoom) -> None:
    room = room()
    number = room.seeded.obrien
    asked(room, number)
    nurse = room.seeded.actor("nurse")
    safety_facts.answer(
        room.clinic, nurse, number, Topic.ALLERGIES, add=(AllergyEntry("Penicillin"),)
    )
    typed("n")
    pressed(Qt.Key.Key_Return, CTRL)
    room.settle()
    text = words_in(dialog_over(room.window))
    assert "On record: Penicillin. Take it off the list first." in text
    assert said(room, number)["allergies"] == "list"


def test_the_last_entry_taken_off_leaves_the_question_open(room: OpenRoom) -> None:
    room = room()
    number = room.seeded.obrien
    safety_facts.answer(
        room.clinic, room.actor, number, Topic.IMPLANTS, add=(ImplantEntry("Pacemaker"),)
    )
    dialog = asked(room, number)
    row = dialog.rows[Topic.IMPLANTS]
    room.click(
        next(
            button
            for button in row.findChildren(IconButton)
            if button.isVisible() and button.accessibleName() == "Take off the list: Pacemaker"
        )
    )
    assert row.answer.value() == "not_asked"
    pressed(Qt.Key.Key_Return, CTRL)
    room.settle()
    assert said(room, number)["implants"] == "not_asked"


def test_a_list_without_an_entry_is_not_saved(room: OpenRoom) -> None:
    room = room()
    number = room.seeded.obrien
    dialog = asked(room, number)
    typed("y")
    pressed(Qt.Key.Key_Return, CTRL)
    room.settle()
    assert "Enter at least one, or say none." in words_in(dialog)
    assert said(room, number)["allergies"] == "not_asked"


@pytest.mark.parametrize(
    ("topic", "text", "expected"),
    [
        (Topic.DRUGS, "apixaban 5 mg twice a day",
         DrugEntry("apixaban", "5 mg twice a day", "anticoagulant")),
        (Topic.IMPLANTS, "left TKR",
         ImplantEntry("left TKR", "knee left", prosthesis=True)),
        (Topic.IMPLANTS, "Prosthesis (thumb base right)",
         ImplantEntry("Prosthesis", "thumb base right", prosthesis=True)),
        (Topic.SURGERIES, "left knee, 20 January 2027",
         SurgeryEntry("knee left", date(2027, 1, 20))),
    ],
)  # fmt: skip
def test_an_entry_is_read_as_typed(
    room: OpenRoom, topic: Topic, text: str, expected: object
) -> None:
    room = room()
    dialog = asked(room, room.seeded.obrien)
    row = dialog.rows[topic]
    row.first.setFocus()
    typed("y")
    typed(text)
    pressed(Qt.Key.Key_Return)
    assert row.draft.answer() == FactsAnswer(topic, Said.LIST, (expected,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("topic", "text", "sentence"),
    [
        (Topic.SURGERIES, "knee, 20 January 2027", "Enter the joint and its side"),
        (Topic.SURGERIES, "knee left", "Type joint, side and day"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_question(
    room: OpenRoom, topic: Topic, text: str, sentence: str
) -> None:
    room = room()
    dialog = asked(room, room.seeded.obrien)
    row = dialog.rows[topic]
    row.first.setFocus()
    typed("y")
    typed(text)
    pressed(Qt.Key.Key_Return)
    assert sentence in words_in(row)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == text


def test_pregnancy_is_asked_of_those_it_may_be_true_of(room: OpenRoom) -> None:
    room = room()
    dialog = asked(room, room.seeded.teresa)  # 68 years old
    row = dialog.rows[Topic.PREGNANCY]
    assert "not asked at 68" in words_in(row)
    assert not row.answer.isEnabled()


def test_what_is_being_answered_is_seen_in_a_small_window(room: OpenRoom) -> None:
    room = room()
    room.window.resize(1280, 640)
    number = room.seeded.obrien
    entries = tuple(AllergyEntry(f"Drug {n}") for n in range(14))
    safety_facts.answer(room.clinic, room.actor, number, Topic.ALLERGIES, add=entries)
    dialog = asked(room, number)
    dialog.rows[Topic.SURGERIES].first.setFocus()
    typed("y")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.visibleRegion().boundingRect() == field.rect()


def test_what_an_entry_counts_as_is_said_beside_it(room: OpenRoom) -> None:
    room = room()
    dialog = asked(room, room.seeded.obrien)
    entries = [
        (Topic.ALLERGIES, "IV dye (hives)", "iodinated contrast"),
        (Topic.ALLERGIES, "Penicillin", "no check here uses it"),
        (Topic.DRUGS, "heart tablet", "not recognised: no warning comes from it"),
        (Topic.DRUGS, "metformin 500 mg", "diabetes drug"),
        (Topic.CONDITIONS, "T2DM", "diabetes"),
        (Topic.IMPLANTS, "pacemaker", "active device"),
        (Topic.IMPLANTS, "knee replacement left", "artificial joint, knee left"),
    ]
    for topic, words, read in entries:
        row = dialog.rows[topic]
        row.say(Said.LIST)
        room.qtbot.keyClicks(row.typed, words)
        pressed(Qt.Key.Key_Return)
        assert read in words_in(row).splitlines(), words


def test_what_it_touches_is_said_before_it_is_saved(room: OpenRoom) -> None:
    room = room()
    number = room.seeded.sean
    settle.book(room.clinic, "frontdesk", "sean", settle.DAY, 9)
    dialog = asked(room, number)
    place = "Tue 1 Dec 09:00, Transforaminal ESI, L5 left"
    room.qtbot.waitUntil(lambda: place in words_in(dialog.touch))
    assert "1 booked appointment, as the facts stand here" in words_in(dialog.touch)
    row = dialog.rows[Topic.ALLERGIES]
    row.say(Said.LIST)
    room.qtbot.keyClicks(row.typed, "IV dye (hives)")
    pressed(Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: "New: Contrast allergy" in words_in(dialog.touch))
    assert "No longer: " in words_in(dialog.touch)
    # Nothing is kept by asking.
    assert facts(room, number).of(Topic.ALLERGIES).entries == ()


def test_an_old_list_is_dated_anew_by_still_so_today(room: OpenRoom) -> None:
    room = room()
    number = room.seeded.teresa
    gout = (ConditionEntry("gout"),)
    safety_facts.answer(room.clinic, room.actor, number, Topic.CONDITIONS, add=gout)
    room.clinic.clock.moment += timedelta(days=30)
    dialog = asked(room, number)
    row = dialog.rows[Topic.CONDITIONS]
    assert "asked 24 Nov 2026" in words_in(row)
    QTest.mouseClick(row.still, Qt.MouseButton.LeftButton)
    pressed(Qt.Key.Key_Return, CTRL)
    room.settle()
    state = facts(room, number).of(Topic.CONDITIONS)
    assert (state.said, state.asked_on) == (Said.LIST, settle.TODAY + timedelta(days=30))
