"""The head of a step: its number, which becomes a tick once it is done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.verdict.glyph import IconLabel
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
    """Number, title, and at the right what is to be said of it.

    In a low window a step that is done folds to this line; a click, Space or Enter on it opens the
    step again.

    Signals:
        folded_away(): the step is done and folded while the cursor stood in it.
    """

    folded_away = Signal()

    def __init__(
        self, number: str, title: str, body: QWidget, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.body = body
        self._low, self._opened, self._there = False, False, True
        self._mark = _Number(number)
        self._title = title
        self._note = Label(note, 12, 400, "muted", elide=40)
        self._arrow = IconLabel("right", "text2", 16)
        self.setLayout(row(self._mark, Label(title, 13.5, 600), None, self._note, self._arrow))
        self.set_done(done=False)

    def set_done(self, *, done: bool) -> None:
        """Ticked, or waiting."""
        if not done:
            self._opened = False
        self._mark.done = done
        self._mark.update()
        self._arrange()

    def set_low(self, *, low: bool) -> None:
        """Whether the window is too low for steps that are done."""
        self._low = low
        self._arrange()

    def set_there(self, *, there: bool) -> None:
        """Whether this visit has the step at all."""
        self._there = there
        self.setVisible(there)
        self._arrange()

    @property
    def folded(self) -> bool:
        """Whether it is one line."""
        return self._low and self._mark.done and not self._opened

    def _arrange(self) -> None:
        foldable = self._low and self._mark.done
        focus = QApplication.focusWidget()
        within = focus is not None and self.body.isAncestorOf(focus)
        self.body.setVisible(self._there and not self.folded)
        self._arrow.setVisible(foldable)
        self._arrow.set_icon("right" if self.folded else "down", "text2")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if foldable else Qt.FocusPolicy.NoFocus)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if foldable else Qt.CursorShape.ArrowCursor
        )
        words = _("{title}: done") if self._mark.done else _("{title}: open")
        if self.folded:
            words = _("{title}: done, folded")
        self.setAccessibleName(words.format(title=self._title))
        if within and self.folded:
            self.folded_away.emit()

    def _turn(self) -> None:
        if self._low and self._mark.done:
            self._opened = not self._opened
            self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._turn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._turn()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
            painter.end()

    def set_note(self, words: str) -> None:
        """Another word at the right."""
        self._note.setText(words)
