"""The parts of a painted control, as a screen reader finds them: bars, days, points, scores.

A widget that has parts says so by two methods, ``spoken_parts()`` (its parts, in reading order) and
``press_part(number)``. Nothing is made of them before a screen reader asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Part:
    """What stands at ``box`` of the painted widget, in its pixels.

    ``chosen``: None where nothing is chosen there.
    """

    name: str
    box: QRect
    chosen: bool | None = None


class Parted(Protocol):
    """A widget that has parts."""

    def spoken_parts(self) -> Sequence[Part]:
        """The parts, in the order in which they are read."""

    def press_part(self, number: int) -> None:
        """As if the part of that number were clicked."""


class PartWidget(QWidget):
    """Stands for one part; it paints nothing and lets the mouse through."""

    def __init__(self, parent: QWidget, number: int) -> None:
        super().__init__(parent)
        self._number = number
        self.part = Part("", QRect())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("spokenAs", "part")

    def show_part(self, part: Part) -> None:
        """Another name, place or choice."""
        self.part = part
        self.setAccessibleName(part.name)
        self.setGeometry(part.box)
        self.show()

    def press(self) -> None:
        """What a click there does."""
        cast("Parted", self.parentWidget()).press_part(self._number)


def fit_parts(widget: QWidget) -> list[PartWidget]:
    """One child for each part as it stands now; those left over are hidden."""
    parts = cast("Parted", widget).spoken_parts()
    found = [child for child in widget.children() if isinstance(child, PartWidget)]
    while len(found) < len(parts):
        found.append(PartWidget(widget, len(found)))
    for child, part in zip(found, parts, strict=False):
        if child.part != part or child.isHidden():
            child.show_part(part)
    for child in found[len(parts) :]:
        child.hide()
    return found[: len(parts)]
