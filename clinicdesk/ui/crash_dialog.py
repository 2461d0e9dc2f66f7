"""What is shown of a mistake of ours: a report to be sent, and where the log file lies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
from clinicdesk.services import logfile
from clinicdesk.ui.widgets import Dialog, Label, TextArea

_WORDS = _(
    "This is our mistake, not yours. What you were typing is kept. The report below holds "
    "no patient data: please send it to whoever looks after the program."
)


class CrashDialog(Dialog):
    """Lies over the window until *Go on working*."""

    def __init__(self, host: QWidget, report: str) -> None:
        super().__init__(host, _("Something went wrong in ClinicDesk"), width=620)
        self.body.addWidget(Label(_WORDS, 13, 400, wrap=True))
        self.report = TextArea(name=_("Report"), lines=9)
        self.report.setPlainText(report)
        self.report.setReadOnly(True)
        self.body.addWidget(self.report)
        where = _("It also stands in the log file, which holds no patient data: {path}").format(
            path=logfile.path()
        )
        self.log_file = Label(where, 12, 400, "muted", wrap=True)
        self.log_file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.log_file)
        self.cancel.setText(_("Go on working"))
