"""The place of the pages: one at a time, scrolled sideways where the window is narrower than the
page can be. What stands above and below stays in sight."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from clinicdesk.ui import theme
from clinicdesk.ui.context import Page


class Stage(QScrollArea):
    """Holds the ``pages``; each is never narrower or lower than it says (``least``)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = QStackedWidget()
        self.pages.setObjectName("canvas")
        self.setWidgetResizable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.pages)
        self.pages.currentChanged.connect(self.fit)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Gives the page the room there is, or what it needs at least."""
        page = self.pages.currentWidget()
        wide, tall = page.least if isinstance(page, Page) else (0, 0)
        room = self.maximumViewportSize()
        # A bar takes a little of the other direction.
        bar = self.horizontalScrollBar().sizeHint().height()
        least_wide, least_tall = theme.scaled(wide), theme.scaled(tall)
        height = room.height() - (bar if least_wide > room.width() else 0)
        width = room.width() - (bar if least_tall > height else 0)
        self.pages.resize(max(width, least_wide), max(height, least_tall))
