"""The left column: the site, typed or clicked, both in step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.anatomy import Site, entered_site, listed_site
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui.log.cells import lock
from clinicdesk.ui.log.figure import Figure
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import Chip, Field, FlowRow, Label, SiteEdit, TextEdit

_SEPARATOR = ","


class SitePanel(QFrame):
    """Typed sites (separated by commas) and the figure.

    Typing completes: ``l5 l`` becomes ``L5 left``. What cannot be read stays as typed,
    with the reason below it. A site that differs from the booking asks why.
    """

    changed = Signal()

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._procedure: Procedure | None = None
        self._sites: tuple[str, ...] = ()
        self._error = ""
        self.setProperty("surface", "tray")
        self.edit = SiteEdit(_("Type or click, like L5 left"), lane)
        self.field = Field(_("Site"), self.edit)
        self.figure = Figure()
        self._named = Label("", 13, 600, wrap=True)
        self._chips = FlowRow()
        self.change_reason = TextEdit(_("For example: pain is on the right today"), _("Reason"))
        self.change_field = Field(_("Why does it differ from the booking?"), self.change_reason)
        self.change_field.hide()
        self._build()
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._read)
        self.edit.picked.connect(self._offered)
        self.edit.nothing.connect(self._read)
        self.figure.picked.connect(self._picked)
        self.figure.pointed.connect(self._pointed)
        self.change_reason.textEdited.connect(self._reason_typed)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 6)
        head.setSpacing(8)
        head.addWidget(self.field)
        head.addWidget(self.change_field)
        layout.addLayout(head)
        layout.addWidget(self.figure, 1)
        foot = QFrame()
        foot.setProperty("surface", "status")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 8, 16, 8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(_("Selected"), 12, 400, "faint"))
        words.addWidget(self._named)
        line.addLayout(words, 1)
        line.addWidget(self._chips, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(foot)
        self._chips.setFixedWidth(64)

    # what it holds

    def sites(self) -> tuple[str, ...]:
        """The sites that could be read."""
        return self._sites

    def error(self) -> str:
        """Why the typed text cannot be read; empty when it can."""
        return self._error

    def text(self) -> str:
        """What stands in the field."""
        return self.edit.text()

    def show_sites(self, sites: tuple[str, ...], typed: str = "") -> None:
        """Shows sites, or a text that could not be read, without telling anybody."""
        self._sites = sites
        self.edit.setText(typed or ", ".join(sites))
        self._error = ""
        if typed:
            # As it stands: what was meant for another procedure is not completed into a site.
            self._resolve(listed_site)
        self._show()

    def set_procedure(self, procedure: Procedure | None) -> None:
        """Another procedure takes other sites; those that do not fit are named."""
        self._procedure = procedure
        self.edit.set_procedure(procedure)
        self.figure.set_procedure(procedure)
        self._resolve()
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        """Only shows."""
        lock(self.edit, read_only)
        lock(self.change_reason, read_only)
        self.figure.set_read_only(read_only)

    def ask_why(self, planned: tuple[str, ...], differs: bool) -> None:
        """Shows or hides the question why the site differs from the booking."""
        self.change_field.setVisible(differs or bool(self.change_reason.text()))
        if differs:
            self.change_field.set_helper(
                _("Booked was {planned}.").format(planned=", ".join(planned))
            )

    # typing

    def _typed(self, text: str) -> None:
        if self._exact(text):
            self._resolve()
            self._show()
        self.changed.emit()

    def _exact(self, text: str) -> bool:
        """Whether everything typed is already a site in full."""
        if self._procedure is None:
            return False
        try:
            for part in text.split(_SEPARATOR):
                listed_site(part, self._procedure)
        except ValueError:
            return False
        return True

    def _offered(self, site: object) -> None:
        before = [part.strip() for part in self.edit.text().split(_SEPARATOR)[:-1]]
        self.edit.setText(", ".join([*before, str(site)]))
        self._read()

    def _read(self) -> None:
        """The typed text becomes sites; a shortened one by its first completion."""
        if self.edit.isReadOnly():
            return
        before = self._sites, self._error
        self._resolve()
        if not self._error:
            self.edit.setText(", ".join(self._sites))
        self._show()
        if (self._sites, self._error) != before:
            self.changed.emit()

    def _resolve(self, read: Callable[[str, Procedure], Site] = entered_site) -> None:
        found: list[str] = []
        self._error = ""
        parts = [part.strip() for part in self.edit.text().split(_SEPARATOR)]
        for part in parts:
            if not part or self._procedure is None:
                continue
            try:
                found.append(str(read(part, self._procedure)))
            except ValueError as error:
                self._error = str(error)
        self._sites = tuple(dict.fromkeys(found))

    # clicking

    def _picked(self, sites: tuple[str, ...]) -> None:
        self._sites = sites
        self._error = ""
        self.edit.setText(", ".join(sites))
        self._show()
        self.changed.emit()

    def _pointed(self, words: str) -> None:
        self._named.setText(words or self._summary())

    def _reason_typed(self) -> None:
        self.changed.emit()

    def _show(self) -> None:
        self.figure.set_sites(self._sites)
        self.field.set_error(self._error)
        self._named.setText(self._summary())
        count = len(self._sites)
        words = _n("{count} site", "{count} sites", count).format(count=count)
        self._chips.set_widgets([Chip(words, "accent")] if count else [])

    def _summary(self) -> str:
        if not self._sites:
            return _("No site yet")
        return self.figure.readout() or ", ".join(self._sites)
