"""What the records say about a patient, as the interval rules need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clinicdesk.domain.procedures import Steroid


@dataclass(frozen=True)
class ReadingRow:
    """A score tied to a procedure; ``phase`` is baseline, post or followup."""

    day: date
    phase: str
    scale: str
    value: Decimal


@dataclass(frozen=True)
class DoneRow:
    """A performed procedure that counts, here or elsewhere.

    ``steroids`` None: what was given is not known.
    """

    id: int
    day: date
    procedure: str
    intent: str
    sites: tuple[str, ...]
    steroids: tuple[Steroid, ...] | None
    readings: tuple[ReadingRow, ...]


@dataclass(frozen=True)
class BookedRow:
    """A planned procedure that is not done; None: the planner did not say."""

    id: int
    day: date
    procedure: str
    intent: str | None
    sites: tuple[str, ...]
    steroids: tuple[Steroid, ...] | None


@dataclass(frozen=True)
class CaseRecords:
    """All of a patient's entries but the session asked about.

    ``payer`` and ``pack`` are those of the coverage that holds on the day (empty: not said),
    ``clinic_pack`` is the clinic's own. ``prostheses`` and ``arthroplasties`` (site, day) are
    sites as stored.
    """

    contrast_allergy: bool
    pregnant: bool
    prostheses: tuple[str, ...]
    arthroplasties: tuple[tuple[str, date], ...]
    done: tuple[DoneRow, ...]
    booked: tuple[BookedRow, ...]
    payer: str
    pack: str
    clinic_pack: str
