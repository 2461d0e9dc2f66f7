"""Which of the words typed is the family name: asked where they do not say."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui.patients.fields import either_way, turned
from clinicdesk.ui.patients.form_widget import PatientFormWidget
from clinicdesk.ui.widgets import Banner


class NameOrder(Banner):
    """Says what was taken as the family name, with a button that turns the names round."""

    def __init__(
        self, fields: PatientFormWidget, typed: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("info", parent=parent)
        self._fields = fields
        self._asked = ("", "")
        self.acted.connect(self._turn)
        fields.changed.connect(self._hide)
        if either_way(typed):
            self._ask()

    def _ask(self) -> None:
        values = self._fields.values()
        self._asked = (values["family"], values["given"])
        said = _("Taken as in the lists: family name {family}, given name {given}.")
        self.show_text(
            said.format(family=values["family"], given=values["given"]),
            "info",
            _("The other way round"),
        )

    def _turn(self) -> None:
        form, __ = self._fields.form()
        self._fields.set_form(turned(form))
        self._fields.changed.emit()

    def _hide(self) -> None:
        values = self._fields.values()
        if (values["family"], values["given"]) != self._asked:
            self.show_text("")
