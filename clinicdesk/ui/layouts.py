"""Which letter or digit a key means on a keyboard of another script or another row of digits.

A command's letter is that of the key cap where the layout has Latin letters (AZERTY's A is where it
says A); where it has none (Cyrillic, Greek, Hebrew), it is the letter at that place of an English
keyboard, as on the second print of the caps. The row of digits gives digits with and without Shift.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

_ROWS = {2: "1234567890", 16: "QWERTYUIOP", 30: "ASDFGHJKL", 44: "ZXCVBNM"}
_PLACES = {first + at: sign for first, row in _ROWS.items() for at, sign in enumerate(row)}
"""By scan code: those of Linux and of Windows are the same for these rows."""
_APPLE = dict(zip(
    (18, 19, 20, 21, 23, 22, 26, 28, 25, 29, 12, 13, 14, 15, 17, 16, 32, 34, 31, 35,
     0, 1, 2, 3, 5, 4, 38, 40, 37, 6, 7, 8, 9, 11, 45, 46),
    "".join(_ROWS.values()), strict=True,
))  # fmt: skip
_XKB_OFFSET = 8
_FUNCTION_KEYS = 0x01000000
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def _place(event: QKeyEvent) -> str:
    """The sign at the key's place on an English keyboard; empty for any other key."""
    platform = QGuiApplication.platformName()
    if platform == "cocoa":
        return _APPLE.get(event.nativeVirtualKey(), "") if event.nativeScanCode() else ""
    offset = 0 if platform == "windows" else _XKB_OFFSET
    return _PLACES.get(event.nativeScanCode() - offset, "")


def key_of(event: QKeyEvent) -> Qt.Key:
    """The key that was pressed: a Latin letter or a digit wherever the key can be one."""
    key = event.key()
    plain = key < 0x80 and chr(key).isalnum()
    if plain or key >= _FUNCTION_KEYS:
        return Qt.Key(key)
    sign = _place(event)
    if sign.isdigit() and event.modifiers() & _SHIFT:
        # With Shift the key means a sign of its own, such as “!”.
        return Qt.Key(key)
    if sign.isdigit() or (sign and key > 0x7F):
        return Qt.Key(ord(sign))
    return Qt.Key(key)


def digit_of(event: QKeyEvent) -> str:
    """The digit that was pressed, with whatever Shift the layout needs for it; else empty."""
    key = int(key_of(event).value)
    others = event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier)
    return chr(key) if key < 0x80 and chr(key).isdigit() and not others else ""


def modifiers_of(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifiers, without those that only lead to the digit: the number pad, AZERTY's Shift."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    digit = event.key() < 0x80 and chr(event.key()).isdigit()
    return held & ~_SHIFT if digit else held
