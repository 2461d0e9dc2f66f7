"""What an appointment takes at a time, and what stands in its way there.

The one place that chooses a machine and refuses a time: booking, moving, the preview, the search
for a free time and a drag all ask it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from clinicdesk.domain.errors import Hindrance
from clinicdesk.domain.rows.schedule import AppointmentRow, DayRows
from clinicdesk.domain.translation import _
from clinicdesk.scheduling.conflicts import Wanted, hindrances
from clinicdesk.scheduling.machines import guidance_of, machine_for, room_of, wrong_room
from clinicdesk.scheduling.overlap import after

SHORTEST, LONGEST = 5, 480
"""Minutes an appointment may last, in steps of the shortest."""


@dataclass(frozen=True)
class Needs:
    """What an appointment takes, whenever it is.

    Attributes:
        minutes: how long.
        patient_id, physician_id, room_id: None while nobody or nothing is chosen.
        guidance: says which machine goes along; empty for none.
        what: the procedure's name, for a sentence; empty for a visit, which needs no room.
        moving: the appointment that moves: it is not in its own way.
        keeps: a start it may have though it has passed: the one it has already.
    """

    minutes: int
    patient_id: int | None = None
    physician_id: int | None = None
    room_id: int | None = None
    guidance: str = ""
    what: str = ""
    moving: int | None = None
    keeps: datetime | None = None


@dataclass(frozen=True)
class Attempt:
    """A start tried, in the clinic's zone, with the machine that would go along.

    Attributes:
        unfit: what is wrong with physician or room at any time; kinds ``physician``, ``room``.
        clashes: what stands in the way at this time, the most telling first.
    """

    start: datetime
    end: datetime
    equipment: tuple[int, ...]
    unfit: tuple[Hindrance, ...]
    clashes: tuple[Hindrance, ...]

    @property
    def hindrances(self) -> tuple[Hindrance, ...]:
        """All of it; empty where it can be booked."""
        return (*self.unfit, *self.clashes)


def moving_needs(
    row: AppointmentRow, minutes: int, physician_id: int | None, room_id: int | None
) -> Needs:
    """What an appointment on record takes with another length, physician or room.

    One that keeps its start may have begun: making it longer is no booking into the past.
    """
    what = row.planned[0].name if row.planned else ""
    return Needs(
        minutes, row.patient_id, physician_id, room_id, guidance_of(row), what, row.id, row.start
    )


def attempt(needs: Needs, start: datetime, day: DayRows, now: datetime) -> Attempt:
    """Tries a start, in the clinic's zone as ``now`` is. ``day`` holds the rows of its date."""
    end = after(start, needs.minutes)
    machine = machine_for(day, needs.guidance, start, end, needs.moving)
    equipment = () if machine is None else (machine,)
    chosen = (needs.physician_id, needs.room_id, *equipment)
    taken = tuple(resource for resource in chosen if resource is not None)
    wanted = Wanted(start, end, needs.patient_id, taken, needs.moving)
    clashes = hindrances(wanted, day, start if start == needs.keeps else now)
    return Attempt(start, end, equipment, tuple(unfit(needs, day)), clashes)


def unfit(needs: Needs, day: DayRows) -> Iterator[Hindrance]:
    """What is wrong with physician and room whatever the time; one for each at most."""
    who, room = needs.physician_id, room_of(day, needs.room_id)
    if who is not None and not any(r.id == who and r.kind == "staff" for r in day.resources):
        yield Hindrance("physician", "", _("Choose a physician who works here."))
    if needs.room_id is not None and room is None:
        yield Hindrance("room", "", _("Choose a room that is in use."))
    elif wrong := wrong_room(day, needs.room_id, needs.guidance, needs.what):
        yield wrong
    elif room is None and needs.what:
        yield Hindrance("room", "", _("Choose a room."))


def wrong_length(minutes: int) -> Hindrance | None:
    """Why an appointment cannot be as long; None if it can."""
    if SHORTEST <= minutes <= LONGEST and minutes % SHORTEST == 0:
        return None
    return Hindrance(
        "minutes",
        "",
        _("Give a length of {shortest} to {longest} minutes, in steps of 5.").format(
            shortest=SHORTEST, longest=LONGEST
        ),
    )
