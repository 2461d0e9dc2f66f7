"""What the panel asks while one types: the interval rules, and whether the time is free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.errors import ClinicError, Hindrance, Invalid
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.schedule import DayRows, PlanRequest
from clinicdesk.domain.rows.verdict import VerdictCard
from clinicdesk.scheduling.conflicts import Wanted, hindrances
from clinicdesk.scheduling.slots import free_starts
from clinicdesk.services import schedule, verdicts
from clinicdesk.services.context import Clinic
from clinicdesk.ui.booking.draft import Draft, plan_request, start_of
from clinicdesk.ui.booking.words import needed
from clinicdesk.ui.context import UiContext

_PAUSE_MS = 20
_OFFERED = 4
_DAYS_AHEAD = 10


@dataclass(frozen=True)
class TimeAnswer:
    """What stands in the way of the time wanted, and free times instead, soon after."""

    hindrances: tuple[Hindrance, ...]
    free: tuple[datetime, ...]


class Asker(QObject):
    """Asks again on every change; an overtaken answer is dropped.

    Signals:
        waiting(): a question to the rules is on its way.
        verdict(VerdictCard | None): the rules' answer; None where there is nothing to ask.
        verdict_failed(str): why the rules could not be asked.
        time_checked(TimeAnswer | None): about the time wanted; None where it is not complete.
    """

    waiting = Signal()
    verdict = Signal(object)
    verdict_failed = Signal(str)
    time_checked = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._draft = Draft()
        self._asked: PlanRequest | None = None
        self._wanted: tuple[object, ...] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        context.bus.published.connect(self._published)

    def ask(self, draft: Draft) -> None:
        """Another content of the panel; several changes at once are one question."""
        self._draft = draft
        self._timer.start()

    def forget(self) -> None:
        """Asks anew at the next change even if the question is the same."""
        self._asked = self._wanted = None

    def _published(self, changes: ChangeSet) -> None:
        patient = self._draft.patient
        if patient is not None and patient.id in changes.patients:
            self._asked = None
        if self._draft.day in changes.days:
            self._wanted = None
        self._timer.start()

    def _ask(self) -> None:
        self._ask_rules()
        self._ask_time()

    # -- the rules ----------------------------------------------------------------

    def _ask_rules(self) -> None:
        plan = plan_request(self._draft)
        if plan is None:
            self._context.tasks.short.forget(self, "verdict")
            self._asked = None
            self.verdict.emit(None)
            return
        if plan == self._asked:
            return
        self._asked = plan
        self.waiting.emit()
        clinic, actor = self._context.clinic, self._context.actor
        self._context.tasks.short.submit(
            lambda: verdicts.assess(clinic, actor, plan),
            self._answered,
            self._failed,
            owner=self,
            key="verdict",
        )

    def _answered(self, card: VerdictCard) -> None:
        self.verdict.emit(card)

    def _failed(self, error: Exception) -> None:
        self._asked = None
        if isinstance(error, Invalid):
            self.verdict_failed.emit(" ".join(error.fields.values()))
        elif isinstance(error, ClinicError):
            self.verdict_failed.emit(str(error))
        else:
            self.verdict_failed.emit("The rules could not be asked.")
            raise error

    # -- the time -----------------------------------------------------------------

    def _ask_time(self) -> None:
        draft, clinic = self._draft, self._context.clinic
        start = start_of(draft, clinic.zone)
        if start is None or draft.minutes is None:
            self._wanted = None
            self._context.tasks.short.forget(self, "time")
            self.time_checked.emit(None)
            return
        resources = tuple(pair[0] for pair in (draft.physician, draft.room) if pair is not None)
        patient = draft.patient.id if draft.patient else None
        wanted = (start, draft.minutes, patient, resources, draft.guidance)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        actor, now = self._context.actor, self._context.clock.now()
        asked = Wanted(start, start + timedelta(minutes=draft.minutes), patient, resources)
        need = needed(draft.guidance)
        self._context.tasks.short.submit(
            lambda: check_time(clinic, actor, asked, need, now),
            self._time_answered,
            owner=self,
            key="time",
        )

    def _time_answered(self, answer: TimeAnswer) -> None:
        self.time_checked.emit(answer)


def check_time(
    clinic: Clinic, actor: Actor, wanted: Wanted, need: str, now: datetime
) -> TimeAnswer:
    """What stands in the way, and the free times of the day nearest to the one wanted.

    ``need`` names what the machine must be for (``fluoroscopy``); the first such one is taken too.
    """
    rows = schedule.day(clinic, actor, wanted.start.date())
    machines = [r.id for r in rows.resources if r.kind == "equipment" and need in r.has]
    if need and machines:
        wanted = replace(wanted, resources=(*wanted.resources, machines[0]))
    local = now.astimezone(clinic.zone)
    found = hindrances(wanted, rows, local)
    if not found:
        return TimeAnswer((), ())
    free = _free(wanted, rows, local)
    for ahead in range(1, _DAYS_AHEAD):
        if free:
            break
        other = schedule.day(clinic, actor, wanted.start.date() + timedelta(days=ahead))
        free = _free(wanted, other, local)[:2]
    return TimeAnswer(found, free)


def _free(wanted: Wanted, rows: DayRows, now: datetime) -> tuple[datetime, ...]:
    """Up to four free starts of a day, those after the time wanted before those earlier."""
    midnight = datetime.combine(rows.day, time(), tzinfo=wanted.start.tzinfo)
    starts = tuple(free_starts(wanted, rows, now, midnight))
    later = [start for start in starts if start.time() >= wanted.start.time()]
    return tuple(later[:_OFFERED]) or starts[-_OFFERED:]


def parted(found: tuple[Hindrance, ...], draft: Draft) -> dict[str, str]:
    """The sentences by field: ``physician``, ``room``, ``patient`` or ``time``."""
    fields: dict[str, list[str]] = {}
    names = {
        pair[1]: field
        for field, pair in (("physician", draft.physician), ("room", draft.room))
        if pair is not None
    }
    for hindrance in found:
        field = names.get(hindrance.who, hindrance.kind)
        known = field if field in ("physician", "room", "patient") else "time"
        fields.setdefault(known, []).append(hindrance.message)
    return {field: " ".join(dict.fromkeys(said)) for field, said in fields.items()}
