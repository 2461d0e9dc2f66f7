"""What stands in the way of a time: pure, so that a drag can ask at every pixel.

Intervals are half-open: back-to-back is no clash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinicdesk.domain.customs import Customs, customs_of
from clinicdesk.domain.dates import time_words, weekday_words
from clinicdesk.domain.errors import Hindrance
from clinicdesk.domain.people import display_name
from clinicdesk.domain.rows.schedule import AppointmentRow, DayRows, ResourceRow
from clinicdesk.domain.translation import _
from clinicdesk.scheduling import hours
from clinicdesk.scheduling.overlap import exists, overlaps

GRACE = timedelta(minutes=15)
"""A walk-in is booked into the quarter of an hour that is running."""


@dataclass(frozen=True)
class Wanted:
    """A time asked for. Datetimes in the clinic's zone; ``ignore`` is the appointment that moves.

    ``resources`` are all resources it takes: physician, room, equipment.
    """

    start: datetime
    end: datetime
    patient_id: int | None
    resources: tuple[int, ...]
    ignore: int | None = None


def span(start: datetime, end: datetime, customs: Customs) -> str:
    """``13:00–14:30``, ``1:00 PM–2:30 PM``."""
    return f"{time_words(start, customs)}–{time_words(end, customs)}"


def hindrances(wanted: Wanted, day: DayRows, now: datetime) -> tuple[Hindrance, ...]:
    """All that stands in the way, the most telling first; empty when the time is free."""
    found = [
        *_past(wanted, now),
        *_left_out(wanted, day),
        *_closed(wanted, day),
        *_blocks(wanted, day),
        *_appointments(wanted, day),
    ]
    return tuple(found)


def _past(wanted: Wanted, now: datetime) -> Iterator[Hindrance]:
    if wanted.start < now - GRACE:
        yield Hindrance("past", "", _("That time has passed. Choose a later one."))


def _left_out(wanted: Wanted, day: DayRows) -> Iterator[Hindrance]:
    """A time that no clock on the wall shows is not booked as the one an hour later."""
    if not exists(wanted.start):
        yield Hindrance(
            "closed",
            _("the clock"),
            _("On {day} the clocks go forward: there is no {time}.").format(
                day=weekday_words(wanted.start.date()),
                time=time_words(wanted.start, customs_of(day.country)),
            ),
        )


def _resource(day: DayRows, resource_id: int) -> ResourceRow | None:
    return next((r for r in day.resources if r.id == resource_id), None)


def _closed(wanted: Wanted, day: DayRows) -> Iterator[Hindrance]:
    start, end = hours.on_the_wall(wanted.start, day.day), hours.on_the_wall(wanted.end, day.day)
    if not hours.fits(day.hours, None, start, end):
        stretches = hours.open_stretches(day.hours, None)
        yield Hindrance(
            "closed",
            _("the clinic"),
            _("Outside opening hours: the clinic is open {hours}.").format(
                hours=hours.in_words(stretches, customs_of(day.country))
            )
            if stretches
            else _("The clinic is closed on this day."),
        )
        return
    for resource_id in wanted.resources:
        resource = _resource(day, resource_id)
        if resource is None or hours.fits(day.hours, resource_id, start, end):
            continue
        stretches = hours.open_stretches(day.hours, resource_id)
        if stretches:
            words = _("{name} is available {hours}.")
        elif resource.kind == "staff":
            words = _("{name} is not here on this day.")
        else:
            words = _("{name} is closed on this day.")
        open_for = hours.in_words(stretches, customs_of(day.country))
        said = words.format(name=resource.name, hours=open_for)
        yield Hindrance("closed", resource.name, said)


def _blocks(wanted: Wanted, day: DayRows) -> Iterator[Hindrance]:
    for block in day.blocks:
        if not overlaps(wanted.start, wanted.end, block.start, block.end):
            continue
        for resource_id in wanted.resources:
            resource = _resource(day, resource_id)
            if resource is not None and resource_id in block.resource_ids:
                label = (block.label or block.kind).lower()
                yield Hindrance(
                    "closed",
                    resource.name,
                    _("{resource_name} has {label} {span}.").format(
                        resource_name=resource.name,
                        label=label,
                        span=span(block.start, block.end, customs_of(day.country)),
                    ),
                )


def _appointments(wanted: Wanted, day: DayRows) -> Iterator[Hindrance]:
    for other in day.appointments:
        if other.id == wanted.ignore or not other.status.holds_time:
            continue
        yield from _against(wanted, other, day)


def _against(wanted: Wanted, other: AppointmentRow, day: DayRows) -> Iterator[Hindrance]:
    for claim in other.claims:
        if not claim.exclusive or not overlaps(wanted.start, wanted.end, claim.start, claim.end):
            continue
        when = span(claim.start, claim.end, customs_of(day.country))
        if claim.patient_id is not None and claim.patient_id == wanted.patient_id:
            who = display_name(other.family_name, other.given_name)
            yield Hindrance(
                "patient",
                who,
                _("The patient has {other_title} {when} with {physician}.").format(
                    other_title=other.title, when=when, physician=other.physician
                ),
            )
        elif claim.resource_id is not None and claim.resource_id in wanted.resources:
            resource = _resource(day, claim.resource_id)
            name = resource.name if resource else _("This resource")
            kind = "physician" if claim.role == "physician" else claim.role
            yield Hindrance(
                kind,
                name,
                _("{name} is booked {when} ({family_name}).").format(
                    name=name, when=when, family_name=other.family_name
                ),
            )
