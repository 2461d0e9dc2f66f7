"""One person's pages, bars and actions; put aside while the window is locked."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Clinic
from clinicdesk.ui import panel_width
from clinicdesk.ui.actions import Action, Actions
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.matching import open_matching
from clinicdesk.ui.pages import PAGES, PageEntry, number_of
from clinicdesk.ui.panel_page import PanelPage
from clinicdesk.ui.settle.count import SettleCount
from clinicdesk.ui.shell.bars import StatusBar, TopBar
from clinicdesk.ui.shell.help_words import words_of
from clinicdesk.ui.shell.keys import show_keys
from clinicdesk.ui.shell.page_menu import PageMenu
from clinicdesk.ui.shell.palette import Palette
from clinicdesk.ui.shell.panes import go_on
from clinicdesk.ui.shell.rail import Rail
from clinicdesk.ui.shell.stage import Stage
from clinicdesk.ui.stock import Stock
from clinicdesk.ui.tasks import Tasks
from clinicdesk.ui.widgets.eye_order import step

_COUNTED = "settle"
"""The page whose number is counted whether it was ever shown or not."""


class Workspace(QWidget):
    """What a signed-in person works in.

    Signals:
        lock_wanted(), theme_wanted(), view_wanted(): passed on from the top bar and the keys.
    """

    lock_wanted = Signal()
    theme_wanted = Signal()
    view_wanted = Signal()

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
        self._today = clinic.today()
        self._focus: QWidget | None = None
        self.dialogs: list[QWidget] = []
        self.stock = Stock(self.context, self)
        self.palette_box = Palette(self.context, self)
        self.palette_box.box.left.connect(self._leave_search)
        self._came_from: QWidget | None = None
        self.rail = Rail(self._entries)
        self.rail.chosen.connect(self.show_page)
        self.top = TopBar(self.context, self.palette_box.box)
        self.top.lock_wanted.connect(self._lock)
        self.top.theme_wanted.connect(self._theme)
        self.status = StatusBar(clinic.clock, clinic.zone, demo=clinic.settings.demo)
        bus.said.connect(self._said)
        bus.warned.connect(self._warned)
        bus.undone.connect(self._undone)
        bus.redone.connect(self._redone)
        self.stage = Stage()
        self.stack = self.stage.pages
        self._lay_out()
        self._register()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.top, self.stage, self.status):
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
            Action("redo", _("Do again what was undone"), "Ctrl+Y", self.status.redo),
            Action("redo2", _("Do again what was undone"), "Ctrl+Shift+Z", self.status.redo),
            Action("keys", _("Help: keys, words, first day"), "F1", self._keys, icon="keyboard"),
            Action("view", _("Size of the view, 80 to 200 %"), "", self._view, icon="search"),
            Action("panel.wide", _("Make the panel at the right wider"), "", self._wider),
            Action("panel.narrow", _("Make the panel at the right narrower"), "", self._narrower),
            Action("theme", _("Switch between light and dark"), "", self._theme, icon="moon"),
            Action("pane", _("Go to the next pane"), "F6", self._next_pane),
            Action("pane.before", _("Go to the pane before"), "Shift+F6", self._pane_before),
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
        self.stage.fit()
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
        self.see_day()
        if not self._shown:
            self.show_page(self._entries[0].key)
        elif self._focus is not None and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- another day ------------------------------------------------------------------------

    def see_day(self) -> None:
        """Takes every page to today where that is another day by now."""
        was, self._today = self._today, self.context.clinic.today()
        if was == self._today:
            return
        for page in self._pages.values():
            page.day_turned(was)
        self._waiting.ask()

    # -- small things -----------------------------------------------------------------------

    def _said(self, text: str, undo: object) -> None:
        if not self.isHidden():
            self.status.say(text, undo if callable(undo) else None)

    def _undone(self, text: str, redo: object) -> None:
        if not self.isHidden() and callable(redo):
            self.status.offer_redo(text, redo)

    def _redone(self, text: str, undo: object) -> None:
        if not self.isHidden() and callable(undo):
            self.status.say_redone(text, undo)

    def _warned(self, text: str) -> None:
        if not self.isHidden():
            self.status.warn(text)

    def _lock(self) -> None:
        self.lock_wanted.emit()

    def _view(self) -> None:
        self.view_wanted.emit()

    def _wider(self) -> None:
        self._widen(40)

    def _narrower(self) -> None:
        self._widen(-40)

    def _widen(self, by: int) -> None:
        panel_width.change(panel_width.extra() + by)
        panel_width.keep()
        for page in self._pages.values():
            if isinstance(page, PanelPage):
                page.take_width()

    def _theme(self) -> None:
        self.theme_wanted.emit()

    def _search(self) -> None:
        if not self.palette_box.box.hasFocus():
            self._came_from = self.focusWidget()
        self.palette_box.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.palette_box.box.selectAll()

    def _leave_search(self) -> None:
        back, page = self._came_from, self.stack.currentWidget()
        self._came_from = None
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is not None:
            step(page, None, forward=True)

    def _keys(self) -> None:
        catalogue = self.context.clinic.catalogue
        words = words_of(
            self._shown, catalogue.procedures.values(), catalogue.vocabulary.scales.values()
        )
        show_keys(self, self.actions_list.here(), self._shown, self.actor.role, words)

    def _match_sites(self) -> None:
        open_matching(self.context, self)

    def _next_pane(self) -> None:
        go_on(self._panes(), self.focusWidget())

    def _pane_before(self) -> None:
        go_on(self._panes(), self.focusWidget(), -1)

    def _panes(self) -> list[QWidget]:
        page = self._pages.get(self._shown)
        return [self.rail, self.top, *(page.panes() if page is not None else ()), self.status]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        here = [action for action in self.actions_list.here() if action.where]
        page = self._pages.get(self._shown)
        if here and page is not None:
            PageMenu(here, self).show_at(page.menu_spot(event))


class _Go:
    """A page's way there, as a bound method."""

    def __init__(self, workspace: Workspace, entry: PageEntry) -> None:
        self._workspace, self._entry = workspace, entry

    def run(self) -> None:
        self._workspace.show_page(self._entry.key)
