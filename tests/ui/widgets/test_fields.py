"""Fields: what is wrong is said at the field, seen, and read out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Choice, Field, NumberEdit, PasswordEdit, TextArea, TextEdit

OnShow = Callable[..., QWidget]


def description(widget: QWidget) -> str:
    """What a screen reader adds after a widget's name."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Description)


def has_colour(image: QImage, name: str) -> bool:
    return any(
        image.pixelColor(x, y).name() == name
        for x in range(image.width())
        for y in range(image.height())
    )


def form(*fields: QWidget) -> QWidget:
    page = QWidget()
    page.setObjectName("canvas")
    layout = QVBoxLayout(page)
    for field in fields:
        layout.addWidget(field)
    layout.addStretch(1)
    return page


EDITORS = [TextEdit, TextArea, NumberEdit, Choice, PasswordEdit]


@pytest.mark.parametrize("make", EDITORS)
def test_what_is_wrong_is_written_seen_and_read_out(
    make: Callable[[], QWidget], on_show: OnShow
) -> None:
    editor = make()
    field = Field("Lot", editor, "As printed on the vial.")
    on_show(form(field, QLineEdit()), 320, 220)
    red = theme.colour("danger").name()
    edited = editor.focusProxy() or editor
    assert not has_colour(editor.grab().toImage(), red)
    assert description(edited) == "As printed on the vial."
    field.set_error("Expired August 2026.")
    QApplication.processEvents()
    assert field.error() == "Expired August 2026."
    assert has_colour(editor.grab().toImage(), red)
    assert description(edited) == "Expired August 2026."
    field.set_error("")
    QApplication.processEvents()
    assert field.error() == ""
    assert not has_colour(editor.grab().toImage(), red)
    assert description(edited) == "As printed on the vial."


@pytest.mark.parametrize("make", EDITORS)
def test_an_editor_is_called_by_its_label(make: Callable[[], QWidget], on_show: OnShow) -> None:
    editor = make()
    on_show(form(Field("Passphrase", editor)))
    named = QAccessible.queryAccessibleInterface(editor.focusProxy() or editor)
    assert named.text(QAccessible.Text.Name) in ("Passphrase", "Password")


def test_the_focus_goes_through_the_field_to_its_editor(on_show: OnShow) -> None:
    first, second = Field("One", TextEdit()), Field("Two", PasswordEdit())
    on_show(form(first, second))
    second.setFocus()
    assert QApplication.focusWidget() is second.editor.edit
    first.setFocus()
    assert QApplication.focusWidget() is first.editor


def test_tab_leaves_several_lines_of_text(on_show: OnShow) -> None:
    area, after = TextArea(), TextEdit()
    on_show(form(area, after))
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_a_patients_mark_up_is_shown_as_typed(qtbot: QtBot) -> None:
    field = Field("Family name", TextEdit())
    qtbot.addWidget(field)
    field.set_error("<b>O'Brien</b> & Søn is taken.")
    line = next(label for label in field.findChildren(QLabel) if "O'Brien" in label.text())
    assert line.textFormat() == Qt.TextFormat.PlainText


# -- numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2.5", "2.5"),
        (" 2,5 ", "2.5"),
        (".5", "0.5"),
        ("10.", "10"),
        ("0,125", None),
        ("", None),
        ("1,000", None),
        ("12,345", None),
        ("1e3", None),
        ("nan", None),
        ("Infinity", None),
        ("2 ml", None),
        ("٣", None),
        ("--1", None),
    ],
)
def test_a_number_is_exact_or_it_is_none(qtbot: QtBot, typed: str, value: str | None) -> None:
    edit = NumberEdit("ml", "Volume")
    qtbot.addWidget(edit)
    edit.setText(typed)
    assert edit.value() == (None if value is None else Decimal(value))


def test_a_number_comes_back_as_it_went_in(qtbot: QtBot) -> None:
    edit = NumberEdit("mg", "Dose")
    qtbot.addWidget(edit)
    for value in (Decimal("1E+3"), Decimal("0.10"), Decimal(8), None):
        edit.set_value(value)
        assert edit.value() == value
    edit.set_value(Decimal("1E+3"))
    assert edit.text() == "1000"


def test_the_unit_is_read_out_with_the_name(qtbot: QtBot) -> None:
    edit = NumberEdit("ml", "Volume")
    qtbot.addWidget(edit)
    assert edit.accessibleName() == "Volume ml"


# -- passwords ------------------------------------------------------------------------------


@pytest.fixture
def password(on_show: OnShow) -> PasswordEdit:
    made = PasswordEdit()
    on_show(form(made))
    made.edit.setFocus()
    return made


def caps_notice(password: PasswordEdit) -> bool:
    return any(
        label.text() == "Caps Lock is on" and label.isVisible()
        for label in password.findChildren(QLabel)
    )


def test_caps_lock_is_announced(password: PasswordEdit) -> None:
    QTest.keyClick(password.edit, Qt.Key.Key_A)
    assert not caps_notice(password)
    QTest.keyClick(password.edit, "A", Qt.KeyboardModifier.NoModifier)
    assert caps_notice(password)
    QTest.keyClick(password.edit, "b", Qt.KeyboardModifier.NoModifier)
    assert not caps_notice(password)


def test_show_and_hide(password: PasswordEdit) -> None:
    show = password.findChild(QPushButton)
    QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    assert password.edit.echoMode() == QLineEdit.EchoMode.Normal
    assert show.text() == "Hide"
    QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    assert password.edit.echoMode() == QLineEdit.EchoMode.Password


def test_the_next_person_is_not_shown_what_they_type(password: PasswordEdit) -> None:
    # One person presses Show; the next types at the same lock screen.
    QTest.mouseClick(password.findChild(QPushButton), Qt.MouseButton.LeftButton)
    QTest.keyClicks(password.edit, "secret")
    password.clear()
    assert password.text() == ""
    assert password.edit.echoMode() == QLineEdit.EchoMode.Password
    assert password.findChild(QPushButton).text() == "Show"


def test_enter_submits(password: PasswordEdit, qtbot: QtBot) -> None:
    QTest.keyClicks(password.edit, "secret")
    with qtbot.waitSignal(password.submitted):
        QTest.keyClick(password.edit, Qt.Key.Key_Return)
    assert password.text() == "secret"
