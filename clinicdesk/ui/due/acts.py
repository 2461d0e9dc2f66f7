"""What is done with rows: put aside, dated by hand, booked; and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import DueRow
from clinicdesk.domain.rows.readings import ScoredProcedure
from clinicdesk.domain.rows.verdict import MissingFact
from clinicdesk.services import readings
from clinicdesk.services.context import Done
from clinicdesk.ui.due import words
from clinicdesk.ui.due.hand_dialogs import AsideDialog, DateDialog
from clinicdesk.ui.verdict.score_dialog import ScoreDialog

if TYPE_CHECKING:
    from clinicdesk.ui.due.page import DuePage

_Kept = Callable[[Done[None]], None]
_Failed = Callable[[Exception], None]


class Undo:
    """Takes an act back: by the status bar's Undo, or Ctrl+Z."""

    def __init__(self, page: DuePage, work: Callable[[], Done[None]], told: str, row: int) -> None:
        self._page, self._work, self._told, self._row = page, work, told, row

    def run(self) -> None:
        """Takes it back in the lane."""
        context = self._page.context
        context.tasks.short.submit(self._work, self._done, self._failed, owner=self._page)

    def _done(self, done: Done[None]) -> None:
        self._page.context.bus.say(self._told)
        self._page.wish_for(self._row)
        self._page.context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._page.context.bus.warn(f"Not undone: {error}")


class Acts(QObject):
    """Carries out what keys, buttons and dialogs ask for, and says how it went."""

    def __init__(self, page: DuePage) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self._lane = page.context.tasks.short
        self._dialog: ScoreDialog | None = None

    # -- putting aside ----------------------------------------------------------------------

    def open_aside(self) -> None:
        """Asks why and until when."""
        numbers = self._page.targets()
        if not numbers:
            self._context.bus.say("Choose a row first.")
            return
        AsideDialog(self._page, numbers, self._page.model.row_of(numbers[0])).open_dialog()

    def ask_snooze(
        self, numbers: tuple[int, ...], until: date | None, reason: str, kept: _Kept,
        failed: _Failed, owner: QObject,
    ) -> None:  # fmt: skip
        """Puts rows aside."""
        due, context = self._page.seam.due, self._context
        work = partial(due.snooze, context.clinic, context.actor, numbers, until, reason)
        self._lane.submit(work, kept, failed, owner=owner)

    def snoozed(self, numbers: tuple[int, ...], who: str, done: Done[None]) -> None:
        """They are put aside."""
        context = self._context
        work = partial(self._page.seam.due.wake, context.clinic, context.actor, numbers)
        undo = Undo(self._page, work, f"{who} is back on the list", numbers[0])
        context.bus.say(f"{who} put aside", undo.run)
        self._page.model.choose(numbers, chosen=False)
        context.publish(done.changes)
        self._page.view.setFocus()

    def wake(self, numbers: tuple[int, ...], who: str) -> None:
        """Ends a snooze."""
        context = self._context
        work = partial(self._page.seam.due.wake, context.clinic, context.actor, numbers)
        told = partial(self._told, f"{who} is back on the list")
        self._lane.submit(work, told, self._failed, owner=self._page)

    # -- a date by hand ---------------------------------------------------------------------

    def open_date(self) -> None:
        """Asks for the day and why."""
        row = self._page.row_at_hand()
        if row is not None:
            DateDialog(self._page, row).open_dialog()

    def ask_date(
        self, number: int, day: date, reason: str, kept: _Kept, failed: _Failed, owner: QObject
    ) -> None:
        """Keeps a date."""
        due, context = self._page.seam.due, self._context
        work = partial(due.set_date, context.clinic, context.actor, number, day, reason)
        self._lane.submit(work, kept, failed, owner=owner)

    def dated(self, row: DueRow, done: Done[None]) -> None:
        """The date is kept."""
        context = self._context
        undo = Undo(self._page, self._dropping(row), f"{words.who(row)}: the computed date again",
                    row.id)  # fmt: skip
        context.bus.say(f"{words.who(row)}: date kept", undo.run)
        self._page.wish_for(row.id)
        context.publish(done.changes)

    def _dropping(self, row: DueRow) -> Callable[[], Done[None]]:
        context = self._context
        return partial(self._page.seam.due.drop_date, context.clinic, context.actor, row.id)

    def drop_date(self, row: DueRow) -> None:
        """Back to the computed date."""
        told = partial(self._told, f"{words.who(row)}: the computed date again")
        self._page.wish_for(row.id)
        self._lane.submit(self._dropping(row), told, self._failed, owner=self._page)

    def _told(self, sentence: str, done: Done[None]) -> None:
        self._context.bus.say(sentence)
        self._context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._context.bus.warn(str(error))

    # -- a score, asked for on the telephone ------------------------------------------------

    def open_score(self) -> None:
        """Opens the dialog for a score after the last procedure of the row."""
        row = self._page.row_at_hand()
        if row is None or self._dialog is not None:
            return
        clinic, actor = self._context.clinic, self._context.actor
        work = partial(readings.scored, clinic, actor, (row.last_procedure_id,))
        shown = partial(self._show_score, row)
        self._lane.submit(work, shown, self._failed, owner=self, key="score")

    def _show_score(self, row: DueRow, procedures: tuple[ScoredProcedure, ...]) -> None:
        if not procedures or self._dialog is not None:
            return
        lack = MissingFact("followup", row.last_done, (row.last_procedure_id,))
        self._dialog = ScoreDialog(self._context, self._page, lack, procedures)
        self._dialog.closed.connect(self._score_gone)
        self._dialog.start()

    def _score_gone(self) -> None:
        self._dialog = None

    # -- booking ----------------------------------------------------------------------------

    def book(self) -> None:
        """To the schedule, with everything filled in, on the first day allowed."""
        row, context = self._page.row_at_hand(), self._context
        if row is None:
            return
        if row.taken_by and not row.taken_by_me:
            context.bus.warn(f"{row.taken_by} is calling {words.who(row)} at this moment.")
        elif row.booked_for is not None:
            when = words.booked_words(row).removeprefix("Booked ")
            context.bus.say(f"{words.who(row)} is booked already: {when}")
        elif not context.actor.may(Permission.BOOK):
            context.bus.warn(f"Your role ({context.actor.role.label}) may not book.")
        else:
            self._page.caller.keep_in_hand(row.id)
            context.navigate(
                "schedule", patient_id=row.patient_id, procedure=row.procedure, sites=row.sites,
                intent=row.intent, day=max(row.allowed_from, context.clinic.today()),
                physician_id=row.physician_id,
            )  # fmt: skip
