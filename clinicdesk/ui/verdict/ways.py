"""Where a finding leads: to the missing fact, or to the later booking."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.readings import ScoredProcedure
from clinicdesk.domain.rows.schedule import DayRows
from clinicdesk.domain.rows.verdict import MissingFact
from clinicdesk.domain.translation import _
from clinicdesk.services import readings, schedule
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.verdict.card import VerdictCardWidget
from clinicdesk.ui.verdict.score_dialog import ScoreDialog
from clinicdesk.ui.verdict.words import READINGS


class Ways(QObject):
    """Opens what a verdict card asks for, over the page the card stands on.

    Signals:
        plan_wanted(str): a fact of the plan itself is missing (``guidance`` and the like): the
            page has its field.
        kept(): a score was added; the page asks the rules again.
    """

    plan_wanted = Signal(str)
    kept = Signal()

    def __init__(self, context: UiContext, card: VerdictCardWidget, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._card, self._host = context, card, host
        self._lack: MissingFact | None = None
        self._day: date | None = None
        self.dialog: ScoreDialog | None = None
        card.fact_wanted.connect(self.open_fact)
        card.booking_wanted.connect(self.open_booking)

    # -- a missing fact -----------------------------------------------------------

    def open_fact(self, lack: MissingFact) -> None:
        """Opens the place where a missing fact is entered."""
        if lack.day is None:
            self.plan_wanted.emit(lack.what)
        elif lack.what in READINGS and lack.procedure_ids:
            self._ask_procedures(lack)
        else:
            self._open_log(lack)

    def _open_log(self, lack: MissingFact) -> None:
        """What was given is said in the log of that session; one never logged is in the day."""
        if not lack.procedure_ids:
            assert lack.day is not None
            self.open_booking(lack.day)
        elif self._context.actor.may(Permission.LOG_PROCEDURE):
            self._context.navigate("log", procedure_id=lack.procedure_ids[0])
        else:
            self._context.bus.warn(_("Nurses and physicians open the procedure log."))

    def _ask_procedures(self, lack: MissingFact) -> None:
        if self.dialog is not None:
            return
        self._lack = lack
        clinic, actor, ids = self._context.clinic, self._context.actor, lack.procedure_ids
        self._context.tasks.short.submit(
            lambda: readings.scored(clinic, actor, ids),
            self._show_dialog,
            self._failed,
            owner=self,
            key="scored",
        )

    def _show_dialog(self, procedures: tuple[ScoredProcedure, ...]) -> None:
        assert self._lack is not None
        self.dialog = ScoreDialog(self._context, self._host, self._lack, procedures)
        self.dialog.kept.connect(self.kept)
        self.dialog.closed.connect(self._dialog_gone)
        self.dialog.start()

    def _dialog_gone(self) -> None:
        self.dialog = None

    # -- a later booking ----------------------------------------------------------

    def open_booking(self, day: date) -> None:
        """Shows the day of the patient's other booking, with that booking selected."""
        self._day = day
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: schedule.day(clinic, actor, day),
            self._show_day,
            self._failed,
            owner=self,
            key="later",
        )

    def _show_day(self, rows: DayRows) -> None:
        patient = self._card.card.patient_id if self._card.card else None
        found = [
            row.id
            for row in rows.appointments
            if row.patient_id == patient and row.planned and row.status.holds_time
        ]
        if found:
            self._context.navigate("schedule", day=rows.day, appointment_id=found[0])
        else:
            self._context.navigate("schedule", day=rows.day)
            self._context.bus.say(
                _("Nothing is booked for this patient on {day}.").format(day=day_words(rows.day))
            )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._context.bus.warn(str(error))
