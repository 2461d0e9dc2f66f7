"""The foot of the check-in: what stays open, and the three ways on."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _
from clinicdesk.ui.check_in.asking import Arrival
from clinicdesk.ui.check_in.words import no_driver_words, open_words, refused_words
from clinicdesk.ui.widgets import Banner, Button, Label, row


class Foot(QWidget):
    """Says, and has the buttons; what they do is the panel's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = Banner("danger", parent=self)
        self._no_driver = Label("", 12.5, 600, "danger", wrap=True)
        self._refused = Label("", 12.5, 600, "danger", wrap=True)
        self._rest = Label("", 12.5, 600, "warn", wrap=True)
        self.print = Button(_("Print consent"), "print", key_hint="P")
        self.cannot = Button(_("Cannot stay"))
        self.accept = Button(_("Check in"), "check", "primary", "Ctrl ↵")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 14, 12)
        layout.setSpacing(8)
        for part in (self.trouble, self._refused, self._no_driver, self._rest):
            layout.addWidget(part)
        buttons = row(self.print, self.cannot, self.accept)
        buttons.setStretch(2, 1)
        layout.addLayout(buttons)

    def name_acts(self, found: Arrival, actor: Actor, *, before: bool) -> None:
        """What can be done with this appointment; ``before``: the patient is not checked in yet."""
        self.print.setVisible(found.planned)
        self.accept.setText(_("Check in") if before else _("Done"))
        may = actor.may(Permission.CHECK_IN)
        self.accept.setEnabled(may)
        self.accept.setToolTip("" if may else _("Your role may not check in."))
        # What is logged was begun: such a patient leaves, and is not cancelled.
        self.cannot.setVisible(actor.may(Permission.BOOK) and found.row.procedure_id is None)

    def tell(self, found: Arrival) -> None:
        """What stays open."""
        for label, words in (
            (self._refused, refused_words(found)),
            (self._no_driver, no_driver_words(found)),
            (self._rest, open_words(found)),
        ):
            label.setText(words)
            label.setVisible(bool(words))
