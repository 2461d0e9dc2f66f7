"""The first free time from the first allowed day on, for physician, room and rules alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, Signal

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
from clinicdesk.ui.verdict.words import NOT_BEFORE, weekday_text

_DAYS_AHEAD = 60
_MORNING = time(9)


@dataclass(frozen=True)
class FirstFree:
    """The answer: ``start`` is None where nothing is free for two months after ``allowed``."""

    allowed: date
    start: datetime | None

    @property
    def words(self) -> str:
        """What to say of it; empty where the first allowed day itself has a free time."""
        allowed = weekday_text(self.allowed)
        if self.start is None:
            return (
                f"Nothing is free within {_DAYS_AHEAD} days from {allowed} on. "
                "Choose another room or physician."
            )
        if self.start.date() == self.allowed:
            return ""
        return (
            f"The first allowed day is {allowed}; the first free time is "
            f"{weekday_text(self.start.date())}."
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

    def seek(self, draft: Draft, allowed: date) -> None:
        """Asks; only the last question is answered."""
        clinic, actor, now = self._context.clinic, self._context.actor, self._context.clock.now()
        self._context.tasks.short.submit(
            lambda: first_free(clinic, actor, draft, allowed, now),
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


def first_free(
    clinic: Clinic, actor: Actor, draft: Draft, allowed: date, now: datetime
) -> FirstFree:
    """Day by day from ``allowed`` on; of a day the free time nearest to the one typed."""
    plan = plan_request(draft)
    local, day = now.astimezone(clinic.zone), allowed
    while day < allowed + timedelta(days=_DAYS_AHEAD):
        start = _free_on(schedule.day(clinic, actor, day), draft, local)
        barred = _barred_until(clinic, actor, plan, day) if start is not None else None
        if start is not None and barred is None:
            return FirstFree(allowed, start)
        day = max(day + timedelta(days=1), barred or day)
    return FirstFree(allowed, None)


def _barred_until(clinic: Clinic, actor: Actor, plan: PlanRequest | None, day: date) -> date | None:
    """A later free day may be blocked again, by a booking in between: until when."""
    if plan is None:
        return None
    card = verdicts.assess(clinic, actor, replace(plan, on=day))
    return card.earliest if card.status == NOT_BEFORE else None


def _free_on(rows: DayRows, draft: Draft, now: datetime) -> datetime | None:
    midnight = datetime.combine(rows.day, time(), now.tzinfo)
    resources = [pair[0] for pair in (draft.physician, draft.room) if pair is not None]
    need = needed(draft.guidance)
    machines = [r.id for r in rows.resources if r.kind == "equipment" and need in r.has]
    if need and machines:
        resources.append(machines[0])
    patient = draft.patient.id if draft.patient else None
    wanted = Wanted(midnight, after(midnight, draft.minutes or 30), patient, tuple(resources))
    typed = draft.at or _MORNING
    aim = midnight.replace(hour=typed.hour, minute=typed.minute)
    starts = [start for start in free_starts(wanted, rows, now, midnight) if start >= now]
    return min(starts, key=lambda start: abs(start - aim), default=None)
