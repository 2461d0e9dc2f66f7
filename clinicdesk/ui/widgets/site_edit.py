"""A site typed with completion: Enter takes a name, and never a side that was not said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from clinicdesk.domain.anatomy import complete_site, names_side
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.translation import _
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets.type_ahead import TypeAhead, TypeAheadItem

_COMMA = ","


class SiteEdit(TypeAhead):
    """The site field of booking and log; commas part several, the last part is completed.

    A line of the list is chosen in advance only where what was typed names its side.
    """

    def __init__(self, placeholder: str, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, lane, self._complete, icon="target", parent=parent)
        self._procedure: Procedure | None = None
        self.setAccessibleName(_("Site"))

    def set_procedure(self, procedure: Procedure | None) -> None:
        """Which sites may be typed."""
        self._procedure = procedure

    def parts(self) -> tuple[str, str]:
        """What stands before the last part, its comma included, and the last part itself."""
        before, comma, last = self.text().rpartition(_COMMA)
        return (f"{before.strip()}, " if comma else "", last.strip())

    def _complete(self, text: str) -> list[TypeAheadItem]:
        """Completions of the last part; runs in the lane."""
        procedure, last = self._procedure, text.rpartition(_COMMA)[2].strip()
        if procedure is None or not last:
            return []
        return [TypeAheadItem(site, site) for site in complete_site(last, procedure)]

    def first_is_meant(self, items: Sequence[TypeAheadItem]) -> bool:
        return len(items) == 1 or names_side(self.parts()[1])

    def undecided(self) -> None:
        """Takes the name, where it can mean one alone; the list then asks for the side."""
        head, last = self.parts()
        names = list(dict.fromkeys(item.text.rpartition(" ")[0] for item in self.matches))
        typed = last.casefold()
        named = [name for name in names if name.casefold() == typed] or names
        if len(named) == 1 and typed != named[0].casefold():
            self.setText(f"{head}{named[0]} ")
        self.ask_now()
