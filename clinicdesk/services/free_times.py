"""Whether a time is free, and which ones are: asked before booking, by the code that books.

``booking`` refuses and chooses with ``tried``; so what the window says of a time is what happens
at it, unless another desk was quicker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from clinicdesk.data.queries import schedule as queries
from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.schedule import DayRows, PlanRequest, TimeAnswer, TimeRequest
from clinicdesk.rules.verdict import Status
from clinicdesk.scheduling import search
from clinicdesk.scheduling.overlap import after
from clinicdesk.scheduling.places import Attempt, Needs, attempt, moving_needs, wrong_length
from clinicdesk.services import verdicts
from clinicdesk.services.context import Work, ask
from clinicdesk.services.schedule import appointment_in, describe


@ask(Permission.SEE_SCHEDULE)
def check(work: Work, request: TimeRequest) -> TimeAnswer:
    """What stands in the way of a time, and the free times nearest to it where something does.

    Raises:
        NotFound: no such appointment to move.
    """
    if wrong := wrong_length(request.minutes):
        return TimeAnswer((wrong,))
    needs = needs_of(work, request)
    found = tried(work, request.start, needs)
    if not found.clashes or found.unfit:
        return TimeAnswer(found.hindrances)
    free = search.free_instead(needs, found.start, _days(work), _now(work))
    return TimeAnswer(found.hindrances, free)


@ask(Permission.SEE_SCHEDULE)
def first_free(
    work: Work, request: TimeRequest, plan: PlanRequest | None = None
) -> datetime | None:
    """The first free start from the day of ``request.start`` on that the rules allow, too.

    Of a day the one nearest to the time of day in ``request.start`` is taken; None where nothing
    is free within ``search.DAYS_SOUGHT`` days. In the clinic's zone.

    Args:
        request: what the time is for, from when on.
        plan: the question to the rules; None for a visit, or for an appointment that moves,
            which is asked about as it was planned.

    Raises:
        Invalid, NotFound, Malformed: as of ``verdicts.assess``.
    """

    def barred(day: date) -> date | None:
        if request.appointment_id is not None:
            cards = verdicts.assess_moved(work, request.appointment_id, day)
        else:
            cards = (verdicts.assess_in(work, replace(plan, on=day)),) if plan else ()
        late = [card.earliest for card in cards if card.status == Status.NOT_BEFORE]
        return max(late, default=None)

    start = request.start.astimezone(work.zone)
    needs = needs_of(work, request)
    return search.first_free(needs, start.date(), start.time(), _days(work), barred, _now(work))


def tried(work: Work, start: datetime, needs: Needs) -> Attempt:
    """A start tried: the machine that goes along, and all that stands in the way."""
    local = start.astimezone(work.zone)
    # Only what lies at that time can be in the way of it.
    end, country = after(local, needs.minutes), work.clinic.settings.country
    day = queries.day_at(work.tx, local.date(), local, end, describe(work), country)
    return attempt(needs, local, day, _now(work))


def needs_of(work: Work, request: TimeRequest) -> Needs:
    """What is taken, whenever it is; the guidance of a procedure is the usual one unless said."""
    minutes, physician, room = request.minutes, request.physician_id, request.room_id
    if request.appointment_id is not None:
        row = appointment_in(work, request.appointment_id)
        return moving_needs(row, minutes, physician, room)
    procedure = work.catalogue.procedures.get(request.procedure)
    if procedure is None:
        return Needs(minutes, request.patient_id, physician, room)
    guidance = request.guidance or procedure.usual.guidance
    said = guidance.value if guidance else ""
    return Needs(minutes, request.patient_id, physician, room, said, procedure.name)


def _days(work: Work) -> Callable[[date], DayRows]:
    def rows(day: date) -> DayRows:
        return queries.day_rows(work.tx, day, describe(work), work.clinic.settings.country)

    return rows


def _now(work: Work) -> datetime:
    return work.now.astimezone(work.zone)
