"""The panel of one call: whom, why, since when, and how it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from clinicdesk.domain.people import full_name
from clinicdesk.domain.rows.due import ContactRow, DueRow
from clinicdesk.domain.translation import _
from clinicdesk.ui import panel_width, theme
from clinicdesk.ui.due import facts, words
from clinicdesk.ui.due.call_form import CallForm
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import (
    Banner,
    Button,
    Chip,
    FlowRow,
    IconButton,
    Label,
    Line,
    Name,
    column,
    row,
    scrolled,
)

WIDTH = 380
_SHOWN = 4


class CallPanel(QFrame):
    """Signals:
    closed(): the cross or Esc.
    book_wanted(), skip_wanted(), score_wanted(): the buttons of those names.
    drafted(int, object): something else is typed for a row (its outcome, note and day as typed);
        None: nothing is, or the call is on record.
    """

    drafted = Signal(int, object)

    closed = Signal()
    score_wanted = Signal()
    book_wanted = Signal()
    skip_wanted = Signal()

    def __init__(
        self, today: Callable[[], date], language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.take_width()
        self._today, self._language = today, language
        self.row: DueRow | None = None
        self.busy = False
        self._filling = False
        # What was typed for somebody and not logged: it is there when they are called again.
        self._drafts: dict[int, tuple[str, str, str]] = {}
        self.name = Name()
        self.about = Label("", 12, 400, "muted", wrap=True)
        self.phone = Label("", 24, 600)
        self.phone.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.why = Label("", 13, 400, wrap=True)
        self.chips = FlowRow()
        self.trouble = Banner("danger", parent=self)
        self.form = CallForm(today)
        self._facts = QGridLayout()
        self._also_title = Label(_("Also due, logged with this call"), 13, 600)
        self._also = QVBoxLayout()
        self.also: dict[int, QCheckBox] = {}
        self._earlier_title = Label(_("Earlier contacts"), 13, 600)
        self._earlier = QVBoxLayout()
        self.book = Button(_("Book"), "calplus", key_hint="B")
        self.score = Button(_("Enter a score"), "chart", "text", "R", compact=True)
        self.skip = Button(_("Skip"), kind="text", key_hint="N")
        self.log = Button(_("Log and next"), kind="primary", key_hint="↵")
        self._build()

    def _build(self) -> None:
        cross = IconButton("x", _("Close and put down (Esc)"))
        cross.clicked.connect(self._close)
        self.book.clicked.connect(self._book)
        self.skip.clicked.connect(self._skip)
        self.score.clicked.connect(self._score)
        self.log.clicked.connect(self.form.submit)
        self.form.chosen.connect(self._touched)
        self.form.note.textChanged.connect(self._touched)
        self.form.again.edited.connect(self._touched)
        top = row(spacing=8)
        top.addLayout(column(self.name, self.about, spacing=1), 1)
        top.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        head = column(spacing=8)
        head.setContentsMargins(16, 12, 12, 10)
        head.addLayout(top)
        line = row(IconLabel("phone", "aink", 20), self.phone, None, spacing=8)
        head.addLayout(line)
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(16, 10, 16, 14)
        body.setSpacing(10)
        self._facts.setHorizontalSpacing(10)
        self._facts.setVerticalSpacing(3)
        self._facts.setColumnStretch(1, 1)
        for part in (self.trouble, self.why, self.chips):
            body.addWidget(part)
        body.addLayout(self._facts)
        body.addLayout(row(self.score, None))
        body.addWidget(self._also_title)
        body.addLayout(self._also)
        body.addWidget(self.form)
        body.addWidget(self._earlier_title)
        body.addLayout(self._earlier)
        body.addStretch(1)
        foot = row(self.book, self.skip, self.log, spacing=6)
        foot.setStretch(2, 1)
        foot.setContentsMargins(16, 10, 16, 12)
        outer = column(spacing=0)
        outer.addLayout(head)
        outer.addWidget(Line())
        self._scroll = scrolled(inner)
        self.form.chosen.connect(self._reveal)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(Line())
        outer.addLayout(foot)
        self.setLayout(outer)

    def take_width(self) -> None:
        """As drawn, or as wide as wanted."""
        self.setFixedWidth(panel_width.wide(WIDTH))

    # -- showing ----------------------------------------------------------------------------

    def show_row(self, due: DueRow, *, fresh: bool) -> None:
        """Shows whom to call; ``fresh``: another person, so the form is empty again."""
        on = self._today()
        if fresh:
            self.keep_draft()
        booked_now = self.row is not None and self.row.booked_for is None
        self.row = due
        self.setAccessibleName(
            _("Calling {full_name}").format(full_name=full_name(due.given_name, due.family_name))
        )
        self.name.setText(full_name(due.given_name, due.family_name))
        self.about.setText(facts.about(due, on))
        self.phone.setText(due.phone or _("No telephone"))
        self.phone.setAccessibleName(
            _("Telephone {phone}").format(phone=due.phone or _("not on record"))
        )
        self.phone.set_tone("" if due.phone else "warn")
        self.why.setText(due.detail)
        marks = words.flags(due, self._language)
        chips = [Chip(mark.words, mark.tone, mark.icon) for mark in marks]
        self.chips.set_widgets(list(chips))
        self.chips.setVisible(bool(chips))
        self._show_facts(facts.lines(due, on))
        if not fresh and due.booked_for is not None and booked_now and not self.form.typed:
            self.form.choose("booked")
        if fresh:
            self.trouble.show_text("")
            self._filling = True
            self.form.start("booked" if due.booked_for is not None else "")
            if due.id in self._drafts:
                self.form.restore(self._drafts.pop(due.id))
            self._filling = False
            self.show_rest((), ())

    def take_drafts(self, kept: Mapping[int, tuple[str, str, str]]) -> None:
        """What was typed before the program ended, by row."""
        self._drafts = {**kept, **self._drafts}

    def _touched(self) -> None:
        if self.row is not None and not self._filling:
            self.drafted.emit(self.row.id, self.form.state() if self.form.typed else None)

    def keep_draft(self) -> None:
        """Keeps what was typed for the person on show, unless nothing was."""
        if self.row is not None and self.form.typed and not self.busy:
            self._drafts[self.row.id] = self.form.state()

    def put_down(self) -> None:
        """Nobody is on show any more."""
        self.keep_draft()
        self.row = None

    def logged(self) -> None:
        """The call is on record: the form is empty again."""
        if self.row is not None:
            self.drafted.emit(self.row.id, None)
        self._filling = True
        self.form.start()
        self._filling = False

    def _show_facts(self, lines: Sequence[tuple[str, str]]) -> None:
        _empty(self._facts)
        for index, (name, value) in enumerate(lines):
            self._facts.addWidget(Label(name, 12, 400, "muted"), index, 0,
                                  Qt.AlignmentFlag.AlignTop)  # fmt: skip
            self._facts.addWidget(Label(value, 13, 400, wrap=True), index, 1)

    def show_rest(self, contacts: Sequence[ContactRow], others: Sequence[DueRow]) -> None:
        """The earlier contacts, and what else of this person stands on the list."""
        _empty(self._earlier)
        for contact in contacts[:_SHOWN]:
            text = words.attempt_words(contact)
            note = f"\n{contact.note}" if contact.note else ""
            self._earlier.addWidget(Label(text + note, 12, 400, "muted", wrap=True))
        more = len(contacts) - _SHOWN
        if more > 0:
            self._earlier.addWidget(
                Label(_("and {more} earlier").format(more=more), 12, 400, "faint")
            )
        self._earlier_title.setVisible(bool(contacts))
        _empty(self._also)
        self.also = {}
        for other in others:
            box = QCheckBox(words.last_words(other), self)
            box.setFont(theme.font(13))
            box.setChecked(True)
            self.also[other.id] = box
            self._also.addWidget(box)
        self._also_title.setVisible(bool(others))

    def logged_rows(self) -> tuple[int, ...]:
        """The rows that the outcome is kept for."""
        if self.row is None:
            return ()
        return (self.row.id, *(n for n, box in self.also.items() if box.isChecked()))

    def focus_here(self) -> None:
        """The keys go to the outcomes."""
        chosen = self.form.outcome() or next(iter(self.form.buttons))
        self.form.buttons[chosen].setFocus(Qt.FocusReason.TabFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """While a call is being kept and the next person fetched: what is typed ahead would
        belong to nobody."""
        self.busy = busy
        self.log.setEnabled(not busy)
        self.log.setText(_("Logging…") if busy else _("Log and next"))

    # -- acting -----------------------------------------------------------------------------

    def _close(self) -> None:
        self.closed.emit()

    def _book(self) -> None:
        self.book_wanted.emit()

    def _score(self) -> None:
        self.score_wanted.emit()

    def _skip(self) -> None:
        self.skip_wanted.emit()

    def _reveal(self) -> None:
        """In a low window: what was proposed as the next date is seen before it is logged."""
        self._scroll.ensureWidgetVisible(self.form.again, 0, 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.form.submit()
        else:
            super().keyPressEvent(event)


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.hide()
            old.deleteLater()
