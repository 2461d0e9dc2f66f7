"""Which texts the clinic approved and which not, and how its own lie over ours."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.rows.documents import SheetStanding, TextsStanding
from clinicdesk.domain.sheet_standing import approval_words, outdated_words, own_words
from clinicdesk.domain.translation import _
from clinicdesk.ui.widgets import Button, Label, Line, scrolled


class TextsPanel(QWidget):
    """The list that stands in the place of the sheet while it is asked for.

    Signals:
        closed(): back to the sheet.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Wording of sheets"))
        self.back = Button(_("Back to the sheet"), "left", compact=True)
        self.back.clicked.connect(self.closed)
        bar = QFrame()
        bar.setProperty("surface", "bar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(14, 6, 12, 6)
        line.addWidget(Label(_("Wording of sheets"), 15, 600), 1)
        line.addWidget(self.back)
        self._lists = QWidget()
        self._rows = QVBoxLayout(self._lists)
        self._rows.setContentsMargins(20, 16, 20, 20)
        self._rows.setSpacing(6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(bar)
        outer.addWidget(scrolled(self._lists), 1)

    def show_standing(self, standing: TextsStanding) -> None:
        """Shows how the texts stand now."""
        self._empty()
        outdated = standing.outdated
        if outdated:
            self._section(_("Own texts over one of ours that has changed since"))
            for file in outdated:
                self._row(file.name, outdated_words(file))
        self._section(_("Approved by the clinic"))
        for sheet in standing.approved:
            self._row(_named(sheet), approval_words(sheet.approvals))
        if not standing.approved:
            self._note(_("None yet. Each sheet says “Sample wording”."))
        if standing.partly:
            self._section(_("Not approved in all its parts: printed as sample wording"))
        for sheet in standing.partly:
            self._row(_named(sheet), _("Not approved: {open}").format(open=", ".join(sheet.open)))
        others = tuple(file for file in standing.own if file not in outdated)
        if others:
            self._section(_("The clinic’s own texts"))
        for file in others:
            self._row(file.name, own_words(file))
        if standing.ours:
            self._section(
                _("Not approved, as they came with the program: printed as sample wording")
            )
        for sheet in standing.ours:
            self._note(_named(sheet))
        self._rows.addStretch(1)

    def words(self) -> tuple[str, ...]:
        """All that is on show, top to bottom."""
        items = (self._rows.itemAt(n) for n in range(self._rows.count()))
        labels = (item.widget() for item in items if item is not None)
        return tuple(label.text() for label in labels if isinstance(label, Label))

    def _section(self, heading: str) -> None:
        if self._rows.count():
            self._rows.addSpacing(6)
            self._rows.addWidget(Line())
        self._rows.addWidget(Label(heading, 14, 600, wrap=True))

    def _row(self, name: str, below: str) -> None:
        self._rows.addWidget(self._selectable(Label(name, 13, 600, wrap=True)))
        self._rows.addWidget(self._selectable(Label(below, 12.5, 400, "muted", wrap=True)))

    def _note(self, sentence: str) -> None:
        self._rows.addWidget(Label(sentence, 13, 400, "muted", wrap=True))

    @staticmethod
    def _selectable(label: Label) -> Label:
        """A seal is copied into a file, not typed."""
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label

    def _empty(self) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _named(sheet: SheetStanding) -> str:
    return f"{sheet.name} ({sheet.language})"
