"""Dialogs of the log: an addendum, two versions that clash; ``sign_dialog`` has the signature."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinicdesk.domain.rows.log import LogForm
from clinicdesk.domain.translation import _
from clinicdesk.ui.widgets import Banner, Dialog, Field, Label, TextArea


class AddendumDialog(Dialog):
    """A text to add to a signed log."""

    text_given = Signal(str)

    def __init__(self, host: QWidget, text: str = "") -> None:
        super().__init__(host, _("Add addendum"), _("Add to the record"), width=520)
        self.body.addWidget(
            Label(
                _("It stands beside the signed log with your name and the time."), 13, 400, "muted"
            )
        )
        self.text = TextArea(
            _("For example: patient called next day, no complaints"), _("Text"), lines=5
        )
        self.text.setPlainText(text)
        self.field = Field(_("Text"), self.text)
        self.body.addWidget(self.field)
        self.accepted.connect(self._submit)

    def start(self) -> None:
        """Shows the dialog with the cursor in the text."""
        self.open_dialog(self.text)

    def _submit(self) -> None:
        self.accept.setEnabled(False)
        self.text_given.emit(self.text.toPlainText())

    def refuse(self, sentence: str) -> None:
        """It did not work: says why; the text stays."""
        self.accept.setEnabled(True)
        self.field.set_error(sentence)
        self.text.setFocus()


class ClashDialog(Dialog):
    """Somebody saved the same log: both versions, field by field; one is chosen."""

    mine_chosen = Signal()
    theirs_chosen = Signal()

    def __init__(self, host: QWidget, mine: LogForm, theirs: LogForm) -> None:
        super().__init__(host, _("Two versions of this log"), _("Keep mine"), width=640)
        note = Banner()
        note.show_text(_("Somebody saved this log while you were typing. Nothing is lost yet."))
        self.body.addWidget(note)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for column, title in enumerate(("", _("Saved"), _("Mine"))):
            grid.addWidget(Label(title, 12, 600, "muted"), 0, column)
        for line, (name, saved, own) in enumerate(differences(mine, theirs), 1):
            grid.addWidget(Label(name, 13, 400, "muted"), line, 0)
            grid.addWidget(Label(saved, 13, 400, wrap=True), line, 1)
            grid.addWidget(Label(own, 13, 600, wrap=True), line, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self.cancel.setText(_("Take the saved one"))
        self.accepted.connect(self._mine)
        self.cancel.clicked.disconnect(self.close_dialog)
        self.cancel.clicked.connect(self._theirs)

    def _mine(self) -> None:
        self.mine_chosen.emit()
        self.close_dialog()

    def _theirs(self) -> None:
        self.theirs_chosen.emit()
        self.close_dialog()


def differences(mine: LogForm, theirs: LogForm) -> list[tuple[str, str, str]]:
    """(field in words, saved value, own value) of every field that differs."""
    return [
        (name.replace("_", " ").capitalize(), _shown(getattr(theirs, name)), _shown(value))
        for name, value in mine.__dict__.items()
        if value != getattr(theirs, name)
    ]


def _shown(value: object) -> str:
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        return ", ".join(_shown(part) for part in value)
    if hasattr(value, "lot"):
        return _("{product} {volume_ml} mL, lot {lot}").format(
            product=value.product,  # type: ignore[attr-defined]
            volume_ml=value.volume_ml,  # type: ignore[attr-defined]
            lot=value.lot or "–",
        )
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)
