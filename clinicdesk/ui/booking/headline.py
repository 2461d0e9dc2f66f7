"""Keeps a verdict's headline in sight while its card is scrolled away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QScrollArea

from clinicdesk.ui import theme
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.verdict.strip import VerdictStrip

_GAP, _LEAST = 8, 44


class HeadlineKeeper(QObject):
    """Shows the strip while the card is out of sight; pressing it goes to the card."""

    def __init__(self, area: QScrollArea, card: VerdictCardWidget, strip: VerdictStrip) -> None:
        super().__init__(area)
        self._area, self._card, self._strip = area, card, strip
        strip.clicked.connect(self._show_card)
        area.verticalScrollBar().valueChanged.connect(self.place)
        area.verticalScrollBar().rangeChanged.connect(self.place)
        area.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """After the card or its place has changed."""
        port = self._area.viewport()
        top = self._card.mapTo(port, QPoint(0, 0)).y()
        seen = -theme.scaled(_GAP) <= top <= port.height() - theme.scaled(_LEAST)
        self._strip.show_card(None if seen else self._card.card)

    def _show_card(self) -> None:
        self._area.ensureWidgetVisible(self._card, 0, theme.scaled(12))
