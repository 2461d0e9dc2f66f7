"""The first free time from the first allowed day on, for physician, room and rules alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.dates import weekday_words
from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.schedule import DayRows, PlanRequest
from clinicdesk.scheduling.conflicts import Wanted
from clinicdesk.scheduling.overlap import after
from clinicdesk.scheduling.slots import free_starts
from clinicdesk.services import schedule, verdicts
from clinicdesk.services.context import Clinic
from clinicdesk.ui.booking.draft import Draft, plan_request
from clinicdesk.ui.booking.words import needed
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.verdict.words import NOT_BEFORE

_DAYS_AHEAD = 60
MORNING = time(9)
_USUAL_MINUTES = 30


@dataclass(frozen=True)
class Sought:
    """What a time is looked for.

    Attributes:
        allowed: the first day.
        minutes: how long.
        resources: physician and room, as far as chosen.
        need: what the machine must be for (``fluoroscopy``); empty for none.
        at: the time of day it should be near to.
        plan: the question to the rules; None for a visit or an appointment that moves.
        moving: the appointment that moves: it is not in its own way.
    """

    allowed: date
    minutes: int
    patient_id: int | None
    resources: tuple[int, ...]
    need: str
    at: time
    plan: PlanRequest | None = None
    moving: int | None = None


def sought_of(draft: Draft, allowed: date) -> Sought:
    """As the booking panel asks."""
    return Sought(
        allowed,
        draft.minutes or _USUAL_MINUTES,
        draft.patient.id if draft.patient else None,
        tuple(pair[0] for pair in (draft.physician, draft.room) if pair is not None),
        needed(draft.guidance),
        draft.at or MORNING,
        plan_request(draft),
    )


@dataclass(frozen=True)
class FirstFree:
    """The answer: ``start`` is None where nothing is free for two months after ``allowed``."""

    allowed: date
    start: datetime | None

    @property
    def words(self) -> str:
        """What to say of it; empty where the first allowed day itself has a free time."""
        allowed = weekday_words(self.allowed)
        if self.start is None:
            return (
                f"Nothing is free within {_DAYS_AHEAD} days from {allowed} on. "
                "Choose another room or physician."
            )
        if self.start.date() == self.allowed:
            return ""
        return (
            f"The first allowed day is {allowed}; the first free time is "
            f"{weekday_words(self.start.date())}."
        )


class FirstFreeFinder(QObject):
    """Looks for it in the lane.

    Signals:
        found(FirstFree): the answer to the last question.
        failed(str): why there is none.
    """

    found = Signal(object)
    failed = Signal(str)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def seek(self, sought: Sought) -> None:
        """Asks; only the last question is answered."""
        clinic, actor, now = self._context.clinic, self._context.actor, self._context.clock.now()
        self._context.tasks.short.submit(
            lambda: first_free(clinic, actor, sought, now),
            self._answered,
            self._not_found,
            owner=self,
            key="first-free",
        )

    def _answered(self, answer: FirstFree) -> None:
        self.found.emit(answer)

    def _not_found(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.failed.emit(str(error))


def first_free(clinic: Clinic, actor: Actor, sought: Sought, now: datetime) -> FirstFree:
    """Day by day from the first allowed on; of a day the free time nearest to the one wanted."""
    local, day = now.astimezone(clinic.zone), sought.allowed
    while day < sought.allowed + timedelta(days=_DAYS_AHEAD):
        start = _free_on(schedule.day(clinic, actor, day), sought, local)
        barred = _barred_until(clinic, actor, sought, day) if start is not None else None
        if start is not None and barred is None:
            return FirstFree(sought.allowed, start)
        day = max(day + timedelta(days=1), barred or day)
    return FirstFree(sought.allowed, None)


def _barred_until(clinic: Clinic, actor: Actor, sought: Sought, day: date) -> date | None:
    """A later free day may be blocked again, by a booking in between: until when."""
    if sought.moving is not None:
        cards = verdicts.assess_appointment(clinic, actor, sought.moving, day)
    elif sought.plan is not None:
        cards = (verdicts.assess(clinic, actor, replace(sought.plan, on=day)),)
    else:
        cards = ()
    return max((card.earliest for card in cards if card.status == NOT_BEFORE), default=None)


def _free_on(rows: DayRows, sought: Sought, now: datetime) -> datetime | None:
    midnight = datetime.combine(rows.day, time(), now.tzinfo)
    machines = [r.id for r in rows.resources if r.kind == "equipment" and sought.need in r.has]
    taken = (*sought.resources, *(machines[:1] if sought.need else ()))
    wanted = Wanted(
        midnight, after(midnight, sought.minutes), sought.patient_id, taken, sought.moving
    )
    aim = midnight.replace(hour=sought.at.hour, minute=sought.at.minute)
    starts = [start for start in free_starts(wanted, rows, now, midnight) if start >= now]
    return min(starts, key=lambda start: abs(start - aim), default=None)
