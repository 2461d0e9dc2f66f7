"""Keeps the gravest headline in sight while its card is scrolled away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

from clinicdesk.ui import theme
from clinicdesk.ui.safety.card import SafetyCardWidget
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.verdict.strip import VerdictStrip
from clinicdesk.ui.verdict.words import headline

_GAP, _LEAST = 8, 44


class HeadlineKeeper(QObject):
    """Shows the strip while the card is out of sight; pressing it goes to the card.

    What is known against it goes before the verdict: the strip is never green over that.
    """

    def __init__(
        self,
        area: QScrollArea,
        card: VerdictCardWidget,
        safety: SafetyCardWidget,
        strip: VerdictStrip,
    ) -> None:
        super().__init__(area)
        self._area, self._card, self._safety, self._strip = area, card, safety, strip
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
        if (found := self._safety.headline) is not None:
            if self._seen(self._safety):
                self._strip.show_headline(None)
            else:
                # The dangers themselves are seen, too, however small the window is.
                dangers = [finding.sentence for finding in self._safety.dangers]
                self._strip.show_headline(found, dangers)
            return
        verdict = self._card.card
        self._strip.show_headline(
            headline(verdict) if verdict is not None and not self._seen(self._card) else None
        )

    def _seen(self, card: QWidget) -> bool:
        port = self._area.viewport()
        top = card.mapTo(port, QPoint(0, 0)).y()
        return -theme.scaled(_GAP) <= top <= port.height() - theme.scaled(_LEAST)

    def _show_card(self) -> None:
        card = self._safety if self._safety.headline is not None else self._card
        self._area.ensureWidgetVisible(card, 0, theme.scaled(12))
