"""The head of a step: its number, which becomes a tick once it is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Label, row

_SIZE = 20


class _Number(QWidget):
    """A ring with a number, or a disc with a tick."""

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number, self.done = number, False
        self.setFixedSize(self.sizeHint())
        theme.signals.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(_SIZE), theme.scaled(_SIZE))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour("accent" if self.done else "input"), 1.2))
        painter.setBrush(theme.colour("accent") if self.done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if self.done:
            edge = theme.scaled(14)
            place = (self.width() - edge) // 2
            painter.drawPixmap(place, place, theme.pixmap("check", "onaccent", 14))
        else:
            painter.setPen(theme.colour("text"))
            painter.setFont(theme.font(11.5, 600))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.number)
        painter.end()


class StepHead(QWidget):
    """Number, title, and at the right what is to be said of it."""

    def __init__(
        self, number: str, title: str, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._mark = _Number(number)
        self._title = title
        self._note = Label(note, 12, 400, "muted", elide=40)
        self.setLayout(row(self._mark, Label(title, 13.5, 600), None, self._note))
        self.set_done(done=False)

    def set_done(self, *, done: bool) -> None:
        """Ticked, or waiting."""
        self._mark.done = done
        self._mark.update()
        words = _("{title}: done") if done else _("{title}: open")
        self.setAccessibleName(words.format(title=self._title))

    def set_note(self, words: str) -> None:
        """Another word at the right."""
        self._note.setText(words)
