"""The bar over the day: back, today, forth, the date, find a slot, book."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clinicdesk.domain.dates import day_long
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Button, IconButton, Label

_WHO = 25
"""Letters of a name that have room on the bar."""


class Toolbar(QFrame):
    """Signals:
    before(), today(), after(): another day.
    tray(): show or hide the calendar.
    seek(): the next free slot. new(): an appointment. go_on(): with the one that was left.
    """

    before = Signal()
    today = Signal()
    after = Signal()
    tray = Signal()
    seek = Signal()
    new = Signal()
    go_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setFixedHeight(theme.scaled(46))
        self._title = Label("", 18, 600, elide=120)
        self.calendar = IconButton("cal", _("Calendar and key"))
        self.calendar.clicked.connect(self.tray)
        back, forth = (
            IconButton("left", _("Day before (PgUp)")),
            IconButton("right", _("Day after (PgDn)")),
        )
        today = Button(_("Today"), key_hint="T")
        search = Button(_("Find next slot"), "search", key_hint="F")
        book = Button(_("New appointment"), "plus", "primary", "N")
        for button, signal in (
            (back, self.before), (today, self.today), (forth, self.after), (search, self.seek),
            (book, self.new),
        ):  # fmt: skip
            button.clicked.connect(signal)
        self._search = search
        self.kept = Button("", "pen", compact=True)
        self.kept.setToolTip(_("Half-entered appointment: press to go on with it"))
        self.kept.clicked.connect(self.go_on)
        self.kept.hide()
        tools = QHBoxLayout(self)
        tools.setContentsMargins(12, 0, 12, 0)
        tools.setSpacing(6)
        for widget in (self.calendar, back, today, forth):
            tools.addWidget(widget)
        tools.addSpacing(8)
        tools.addWidget(self._title)
        tools.addStretch(1)
        tools.addWidget(self.kept)
        tools.addSpacing(2)
        tools.addWidget(search)
        tools.addSpacing(2)
        tools.addWidget(book)
        self.set_narrow(narrow=False)

    def set_day(self, day: date) -> None:
        """The date in words."""
        self._title.setText(day_long(day))

    def title(self) -> str:
        """The date on show, in words."""
        return self._title.text()

    def show_kept(self, who: str, count: int) -> None:
        """Who was half-entered last, and how many wait; 0: none."""
        words = who or _("appointment")
        short = words if len(words) <= _WHO else f"{words[: _WHO - 1]}…"
        self.kept.setText(_("Go on: {who}").format(who=short))
        said = _n(
            "{count} half-entered appointment is kept: {who}",
            "{count} half-entered appointments are kept, the last: {who}",
            count,
        )
        self.kept.setAccessibleName(said.format(count=count, who=words))
        self.kept.setVisible(count > 0)

    def set_narrow(self, *, narrow: bool) -> None:
        """A narrow window has the calendar behind a button, and no room for the longer words."""
        self.calendar.setVisible(narrow)
        self._search.setText(_("Next slot") if narrow else _("Find next slot"))
