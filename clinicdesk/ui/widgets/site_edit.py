"""A site typed with completion: Enter takes a name, and never a side that was not said.

A name of no list is asked about in the same list: what it may mean, and whether it is a new site
of the clinic. Nothing of that is taken but by a key for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.anatomy import complete_site, names_side, near_sites, new_name
from clinicdesk.domain.procedures import Procedure
from clinicdesk.domain.translation import _
from clinicdesk.ui.layouts import key_of
from clinicdesk.ui.tasks import Lane
from clinicdesk.ui.widgets.type_ahead import TypeAhead, TypeAheadItem

_COMMA = ","


class NearSite(str):
    """A site that may be meant by what was typed: a question."""

    __slots__ = ()


@dataclass(frozen=True)
class NewSite:
    """A name of no list, as a new site of the clinic: a question, too."""

    name: str


class SiteEdit(TypeAhead):
    """The site field of booking and log; commas part several, the last part is completed.

    A line of the list is chosen in advance only where what was typed names its side.

    Signals:
        new_site_wanted(str): a name is to be taken in as a new site; answered with ``take_new``.
    """

    new_site_wanted = Signal(str)

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

    def take_new(self, name: str) -> None:
        """A name is known now: it is taken where it stands with its side, else its side asked."""
        head, last = self.parts()
        sites = complete_site(last, self._procedure) if self._procedure else ()
        if names_side(last) and sites:
            self.picked.emit(sites[0])
        else:
            self.setText(f"{head}{name} ")
            self.ask_now()

    def _complete(self, text: str) -> list[TypeAheadItem]:
        """Completions of the last part, or the question; runs in the lane."""
        procedure, last = self._procedure, text.rpartition(_COMMA)[2].strip()
        if procedure is None or not last:
            return []
        found = [TypeAheadItem(site, site) for site in complete_site(last, procedure)]
        return found or _question(last, procedure)

    def first_is_meant(self, items: Sequence[TypeAheadItem]) -> bool:
        first = items[0].value
        if isinstance(first, NearSite):
            return names_side(self.parts()[1]) and _near_in(items) == 1
        return not isinstance(first, NewSite) and (len(items) == 1 or names_side(self.parts()[1]))

    def undecided(self) -> None:
        """Takes the name, where it can mean one alone; the list then asks for the side."""
        head, last = self.parts()
        sites = [item.text for item in self.matches if isinstance(item.value, str)]
        names = list(dict.fromkeys(site.rpartition(" ")[0] for site in sites))
        typed = last.casefold()
        named = [name for name in names if name.casefold() == typed] or names
        if len(named) == 1 and typed != named[0].casefold() and not names_side(last):
            self.setText(f"{head}{named[0]} ")
        self.ask_now()

    # -- the question ------------------------------------------------------------------------

    def _site_asked(self) -> NearSite | None:
        """The one site that is asked about on the list that is on show."""
        index = self._list.currentIndex()
        if not self._current or not index.isValid() or _near_in(self.matches) != 1:
            return None
        value = self.matches[index.row()].value
        return value if isinstance(value, NearSite) else None

    def _pick(self, index: QModelIndex | QPersistentModelIndex) -> None:
        value = self.matches[index.row()].value if index.isValid() else None
        if isinstance(value, NewSite):
            self.hide_list()
            self.new_site_wanted.emit(value.name)
        else:
            super()._pick(index)

    def _accept(self) -> bool:
        """Yes to the question, if one is on show."""
        site = self._site_asked()
        if site is None:
            return False
        self.hide_list()
        self.picked.emit(site)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        yes = key_of(event) == Qt.Key.Key_Y and not event.modifiers()
        if not (yes and self._accept()):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._procedure is not None and new_name(self.parts()[1], self._procedure)[1]:
            self.ask_now()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._accept()
        super().focusOutEvent(event)


def _question(typed: str, procedure: Procedure) -> list[TypeAheadItem]:
    name, _side = new_name(typed, procedure)
    if not name:
        return []
    near = near_sites(typed, procedure)
    one = names_side(typed) and len(near) == 1
    asked = [
        TypeAheadItem(
            NearSite(site),
            site,
            _("Did you mean this? “{name}” is not on the list.").format(name=name),
            _("Y") if one else "",
        )
        for site in near
    ]
    new = TypeAheadItem(
        NewSite(name),
        _("A new site of this clinic"),
        _("“{name}” is not on the list: take it in.").format(name=name),
        icon="plus",
    )
    return [*asked, new]


def _near_in(items: Sequence[TypeAheadItem]) -> int:
    return sum(isinstance(item.value, NearSite) for item in items)
