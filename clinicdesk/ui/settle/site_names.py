"""Names of sites in old records that wait to be matched: a line that leads to the reviewed list."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.sites import SiteLists
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import sites
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.matching import open_matching
from clinicdesk.ui.widgets import Banner

_TOUCHES = frozenset({"procedure", "appointment"})
"""Kinds of changes after which other names may stand in the records."""


class SiteNamesLine(Banner):
    """How many names wait; hidden where none does, or where this person may not match them."""

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__("info", parent=host)
        self._context, self._host = context, host
        self._may = context.actor.may(Permission.MATCH_SITES)
        self.acted.connect(self._open)
        context.bus.published.connect(self._published)

    def look(self) -> None:
        """Asks; the records are read, which takes its time."""
        if not self._may:
            return
        work = partial(sites.lists, self._context.clinic, self._context.actor)
        self._context.tasks.long.submit(work, self._known, self._failed, owner=self, key="names")

    def _published(self, changes: ChangeSet) -> None:
        if changes.kinds & _TOUCHES and self._host.isVisible():
            self.look()

    def _known(self, found: SiteLists) -> None:
        count = len(found.unlisted)
        said = _n(
            "{count} name of a site in the records is on no list: "
            "it counts as a site of its own until somebody says what it means.",
            "{count} names of sites in the records are on no list: "
            "each counts as a site of its own until somebody says what it means.",
            count,
        )
        self.show_text(said.format(count=count) if count else "", "info", _("Match names"))

    def _failed(self, error: Exception) -> None:
        # The list of the page says itself that the records cannot be read.
        self.show_text("")
        if not isinstance(error, ClinicError):
            raise error

    def _open(self) -> None:
        open_matching(self._context, self._host)
