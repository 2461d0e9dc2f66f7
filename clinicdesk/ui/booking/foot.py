"""The foot of a panel that is filled in: what went wrong, the verdict's headline, the buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui.booking.draft import Draft
from clinicdesk.ui.local import day_near, in_this_year, time_text, weekday_or_year
from clinicdesk.ui.verdict.strip import VerdictStrip
from clinicdesk.ui.widgets import Banner, Button, row


class PanelFoot(QWidget):
    """Always in sight, however far the panel is scrolled."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = Banner("danger", parent=self)
        self.strip = VerdictStrip(self)
        self.cancel = Button(_("Cancel"), parent=self)
        self.accept = Button(words, "check", "primary", "Ctrl ↵", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.trouble)
        column.addWidget(self.strip)
        buttons = row(self.cancel, self.accept)
        buttons.setStretch(1, 1)
        column.addLayout(buttons)

    def name_act(self, words: str) -> None:
        """What the button does, with the time it would take."""
        self.accept.setText(words)
        self.accept.setAccessibleName(words)

    def lead(self, *, free: bool) -> None:
        """Whether the button is the way on: while the time is taken, another time is."""
        kind = "primary" if free else "default"
        if self.accept.property("kind") != kind:
            self.accept.set_kind(kind)


def book_words(draft: Draft, *, for_review: bool = False) -> str:
    """``Book Tue 12 Jan, 10:15``; ``for_review``: a danger is left for a physician to answer."""
    if draft.day is None or draft.at is None:
        return _("Book for review") if for_review else _("Book")
    if for_review:
        when = day_near(draft.day)
        if not in_this_year(draft.day):  # with its year there is no room for the time
            return _("For review {when}").format(when=when)
        return _("For review {when}, {at}").format(when=when, at=time_text(draft.at))
    when = weekday_or_year(draft.day)
    return _("Book {when}, {at}").format(when=when, at=time_text(draft.at))
