"""Repeat intervals: for each procedure and site what is known, and when it may be repeated."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.due import SiteFacts
from clinicdesk.domain.rows.people import PatientChart
from clinicdesk.ui import theme
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.site_lines import (
    SiteLine,
    ask_lines,
    next_words,
    relief_words,
    sessions_words,
    spoken_line,
)
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Button, Card, Label, Line

_SHOWN = 6
_MARKS = {
    "ok": ("check", "ok", "ok"),
    "not-before": ("clock", "danger", "danger"),
    "needs-reason": ("info", "warn", "warn"),
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
        self.setAccessibleDescription("Enter books it.")
        self.setToolTip(facts.detail)
        self.book = Button("Book", "calplus", "text", compact=True, parent=self)
        self.book.setAccessibleName(f"Book {facts.name}, {facts.site}")
        self.book.clicked.connect(self._book)
        self._build(facts, today)

    def _build(self, facts: SiteFacts, today: date) -> None:
        late = facts.allowed_from > today
        icon, ink, tone = _MARKS.get("not-before" if late else facts.status, _UNKNOWN)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(f"{facts.name}, {facts.site}", 13, 600, wrap=True))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconLabel(icon, ink, 16, self), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Label(next_words(facts, today), 13, 600, tone, wrap=True), 1)
        words.addLayout(head)
        last = f"Last {day_words(facts.last_done)}, {relief_words(facts)}"
        words.addWidget(Label(last, 12, 400, "muted", wrap=True))
        booked = f"booked for {day_words(facts.booked_for.date())}" if facts.booked_for else ""
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
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.family(self.line.facts.family).strong)
        painter.drawRoundedRect(QRectF(0, 5, 3, self.height() - 10), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class RepeatCard(Card):
    """One line per procedure and site, with the same words and shapes as in booking.

    Signals:
        book_wanted(SiteLine): the booking of a repeat was asked for.
    """

    book_wanted = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("Repeat intervals", " ", parent)
        self._context = context
        self._inner: QWidget | None = None
        self._today = context.clinic.today()
        self.rows: list[RepeatRow] = []
        self.hide()

    def show_chart(self, chart: PatientChart, today: date) -> None:
        """Asks about a patient; the card stays hidden without procedures."""
        closed = chart.banner.deceased_on is not None or chart.banner.merged_into is not None
        if closed or not any(row.sites and not row.struck for row in chart.procedures):
            self._context.tasks.short.forget(self, "repeat")
            self.hide()
            return
        self._today = today
        self.note.setText(f"on {day_words(today)}")
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: ask_lines(clinic, actor, chart, today),
            self.show_lines,
            owner=self,
            key="repeat",
        )

    def show_lines(self, lines: tuple[SiteLine, ...]) -> None:
        """Replaces the lines."""
        if self._inner is not None:
            self.body.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        self._inner = QWidget(self)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.rows = [RepeatRow(line, self._today, self._inner) for line in lines[:_SHOWN]]
        for number, row in enumerate(self.rows):
            if number:
                column.addWidget(Line())
            row.book_wanted.connect(self.book_wanted)
            column.addWidget(row)
        if len(lines) > _SHOWN:
            more = f"and {len(lines) - _SHOWN} older ones"
            column.addWidget(Label(more, 12, 400, "faint"))
        self.body.addWidget(self._inner)
        self.show()
