"""One person's pages, bars and actions; put aside while the window is locked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Clinic
from clinicdesk.ui.actions import Action, Actions
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.matching import open_matching
from clinicdesk.ui.pages import PAGES, PageEntry, number_of
from clinicdesk.ui.settle.count import SettleCount
from clinicdesk.ui.shell.bars import StatusBar, TopBar
from clinicdesk.ui.shell.help_words import words_of
from clinicdesk.ui.shell.keys import show_keys
from clinicdesk.ui.shell.palette import Palette
from clinicdesk.ui.shell.rail import Rail
from clinicdesk.ui.stock import Stock
from clinicdesk.ui.tasks import Tasks

_COUNTED = "settle"
"""The page whose number is counted whether it was ever shown or not."""


class Workspace(QWidget):
    """What a signed-in person works in.

    Signals:
        lock_wanted(), theme_wanted(): passed on from the top bar and the keys.
    """

    lock_wanted = Signal()
    theme_wanted = Signal()

    def __init__(
        self, clinic: Clinic, actor: Actor, tasks: Tasks, bus: Bus, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.actor = actor
        self.actions_list = Actions(self)
        self.context = UiContext(
            clinic, actor, tasks, bus, clinic.clock, self.actions_list, self.show_page
        )
        self._entries = [e for e in PAGES if actor.may(e.permission)]
        self._pages: dict[str, Page] = {}
        self._waiting = SettleCount(self.context, self)
        self._waiting.counted.connect(self._count)
        self._shown = ""
        self._focus: QWidget | None = None
        self.dialogs: list[QWidget] = []
        self.stock = Stock(self.context, self)
        self.palette_box = Palette(self.context, self)
        self.rail = Rail(self._entries)
        self.rail.chosen.connect(self.show_page)
        self.top = TopBar(self.context, self.palette_box.box)
        self.top.lock_wanted.connect(self._lock)
        self.top.theme_wanted.connect(self._theme)
        self.status = StatusBar(clinic.clock, clinic.zone, demo=clinic.settings.demo)
        bus.said.connect(self._said)
        bus.warned.connect(self._warned)
        self.stack = QStackedWidget()
        self._lay_out()
        self._register()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.top, self.stack, self.status):
            right.addWidget(widget)
        right.setStretch(1, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.rail)
        outer.addLayout(right, 1)

    def _register(self) -> None:
        self.actions_list.add(
            Action(
                "search", _("Find a patient or a command"), "Ctrl+K", self._search, icon="search"
            ),
            Action("lock", _("Lock the screen"), "Ctrl+L", self._lock, icon="lock"),
            Action("undo", _("Undo the last action"), "Ctrl+Z", self.status.undo, icon="undo"),
            Action("keys", _("Help: keys, words, first day"), "F1", self._keys, icon="keyboard"),
            Action("theme", _("Switch between light and dark"), "", self._theme, icon="moon"),
            Action("pane", _("Go to the next pane"), "F6", self._next_pane),
        )
        if self.actor.may(Permission.CHOOSE_PRODUCTS):
            self.actions_list.add(
                Action("stock", _("Choose which products are stocked here"), "", self.stock.choose)
            )
        if self.actor.may(Permission.MATCH_SITES):
            self.actions_list.add(
                Action("sites", _("Match names of sites"), "", self._match_sites, icon="target")
            )
        for entry in self._entries:
            # The handler is a bound method of the small object that knows its page.
            go = _Go(self, entry)
            self.actions_list.add(
                Action(
                    f"go.{entry.key}",
                    _("Go to {entry_title}").format(entry_title=entry.title),
                    f"Ctrl+{number_of(entry)}",
                    go.run,
                    icon=entry.icon,
                )
            )

    # -- pages ------------------------------------------------------------------------------

    def page(self, key: str) -> Page:
        """The page of that name, built when first asked for."""
        if key not in self._pages:
            entry = next(e for e in self._entries if e.key == key)
            page = entry.make(self.context)
            page.retitled.connect(self.refresh_title)
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def show_page(self, key: str, **arguments: object) -> None:
        """Shows a page; ``arguments`` say what it opens."""
        if key not in {e.key for e in self._entries}:
            self.context.bus.warn(
                _("Your role ({role_label}) has no access to that page.").format(
                    role_label=self.actor.role.label
                )
            )
            return
        if self._shown and self._shown != key:
            self._pages[self._shown].leave()
        page = self.page(key)
        self._shown = key
        self.stack.setCurrentWidget(page)
        self.rail.show_page(key)
        self.actions_list.go(key)
        page.activated(**arguments)
        focused = self.window().focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            # Keys go to the page that is on show, never to one that was left.
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh_title()

    def refresh_title(self) -> None:
        """Asks the page on show for its title again."""
        for key, built in self._pages.items():
            if key != _COUNTED:
                self.rail.set_badge(key, built.badge())
        page = self._pages.get(self._shown)
        if page is None:
            return
        self.top.set_title(page.title, page.subtitle() or self.context.clinic.settings.name)

    def _count(self, number: int) -> None:
        self.rail.set_badge(_COUNTED, number)

    @property
    def shown(self) -> str:
        """The key of the page on show."""
        return self._shown

    # -- locking ----------------------------------------------------------------------------

    def put_aside(self) -> None:
        """Saves what is being typed and remembers where the cursor was."""
        self._focus = self.focusWidget()
        self.actions_list.sleep(True)
        self._waiting.sleep(asleep=True)
        for page in self._pages.values():
            page.leave()

    def bring_back(self) -> None:
        """Goes on exactly where it was left."""
        self.actions_list.sleep(False)
        self._waiting.sleep(asleep=False)
        if not self._shown:
            self.show_page(self._entries[0].key)
        elif self._focus is not None and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- small things -----------------------------------------------------------------------

    def _said(self, text: str, undo: object) -> None:
        if not self.isHidden():
            self.status.say(text, undo if callable(undo) else None)

    def _warned(self, text: str) -> None:
        if not self.isHidden():
            self.status.warn(text)

    def _lock(self) -> None:
        self.lock_wanted.emit()

    def _theme(self) -> None:
        self.theme_wanted.emit()

    def _search(self) -> None:
        self.palette_box.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.palette_box.box.selectAll()

    def _keys(self) -> None:
        catalogue = self.context.clinic.catalogue
        words = words_of(
            self._shown, catalogue.procedures.values(), catalogue.vocabulary.scales.values()
        )
        show_keys(self, self.actions_list.here(), self._shown, self.actor.role, words)

    def _match_sites(self) -> None:
        open_matching(self.context, self)

    def _next_pane(self) -> None:
        page = self.stack.currentWidget() or self.stack
        panes: list[QWidget] = [self.rail, self.top, page]
        focused = self.focusWidget()
        at = next((i for i, p in enumerate(panes) if focused and p.isAncestorOf(focused)), -1)
        pane = panes[(at + 1) % len(panes)]
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not pane.hasFocus():
            pane.focusNextChild()


class _Go:
    """A page's way there, as a bound method."""

    def __init__(self, workspace: Workspace, entry: PageEntry) -> None:
        self._workspace, self._entry = workspace, entry

    def run(self) -> None:
        self._workspace.show_page(self._entry.key)
