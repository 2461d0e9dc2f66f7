"""What is typed into a patient's form survives Esc and a kill, and is forgotten with Cancel."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from clinicdesk.services import patients

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def edit(desk: Any) -> Any:
    desk.open(patient_id=desk.seeded.teresa)
    desk.page.edit()
    desk.settle()
    return desk.dialog()


def typed(dialog: Any, name: str) -> str:
    return dialog.fields.values()[name]


def test_what_was_typed_is_back_after_escape_and_after_a_kill(room: Any) -> None:
    first = room()
    dialog = edit(first)
    first.type(dialog.fields.editor("city"), "Albany")
    first.type(dialog.fields.editor("birth_date"), "3/1")
    first.key(Key.Key_Escape)
    dialog = edit(first)
    assert typed(dialog, "city") == "Albany"
    assert typed(dialog, "birth_date") == "3/1"
    assert "not saved" in dialog.kept.text()
    # Another start of the program, without a close.
    again = room()
    dialog = edit(again)
    assert typed(dialog, "city") == "Albany"
    assert typed(edit(room("physician")), "city") != "Albany"


def test_saved_or_cancelled_it_is_forgotten(room: Any) -> None:
    desk = room()
    dialog = edit(desk)
    desk.type(dialog.fields.editor("city"), "Albany")
    desk.click(dialog.cancel)
    assert typed(edit(desk), "city") != "Albany"
    dialog = desk.dialog()
    desk.type(dialog.fields.editor("city"), "Troy")
    desk.key(Key.Key_Return, CTRL)
    chart = patients.open_chart(desk.clinic, desk.actor, desk.seeded.teresa)
    assert chart.record.form.city == "Troy"
    dialog = edit(desk)
    assert not dialog.kept.isVisible()


def test_a_name_without_a_comma_is_taken_as_the_lists_show_it_and_can_be_turned(room: Any) -> None:
    desk = room()
    desk.page.add_patient("Villalobos Tereza")
    desk.settle()
    dialog = desk.dialog()
    assert (typed(dialog, "family"), typed(dialog, "given")) == ("Villalobos", "Tereza")
    assert "family name Villalobos" in dialog.names.text()
    desk.click(dialog.names.button)
    assert (typed(dialog, "family"), typed(dialog, "given")) == ("Tereza", "Villalobos")
    assert not dialog.names.isVisible()
