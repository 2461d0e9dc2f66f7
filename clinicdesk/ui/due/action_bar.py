"""What can be done with the rows that are ticked, or else with the one under the cursor."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.due.words import language_counts
from clinicdesk.ui.schedule.painting import cut
from clinicdesk.ui.widgets import Button, Label, row

_WORDS = 172


class ActionBar(QWidget):
    """Signals:
    clear_wanted(), letters_wanted(), call_sheet_wanted(), aside_wanted(), date_wanted(),
    book_wanted(), call_wanted(): the buttons.
    """

    clear_wanted = Signal()
    letters_wanted = Signal()
    call_sheet_wanted = Signal()
    aside_wanted = Signal()
    date_wanted = Signal()
    book_wanted = Signal()
    call_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._any = False
        self._text = ""
        self.words = Label("", 13, 600)
        # A fixed width: the buttons stay where they are while the cursor moves.
        self.words.setFixedWidth(theme.scaled(_WORDS))
        self.clear = Button(_("Clear"), kind="text", compact=True)
        self.clear.setAccessibleName(_("Clear the selection"))
        self.letters = Button(_("Letters"), "print", key_hint="P")
        self.call_sheet = Button(_("Call sheet"), "list", key_hint="C")
        self.aside = Button(_("Put aside"), "clock", key_hint="S")
        self.date = Button(_("Set date"), "cal", key_hint="D")
        self.book = Button(_("Book"), "calplus", key_hint="B")
        self.call = Button(_("Start calling"), "phone", "primary", "Enter")
        self.languages = Label("", 12, 400, "muted")
        line = row(self.words, self.clear, self.letters, self.call_sheet, self.aside, self.date,
                   self.book, None, self.languages, self.call)  # fmt: skip
        line.setContentsMargins(14, 8, 10, 8)
        self.setLayout(line)
        for button, signal in (
            (self.clear, self.clear_wanted), (self.letters, self.letters_wanted),
            (self.call_sheet, self.call_sheet_wanted), (self.aside, self.aside_wanted),
            (self.date, self.date_wanted), (self.book, self.book_wanted),
            (self.call, self.call_wanted),
        ):  # fmt: skip
            button.clicked.connect(signal)
        self.show_selection(0, 0, None)
        self.show_cursor("", on_row=False)

    def show_selection(self, chosen: int, hidden: int, languages: dict[str, int] | None) -> None:
        """How many rows are ticked, how many of them are not on show, letters in which
        languages. ``show_cursor`` follows."""
        self._any = bool(chosen)
        self._text = _("{chosen:,} selected").format(chosen=chosen) if chosen else ""
        if hidden:
            self._text = _("{chosen:,} selected, {hidden:,} not on show").format(
                chosen=chosen, hidden=hidden
            )
        self.clear.setVisible(bool(chosen))
        told = language_counts(languages) if languages and chosen else ""
        self.languages.setText(_("Letters: {told}").format(told=told) if told else "")
        self.update()

    def show_cursor(self, name: str, *, on_row: bool) -> None:
        """Whether the cursor stands on a row, and whose: without ticks, that one is meant."""
        words = self._text or (name if on_row else _("None selected"))
        self.words.setText(cut(words, theme.scaled(_WORDS), 13, 600, theme.scale()))
        self.words.setToolTip(words)
        self.words.set_tone("" if self._text else "muted")
        self.book.setEnabled(on_row)
        self.date.setEnabled(on_row)
        for button in (self.letters, self.aside, self.call):
            button.setEnabled(self._any or on_row)

    def set_narrow(self, *, narrow: bool, tiny: bool) -> None:
        """Leaves out what the keys do as well where there is no room."""
        self.languages.setVisible(not narrow)
        self.date.setVisible(not tiny)
        self.book.setVisible(not tiny)
        self.call_sheet.setVisible(not tiny)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(theme.colour("accent" if self._any else "line"), 2 if self._any else 1)
        painter.setPen(edge)
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
        painter.end()
