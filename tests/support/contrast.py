"""WCAG 2 contrast, of colours as text and of painted pixels."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2 (0.04045 is the constant of sRGB itself)."""
    parts = []
    for start in (1, 3, 5):
        share = int(colour[start : start + 2], 16) / 255
        parts.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def picture(widget: QWidget) -> QImage:
    """The widget as painted, with what lies in it."""
    return widget.grab().toImage()


def across(image: QImage, y: int, first: int, last: int) -> list[str]:
    """The colours along a row, without repeats next to each other."""
    found: list[str] = []
    for x in range(first, last):
        colour = QColor(image.pixelColor(x, y)).name()
        if not found or found[-1] != colour:
            found.append(colour)
    return found


def told_apart(one: QImage, other: QImage) -> int:
    """How many pixels of two pictures of one size differ by 3:1 or more."""
    assert one.size() == other.size()
    pairs: dict[tuple[int, int], bool] = {}
    count = 0
    for y in range(one.height()):
        for x in range(one.width()):
            pair = (one.pixel(x, y), other.pixel(x, y))
            if pair[0] == pair[1]:
                continue
            if pair not in pairs:
                first, second = (QColor(value).name() for value in pair)
                pairs[pair] = contrast(first, second) >= 3
            count += pairs[pair]
    return count
