"""An icon, and a family's glyph, that follow the theme; decoration without a name of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

from clinicdesk.ui import theme


class IconLabel(QLabel):
    """An icon of the set in a colour token; decoration, so it has no name of its own."""

    def __init__(
        self, icon: str = "", tone: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._size = icon, tone, size
        theme.signals.changed.connect(self._dress)
        self._dress()

    def set_icon(self, icon: str, tone: str) -> None:
        """Another icon, another tone."""
        self._icon, self._tone = icon, tone
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self._size), theme.scaled(self._size))

    def _dress(self) -> None:
        if self._icon:
            self.setPixmap(theme.pixmap(self._icon, self._tone, self._size))


class FamilyGlyph(QLabel):
    """What a family is told by, in its colour; its name stands beside it or is read out."""

    def __init__(self, code: str, size: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code, self._size = code, size
        theme.signals.changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(self._size), theme.scaled(self._size))

    def _dress(self) -> None:
        self.setPixmap(theme.glyph(self._code, self._size))
