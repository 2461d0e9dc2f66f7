"""The head of a panel that is filled in: what it is, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui.widgets import IconButton, Label, row


class PanelHead(QWidget):
    """Signals:
    closed(): the cross was pressed.
    """

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        cross = IconButton("x", _("Close (Esc)"), self)
        cross.clicked.connect(self.closed)
        line = row(Label(title, 16, 600), None, cross)
        line.setContentsMargins(16, 7, 8, 7)
        self.setLayout(line)
