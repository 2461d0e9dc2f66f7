"""A site typed with completion: ``l5 l`` and Tab make ``L5 left``; commas part several."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.anatomy import complete_site
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.translation import _
from clinicdesk.ui.booking.draft import read_sites
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import TypeAhead, TypeAheadItem

_ALL = 200


class SiteBox(TypeAhead):
    """The site field.

    Signals:
        settled(): what stands in the field was picked, completed or left.
    """

    settled = Signal()

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__("", lane, self._complete, icon="target", parent=parent)
        self._procedure: Procedure | None = None
        self.setAccessibleName(_("Site"))
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
        """Leaving completes only what can mean one site; level and side are never guessed."""
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
            site = only_meaning(last, self._procedure)
            if site:
                self.setText(f"{before.strip()}, {site}" if comma else site)


def only_meaning(typed: str, procedure: Procedure) -> str:
    """The one site that the text can mean, empty where it can mean several.

    ``l5 l`` is L5 left, since L5 is named whole; ``l5`` and ``l left`` stay as typed, and the field
    asks for what is missing.
    """
    if not typed.strip():
        return ""
    found = complete_site(typed, procedure, _ALL)
    if len(found) == 1:
        return found[0]
    named = [site for site in found if typed.casefold().split()[0] == site.casefold().split()[0]]
    return named[0] if len(named) == 1 else ""
