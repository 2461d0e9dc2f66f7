"""Buttons, segmented choices and toggles by mouse, keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Button, Choice, IconButton, Segmented, ToggleRow

OnShow = Callable[..., QWidget]
KINDS = ("default", "primary", "text", "danger")


def heard(widget: QWidget) -> str:
    """What a screen reader says for a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def picture(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


def point(page: QWidget, target: QWidget) -> None:
    """Moves the pointer over a widget, as a person would."""
    spot = target.mapTo(page, target.rect().center() if target is not page else QPoint(2, 2))
    QTest.mouseMove(page.windowHandle(), spot)
    QApplication.processEvents()


def beside(*buttons: QWidget) -> QWidget:
    page = QWidget()
    page.setObjectName("canvas")
    layout = QHBoxLayout(page)
    for button in buttons:
        layout.addWidget(button)
    return page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("look", ["light", "dark"])
def test_each_state_looks_different(
    look: str, kind: str, on_show: OnShow, qapp: QApplication
) -> None:
    theme.apply(qapp, look)
    button, other = Button("Print", kind=kind), Button("Other")
    page = on_show(beside(button, other))
    other.setFocus()
    plain = picture(page)
    point(page, button)
    hover = picture(page)
    button.setDown(True)
    pressed = picture(page)
    button.setDown(False)
    button.setFocus()
    point(page, page)
    focused = picture(page)
    other.setFocus()
    button.setEnabled(False)
    disabled = picture(page)
    states = {"plain": plain, "hover": hover, "pressed": pressed, "focused": focused,
              "disabled": disabled}  # fmt: skip
    alike = [pair for pair in combinations(states, 2) if states[pair[0]] == states[pair[1]]]
    assert alike == []


@pytest.mark.parametrize("kind", KINDS)
def test_focus_moves_no_words(kind: str, on_show: OnShow) -> None:
    button, other = Button("Print", kind=kind), Button("Other")
    on_show(beside(button, other))
    other.setFocus()
    before = button.sizeHint()
    button.setFocus()
    QApplication.processEvents()
    assert button.sizeHint() == before


def test_space_and_a_click_do_the_same(qtbot: QtBot, on_show: OnShow) -> None:
    button = Button("Check in", "check", "primary", "I")
    on_show(beside(button))
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_key_hint_takes_room_of_its_own(qtbot: QtBot) -> None:
    plain, hinted = Button("Lock"), Button("Lock", key_hint="Ctrl L")
    qtbot.addWidget(plain)
    qtbot.addWidget(hinted)
    assert hinted.sizeHint().width() > plain.sizeHint().width() + 20
    assert hinted.minimumSizeHint() == hinted.sizeHint()


def test_a_button_that_changes_its_words_is_read_out_as_it_reads(qtbot: QtBot) -> None:
    button = Button("Sign in", kind="primary")
    qtbot.addWidget(button)
    assert heard(button) == "Sign in"
    button.setText("Unlock")
    assert heard(button) == "Unlock"


def test_an_icon_alone_has_a_name_and_a_tooltip(qtbot: QtBot) -> None:
    button = IconButton("x", "Close (Esc)")
    qtbot.addWidget(button)
    assert heard(button) == "Close (Esc)"
    assert button.toolTip() == "Close (Esc)"


# -- one of a few ---------------------------------------------------------------------------


@pytest.fixture
def guidance(on_show: OnShow) -> Segmented:
    made = Segmented([("us", "Ultrasound"), ("fl", "Fluoroscopy"), ("none", "None")], "Guidance")
    on_show(beside(made))
    return made


def click(segmented: Segmented, label: str) -> None:
    button = next(b for b in segmented.findChildren(QPushButton) if b.text() == label)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_first_choice_is_told(guidance: Segmented, qtbot: QtBot) -> None:
    assert guidance.value() == ""
    with qtbot.waitSignal(guidance.changed) as told:
        click(guidance, "Fluoroscopy")
    assert told.args == ["fl"]
    assert guidance.value() == "fl"


def test_another_choice_is_told_once_and_the_same_choice_not_again(
    guidance: Segmented, qtbot: QtBot
) -> None:
    told: list[str] = []
    guidance.changed.connect(told.append)
    guidance.set_value("us")
    click(guidance, "Fluoroscopy")
    click(guidance, "Fluoroscopy")
    assert told == ["fl"]
    assert guidance.value() == "fl"


def test_setting_a_value_tells_nobody(guidance: Segmented, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(guidance.changed):
        guidance.set_value("us")
        guidance.set_value("unheard of")
    assert guidance.value() == ""


def test_arrows_move_along_and_stop_at_the_ends(guidance: Segmented) -> None:
    told: list[str] = []
    guidance.changed.connect(told.append)
    guidance.findChildren(QPushButton)[0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert told == ["us", "fl", "none", "fl"]


def test_new_options_keep_the_choice_where_it_still_exists(guidance: Segmented) -> None:
    guidance.set_value("fl")
    guidance.set_options([("fl", "Fluoroscopy"), ("ct", "CT")])
    assert guidance.value() == "fl"
    guidance.set_options([("ct", "CT")])
    assert guidance.value() == ""


def test_every_segment_says_what_it_belongs_to(guidance: Segmented) -> None:
    names = [heard(b) for b in guidance.findChildren(QPushButton)]
    assert names == ["Guidance: Ultrasound", "Guidance: Fluoroscopy", "Guidance: None"]


# -- several of a few -----------------------------------------------------------------------


def test_none_excludes_the_others(qtbot: QtBot, on_show: OnShow) -> None:
    made = ToggleRow([("none", "None"), ("vaso", "Vasovagal"), ("wet", "Wet tap")], "Events",
                     exclusive="none")  # fmt: skip
    on_show(beside(made))
    none, vaso, wet = made.findChildren(QPushButton)
    for button in (vaso, wet):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert made.values() == ("vaso", "wet")
    QTest.mouseClick(none, Qt.MouseButton.LeftButton)
    assert made.values() == ("none",)
    QTest.mouseClick(wet, Qt.MouseButton.LeftButton)
    assert made.values() == ("wet",)


# -- one of many ----------------------------------------------------------------------------


def test_a_wheel_over_a_choice_changes_nothing(on_show: OnShow) -> None:
    choice = Choice([("dex", "Dexamethasone"), ("tri", "Triamcinolone")], "Drug")
    choice.set_value("dex")
    on_show(beside(choice))
    choice.setFocus()
    spot = QPointF(choice.rect().center())
    event = QWheelEvent(
        spot, choice.mapToGlobal(spot), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, event)
    assert choice.value() == "dex"
    assert not event.isAccepted()


def test_a_name_without_room_ends_in_dots_and_is_told_whole(on_show: OnShow) -> None:
    name = "Dr. Tomas Lindqvist-Abernathy"
    choice = Choice([(1, name), (2, "Dr. Ito")], "Physician")
    on_show(beside(choice))
    choice.setFixedWidth(150)
    choice.set_value(1)
    spot = choice.rect().center()
    asked = QHelpEvent(QEvent.Type.ToolTip, spot, choice.mapToGlobal(spot))
    QApplication.sendEvent(choice, asked)
    assert choice.shown_text().endswith("…")
    assert choice.toolTip() == name
    choice.set_value(2)
    QApplication.sendEvent(choice, asked)
    assert choice.shown_text() == "Dr. Ito"
    assert choice.toolTip() == ""


def test_a_choice_tells_only_what_a_person_changed(qtbot: QtBot, on_show: OnShow) -> None:
    choice = Choice([(1, "C-arm room"), (2, "Ultrasound room")], "Room")
    on_show(beside(choice))
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_value(1)
        choice.set_options([(2, "Ultrasound room"), (3, "Bay 1")])
    assert choice.value() is None
    choice.set_value(2)
    with qtbot.waitSignal(choice.chosen) as told:
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert told.args == [3]


class _Word(StrEnum):
    YES = "yes"
    NO = "no"


def test_a_choice_gives_back_what_it_was_given(qtbot: QtBot) -> None:
    made = object()
    choice = Choice([(_Word.YES, "Yes"), (_Word.NO, "No"), (made, "Made"), (None, "Any")])
    qtbot.addWidget(choice)
    for index, value in enumerate((_Word.YES, _Word.NO, made, None)):
        choice.setCurrentIndex(index)
        with qtbot.waitSignal(choice.chosen) as told:
            choice.activated.emit(index)
        assert choice.value() is value
        assert told.args[0] is value
