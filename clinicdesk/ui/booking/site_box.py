"""A site typed with completion: ``l5 l`` and Tab make ``L5 left``; commas part several."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.anatomy import complete_site
from clinicdesk.domain.procedures import Procedure
from clinicdesk.ui.booking.draft import read_sites
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets import SiteEdit

_ALL = 200


class SiteBox(SiteEdit):
    """The site field.

    Signals:
        settled(): what stands in the field was picked, completed or left.
    """

    settled = Signal()

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__("", lane, parent)
        self.picked.connect(self._take)
        self.nothing.connect(self._left_as_typed)

    def _take(self, value: object) -> None:
        self.setText(f"{self.parts()[0]}{value}")
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
        if self.open and self._chosen(index.row()):
            self._pick(index)
            return
        try:
            self.setText(", ".join(read_sites(self.text(), self._procedure)))
        except ValueError:
            before, comma, last = self.text().rpartition(",")
            site = only_meaning(last, self._procedure)
            if site:
                self.setText(f"{before.strip()}, {site}" if comma else site)

    def _chosen(self, row: int) -> bool:
        """Whether a line was gone to, and not merely offered."""
        return row > 0 or (row == 0 and not self.first_is_meant(self.matches))


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
