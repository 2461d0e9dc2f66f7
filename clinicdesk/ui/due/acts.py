"""What is done with rows: put aside, dated by hand, booked; and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.due import DueRow
from clinicdesk.domain.rows.readings import ScoredProcedure
from clinicdesk.domain.rows.verdict import MissingFact
from clinicdesk.domain.translation import _
from clinicdesk.services import readings
from clinicdesk.services.context import Done
from clinicdesk.ui.due import words
from clinicdesk.ui.due.ground import Ground
from clinicdesk.ui.due.hand_dialogs import AsideDialog, DateDialog, Subject, subject_of
from clinicdesk.ui.due.target import Target
from clinicdesk.ui.due.undo import Undos
from clinicdesk.ui.verdict.score_dialog import ScoreDialog


class Acts(QObject):
    """Carries out what keys, buttons and dialogs ask for, and says how it went.

    Signals:
        wished(int): the row that is to be seen when the list comes again.
        rested(): rows are put aside; on with the list.
        booking(int): the page is left in a moment, to book for this row.
    """

    wished = Signal(int)
    rested = Signal()
    booking = Signal(int)

    def __init__(self, ground: Ground, target: Target, undos: Undos, host: QWidget) -> None:
        """``host``: what the dialogs lie over."""
        super().__init__(host)
        self._context, self._model, self._due = ground.context, ground.model, ground.seam.due
        self._target, self._undos, self._host = target, undos, host
        self._lane = self._context.tasks.short
        self._dialog: ScoreDialog | None = None

    # -- putting aside ----------------------------------------------------------------------

    def open_aside(self) -> None:
        """Asks why and until when."""
        numbers = self._target.numbers()
        if not numbers:
            return
        clinic, actor = self._context.clinic, self._context.actor
        subject = subject_of(numbers, self._model.row_of(numbers[0]))
        keep = partial(self._due.snooze, clinic, actor, numbers)
        dialog = AsideDialog(self._host, self._lane, subject, clinic.today, keep)
        dialog.kept.connect(self._snoozed)
        dialog.back_wanted.connect(self._wake)
        dialog.open_dialog()

    def _snoozed(self, done: Done[None], subject: Subject) -> None:
        context, numbers = self._context, subject.numbers
        work = partial(self._due.wake, context.clinic, context.actor, numbers)
        back = _("{who} is back on the list").format(who=subject.who)
        self._undos.offer(_("{who} put aside").format(who=subject.who), work, back, numbers[0])
        self._model.choose(numbers, chosen=False)
        context.publish(done.changes)
        self.rested.emit()

    def _wake(self, subject: Subject) -> None:
        context = self._context
        work = partial(self._due.wake, context.clinic, context.actor, subject.numbers)
        told = partial(self._told, _("{who} is back on the list").format(who=subject.who))
        self._lane.submit(work, told, self._failed, owner=self)

    # -- a date by hand ---------------------------------------------------------------------

    def open_date(self) -> None:
        """Asks for the day and why."""
        row = self._target.row()
        if row is None:
            return
        clinic, actor = self._context.clinic, self._context.actor
        keep = partial(self._due.set_date, clinic, actor, row.id)
        dialog = DateDialog(self._host, self._lane, row, clinic.today, keep)
        dialog.kept.connect(self._dated)
        dialog.back_wanted.connect(self._drop_date)
        dialog.open_dialog()

    def _dated(self, done: Done[None], subject: Subject) -> None:
        (number,), who = subject.numbers, subject.who
        back = _("{who}: the computed date again").format(who=who)
        self._undos.offer(
            _("{who}: date kept").format(who=who), self._dropping(number), back, number
        )
        self.wished.emit(number)
        self._context.publish(done.changes)

    def _dropping(self, number: int) -> Callable[[], Done[None]]:
        return partial(self._due.drop_date, self._context.clinic, self._context.actor, number)

    def _drop_date(self, subject: Subject) -> None:
        (number,) = subject.numbers
        told = partial(self._told, _("{who}: the computed date again").format(who=subject.who))
        self.wished.emit(number)
        self._lane.submit(self._dropping(number), told, self._failed, owner=self)

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
        row = self._target.row()
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
        self._dialog = ScoreDialog(self._context, self._host, lack, procedures)
        self._dialog.closed.connect(self._score_gone)
        self._dialog.start()

    def _score_gone(self) -> None:
        self._dialog = None

    # -- booking ----------------------------------------------------------------------------

    def book(self) -> None:
        """To the schedule, with everything filled in, on the first day allowed."""
        row, context = self._target.row(), self._context
        if row is None:
            return
        if row.taken_by and not row.taken_by_me:
            context.bus.warn(
                _("{taken_by} is calling {who} at this moment.").format(
                    taken_by=row.taken_by, who=words.who(row)
                )
            )
        elif row.booked_for is not None:
            when = words.booked_when(row)
            context.bus.say(
                _("{who} is booked already: {when}").format(who=words.who(row), when=when)
            )
        elif not context.actor.may(Permission.BOOK):
            context.bus.warn(
                _("Your role ({role_label}) may not book.").format(
                    role_label=context.actor.role.label
                )
            )
        else:
            self.booking.emit(row.id)
            context.navigate(
                "schedule", patient_id=row.patient_id, procedure=row.procedure, sites=row.sites,
                intent=row.intent, day=max(row.allowed_from, context.clinic.today()),
                physician_id=row.physician_id,
            )  # fmt: skip
