"""A repeat interval: what is known of a procedure at its site, and when it may be repeated."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.due import SiteFacts
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.patients.site_lines import (
    SiteLine,
    next_words,
    relief_words,
    sessions_words,
    spoken_line,
)
from clinicdesk.ui.verdict.glyph import FamilyGlyph, IconLabel
from clinicdesk.ui.widgets import Button, Label

_MARKS = {
    VerdictStatus.OK.value: ("check", "ok", "ok"),
    VerdictStatus.NOT_BEFORE.value: ("clock", "danger", "danger"),
    VerdictStatus.NEEDS_REASON.value: ("info", "warn", "warn"),
}
_UNKNOWN = ("alert", "text2", "")
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RepeatRow(QWidget):
    """One interval. Enter, a double click or Book opens the booking, filled in.

    Signals:
        book_wanted(SiteLine): book its repeat.
    """

    book_wanted = Signal(object)

    def __init__(self, line: SiteLine, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        facts = line.facts
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(spoken_line(facts, today))
        self.setAccessibleDescription(_("Enter books it."))
        self.setToolTip(facts.detail)
        self.book = Button(_("Book"), "calplus", "text", compact=True, parent=self)
        self.book.setAccessibleName(
            _("Book {facts_name}, {site}").format(facts_name=facts.name, site=facts.site)
        )
        self.book.clicked.connect(self._book)
        self._build(facts, today)

    def _build(self, facts: SiteFacts, today: date) -> None:
        late = facts.allowed_from > today
        icon, ink, tone = _MARKS.get(VerdictStatus.NOT_BEFORE if late else facts.status, _UNKNOWN)
        words = QVBoxLayout()
        words.setSpacing(0)
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(FamilyGlyph(facts.family, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        title.addWidget(Label(f"{facts.name}, {facts.site}", 13, 600, wrap=True), 1)
        words.addLayout(title)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconLabel(icon, ink, 16, self), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(next_words(facts, today), 13, 600, tone, wrap=True), 1)
        words.addLayout(head)
        last = _("Last {last_done}, {relief_words}").format(
            last_done=day_words(facts.last_done), relief_words=relief_words(facts)
        )
        words.addWidget(Label(last, 12, 400, "muted", wrap=True))
        booked = (
            _("booked for {booked_for}").format(booked_for=day_words(facts.booked_for.date()))
            if facts.booked_for
            else ""
        )
        rest = " · ".join(part for part in (sessions_words(facts), booked) if part)
        if rest:
            words.addWidget(Label(rest, 12, 400, "muted", wrap=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 2, 4)
        line.setSpacing(6)
        line.addLayout(words, 1)
        line.addWidget(self.book, 0, Qt.AlignmentFlag.AlignTop)

    def _book(self) -> None:
        self.book_wanted.emit(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and not event.modifiers():
            self._book()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._book()

    def sizeHint(self) -> QSize:
        return QSize(280, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.end()
