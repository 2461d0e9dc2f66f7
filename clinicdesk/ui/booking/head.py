"""The head of the booking panel: what it is, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.ui.widgets import IconButton, Label, row


class BookHead(QWidget):
    """Signals:
    closed(): the cross was pressed.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        cross = IconButton("x", "Close (Esc)", self)
        cross.clicked.connect(self.closed)
        line = row(Label("New appointment", 16, 600), None, cross)
        line.setContentsMargins(16, 7, 8, 7)
        self.setLayout(line)
