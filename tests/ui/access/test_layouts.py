"""Commands on keyboards of other scripts and other rows of digits."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from clinicdesk.ui.layouts import digit_of, key_of
from clinicdesk.ui.log.pain_scale import PainScale

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def pressed(text: str, place: int, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    """A key as X11 and Wayland tell it: what it types, and its place (the kernel's code + 8)."""
    return QKeyEvent(QEvent.Type.KeyPress, ord(text.upper()), modifiers, place + 8, 0, 0, text)


@pytest.mark.parametrize(
    ("text", "place", "key"),
    [
        ("т", 49, Key.Key_N), ("ш", 23, Key.Key_I), ("ν", 49, Key.Key_N), ("ב", 46, Key.Key_C),
        # AZERTY: the letter on the cap, wherever it is.
        ("a", 16, Key.Key_A), ("q", 30, Key.Key_Q),
        # Digits without Shift on AZERTY and on a Czech keyboard.
        ("&", 2, Key.Key_1), ("é", 3, Key.Key_2), ("à", 11, Key.Key_0), ("š", 4, Key.Key_3),
        ("7", 8, Key.Key_7),
        # Letters that are no command's stay what they are.
        ("ö", 39, Key(ord("Ö"))), ("?", 53, Key.Key_Question),
    ],
)  # fmt: skip
def test_a_key_is_the_letter_or_digit_it_can_be(
    qapp: QApplication, text: str, place: int, key: Qt.Key
) -> None:
    assert key_of(pressed(text, place)) == key


def test_shift_and_a_number_key_is_no_digit_but_where_the_layout_says_so(
    qapp: QApplication,
) -> None:
    assert key_of(pressed("!", 2, SHIFT)) == Key.Key_Exclam
    assert digit_of(pressed("!", 2, SHIFT)) == ""
    assert digit_of(pressed("1", 2, SHIFT)) == "1"
    assert digit_of(pressed("5", 6, Qt.KeyboardModifier.ControlModifier)) == ""


def test_a_score_is_entered_with_the_row_of_digits_of_azerty(
    on_show: Callable[..., QWidget],
) -> None:
    scale = PainScale("Pain before")
    on_show(scale)
    scale.setFocus()
    QApplication.sendEvent(scale, pressed("è", 8))
    assert scale.value() == Decimal(7)


def test_letters_of_commands_work_in_cyrillic(front: Any) -> None:
    front.enter("frontdesk")
    page = front.window.workspace.page("schedule")
    page.view.setFocus()
    QApplication.sendEvent(page.view, pressed("т", 49))
    front.settle()
    assert page.panel.is_booking


@pytest.mark.parametrize(("text", "place"), [("7", 8), ("è", 8), ("9", 10)])
def test_alt_and_a_number_never_types_into_the_password(front: Any, text: str, place: int) -> None:
    front.window.sign_in.choose_login("frontdesk")
    field = front.window.focusWidget()
    for modifiers in (ALT, ALT | Qt.KeyboardModifier.KeypadModifier):
        QApplication.sendEvent(field, pressed(text, place, modifiers))
    assert field.text() == ""
