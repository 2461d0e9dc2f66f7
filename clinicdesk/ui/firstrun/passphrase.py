"""Asks for the clinic's passphrase when the system's key store does not know it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.server_address import is_server, without_password
from clinicdesk.domain.translation import _
from clinicdesk.ui.firstrun.frame import FrontPage
from clinicdesk.ui.widgets import Button, Field, PasswordEdit, row


class PassphrasePage(FrontPage):
    """Signals:
    given(str): a passphrase or recovery code was typed.
    back_wanted(): another clinic.
    """

    given = Signal(str)
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("This clinic is locked"), "")
        self.edit = PasswordEdit(_("Passphrase or recovery code"))
        self.edit.submitted.connect(self._give)
        self.field = Field(
            _("Passphrase or recovery code"), self.edit,
            _("The one chosen when the clinic was set up. It never leaves this computer."),
        )  # fmt: skip
        self.go = Button(_("Open the clinic"), "lock", "primary")
        self.go.clicked.connect(self._give)
        back = Button(_("Another clinic"), kind="text")
        back.clicked.connect(self._back)
        self.body.addWidget(self.field)
        self.body.addLayout(row(self.go, None, back))

    def ask(self, where: str) -> None:
        """Shows which file it is about."""
        if is_server(where):
            said = _("The server of {address} asks for the password of its user.")
            self.sentence.setText(said.format(address=without_password(where)))
            self.field.label.setText(_("Password of the server’s user"))
        else:
            said = _("{name} is encrypted. Type its passphrase to open it.")
            self.sentence.setText(said.format(name=Path(where).name))
            self.field.label.setText(_("Passphrase or recovery code"))
        self.edit.clear()
        self.field.set_error("")
        self.trouble.show_text("")
        self.working(False)
        self.edit.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: Unavailable) -> None:
        """Says why it did not open, at the field or, where it is the file's fault, above."""
        self.working(False)
        if error.kind == "wrong-key":
            self.field.set_error(str(error))
            self.edit.edit.selectAll()
            self.edit.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.trouble.show_text(str(error), "danger")

    def working(self, busy: bool) -> None:
        """While the key is worked out, which takes a moment on purpose."""
        self.go.setEnabled(not busy)
        self.go.setText(_("Opening…") if busy else _("Open the clinic"))

    def _give(self) -> None:
        if not self.edit.text():
            self.field.set_error(_("Type the passphrase, or the printed recovery code."))
            return
        self.working(True)
        self.given.emit(self.edit.text())

    def _back(self) -> None:
        self.back_wanted.emit()
