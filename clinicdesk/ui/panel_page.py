"""A page of two parts: its own work, and at its side a panel that comes and goes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.panel_grip import PanelGrip


class PanelPage(Page):
    """A page says what stands in it (``stand``), what closing its panel means (``close_panel``)
    and what is left out where there is no room (``arrange``). Esc closes the panel."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setObjectName("canvas")
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._side = QWidget()

    def stand(self, work: QLayout, panel: QWidget) -> None:
        """Puts both parts into the page; the panel waits to be shown."""
        self._side = panel
        panel.hide()
        self._grip = PanelGrip(panel, self)
        self._grip.drawn.connect(self.take_width)
        self._outer.addLayout(work, 1)
        self._outer.addWidget(panel)

    def panes(self) -> list[QWidget]:
        return [self, self._side]

    def show_panel(self, *, shown: bool) -> None:
        """Shows the panel or takes it away."""
        self._side.setVisible(shown)
        self.arrange()

    def take_width(self) -> None:
        """The panel is as wide as is wanted now."""
        if hasattr(self._side, "take_width"):
            self._side.take_width()
            self.arrange()

    def close_panel(self) -> None:
        """Somebody wants the panel away."""
        raise NotImplementedError

    def arrange(self) -> None:
        """The page or its panel has another size: what has no room is left out."""
        raise NotImplementedError

    def room(self) -> int:
        """The width that the panel leaves to the work, in pixels."""
        return self.width() - (self._side.width() if self._side.isVisible() else 0)

    def lay_panel_over(self, *, over: bool, top: int) -> None:
        """In a very narrow window the panel lies over the work, ``top`` pixels down, instead of
        beside it. Called from ``arrange``."""
        inside = self._outer.indexOf(self._side) >= 0
        if over and inside:
            self._outer.removeWidget(self._side)
        elif not over and not inside:
            self._outer.addWidget(self._side)
        if over:
            wide = self._side.width()
            self._side.setGeometry(self.width() - wide, top, wide, self.height() - top)
            self._side.raise_()
            self._grip.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._side.isVisible():
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
