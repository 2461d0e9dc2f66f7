"""The due list: figures and chart, filters, the list, what to do with it, and the call."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.rows.due import DueFilter, DueList
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.translation import _, _n
from clinicdesk.ui import theme
from clinicdesk.ui.access import announce
from clinicdesk.ui.actions import typing
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.due.acts import Acts
from clinicdesk.ui.due.call_drafts import CallDrafts
from clinicdesk.ui.due.caller import Caller
from clinicdesk.ui.due.calling import Calling
from clinicdesk.ui.due.figures import figures_of
from clinicdesk.ui.due.ground import Ground
from clinicdesk.ui.due.keys import actions_of
from clinicdesk.ui.due.layout import Layout
from clinicdesk.ui.due.loader import Loader
from clinicdesk.ui.due.model import DueModel
from clinicdesk.ui.due.paper_desk import PaperDesk
from clinicdesk.ui.due.question import Question
from clinicdesk.ui.due.seam import Seam, shipped
from clinicdesk.ui.due.target import Target
from clinicdesk.ui.due.undo import Undos
from clinicdesk.ui.due.view import DueView
from clinicdesk.ui.due.weeks import Bar, bars
from clinicdesk.ui.due.words import STILL_READING, who
from clinicdesk.ui.panel_page import PanelPage

NARROW = 1010
OVER = 860
"""Below that the call lies over the list."""


class DuePage(PanelPage):
    """Whom to call today. ``seam``: other services than the program's, to try the page with."""

    title = _("Due list")
    least = (700, 420)
    key = "due"

    def __init__(self, context: UiContext, seam: Seam | None = None) -> None:
        super().__init__(context)
        self._waiting = 0
        self._awake = self._growing = False
        clinic = context.clinic
        self.model = DueModel(
            clinic.today(),
            clinic.settings.language,
            clinic.catalogue.vocabulary.due.good_percent,
            self,
        )
        self.view = DueView(self.model)
        self.parts = Layout(self.view, clinic.today, clinic.settings.language)
        self.filters, self.chips = self.parts.filters, self.parts.chips
        self.chart, self.bar = self.parts.card.chart, self.parts.bar
        self.panel, self.progress, self.paper = (
            self.parts.panel, self.parts.progress, self.parts.paper
        )  # fmt: skip
        self.stand(self.parts.work, self.panel)
        self._make_helpers(Ground(context, seam or shipped(), self.model))
        self._connect_list()
        self._connect_acts()
        context.actions.add(*actions_of(self.calling, self.acts, self.desk, self.filters))

    def _make_helpers(self, ground: Ground) -> None:
        bus, undos = self.context.bus, Undos(self.context, self)
        self.question = Question(self.filters, self.chips, self.model)
        self.loader = Loader(ground, self.question, self)
        self.caller = Caller(ground, self.view, undos, self)
        target = Target(bus, self.model, self.view, self.caller, self.panel, self)
        self.calling = Calling(bus, self.model, self.panel, self.caller, target)
        self.acts = Acts(ground, target, undos, self)
        self.desk = PaperDesk(ground, target, self.question, self.paper, self)
        undos.wished.connect(self.question.wish_for)
        self.acts.wished.connect(self.question.wish_for)

    def _connect_list(self) -> None:
        self.loader.listed.connect(self._show)
        self.loader.building.connect(self._building)
        self.loader.progressed.connect(
            self.progress.show_progress, Qt.ConnectionType.QueuedConnection
        )
        self.loader.failed.connect(self._failed)
        self.loader.staffed.connect(self._staff)
        self.filters.changed.connect(self._filtered)
        self.filters.cleared.connect(self.chips.clear)
        self.filters.export_wanted.connect(self.desk.export)
        self.filters.search.down.connect(self._to_list)
        self.chips.changed.connect(self._filtered)
        self.chart.picked.connect(self._week)
        self.parts.empty.acted.connect(self._empty_act)
        self.parts.trouble.acted.connect(self.loader.ask)
        self.view.moved.connect(self._show_cursor)
        self.view.incomplete.connect(self._say_incomplete)
        self.model.chosen_changed.connect(self._show_selection)
        self.model.modelReset.connect(self._show_selection)
        self.model.dataChanged.connect(self._rows_came)
        self.context.bus.published.connect(self._published)

    def _connect_acts(self) -> None:
        bar, acts, desk = self.bar, self.acts, self.desk
        bar.clear_wanted.connect(self._clear_chosen)
        bar.letters_wanted.connect(desk.letters)
        bar.call_sheet_wanted.connect(desk.call_sheet)
        bar.aside_wanted.connect(acts.open_aside)
        bar.date_wanted.connect(acts.open_date)
        bar.book_wanted.connect(acts.book)
        bar.call_wanted.connect(self.calling.start)
        self.view.call_wanted.connect(self.caller.start)
        self.drafts = CallDrafts(self.context, self.panel, self)
        self.panel.book_wanted.connect(acts.book)
        self.panel.score_wanted.connect(acts.open_score)
        acts.booking.connect(self.caller.keep_in_hand)
        acts.rested.connect(self._focus_rows)
        self.caller.outdated.connect(self.loader.ask)
        self.calling.began.connect(self._call_began)
        self.calling.over.connect(self._call_over)

    # -- being shown ------------------------------------------------------------------------

    def activated(self, **arguments: object) -> None:
        """Shows the list, up to date; whoever was being called still is."""
        del arguments
        self._wake()
        self._focus_list()

    def _wake(self) -> None:
        """Shown, or unlocked again: nobody calls ``activated`` then."""
        if self._awake:
            return
        self._awake = True
        if self.question.answer is None:
            self.parts.wait()
        self.loader.begin()
        self.caller.come_back()

    def _focus_list(self) -> None:
        """The keys go to the call, or to the list unless somebody types elsewhere on the page."""
        focused = self.focusWidget()
        if self.panel.isVisible():
            if focused is None or not self.panel.isAncestorOf(focused):
                self.panel.focus_here()
        elif focused is None or not typing(focused):
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def subtitle(self) -> str:
        """How many stand on the list."""
        if self.question.answer is None:
            return ""
        count = self.question.answer.count
        return _n(
            "Repeat treatments, {count:,} row", "Repeat treatments, {count:,} rows", count
        ).format(count=count)

    def badge(self) -> int:
        """Whom to call: overdue and of this week, whatever the filters show."""
        return self._waiting

    def leave(self) -> None:
        """Others may call whom we had in hand; what is being typed stays."""
        self._awake = False
        self.desk.close_dialog()
        self.caller.leave()
        self.drafts.flush()
        self.filters.rest()
        self.loader.end()

    def day_turned(self, was: date) -> None:
        """The list of another day, where it is on show; else it is asked for when it is."""
        del was
        if self._awake:
            self.loader.begin()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wake()

    # -- the list ---------------------------------------------------------------------------

    def _filtered(self) -> None:
        if self.filters.week_chosen is None:
            self.chart.choose(None)
        self.loader.ask()

    def _week(self, bar: object) -> None:
        self.filters.set_week(bar if isinstance(bar, Bar) else None)

    def _show(self, answer: DueList, wanted: DueFilter) -> None:
        first, empty = self.question.answer is None, not self.model.sections.lines
        # While the list is being made, who looks at its beginning goes on looking there.
        empty = empty or (self._growing and self.view.at_start)
        self._growing = self.loader.is_building
        fresh_question = wanted != self.question.asked_for
        self.question.answer, self.question.asked_for = answer, wanted
        self.parts.trouble.show_text("")
        self.filters.set_day(answer.on)
        figures = figures_of(answer)
        self.parts.figures.show_figures(figures)
        if wanted == DueFilter():
            self._waiting = figures.overdue + figures.this_week
        self.chips.show_counts(answer.per_family)
        self.chart.show_bars(bars(answer.weeks, answer.on))
        self.model.show_list(answer, wanted)
        if wanted == DueFilter() and answer.whole:
            self.model.drop_gone()
        self._show_body(wanted)
        found = self.question.wish is not None and self.view.go_to(self.question.wish)
        if found or answer.whole:
            self.question.wish = None
        if not found and (empty or fresh_question):
            self.view.go_first()
        if fresh_question and not first:
            announce(self, self.subtitle())
        if first and self.isVisible():
            self._focus_list()
        self._show_selection()
        self.retitled.emit()

    def _show_body(self, wanted: DueFilter) -> None:
        if self.question.answer is None or self.question.answer.count:
            self.parts.show_list()
        elif wanted != DueFilter():
            self.parts.show_empty(
                "filter", _("No row matches these filters."), _("Clear all filters")
            )
        elif self.loader.is_building:
            self.parts.wait()
        else:
            self.parts.show_empty(
                "check", _("Nobody is due: there is nothing to repeat."), _("Open the schedule")
            )

    def _say_incomplete(self) -> None:
        self.context.bus.say(STILL_READING)

    def _empty_act(self) -> None:
        if self.question.asked_for == DueFilter():
            self.context.navigate("schedule")
        else:
            self.filters.clear_all()
            self._focus_rows()

    def _building(self, building: object) -> None:
        if building:
            self._growing = True
            self.progress.begin(
                _("Working out who is due. You can work with what is there already.")
            )
            if self.question.answer is not None:
                self._show_body(self.question.asked_for)
        else:
            self.progress.end()

    def _failed(self, sentence: str) -> None:
        self.parts.trouble.show_text(sentence, "danger", _("Try again"))
        if self.question.answer is None:
            self.parts.show_list()

    def _staff(self, staff: tuple[StaffRow, ...]) -> None:
        self.filters.set_physicians(staff)

    def _published(self, changes: ChangeSet) -> None:
        self.loader.heard(changes)

    # -- what is chosen ---------------------------------------------------------------------

    def _show_selection(self) -> None:
        chosen = self.model.chosen
        languages = self.model.languages(chosen) if chosen else None
        self.bar.show_selection(len(chosen), self.model.hidden(), languages)
        self._show_cursor()

    def _show_cursor(self) -> None:
        row = self.view.current_row()
        self.bar.show_cursor(who(row) if row else "", on_row=self.view.current_id() is not None)

    def _rows_came(self) -> None:
        if self.model.chosen:
            self._show_selection()
        else:
            self._show_cursor()

    def _clear_chosen(self) -> None:
        self.model.choose(tuple(self.model.chosen), chosen=False)
        self._focus_rows()

    def _focus_rows(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.view.current_id() is None:
            self.view.go_first()

    # -- the call ---------------------------------------------------------------------------

    def _call_began(self, number: int) -> None:
        self.view.go_to(number)
        self.show_panel(shown=True)

    def _call_over(self) -> None:
        self.show_panel(shown=False)
        self._focus_rows()

    # -- the window -------------------------------------------------------------------------

    def close_panel(self) -> None:
        """Puts down who is being called."""
        self.caller.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        escape = event.key() == Qt.Key.Key_Escape
        if escape and self.paper.isVisible() and not self.panel.isVisible():
            self.paper.put_away()
        else:
            super().keyPressEvent(event)

    def arrange(self) -> None:
        over = self.width() < theme.scaled(OVER)
        self.lay_panel_over(over=over, top=0)
        width = self.width() if over else self.room()
        self.parts.set_width(width, narrow=width < theme.scaled(NARROW))
