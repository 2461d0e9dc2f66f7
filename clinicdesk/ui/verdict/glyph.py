"""An icon that follows the theme, for cards that colour themselves by meaning."""

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
