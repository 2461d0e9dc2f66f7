"""The frame: pages by role, keys, palette, status bar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support import settle
from support.desk import words_in

from clinicdesk.domain.permissions import Role
from clinicdesk.domain.rows.safety_facts import DrugEntry, Topic
from clinicdesk.services import safety_facts
from clinicdesk.ui.pages import PAGES
from clinicdesk.ui.shell.help_words import FIRST_DAY, WORDS, words_of
from clinicdesk.ui.shell.rail import RailButton
from clinicdesk.ui.widgets import Chip, Dialog

CTRL = Qt.KeyboardModifier.ControlModifier


_DESK = ["schedule", "patients", "due", "settle", "documents", "import"]
_TREATING = ["schedule", "patients", "log", "due", "settle", "documents"]
TITLES = ["Schedule", "Patients", "Procedure log", "Due list", "To settle", "Documents"]


@pytest.mark.parametrize(
    ("login", "pages"),
    [
        ("frontdesk", _DESK),
        ("nurse", _TREATING),
        ("physician", _TREATING),
        ("manager", [*_DESK, "payers"]),
    ],
)
def test_the_rail_shows_the_pages_of_the_role(front: Any, login: str, pages: list[str]) -> None:
    front.sign_in(login)
    shown = [b.entry.key for b in front.window.findChildren(RailButton) if b.isVisible()]
    assert shown == pages


def test_every_page_opens_by_its_number_and_has_a_title(front: Any) -> None:
    front.sign_in("physician")
    workspace = front.window.workspace
    for number, (key, title) in enumerate(zip(_TREATING, TITLES, strict=True), 1):
        front.key(Qt.Key(Qt.Key.Key_0.value + number), CTRL)
        assert workspace.shown == key
        assert title in words_in(workspace.top).splitlines()
        marked = [b for b in front.window.findChildren(RailButton) if b.isChecked()]
        assert [b.entry.key for b in marked] == [key]


@pytest.mark.parametrize("login", ["frontdesk", "nurse", "physician", "manager"])
def test_a_page_has_the_same_number_for_every_role(front: Any, login: str) -> None:
    front.enter(login)
    workspace = front.window.workspace
    keys = {a.id: a.key for a in workspace.actions_list.here() if a.id.startswith("go.")}
    for number, entry in enumerate(PAGES, 1):
        assert keys.get(f"go.{entry.key}", f"Ctrl+{number}") == f"Ctrl+{number}"
    front.key(Qt.Key.Key_5, CTRL)
    assert workspace.shown == "settle"


def waiting(front: Any) -> str:
    """What the rail says of To settle."""
    buttons = front.window.findChildren(RailButton)
    return next(b.accessibleName() for b in buttons if b.entry.key == "settle" and b.isVisible())


def test_what_waits_is_counted_at_sign_in_and_after_each_change(front: Any) -> None:
    settle.everything(front.clinic)
    front.enter("frontdesk")
    # A death and the call promised, before the page was ever opened.
    assert waiting(front) == "To settle, 2 waiting"
    context = front.window.workspace.context
    clinic, actor = front.clinic, context.actor
    # Four days before the procedure the prescriber should have been asked: late.
    settle.book(clinic, "frontdesk", "willem", settle.TODAY + timedelta(days=1), 14)
    apixaban = (DrugEntry("apixaban", "5 mg"),)
    learned = safety_facts.answer(clinic, actor, clinic.seeded.willem, Topic.DRUGS, add=apixaban)
    context.publish(learned.changes)
    front.qtbot.waitUntil(lambda: waiting(front) == "To settle, 3 waiting")


def test_a_page_of_another_role_is_refused_in_words(front: Any) -> None:
    front.sign_in("frontdesk")
    front.window.workspace.show_page("log")
    assert front.window.workspace.shown == "schedule"
    assert "Front desk" in front.window.workspace.status.text()


def test_search_opens_a_patient(front: Any) -> None:
    front.sign_in("physician")
    workspace = front.window.workspace
    front.key(Qt.Key.Key_K, CTRL)
    box = workspace.palette_box.box
    assert QApplication.focusWidget() is box
    front.qtbot.keyClicks(box, "villalobos")
    front.qtbot.waitUntil(lambda: any("Villalobos" in m.text for m in box.matches))
    QTest.keyClick(box, Qt.Key.Key_Return)
    front.settle()
    assert workspace.shown == "patients"
    assert box.text() == ""
    assert any("Villalobos" in words for words in front.words())


def test_search_runs_a_command(front: Any) -> None:
    front.sign_in("physician")
    front.key(Qt.Key.Key_K, CTRL)
    box = front.window.workspace.palette_box.box
    front.qtbot.keyClicks(box, "lock the")
    front.qtbot.waitUntil(lambda: any(m.text == "Lock the screen" for m in box.matches))
    QTest.keyClick(box, Qt.Key.Key_Return)
    front.settle()
    assert front.window.locked


def test_the_key_list_names_the_keys_that_work_here(front: Any) -> None:
    front.sign_in("physician")
    front.key(Qt.Key.Key_F1)
    dialog = front.window.findChild(Dialog)
    keys = {chip.text() for chip in dialog.findChildren(Chip)}
    assert {"Ctrl+K", "Ctrl+L", "F1", "N"} <= keys
    front.key(Qt.Key.Key_Escape)
    assert not any(s.isVisible() for s in front.window.findChildren(Dialog))


@pytest.mark.parametrize(
    ("login", "first_day"),
    [
        ("frontdesk", "Somebody calls for an appointment"),
        ("nurse", "blood thinners that wait"),
        ("physician", "The log comes filled in"),
        ("manager", "Looking after the computers"),
    ],
)
def test_help_tells_the_first_day_of_each_role(front: Any, login: str, first_day: str) -> None:
    front.enter(login)
    front.key(Qt.Key.Key_F1)
    assert any(first_day in words for words in front.words())


def test_help_explains_the_keys_and_words_of_every_page(front: Any) -> None:
    front.enter("manager")
    workspace = front.window.workspace
    for entry in PAGES:
        if not workspace.actor.may(entry.permission):
            continue
        workspace.show_page(entry.key)
        front.settle()
        front.key(Qt.Key.Key_F1)
        said = "\n".join(front.words())
        for action in workspace.actions_list.here():
            assert not action.key or action.text in said
        procedures = front.clinic.catalogue.procedures.values()
        scales = front.clinic.catalogue.vocabulary.scales.values()
        for word, meaning in words_of(entry.key, procedures, scales):
            assert f"{word}: {meaning}" in said
        front.key(Qt.Key.Key_Escape)
        if entry.key in ("schedule", "log", "due"):
            assert all(f"{each.short}: {each.name}" in said for each in procedures)
    assert set(WORDS) == {entry.key for entry in PAGES}
    assert set(FIRST_DAY) == set(Role)


def test_the_last_act_can_be_undone_once(front: Any) -> None:
    front.sign_in("frontdesk")
    undone: list[str] = []
    workspace = front.window.workspace
    front.window.bus.say("Marchetti moved to 11:00.", lambda: undone.append("x"))
    assert "Marchetti moved to 11:00." in workspace.status.text()
    workspace.status.undo()
    workspace.status.undo()
    assert undone == ["x"]


def test_a_warning_stays_until_the_next_act(front: Any) -> None:
    front.sign_in("frontdesk")
    status = front.window.workspace.status
    front.window.bus.warn("C-arm room is booked 13:00–14:30.")
    assert "C-arm room is booked" in status.text()
    front.window.bus.say("Booked.", None)
    assert "C-arm room" not in status.text()


def test_a_demo_says_so_on_every_page(front: Any) -> None:
    front.sign_in("physician")
    for key in _TREATING:
        front.window.workspace.show_page(key)
        front.settle()
        marks = [c.text() for c in front.window.findChildren(Chip) if c.isVisible()]
        assert any("Demo clinic" in mark for mark in marks)


def test_the_theme_is_switched_and_remembered(front: Any) -> None:
    from clinicdesk.ui import preferences, theme

    front.sign_in("physician")
    front.window.switch_theme()
    assert theme.is_dark()
    assert preferences.load().theme == "dark"
    front.window.switch_theme()
    assert preferences.load().theme == "light"


def test_every_page_of_the_rail_can_be_made() -> None:
    from importlib import import_module

    from clinicdesk.ui.context import Page

    for entry in PAGES:
        module, _, name = entry.factory.partition(":")
        assert issubclass(getattr(import_module(module), name), Page), entry.key
