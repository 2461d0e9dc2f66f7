"""Payers and rules: those to map first, at the right what a payer would get."""

from __future__ import annotations

from datetime import date
from functools import partial
from threading import Event

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.rows.payers import PackSummary, PayerEffect, PayerRow
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import payers
from clinicdesk.services.context import Clinic, Done
from clinicdesk.services.payers import Mapped
from clinicdesk.ui import theme
from clinicdesk.ui.actions import Action
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.payers.foot import Foot
from clinicdesk.ui.payers.lines import foot_words, mapped_words
from clinicdesk.ui.payers.model import PayersModel
from clinicdesk.ui.payers.painting import TO_MAP, ColumnHead
from clinicdesk.ui.payers.panel import PayerPanel
from clinicdesk.ui.payers.view import PayersView
from clinicdesk.ui.widgets import Banner, EmptyState, Label, Skeleton, TextEdit, row

_KEY = "payers"
_SOON_MS = 200
"""Arrows pass over payers; only where they rest are the rules asked."""
_WIDE_FROM = 1300
_Known = tuple[tuple[PayerRow, ...], tuple[PackSummary, ...]]


def ask_known(clinic: Clinic, actor: Actor) -> _Known:
    """Payers and packs; in the lane."""
    return payers.listed(clinic, actor), payers.packs(clinic, actor)


class PayersPage(Page):
    """The list at the left, what one of its payers would get at the right."""

    title = _("Payers and rules")
    least = (1010, 420)
    key = _KEY

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.setObjectName("canvas")
        self._asked = False
        self._stop = Event()
        self.model = PayersModel(self)
        self.view = PayersView(self.model)
        self.panel = PayerPanel()
        self.foot = Foot(context.clinic.today)
        self.search = TextEdit(_("Payer"), _("Find a payer"))
        self.count = Label("", 13, 400, "muted")
        self.trouble = Banner("danger", parent=self)
        self.empty = EmptyState("shield", _("No patient has a payer yet."), _("Import patients"))
        self.skeleton = Skeleton(8, theme.scaled(TO_MAP))
        self.body = QStackedWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._lay_out()
        self._connect()
        self._register()
        self._say()

    def _lay_out(self) -> None:
        for part in (self.skeleton, self.view, self.empty):
            self.body.addWidget(part)
        frame = QFrame()
        frame.setProperty("surface", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(ColumnHead())
        inside.addWidget(self.body, 1)
        self.search.setFixedWidth(theme.scaled(200))
        work = QVBoxLayout()
        work.setContentsMargins(16, 12, 16, 12)
        work.setSpacing(10)
        work.addLayout(row(self.count, None, self.search))
        work.addWidget(self.trouble)
        work.addWidget(frame, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(work, 1)
        left.addWidget(self.foot)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(left, 1)
        outer.addWidget(self.panel)
        for before, after in ((self.search, self.view), (self.view, self.foot.day)):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.view.moved.connect(self._moved)
        self.view.chosen.connect(self._chosen)
        self.view.seen.connect(self._say)
        self.search.textChanged.connect(self.model.look_for)
        self.search.returnPressed.connect(self._focus_list)
        self.foot.saved.connect(self.save)
        self.foot.discarded.connect(self.discard)
        self.foot.day_changed.connect(self._moved)
        self.trouble.acted.connect(self.ask)
        self.empty.acted.connect(self._to_import)
        self._soon.timeout.connect(self._ask_effect)
        self.context.bus.published.connect(self._published)

    def _register(self) -> None:
        self.context.actions.add(
            Action("payers.map", _("Map the chosen payers"), "Ctrl+Return", self.save, _KEY,
                   "check"),
            Action("payers.map2", _("Map the chosen payers"), "Ctrl+Enter", self.save, _KEY,
                   "check"),
            Action("payers.find", _("Find a payer"), "/", self._focus_search, _KEY, "search"),
        )  # fmt: skip

    # -- asking -------------------------------------------------------------------------------

    def activated(self, **arguments: object) -> None:
        """Shows the list, up to date."""
        del arguments
        self.ask()
        self._focus_list()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked:
            self.body.setCurrentWidget(self.skeleton)
            self.skeleton.begin()

    def day_turned(self, was: date) -> None:
        """From today, unless another day was chosen."""
        self.foot.day_turned(was)

    def leave(self) -> None:
        """What is chosen stays; nobody waits for what it would change."""
        self._soon.stop()
        self._stop.set()
        self.context.tasks.long.forget(self, "effect")

    def ask(self) -> None:
        """Asks for every payer."""
        context = self.context
        work = partial(ask_known, context.clinic, context.actor)
        context.tasks.short.submit(work, self._show, self._failed, owner=self, key="list")

    def _published(self, changes: ChangeSet) -> None:
        if "payer" in changes.kinds and self.isVisible():
            self.ask()

    def _show(self, known: _Known) -> None:
        rows, packs = known
        self._asked = True
        self.skeleton.end()
        self.trouble.show_text("")
        self.model.show_rows(rows, packs)
        self.body.setCurrentWidget(self.view if rows else self.empty)
        self._say()
        self.retitled.emit()

    def _failed(self, error: Exception) -> None:
        self.skeleton.end()
        if not isinstance(error, ClinicError):
            self.trouble.show_text(_("The payers could not be read."), "danger", _("Try again"))
            raise error
        self.trouble.show_text(str(error), "danger", _("Try again"))

    def badge(self) -> int:
        """How many payers are still to be mapped."""
        return sum(1 for each in self.model.rows if each.to_map)

    # -- what a payer would get ---------------------------------------------------------------

    def _moved(self) -> None:
        """Shows the payer with the cursor; what it changes is asked once the cursor rests."""
        payer = self.view.current_payer()
        choice = self.model.draft.choice(payer) if payer else ""
        wanted = choice or ("" if payer is None or payer.to_map else payer.pack)
        pack = next((each for each in self.model.packs if each.id == wanted), None)
        self.panel.show_pack(payer, pack, new=bool(choice))
        self._stop.set()
        self.context.tasks.long.forget(self, "effect")
        if payer is None or not choice:
            self._soon.stop()
            self.panel.show_nothing()
            return
        self.panel.show_asking(payer)
        if payer.booked:
            self._soon.start()
        else:
            self._soon.stop()

    def _ask_effect(self) -> None:
        payer, day = self.view.current_payer(), self.foot.read()
        choice = self.model.draft.choice(payer) if payer else ""
        if payer is None or day is None or not choice:
            return
        self._stop = Event()
        context = self.context
        work = partial(
            payers.effect, context.clinic, context.actor, payer, choice, day, self._stop.is_set
        )
        context.tasks.long.submit(
            work, self._show_effect, self._no_effect, owner=self, key="effect"
        )

    def _show_effect(self, effect: PayerEffect) -> None:
        payer = self.view.current_payer()
        if payer is not None and payer.key == effect.key:
            self.panel.show_effect(payer, effect)

    def _no_effect(self, error: Exception) -> None:
        self.panel.show_nothing()
        if isinstance(error, Invalid) and "begins_on" in error.fields:
            self.foot.set_error(error.fields["begins_on"])
            return
        if not isinstance(error, ClinicError):
            raise error
        self.panel.trouble.show_text(str(error), "danger")

    # -- mapping ------------------------------------------------------------------------------

    def _chosen(self) -> None:
        self._say()
        self._moved()

    def _say(self) -> None:
        rows, draft = self.model.rows, self.model.draft
        ready = draft.ready(rows)
        self.foot.show_counts(
            foot_words(rows, draft), len(ready), anything=bool(draft.chosen or draft.declined)
        )
        self.count.setText(
            _("{payers}, {packs}").format(
                payers=_n("{count} payer", "{count} payers", len(rows)).format(count=len(rows)),
                packs=_n("{count} pack", "{count} packs", len(self.model.packs)).format(
                    count=len(self.model.packs)
                ),
            )
            if rows
            else ""
        )

    def discard(self) -> None:
        """Takes back what was chosen."""
        self.model.discard()
        self._chosen()
        self._focus_list()

    def save(self) -> None:
        """Maps what is chosen, from the day in the field on."""
        ready, day = self.model.draft.ready(self.model.rows), self.foot.read()
        if day is None:
            self.foot.focus_day()
            return
        if not ready:
            self.context.bus.warn(_("Choose a rule pack for a payer first."))
            return
        self.foot.save.setEnabled(False)
        context = self.context
        work = partial(payers.map_payers, context.clinic, context.actor, ready, day)
        context.tasks.short.submit(work, self._saved, self._not_saved, owner=self, key="save")

    def _saved(self, done: Done[Mapped]) -> None:
        keys = done.value.keys
        for key in keys:
            self.model.draft.chosen.pop(key, None)
        day = self.foot.read() or self.context.clinic.today()
        self.context.bus.say(mapped_words(len(keys), day))
        self.foot.set_day(self.context.clinic.today())
        self.context.publish(done.changes)
        self.ask()
        context = self.context
        # In the lane of long acts, in batches: a payer may have thousands of patients.
        work = partial(payers.catch_up, context.clinic, context.actor, keys)
        context.tasks.long.submit(work, self._caught_up, owner=self)

    def _caught_up(self, looked_at: int) -> None:
        if looked_at:
            self.context.publish(ChangeSet(frozenset({"due"})))

    def _not_saved(self, error: Exception) -> None:
        self._say()
        if isinstance(error, Invalid) and "begins_on" in error.fields:
            self.foot.set_error(error.fields["begins_on"])
            self.foot.focus_day()
            return
        if not isinstance(error, ClinicError):
            raise error
        self.trouble.show_text(str(error), "danger")

    # -- the window ---------------------------------------------------------------------------

    def _focus_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _to_import(self) -> None:
        self.context.navigate("import")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.hasFocus():
            if self.search.text():
                self.search.clear()
            else:
                self._focus_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.set_wide(wide=self.width() >= theme.scaled(_WIDE_FROM))
