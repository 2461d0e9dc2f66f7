"""The frame of the pages before sign-in: mark, title, a column in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.ui import theme
from clinicdesk.ui.shell.rail import Mark
from clinicdesk.ui.widgets import Banner, Label, scrolled


class FrontPage(QWidget):
    """A column in the middle of the window; fill ``body``.

    Attributes:
        trouble: a banner for what the environment refused.
    """

    def __init__(self, title: str, sentence: str, width: int = 560) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.trouble = Banner("danger")
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column = QFrame()
        column.setFixedWidth(theme.scaled(width))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(8, 32, 8, 32)
        inner.setSpacing(6)
        inner.addWidget(Mark())
        inner.addSpacing(10)
        self.title = Label(title, 26, 600, wrap=True)
        self.sentence = Label(sentence, 14, 400, "muted", wrap=True)
        inner.addWidget(self.title)
        inner.addWidget(self.sentence)
        inner.addSpacing(12)
        inner.addWidget(self.trouble)
        inner.addLayout(self.body)
        holder = QWidget()
        holder.setObjectName("canvas")
        centred = QHBoxLayout(holder)
        # Stretches, not an alignment: the height is then that of words wrapped in the column.
        centred.addStretch(1)
        centred.addWidget(column, 0, Qt.AlignmentFlag.AlignVCenter)
        centred.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(holder))

    def may_close(self) -> bool:
        """Whether the window may close while this page is on show; else it says why."""
        return True
