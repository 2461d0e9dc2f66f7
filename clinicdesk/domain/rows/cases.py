"""What the records say about a patient, as every engine is given it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from clinicdesk.domain.payers import PayerPack
from clinicdesk.domain.procedures import Steroid

CONTRAST = "contrast"
"""The category of an allergy."""
ANTICOAGULANT = "anticoagulant"
"""The kind of a drug that thins the blood."""
ARTHROPLASTY = "arthroplasty"


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

    ``steroids`` None: what was given is not known. ``given_up``: an attempt that had given its
    steroid before it was given up; it counts as done for all that counts sessions or steroids,
    and is no treatment to be repeated. ``elsewhere``: done at another place.
    """

    id: int
    day: date
    procedure: str
    intent: str
    sites: tuple[str, ...]
    steroids: tuple[Steroid, ...] | None
    readings: tuple[ReadingRow, ...]
    appointment_id: int | None = None
    physician_id: int | None = None
    given_up: bool = False
    elsewhere: bool = False


@dataclass(frozen=True)
class BookedRow:
    """A planned procedure that is not done; None: the planner did not say."""

    id: int
    day: date
    procedure: str
    intent: str | None
    sites: tuple[str, ...]
    steroids: tuple[Steroid, ...] | None
    appointment_id: int | None = None


@dataclass(frozen=True)
class AllergyFact:
    """An allergy; ``category`` as the record sorts it: drug, latex, contrast, …

    What it counts as is for ``safety.recorded`` to say.

    ``severity`` is mild, moderate, severe, or empty where it is not known.
    """

    id: int
    substance: str
    category: str
    reaction: str = ""
    severity: str = ""


@dataclass(frozen=True)
class DrugFact:
    """A drug taken at home; ``kind`` is anticoagulant or other."""

    id: int
    drug: str
    kind: str
    dose: str


@dataclass(frozen=True)
class ConditionFact:
    """A problem or diagnosis."""

    id: int
    name: str
    code_system: str
    code: str
    valid_from: date | None = None


@dataclass(frozen=True)
class ImplantFact:
    """A thing in the body; ``site`` as stored, empty where it was not said."""

    id: int
    name: str
    site: str
    prosthesis: bool


@dataclass(frozen=True)
class SurgeryFact:
    """An operation elsewhere, planned or past, that was not cancelled; ``site`` as stored."""

    id: int
    kind: str
    site: str
    day: date


@dataclass(frozen=True)
class CoverageFact:
    """Who pays, and which rule pack goes with it; empty: not said."""

    id: int
    payer: str
    pack: str


@dataclass(frozen=True)
class PersonFacts:
    """Who a patient is, as far as doses and questions depend on it; the weight measured last."""

    birth_date: date
    sex: str
    weight_kg: Decimal | None
    weighed_on: date | None = None


@dataclass(frozen=True)
class PatientFacts:
    """All that counts for a patient on the day ``on``, records merged into this one included.

    ``done`` and ``booked`` are of every day, oldest first. What is dated (allergies, drugs,
    conditions, implants, coverage) is current on the day; ``turns`` are the days after it on which
    one that the interval rules look at begins or ends to be. ``clinic_pack`` is the clinic's own;
    ``payer_packs`` what it mapped the payer of the day to, of every day, as entered.

    Allergies, drugs, conditions, implants, surgeries and ``pregnant`` are None where nobody has
    asked; an empty list was asked, and there are none. What an answer to pregnancy means beside the
    conditions is for ``safety.recorded`` to say.
    """

    patient_id: int
    on: date
    done: tuple[DoneRow, ...] = ()
    booked: tuple[BookedRow, ...] = ()
    pregnant: bool | None = None
    pregnant_asked_on: date | None = None
    allergies: tuple[AllergyFact, ...] | None = None
    drugs: tuple[DrugFact, ...] | None = None
    conditions: tuple[ConditionFact, ...] | None = None
    implants: tuple[ImplantFact, ...] | None = None
    surgeries: tuple[SurgeryFact, ...] | None = None
    coverage: CoverageFact | None = None
    clinic_pack: str = ""
    payer_packs: tuple[PayerPack, ...] = ()
    turns: tuple[date, ...] = ()

    @property
    def arthroplasties(self) -> tuple[tuple[str, date], ...] | None:
        """Joints to be replaced or that were, as stored, each with its day; None: not asked."""
        if self.surgeries is None:
            return None
        return tuple((each.site, each.day) for each in self.surgeries if each.kind == ARTHROPLASTY)

    def without(self, *, appointment_id: int | None, procedure_id: int | None) -> PatientFacts:
        """Without a session itself: all of its appointment, and its own log."""

        def another(row: DoneRow | BookedRow) -> bool:
            return appointment_id is None or row.appointment_id != appointment_id

        return replace(
            self,
            done=tuple(row for row in self.done if row.id != procedure_id and another(row)),
            booked=tuple(row for row in self.booked if another(row)),
        )
