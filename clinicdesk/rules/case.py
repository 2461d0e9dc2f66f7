"""A case of the rules: who, what, when, and what went before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clinicdesk.domain.anatomy import Site, Spot, region
from clinicdesk.domain.procedures import Guidance, Intent, Steroid

Day = date
"""Where a field is called ``date``."""


class State(StrEnum):
    """Whether an entry happened or is planned."""

    DONE = "done"
    BOOKED = "booked"


class Phase(StrEnum):
    """When a reading was taken, seen from its session."""

    BASELINE = "baseline"
    POST = "post"
    FOLLOWUP = "followup"


@dataclass(frozen=True)
class Arthroplasty:
    """A joint that is to be replaced."""

    site: Site
    date: date


@dataclass(frozen=True)
class Patient:
    """What the rules know of the patient.

    ``prostheses`` and ``arthroplasty_planned`` None: left out of the case, because nobody has
    asked. To the rules that is the same as none; what they say of it is not. The two ``unplaced``
    are names of what is on record without a joint and side that can be read, and may be at a
    planned site; a case as text has no place for them.
    """

    contrast_allergy: bool = False
    pregnant: bool = False
    prostheses: tuple[Site, ...] | None = None
    arthroplasty_planned: tuple[Arthroplasty, ...] | None = None
    unplaced_prostheses: tuple[str, ...] = field(default=(), compare=False)
    unplaced_surgeries: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Plan:
    """The session in question; ``steroids`` empty: none planned."""

    procedure: str
    sites: tuple[Site, ...]
    intent: Intent = Intent.THERAPEUTIC
    guidance: Guidance | None = None
    contrast: bool | None = None
    steroids: tuple[Steroid, ...] = ()


@dataclass(frozen=True)
class Entry:
    """Another session of the patient, done or booked; ``steroids`` None: not known."""

    id: str
    date: date
    state: State
    procedure: str
    sites: tuple[Site, ...]
    intent: Intent = Intent.THERAPEUTIC
    steroids: tuple[Steroid, ...] | None = None


@dataclass(frozen=True)
class Reading:
    """A pain or function score; ``value`` exact, higher always worse."""

    session: str
    date: date
    phase: Phase
    scale: str
    value: Decimal

    @property
    def day(self) -> Day:
        """``date``, as every score has it."""
        return self.date


@dataclass(frozen=True)
class Case:
    """The whole question; ``on`` is the day of the planned session."""

    pack: str
    on: date
    plan: Plan
    patient: Patient = field(default_factory=Patient)
    history: tuple[Entry, ...] = ()
    readings: tuple[Reading, ...] = ()


def spots_of(sites: tuple[Site, ...]) -> frozenset[Spot]:
    """All spots that the sites cover."""
    return frozenset(spot for site in sites for spot in site.spots)


def regions_of(sites: tuple[Site, ...]) -> frozenset[str]:
    """All coverage regions of the sites."""
    return frozenset(name for site in sites if (name := region(site)))
