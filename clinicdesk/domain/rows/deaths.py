"""What is still booked for somebody who has died."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class StillBooked:
    """An appointment as it was read; ``start`` in the clinic's zone."""

    appointment_id: int
    version: int
    start: datetime


@dataclass(frozen=True)
class AheadOfDeath:
    """A patient who has died, and the appointments that hold their time, soonest first."""

    patient_id: int
    patient: str
    deceased_on: date
    booked: tuple[StillBooked, ...]
