"""Strips across the page: how far bringing up to date is; paper that is ready."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from clinicdesk.domain.rows.due import RebuildProgress
from clinicdesk.domain.sheet_standing import lacking_file
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui.due.seam import Paper
from clinicdesk.ui.due.words import language_counts
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Button, IconButton, Label, column, row


class ProgressStrip(QFrame):
    """What is being done and how far it is; nothing waits for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("band", "info")
        self._words = Label("", 13)
        self._count = Label("", 12, 400, "muted")
        self.bar = QProgressBar()
        self.bar.setMinimumWidth(120)
        line = row(IconLabel("clock", "info", 18), self._words, self.bar, self._count, spacing=10)
        line.setContentsMargins(12, 7, 12, 7)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.hide()

    def begin(self, words: str) -> None:
        """Shows the strip, with a bar that does not know yet how long it takes."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self._count.setText("")
        self.bar.setRange(0, 0)
        self.show()

    def show_progress(self, progress: RebuildProgress) -> None:
        """How many patients are done, of how many."""
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        self._count.setText(
            _("{done:,} of {total:,} patients").format(done=progress.done, total=progress.total)
        )
        self.bar.setAccessibleName(self._count.text())

    def end(self) -> None:
        """It is done."""
        self.hide()


class PaperStrip(QFrame):
    """Letters or a call sheet, made: to be printed or saved.

    Signals:
        print_wanted(), save_wanted(): what to do with the paper.
    """

    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("band", "ok")
        self.paper: Paper | None = None
        self._words = Label("", 13)
        self.print = Button(_("Print"), "print", "primary", compact=True)
        self.save = Button(_("Save PDF"), "save", compact=True)
        self.away = IconButton("x", _("Put the paper away"))
        self._notes = Label("", 12, 400, "muted", wrap=True)
        said = column(self._words, self._notes, spacing=1)
        line = row(IconLabel("doc", "ok", 18), spacing=8)
        line.addLayout(said, 1)
        for button in (self.print, self.save, self.away):
            line.addWidget(button)
        line.setContentsMargins(12, 5, 8, 5)
        self.setLayout(line)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.away.clicked.connect(self.put_away)
        self.hide()

    def show_paper(self, paper: Paper) -> None:
        """Offers what was made."""
        self.paper = paper
        pages = _n("{pages:,} page", "{pages:,} pages", paper.pages).format(pages=paper.pages)
        languages = language_counts(dict(paper.languages)) if paper.languages else ""
        self._words.setText(" · ".join(p for p in (paper.title, pages, languages) if p))
        self._notes.setText(" ".join(paper.notes))
        self._notes.setVisible(bool(paper.notes))
        self._notes.setToolTip("\n".join(lacking_file(file) for file in paper.lacks))
        self.setAccessibleName(f"{self._words.text()}. {self._notes.text()}")
        self.show()

    def text(self) -> str:
        """What stands on it."""
        return self._words.text()

    def put_away(self) -> None:
        """Takes the strip away."""
        self.paper = None
        self.hide()

    def _print(self) -> None:
        self.print_wanted.emit()

    def _save(self) -> None:
        self.save_wanted.emit()
