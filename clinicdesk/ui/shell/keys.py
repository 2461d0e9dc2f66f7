"""The list of keys (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui.actions import Action
from clinicdesk.ui.widgets import Chip, Dialog, Label, scrolled


def show_keys(host: QWidget, actions: Sequence[Action]) -> Dialog:
    """Opens the list over the window."""
    dialog = Dialog(host, _("Keys"), note=_("Letters alone work outside text fields."), width=560)
    inner = QWidget()
    grid = QGridLayout(inner)
    grid.setContentsMargins(0, 0, 8, 0)
    grid.setVerticalSpacing(6)
    for line, action in enumerate(a for a in actions if a.key):
        grid.addWidget(Label(action.text), line, 0)
        grid.addWidget(Chip(action.key), line, 1, Qt.AlignmentFlag.AlignRight)
    area = scrolled(inner)
    area.setMinimumHeight(380)
    dialog.body.addWidget(area)
    dialog.cancel.setText(_("Close"))
    dialog.open_dialog(dialog.cancel)
    return dialog
