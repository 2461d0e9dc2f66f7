"""What is still to log: drafts, unsigned logs, and today's procedures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.log import LogListRow
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import speak_as
from clinicdesk.ui.local import time_text
from clinicdesk.ui.verdict.glyph import FamilyGlyph
from clinicdesk.ui.widgets import Chip, EmptyState, Label, Skeleton, scrolled

_SECTIONS = (
    (LogState.DRAFT, _("Being typed"), _("Kept as drafts; only you see them.")),
    (
        LogState.OPEN,
        LogState.OPEN.label,
        _("They count for the interval rules; the physician signs them."),
    ),
    ("late", _("Not logged on their day"), _("Log them, or say that they were not done.")),
    ("due", _("Today, not logged yet"), ""),
)


class LogLine(QFrame):
    """One log to do; a click or Enter opens it."""

    opened = Signal(object)

    def __init__(self, row: LogListRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speak_as(self, "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(Label(row.patient, 14, 600))
        what = ", ".join(part for part in (row.procedure, ", ".join(row.sites)) if part)
        names.addWidget(Label(what, 13, 400, "muted"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 9, 14, 9)
        line.setSpacing(12)
        line.addWidget(FamilyGlyph(row.family))
        line.addLayout(names, 1)
        line.addWidget(Label(row.physician, 13, 400, "muted"))
        if row.status:
            line.addWidget(Chip(Status(row.status).label, "neutral"))
        line.addWidget(Label(when_text(row), 13, 600))
        self.setAccessibleName(f"{row.patient}, {what}, {when_text(row)}")

    def press(self) -> None:
        """What Enter does."""
        self.opened.emit(self.row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.row)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = painter.pen()
            pen.setColor(theme.colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
            painter.end()


def when_text(row: LogListRow) -> str:
    """``10:30`` for today's, ``24 Nov, 10:31`` for what was saved."""
    if row.kind == "due":
        return time_text(row.when)
    return f"{day_words(row.when.date())}, {time_text(row.when)}"


class LogList(QWidget):
    """The lists, or a word that everything is done."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(24, 18, 24, 24)
        self._column.setSpacing(8)
        self.skeleton = Skeleton(6, 48)
        self.empty = EmptyState(
            "check",
            _("Every procedure of today is logged and signed."),
            _("Open the schedule"),
            _("Open a log from an appointment, or with L on the schedule."),
        )
        self._scroll = scrolled(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.skeleton)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.empty, 1)
        self.skeleton.hide()
        self.empty.hide()

    def begin(self) -> None:
        """The rows are on their way."""
        self.empty.hide()
        self._scroll.hide()
        self.skeleton.begin()

    def show_rows(self, rows: tuple[LogListRow, ...]) -> None:
        """Shows what is to do."""
        self.skeleton.end()
        self._clear()
        for kind, title, note in _SECTIONS:
            found = [row for row in rows if row.kind == kind]
            if not found:
                continue
            head = QHBoxLayout()
            head.addWidget(Label(title, 15, 600))
            head.addWidget(Label(f"{len(found)}", 13, 400, "faint"))
            head.addWidget(Label(note, 13, 400, "faint"))
            head.addStretch(1)
            holder = QWidget()
            holder.setLayout(head)
            head.setContentsMargins(0, 8, 0, 2)
            self._column.addWidget(holder)
            for row in found:
                line = LogLine(row)
                line.opened.connect(self._open)
                self._column.addWidget(line)
        self._column.addStretch(1)
        self.empty.setVisible(not rows)
        self._scroll.setVisible(bool(rows))

    def lines(self) -> list[LogLine]:
        """The lines on show, from the top."""
        found = [self._column.itemAt(i).widget() for i in range(self._column.count())]  # type: ignore[union-attr]
        return [widget for widget in found if isinstance(widget, LogLine)]

    def _clear(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _open(self, row: LogListRow) -> None:
        self.opened.emit(row)
