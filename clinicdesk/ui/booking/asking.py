"""What a panel asks while one types: rules, safety checks, whether the time is free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.safety import SafetyCard
from clinicdesk.domain.rows.schedule import PlanRequest, TimeAnswer, TimeRequest
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.domain.translation import _
from clinicdesk.services import free_times, safety, twins
from clinicdesk.services.context import Clinic
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.safety.words import worst
from clinicdesk.ui.verdict.words import worst_card

_PAUSE_MS = 20


@dataclass(frozen=True)
class MovedPlan:
    """What an appointment is planned for, were it on another day."""

    appointment_id: int
    patient_id: int
    on: date


Plan = PlanRequest | MovedPlan


@dataclass(frozen=True)
class Question:
    """What is entered, as far as it can be asked about; None where it is not complete.

    ``physician_id``: whose hours count for the first open day.
    """

    rules: Plan | None = None
    time: TimeRequest | None = None
    physician_id: int | None = None

    @property
    def start(self) -> datetime | None:
        """The start on the plan's day, for drugs that are held by the hour."""
        start = self.time.start if self.time else None
        return start if start and self.rules and start.date() == self.rules.on else None


NOTHING = Question()


class Asker(QObject):
    """Asks again on every change; an overtaken answer is dropped.

    Signals:
        waiting(): a question to the rules is on its way.
        verdict(VerdictCard | None): the rules' answer; None where there is nothing to ask.
        verdict_failed(str): why the rules could not be asked.
        checked(SafetyCard | None): what is known against it; None where there is nothing to ask.
        time_checked(TimeAnswer | None): about the time wanted; None where it is not complete.
    """

    waiting = Signal()
    verdict = Signal(object)
    verdict_failed = Signal(str)
    checked = Signal(object)
    time_checked = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._question = self._asked = NOTHING
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        context.bus.published.connect(self._published)

    def ask(self, question: Question) -> None:
        """Another content of the panel; several changes at once are one question."""
        self._question = question
        self._timer.start()

    def forget(self) -> None:
        """Asks anew at the next change even if the question is the same."""
        self._asked = NOTHING

    def _published(self, changes: ChangeSet) -> None:
        rules, time = self._question.rules, self._question.time
        if rules is not None and rules.patient_id in changes.patients:
            self._asked = Question(None, self._asked.time, self._asked.physician_id)
        if time is not None and time.start.date() in changes.days:
            self._asked = Question(self._asked.rules, None, self._asked.physician_id)
        self._timer.start()

    def _ask(self) -> None:
        before, self._asked = self._asked, self._question
        if self._question.rules is None:
            self._context.tasks.short.forget(self, "verdict")
            self._context.tasks.short.forget(self, "safety")
            self.verdict.emit(None)
            self.checked.emit(None)
        elif self._question.rules != before.rules:
            self._ask_rules(self._question.rules, self._question.physician_id)
            self._ask_safety(self._question.rules, self._question.start)
        else:
            if self._question.physician_id != before.physician_id:
                self._ask_rules(self._question.rules, self._question.physician_id)
            if self._question.start != before.start:
                self._ask_safety(self._question.rules, self._question.start)
        if self._question.time is None:
            self._context.tasks.short.forget(self, "time")
            self.time_checked.emit(None)
        elif self._question.time != before.time:
            self._ask_time(self._question.time)

    # -- the rules ----------------------------------------------------------------

    def _ask_rules(self, plan: Plan, physician_id: int | None) -> None:
        self.waiting.emit()
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: _assessed(clinic, actor, plan, physician_id),
            self._answered,
            self._failed,
            owner=self,
            key="verdict",
        )

    def _answered(self, card: VerdictCard | None) -> None:
        self.verdict.emit(card)

    def _failed(self, error: Exception) -> None:
        self._asked = Question(None, self._asked.time)
        if isinstance(error, Invalid):
            self.verdict_failed.emit(" ".join(error.fields.values()))
        elif isinstance(error, ClinicError):
            self.verdict_failed.emit(str(error))
        else:
            self.verdict_failed.emit(_("The rules could not be asked."))
            raise error

    # -- the safety checks --------------------------------------------------------

    def _ask_safety(self, plan: Plan, start: datetime | None) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: _checked(clinic, actor, plan, start),
            self._safety_answered,
            self._failed,
            owner=self,
            key="safety",
        )

    def _safety_answered(self, card: SafetyCard | None) -> None:
        self.checked.emit(card)

    # -- the time -----------------------------------------------------------------

    def _ask_time(self, request: TimeRequest) -> None:
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: free_times.check(clinic, actor, request),
            self._time_answered,
            owner=self,
            key="time",
        )

    def _time_answered(self, answer: TimeAnswer) -> None:
        self.time_checked.emit(answer)


def _assessed(
    clinic: Clinic, actor: Actor, plan: Plan, physician_id: int | None
) -> VerdictCard | None:
    if isinstance(plan, PlanRequest):
        return twins.assess_booking(clinic, actor, plan, physician_id)
    return worst_card(
        twins.assess_moving(clinic, actor, plan.appointment_id, plan.on, physician_id)
    )


def _checked(clinic: Clinic, actor: Actor, plan: Plan, start: datetime | None) -> SafetyCard | None:
    if isinstance(plan, PlanRequest):
        return safety.safety_of(clinic, actor, plan, start=start)
    return worst(safety.safety_of_appointment(clinic, actor, plan.appointment_id, plan.on, start))
