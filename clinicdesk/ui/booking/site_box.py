"""A site typed with completion: ``l5 l`` and Tab make ``L5 left``; commas part several."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.anatomy import complete_site
from clinicdesk.domain.procedures import Procedure
from clinicdesk.ui.booking.draft import read_sites
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import TypeAhead, TypeAheadItem


class SiteBox(TypeAhead):
    """The site field.

    Signals:
        settled(): what stands in the field was picked, completed or left.
    """

    settled = Signal()

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__("", lane, self._complete, icon="target", parent=parent)
        self._procedure: Procedure | None = None
        self.setAccessibleName("Site")
        self.picked.connect(self._take)
        self.nothing.connect(self._left_as_typed)

    def set_procedure(self, procedure: Procedure | None) -> None:
        """Which sites may be typed."""
        self._procedure = procedure

    def _complete(self, text: str) -> list[TypeAheadItem]:
        """Whole texts of the field, the last part completed."""
        if self._procedure is None:
            return []
        before, comma, last = text.rpartition(",")
        head = f"{before.strip()}, " if comma else ""
        return [
            TypeAheadItem(f"{head}{site}", site) for site in complete_site(last, self._procedure)
        ]

    def _take(self, value: object) -> None:
        self.setText(str(value))
        self.settled.emit()

    def _left_as_typed(self, text: str) -> None:  # noqa: ARG002
        self.hide_list()
        self.settled.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._finish()
        super().focusOutEvent(event)
        self.settled.emit()

    def _finish(self) -> None:
        """Leaving with half a site takes the first completion; a sound or strange one stays."""
        if self._procedure is None or not self.text().strip():
            return
        index = self._list.currentIndex()
        if self.open and index.row() > 0:
            self.setText(str(self.matches[index.row()].value))
            return
        try:
            self.setText(", ".join(read_sites(self.text(), self._procedure)))
        except ValueError:
            before, comma, last = self.text().rpartition(",")
            found = complete_site(last, self._procedure, 1) if last.strip() else ()
            if found:
                self.setText(f"{before.strip()}, {found[0]}" if comma else found[0])
