"""Which room has what a procedure needs, and which machine goes along."""

from __future__ import annotations

from datetime import datetime

from clinicdesk.domain.errors import Hindrance
from clinicdesk.domain.lists import either
from clinicdesk.domain.rows.schedule import AppointmentRow, DayRows, ResourceRow
from clinicdesk.domain.translation import _
from clinicdesk.scheduling import hours
from clinicdesk.scheduling.overlap import overlaps

NEEDED = {"fluoroscopy": "fluoroscopy", "ultrasound": "ultrasound", "ct": "ct"}
"""Guidance to what a room and a machine must have; a landmark needs nothing."""


def room_of(day: DayRows, room_id: int | None) -> ResourceRow | None:
    """The room in use of that id."""
    return next((r for r in day.resources if r.id == room_id and r.kind == "room"), None)


def wrong_room(day: DayRows, room_id: int | None, guidance: str, what: str) -> Hindrance | None:
    """Why a room will not do for ``what`` under this guidance; None if it does."""
    need = NEEDED.get(guidance)
    room = room_of(day, room_id)
    if need is None or (room is not None and need in room.has):
        return None
    fitting = [r.name for r in day.resources if r.kind == "room" and need in r.has]
    where = either(fitting) if fitting else _("a room that has it")
    name = room.name if room else ""
    return Hindrance(
        "room",
        name,
        _("{what} needs {need}: choose {where}.").format(what=what, need=need, where=where),
    )


def machine_for(
    day: DayRows, guidance: str, start: datetime, end: datetime, ignore: int | None = None
) -> int | None:
    """The machine that goes along, None where none is needed or kept track of.

    The first that is free; if all are taken the first one, so that its booking is named.
    """
    need = NEEDED.get(guidance)
    machines = [r.id for r in day.resources if r.kind == "equipment" and need in r.has]
    free = (machine for machine in machines if _is_free(day, machine, start, end, ignore))
    return next(free, machines[0] if machines else None)


def _is_free(
    day: DayRows, machine: int, start: datetime, end: datetime, ignore: int | None
) -> bool:
    """Whether a machine is neither booked nor kept, and there, for all of a stretch."""
    first, last = hours.on_the_wall(start, day.day), hours.on_the_wall(end, day.day)
    taken = [
        (claim.start, claim.end)
        for other in day.appointments
        if other.status.holds_time and other.id != ignore
        for claim in other.claims
        if claim.resource_id == machine
    ]
    taken += [(block.start, block.end) for block in day.blocks if machine in block.resource_ids]
    return hours.fits(day.hours, machine, first, last) and not any(
        overlaps(start, end, since, until) for since, until in taken
    )


def guidance_of(row: AppointmentRow) -> str:
    """The guidance of what is planned first, empty for a visit."""
    return row.planned[0].guidance if row.planned else ""
