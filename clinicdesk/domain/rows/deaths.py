"""What is still booked for somebody who has died."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clinicdesk.domain.appointments import Status, may_follow


@dataclass(frozen=True)
class StillBooked:
    """An appointment as it was read; ``start`` in the clinic's zone.

    ``logged``: whether a record of what was done was begun.
    """

    appointment_id: int
    version: int
    start: datetime
    status: Status = Status.BOOKED
    logged: bool = False

    @property
    def may_be_cancelled(self) -> bool:
        """Nothing has begun; else the visit is ended by hand, by whoever was there."""
        return may_follow(self.status, Status.CANCELLED) and not self.logged


@dataclass(frozen=True)
class AheadOfDeath:
    """A patient who has died, and the appointments that hold their time, soonest first."""

    patient_id: int
    patient: str
    deceased_on: date
    booked: tuple[StillBooked, ...]

    @property
    def to_cancel(self) -> tuple[StillBooked, ...]:
        """What can be cancelled."""
        return tuple(each for each in self.booked if each.may_be_cancelled)

    @property
    def in_the_house(self) -> tuple[StillBooked, ...]:
        """The visit during which the patient died."""
        return tuple(each for each in self.booked if not each.may_be_cancelled)
