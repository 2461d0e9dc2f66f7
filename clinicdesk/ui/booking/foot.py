"""The foot of the booking panel: what went wrong, the verdict's headline, Cancel and Book."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.dates import weekday_words
from clinicdesk.ui.booking.draft import Draft
from clinicdesk.ui.local import time_text
from clinicdesk.ui.verdict.strip import VerdictStrip
from clinicdesk.ui.widgets import Banner, Button, row


class BookFoot(QWidget):
    """Always in sight, however far the panel is scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = Banner("danger", parent=self)
        self.strip = VerdictStrip(self)
        self.cancel = Button("Cancel", parent=self)
        self.book = Button("Book", "check", "primary", "Ctrl ↵", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.trouble)
        column.addWidget(self.strip)
        buttons = row(self.cancel, self.book)
        buttons.setStretch(1, 1)
        column.addLayout(buttons)

    def show_draft(self, draft: Draft) -> None:
        """Book names the time it would take."""
        self.book.setText(book_words(draft))
        self.book.setAccessibleName(self.book.text())

    def show_busy(self, draft: Draft, *, busy: bool) -> None:
        """While the act is under way the button says so and cannot be pressed twice."""
        self.book.setEnabled(not busy)
        if busy:
            self.book.setText("Booking…")
        else:
            self.show_draft(draft)


def book_words(draft: Draft) -> str:
    """``Book Tue 12 Jan, 10:15``."""
    if draft.day is None or draft.at is None:
        return "Book"
    when = " ".join(weekday_words(draft.day).split()[:3])
    return f"Book {when}, {time_text(draft.at)}"
