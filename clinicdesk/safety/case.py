"""A case of the checks: who, what is planned, and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import zip_longest

from clinicdesk.domain.anatomy import Site
from clinicdesk.domain.procedures import Guidance, Steroid


@dataclass(frozen=True)
class Allergy:
    """An allergy as recorded; ``category`` as the record sorts it, empty where nobody did."""

    substance: str
    reaction: str = ""
    category: str = ""

    @property
    def words(self) -> str:
        """What is read: the substance."""
        return self.substance


@dataclass(frozen=True)
class Implant:
    """A thing in the body as written; ``site`` and ``prosthesis`` where the record says them.

    ``unlisted``: the site's name stands on no list, so that it may be any joint.
    """

    text: str
    site: str = ""
    prosthesis: bool = False
    unlisted: bool = False


@dataclass(frozen=True)
class Surgery:
    """An operation of a joint, ahead or past; ``replaces``: the joint will be a new one."""

    site: Site
    date: date
    replaces: bool = True


@dataclass(frozen=True)
class Patient:
    """What is known of the patient; a list that is None was never asked about.

    ``conditions_since``: the first day of each condition, in their order; empty: not known.
    """

    birth_date: date
    sex: str
    weight_kg: Decimal | None = None
    allergies: tuple[Allergy, ...] | None = None
    drugs: tuple[str, ...] | None = None
    conditions: tuple[str, ...] | None = None
    implants: tuple[Implant, ...] | None = None
    pregnant: bool | None = None
    pregnant_asked_on: date | None = None
    conditions_since: tuple[date | None, ...] = ()
    surgeries: tuple[Surgery, ...] = ()

    @property
    def noted(self) -> tuple[tuple[str, date | None], ...]:
        """The conditions, each with its first day where it is known."""
        return tuple(zip_longest(self.conditions or (), self.conditions_since))


@dataclass(frozen=True)
class Plan:
    """What is to be done; None: the catalogue's usual plan speaks.

    ``medications`` are product keys with mL (None: not typed yet); empty: nothing is injected.
    ``steroids`` says the steroids alone, by drug and mg, where no products were chosen.
    """

    procedure: str
    sites: tuple[Site, ...]
    guidance: Guidance | None = None
    contrast: bool | None = None
    medications: tuple[tuple[str, Decimal | None], ...] | None = None
    steroids: tuple[Steroid, ...] | None = None


@dataclass(frozen=True)
class Case:
    """The whole question; ``start`` is the planned start with its zone, where it is known."""

    on: date
    patient: Patient
    plan: Plan
    start: datetime | None = None
