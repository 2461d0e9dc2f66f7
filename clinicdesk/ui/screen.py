"""How large the window may be where it opens."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

WANTED = QSize(1440, 900)
LEAST = QSize(800, 560)
_FRAME = QSize(16, 40)
"""What the system's own frame takes, where it is not known yet."""


def opening(available: QRect) -> QRect:
    """The place of a new window: as wanted, or what the screen has room for; in its middle."""
    size = WANTED.boundedTo(available.size() - _FRAME)
    place = QRect(available.topLeft(), size)
    place.moveCenter(available.center())
    return place


def fit_to_screen(window: QWidget) -> None:
    """Sizes a window for the screen that it opens on, and puts it in the middle."""
    available = window.screen().availableGeometry()
    window.setMinimumSize(LEAST.boundedTo(available.size() - _FRAME))
    place = opening(available)
    window.resize(place.size())
    window.move(place.topLeft())
