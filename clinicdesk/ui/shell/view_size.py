"""How large everything is shown, 80 to 200 %."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui.preferences import SCALES, Preferences
from clinicdesk.ui.widgets import Choice, Dialog, Field


class ViewSizeDialog(Dialog):
    """Keeps the size that is chosen for the next start."""

    def __init__(self, host: QWidget, preferences: Preferences) -> None:
        super().__init__(host, _("Size of the view"), _("Keep"), width=420)
        self._preferences = preferences
        sizes = [(scale, f"{round(scale * 100)} %") for scale in SCALES]
        self.choice = Choice(sizes, _("Size of the view"))
        self.choice.set_value(preferences.scale)
        self.body.addWidget(
            Field(_("Size"), self.choice, _("It holds from the next start of the program."))
        )
        self.accepted.connect(self._keep)

    def _keep(self) -> None:
        chosen = self.choice.value()
        if isinstance(chosen, float):
            self._preferences.scale = chosen
            self._preferences.save()
        self.close_dialog()
