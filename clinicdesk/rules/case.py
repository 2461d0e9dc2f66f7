"""A case of the rules: who, what, when, and what went before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clinicdesk.domain.anatomy import Site, Sort, Spot, parse_site, region
from clinicdesk.domain.procedures import Guidance, Intent, Steroid


@dataclass(frozen=True)
class ProcedureKind:
    """What the rules know of a procedure id: its group and the names of its sites."""

    group: str
    sort: Sort
    midline: bool | None = None


PROCEDURES: dict[str, ProcedureKind] = {
    "esi.interlaminar": ProcedureKind("esi", Sort.SEGMENT),
    "esi.transforaminal": ProcedureKind("esi", Sort.ROOT),
    "esi.caudal": ProcedureKind("esi", Sort.CAUDAL),
    "facet.block": ProcedureKind("facet", Sort.SEGMENT, midline=False),
    "facet.rfa": ProcedureKind("rfa", Sort.SEGMENT, midline=False),
    "sij.injection": ProcedureKind("sij", Sort.SI_JOINT),
    "sij.rfa": ProcedureKind("sij", Sort.SI_JOINT),
    "tpi": ProcedureKind("tpi", Sort.FREE),
    "joint.injection": ProcedureKind("joint", Sort.FREE),
    "soft_tissue.injection": ProcedureKind("joint", Sort.FREE),
    "nerve.block": ProcedureKind("nerve", Sort.FREE),
    "sympathetic.block": ProcedureKind("sympathetic", Sort.FREE),
}
"""The procedure ids of the contract: its vocabulary, like the words for sides."""

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(kind.group for kind in PROCEDURES.values()))


def read_site(text: str, procedure: str) -> Site:
    """A site of ``procedure``; raises ValueError with a sentence."""
    kind = PROCEDURES[procedure]
    return parse_site(text, kind.sort, midline=kind.midline)


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
    """What the rules know of the patient."""

    contrast_allergy: bool = False
    pregnant: bool = False
    prostheses: tuple[Site, ...] = ()
    arthroplasty_planned: tuple[Arthroplasty, ...] = ()


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


SCALES: dict[str, int] = {"NRS": 10, "VAS": 100, "PEG": 10, "ODI": 100, "NDI": 100, "RMDQ": 24}
"""Scales by name, with their highest value; the lowest is 0."""


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
