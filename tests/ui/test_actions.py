"""Keys: letters only outside text, nothing under a dialog, nothing while locked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from clinicdesk.ui.actions import Action, Actions
from clinicdesk.ui.shell.palette import matching_actions
from clinicdesk.ui.widgets import Dialog, NumberEdit, TextArea, TextEdit

CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """A window with a button and text fields, and actions that say when they ran."""

    def __init__(self, on_show: Callable[..., QWidget]) -> None:
        self.ran: list[str] = []
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        self.button, self.text = QPushButton("Press"), TextEdit("Find")
        self.area, self.number = TextArea("Note"), NumberEdit("ml")
        for widget in (self.button, self.text, self.area, self.number):
            layout.addWidget(widget)
        self.actions = Actions(self.window)
        self.actions.add(
            Action("search", "Find a patient or a command", "Ctrl+K", self.search),
            Action("lock", "Lock the screen", "Ctrl+L", self.lock),
            Action("undo", "Undo the last action", "Ctrl+Z", self.undo),
            Action("go.patients", "Go to Patients", "Ctrl+2", self.patients),
            Action("schedule.new", "New appointment", "N", self.new, "schedule"),
            Action("schedule.after", "Day after", "PgDown", self.after, "schedule"),
            Action("log.sign", "Sign and lock the log", "Ctrl+Return", self.sign, "log"),
            Action("log.aftercare", "Print after-care", "A", self.sign, "log"),
        )
        self.actions.watch(self.window)
        self.actions.sleep(False)
        self.actions.go("schedule")
        on_show(self.window)

    def search(self) -> None:
        self.ran.append("search")

    def lock(self) -> None:
        self.ran.append("lock")

    def undo(self) -> None:
        self.ran.append("undo")

    def patients(self) -> None:
        self.ran.append("patients")

    def new(self) -> None:
        self.ran.append("new")

    def after(self) -> None:
        self.ran.append("after")

    def sign(self) -> None:
        self.ran.append("sign")

    def press(
        self,
        widget: QWidget,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> list[str]:
        widget.setFocus()
        assert QApplication.focusWidget() is widget
        self.ran.clear()
        QTest.keyClick(widget, key, modifier)
        return list(self.ran)


@pytest.fixture
def desk(on_show: Callable[..., QWidget]) -> Desk:
    return Desk(on_show)


def test_a_letter_works_on_the_page(desk: Desk) -> None:
    assert desk.press(desk.button, Qt.Key.Key_N) == ["new"]


@pytest.mark.parametrize("field", ["text", "area", "number"])
def test_a_letter_is_typed_in_a_field(desk: Desk, field: str) -> None:
    widget = getattr(desk, field)
    assert desk.press(widget, Qt.Key.Key_N) == []
    shown = widget.toPlainText() if field == "area" else widget.text()
    assert shown == "n"


def test_combinations_work_in_fields_too(desk: Desk) -> None:
    assert desk.press(desk.text, Qt.Key.Key_K, CTRL) == ["search"]
    assert desk.press(desk.area, Qt.Key.Key_L, CTRL) == ["lock"]


@pytest.mark.parametrize("field", ["text", "area"])
def test_undo_in_a_field_takes_back_typing_not_the_appointment(desk: Desk, field: str) -> None:
    widget = getattr(desk, field)
    widget.setFocus()
    QTest.keyClicks(widget, "x")
    assert desk.press(widget, Qt.Key.Key_Z, CTRL) == []
    shown = widget.toPlainText() if field == "area" else widget.text()
    assert shown == ""
    assert desk.press(desk.button, Qt.Key.Key_Z, CTRL) == ["undo"]


def test_only_this_pages_keys_work(desk: Desk) -> None:
    assert desk.press(desk.button, Qt.Key.Key_A) == []
    desk.actions.go("log")
    assert desk.press(desk.button, Qt.Key.Key_N) == []
    assert desk.press(desk.button, Qt.Key.Key_A) == ["sign"]


def test_nothing_works_while_locked(desk: Desk) -> None:
    desk.actions.sleep(True)
    assert desk.press(desk.button, Qt.Key.Key_N) == []
    assert desk.press(desk.button, Qt.Key.Key_K, CTRL) == []


def test_under_a_dialog_no_command_of_the_page_works(desk: Desk) -> None:
    dialog = Dialog(desk.window, "Sign", "Sign")
    field = TextEdit()
    dialog.body.addWidget(field)
    dialog.open_dialog(field)
    desk.actions.go("log")
    accepted: list[bool] = []
    dialog.accepted.connect(lambda: accepted.append(True))
    # Ctrl+Enter is the dialog's: the page's own would open a second dialog.
    assert desk.press(field, Qt.Key.Key_Return, CTRL) == []
    assert accepted == [True]
    desk.actions.go("schedule")
    assert desk.press(dialog.cancel, Qt.Key.Key_PageDown) == []
    assert desk.press(dialog.cancel, Qt.Key.Key_N) == []
    assert desk.press(dialog.cancel, Qt.Key.Key_Z, CTRL) == []
    assert desk.press(dialog.cancel, Qt.Key.Key_2, CTRL) == []
    assert desk.press(dialog.cancel, Qt.Key.Key_L, CTRL) == ["lock"]
    dialog.close_dialog()
    assert desk.press(desk.button, Qt.Key.Key_N) == ["new"]


def test_the_keys_of_the_number_pad_count(desk: Desk) -> None:
    keypad = CTRL | Qt.KeyboardModifier.KeypadModifier
    assert desk.press(desk.button, Qt.Key.Key_2, keypad) == ["patients"]


def test_a_later_action_takes_the_place_of_the_earlier(desk: Desk) -> None:
    desk.actions.add(Action("schedule.new", "New visit", "N", desk.after, "schedule"))
    assert [a.text for a in desk.actions.here() if a.id == "schedule.new"] == ["New visit"]
    assert desk.press(desk.button, Qt.Key.Key_N) == ["after"]


def test_typing_finds_commands_by_any_of_their_words(desk: Desk) -> None:
    found = [a.id for a in matching_actions(desk.actions.here(), "go pat")]
    assert found == ["go.patients"]
    assert next(a.id for a in matching_actions(desk.actions.here(), "new")) == "schedule.new"
    assert matching_actions(desk.actions.here(), "zzz") == []


def test_keys_are_heard_wherever_the_focus_goes(desk: Desk) -> None:
    # As a keyboard's: to the window, which hands them on.
    typed = desk.window.windowHandle()
    for widget in (desk.button, desk.text, desk.button):
        widget.setFocus()
        QTest.keyClick(typed, Qt.Key.Key_K, CTRL)
    assert desk.ran == ["search"] * 3
    desk.button.setFocus()
    desk.button.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    QTest.keyClick(typed, Qt.Key.Key_L, CTRL)
    assert desk.ran[3:] == ["lock"]
    desk.actions.unwatch()
    QTest.keyClick(typed, Qt.Key.Key_L, CTRL)
    assert desk.ran[4:] == []
