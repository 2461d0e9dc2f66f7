"""The due list: figures and chart, filters, the list, what to do with it, and the call."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.rows.due import ContactForm, DueFilter, DueList, DueRow
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.ui import theme
from clinicdesk.ui.actions import typing
from clinicdesk.ui.context import Page, UiContext
from clinicdesk.ui.due.acts import Acts
from clinicdesk.ui.due.caller import Caller, Opened
from clinicdesk.ui.due.figures import figures_of
from clinicdesk.ui.due.keys import actions_of
from clinicdesk.ui.due.layout import Layout
from clinicdesk.ui.due.loader import Loader
from clinicdesk.ui.due.model import DueModel
from clinicdesk.ui.due.paper_desk import PaperDesk
from clinicdesk.ui.due.seam import Seam, shipped
from clinicdesk.ui.due.view import DueView
from clinicdesk.ui.due.weeks import Bar, bars
from clinicdesk.ui.due.words import who

NARROW = 1010


class DuePage(Page):
    """Whom to call today. ``seam``: other services than the program's, to try the page with."""

    title = "Due list"
    key = "due"

    def __init__(self, context: UiContext, seam: Seam | None = None) -> None:
        super().__init__(context)
        self.setObjectName("canvas")
        self.seam = seam or shipped()
        self.answer: DueList | None = None
        self._asked_for = DueFilter()
        self._wish: int | None = None
        self._waiting = 0
        self._awake = self._growing = False
        clinic = context.clinic
        self.model = DueModel(clinic.today(), clinic.settings.language, self)
        self.view = DueView(self.model)
        self.parts = Layout(self)
        self.filters, self.chips = self.parts.filters, self.parts.chips
        self.chart, self.bar = self.parts.card.chart, self.parts.bar
        self.panel, self.progress, self.paper = (
            self.parts.panel, self.parts.progress, self.parts.paper
        )  # fmt: skip
        self.loader = Loader(self)
        self.acts = Acts(self)
        self.caller = Caller(self)
        self.desk = PaperDesk(self)
        self._connect()
        context.actions.add(*actions_of(self))

    def _connect(self) -> None:
        view, bar, parts = self.view, self.bar, self.parts
        self.loader.listed.connect(self._show)
        self.loader.building.connect(self._building)
        self.loader.failed.connect(self._failed)
        self.loader.staffed.connect(self._staff)
        self.filters.changed.connect(self._filtered)
        self.filters.cleared.connect(self.chips.clear)
        self.filters.export_wanted.connect(self.desk.export)
        self.filters.search.down.connect(self._to_list)
        self.chips.changed.connect(self._filtered)
        self.chart.picked.connect(self._week)
        parts.empty.acted.connect(self._empty_act)
        parts.trouble.acted.connect(self.loader.ask)
        view.call_wanted.connect(self.caller.start)
        view.moved.connect(self._show_cursor)
        view.incomplete.connect(self.say_incomplete)
        self.model.chosen_changed.connect(self._show_selection)
        self.model.modelReset.connect(self._show_selection)
        self.model.dataChanged.connect(self._rows_came)
        bar.clear_wanted.connect(self._clear_chosen)
        bar.letters_wanted.connect(self.desk.letters)
        bar.sheet_wanted.connect(self.desk.call_sheet)
        bar.aside_wanted.connect(self.acts.open_aside)
        bar.date_wanted.connect(self.acts.open_date)
        bar.book_wanted.connect(self.acts.book)
        bar.call_wanted.connect(self.start_calling)
        self.caller.opened.connect(self._opened)
        self.caller.changed.connect(self._row_changed)
        self.caller.ended.connect(self._ended)
        self.caller.logged.connect(self.panel.logged)
        self.caller.refused.connect(self._refused)
        self.caller.stuck.connect(self._stuck)
        self.panel.closed.connect(self.caller.stop)
        self.panel.book_wanted.connect(self.acts.book)
        self.panel.skip_wanted.connect(self.skip)
        self.panel.score_wanted.connect(self.acts.open_score)
        self.panel.form.submitted.connect(self._log)
        self.context.bus.published.connect(self._published)

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
        if self.answer is None:
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
        if self.answer is None:
            return ""
        count = self.answer.count
        return f"Repeat treatments, {count:,} {'row' if count == 1 else 'rows'}"

    def badge(self) -> int:
        """Whom to call: overdue and of this week, whatever the filters show."""
        return self._waiting

    def leave(self) -> None:
        """Others may call whom we had in hand; what is being typed stays."""
        self._awake = False
        self.desk.close_dialog()
        self.caller.leave()
        self.filters.rest()
        self.loader.end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wake()

    # -- the list ---------------------------------------------------------------------------

    def wanted(self) -> DueFilter:
        """What all filters together ask for."""
        return self.filters.wanted(self.chips.wanted())

    def begins_anew(self, wanted: DueFilter) -> bool:
        """Whether the list will be looked at from its beginning: nothing on it is to be kept."""
        another = self.answer is None or wanted != self._asked_for
        return another and not self.model.chosen and self._wish is None

    def _filtered(self) -> None:
        if self.filters.week_chosen is None:
            self.chart.choose(None)
        self.loader.ask()

    def _week(self, bar: object) -> None:
        self.filters.set_week(bar if isinstance(bar, Bar) else None)

    def _show(self, answer: DueList, wanted: DueFilter) -> None:
        first, empty = self.answer is None, not self.model.sections.lines
        # While the list is being made, who looks at its beginning goes on looking there.
        empty = empty or (self._growing and self.view.at_start)
        self._growing = self.loader.is_building
        fresh_question = wanted != self._asked_for
        self.answer, self._asked_for = answer, wanted
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
        found = self._wish is not None and self.view.go_to(self._wish)
        if found or answer.whole:
            self._wish = None
        if not found and (empty or fresh_question):
            self.view.go_first()
        if first and self.isVisible():
            self._focus_list()
        self._show_selection()
        self.retitled.emit()

    def _show_body(self, wanted: DueFilter) -> None:
        if self.answer is None or self.answer.count:
            self.parts.show_list()
        elif wanted != DueFilter():
            self.parts.show_empty("filter", "No row matches these filters.", "Clear all filters")
        elif self.loader.is_building:
            self.parts.wait()
        else:
            self.parts.show_empty(
                "check", "Nobody is due: there is nothing to repeat.", "Open the schedule"
            )

    def say_incomplete(self) -> None:
        """What needs the whole list has to wait until it is here."""
        self.context.bus.say("The list is still being read. Try again in a moment.")

    def _empty_act(self) -> None:
        if self._asked_for == DueFilter():
            self.context.navigate("schedule")
        else:
            self.filters.clear_all()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _building(self, building: object) -> None:
        if building:
            self._growing = True
            self.progress.begin("Working out who is due. You can work with what is there already.")
            if self.answer is not None:
                self._show_body(self._asked_for)
        else:
            self.progress.end()

    def _failed(self, sentence: str) -> None:
        self.parts.trouble.show_text(sentence, "danger", "Try again")
        if self.answer is None:
            self.parts.show_list()

    def _staff(self, staff: tuple[StaffRow, ...]) -> None:
        self.filters.set_physicians(staff)

    def _published(self, changes: ChangeSet) -> None:
        self.loader.heard(changes)

    def wish_for(self, number: int) -> None:
        """The row that the cursor goes to when the list comes again."""
        self._wish = number

    # -- what is chosen ---------------------------------------------------------------------

    def targets(self) -> tuple[int, ...]:
        """The rows that an act is for: in a call that one, else the ticked, else the cursor's."""
        if self.caller.number is not None and self.panel.isAncestorOf(self.focusWidget()):
            return (self.caller.number,)
        chosen = self.model.chosen_in_order()
        current = self.view.current_id()
        return chosen or ((current,) if current is not None else ())

    def row_at_hand(self) -> DueRow | None:
        """The row of the call, else the one under the cursor; says what to do without any."""
        if self.caller.row is not None and self.panel.isAncestorOf(self.focusWidget()):
            return self.caller.row
        row = self.view.current_row()
        if row is None:
            self.context.bus.say("Choose a row first.")
        return row

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
        if self.caller.number is not None:
            row = self.model.row_of(self.caller.number)
            if row is not None and row != self.panel.row:
                self.caller.row = row
                self._row_changed(row)

    def _row_changed(self, row: DueRow) -> None:
        """Whom is being called: what is on show is brought up to date, what is typed stays."""
        self.panel.show_row(row, fresh=False)

    def _clear_chosen(self) -> None:
        self.model.choose(tuple(self.model.chosen), chosen=False)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.view.current_id() is None:
            self.view.go_first()

    def to_search(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    # -- calling ----------------------------------------------------------------------------

    def start_calling(self) -> None:
        """Begins with the first ticked row, or with the one under the cursor."""
        chosen = self.model.chosen_in_order()
        current = self.view.current_id()
        number = current if current in chosen or not chosen else chosen[0]
        if number is None:
            self.context.bus.say("Choose a row first.")
            return
        self.caller.start(number)

    def _opened(self, found: Opened) -> None:
        assert found.row is not None
        self.view.go_to(found.row.id)
        self.panel.set_busy(busy=False)
        self.panel.show_row(found.row, fresh=True)
        self.panel.show_rest(found.contacts, found.others)
        self.parts.show_panel(shown=True)
        self.panel.focus_here()

    def _ended(self) -> None:
        self.parts.show_panel(shown=False)
        self.panel.put_down()
        self.panel.set_busy(busy=False)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_outcome(self, outcome: str) -> None:
        """A digit was pressed: only while somebody is being called."""
        if self.panel.isVisible() and not self.panel.busy:
            self.panel.form.choose(outcome)
            self.panel.form.buttons[outcome].setFocus(Qt.FocusReason.TabFocusReason)

    def skip(self) -> None:
        """On to the next without logging; a number that was begun is not lost silently."""
        if not self.panel.isVisible() or self.panel.busy:
            return
        if self.panel.form.typed:
            self.context.bus.warn("Log this call first, or close the panel with Esc.")
            return
        self.caller.go_on()

    def _log(self, form: ContactForm) -> None:
        if self.panel.busy:
            return
        self.panel.set_busy(busy=True)
        self.caller.log(form, self.panel.logged_rows())

    def _stuck(self) -> None:
        self.panel.set_busy(busy=False)

    def _refused(self, error: Exception) -> None:
        self._stuck()
        if isinstance(error, Invalid):
            self.panel.form.mark(error.fields)
        else:
            self.panel.trouble.show_text(str(error), "danger")

    # -- the window -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible():
            self.caller.stop()
        elif event.key() == Qt.Key.Key_Escape and self.paper.isVisible():
            self.paper.put_away()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """What has no room beside the panel is left out."""
        width = self.width() - (self.panel.width() if self.panel.isVisible() else 0)
        self.parts.set_width(width, narrow=width < theme.scaled(NARROW))
