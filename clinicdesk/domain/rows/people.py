"""Rows about staff and patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.permissions import Permission, Role, may
from clinicdesk.domain.rows.safety_facts import SafetyFacts
from clinicdesk.domain.steroid_year import SteroidYear


@dataclass(frozen=True)
class Actor:
    """The signed-in person; every service call carries one."""

    staff_id: int
    login: str
    name: str
    role: Role
    workstation: str

    def may(self, permission: Permission) -> bool:
        return may(self.role, permission)


@dataclass(frozen=True)
class StaffRow:
    """A member of staff, for the lock screen and for choosing a physician.

    ``resource_id`` is what claims name.
    """

    id: int
    resource_id: int
    login: str
    name: str
    role: Role
    active: bool


@dataclass(frozen=True)
class PatientHit:
    """One line of the type-ahead. ``phone`` as typed; ``guess`` marks a forgiven typo."""

    id: int
    mrn: str
    family: str
    given: str
    birth_date: date
    phone: str
    sex: str
    guess: bool = False


@dataclass(frozen=True)
class Visitor:
    """A patient of the day: when the first visit starts, by the clinic's clock, and its status."""

    hit: PatientHit
    start: datetime
    status: Status


@dataclass(frozen=True)
class AllergyRow:
    """An allergy; ``category`` is drug, latex, contrast, food, environment or other.

    ``contrast``: whether the checks count it as one to iodinated contrast.
    """

    id: int
    substance: str
    category: str
    reaction: str
    severity: str
    contrast: bool = False


@dataclass(frozen=True)
class Banner:
    """What stands over everything that concerns a patient.

    ``anticoagulants`` are drug names; ``weight_kg`` the latest with its date. ``pregnant`` None:
    not asked; ``devices``, ``prostheses`` and other ``implants`` are names, empty also where not
    asked. What counts as which is what the checks say.
    """

    id: int
    version: int
    mrn: str
    family: str
    given: str
    birth_date: date
    age: int
    sex: str
    language: str
    interpreter: bool
    phone: str
    deceased_on: date | None
    allergies: tuple[AllergyRow, ...]
    anticoagulants: tuple[str, ...]
    alerts: tuple[str, ...]
    weight_kg: Decimal | None
    weight_on: date | None
    payer: str
    merged_into: int | None = None
    pregnant: bool | None = None
    devices: tuple[str, ...] = ()
    prostheses: tuple[str, ...] = ()
    implants: tuple[str, ...] = ()


@dataclass(frozen=True)
class PatientForm:
    """Everything the patient editor holds; also what the importers make.

    Sex is ``female``, ``male``, ``other`` or ``unknown``. Allergies, anticoagulants
    and alerts are lists as typed (one entry each): saving adds the new ones and
    ends (never deletes) the ones left out. ``national_id`` is the number by which the
    clinic's country knows the patient, where it has one (GB: the NHS number).
    ``pregnant`` None: not asked. What else was asked (``none`` of a list, conditions, implants,
    drugs with their dose) is answered through ``services.safety_facts``.
    """

    family: str = ""
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    maiden: str = ""
    preferred: str = ""
    birth_date: date | None = None
    deceased_on: date | None = None
    sex: str = "unknown"
    mrn: str = ""
    national_id: str = ""
    language: str = "en"
    interpreter: bool = False
    phone_mobile: str = ""
    phone_home: str = ""
    email: str = ""
    address_line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    payer: str = ""
    pack: str = ""
    weight_kg: Decimal | None = None
    pregnant: bool | None = None
    allergies: tuple[str, ...] = ()
    anticoagulants: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PatientRecord:
    """A patient as the editor needs it: the form's content and the version it was read at."""

    id: int
    version: int
    form: PatientForm


@dataclass(frozen=True)
class PastProcedure:
    """One line of the chart's list, newest first.

    ``baseline`` and ``best`` are pain scores on ``scale``; ``relief`` whole percent or None.
    """

    id: int
    performed_on: date
    procedure: str
    name: str
    family: str
    sites: tuple[str, ...]
    intent: str
    physician: str
    guidance: str
    medications: tuple[str, ...]
    scale: str
    before: Decimal | None
    after: Decimal | None
    followup: Decimal | None
    followup_on: date | None
    state: str
    signed_at: datetime | None
    signed_by: str
    struck: bool


@dataclass(frozen=True)
class UpcomingAppointment:
    """One line of what is booked from today on.

    ``review``: a danger waits for a physician, or one did not let it pass.
    """

    id: int
    start: datetime
    title: str
    family: str
    sites: tuple[str, ...]
    physician: str
    room: str
    status: str
    review: bool = False


@dataclass(frozen=True)
class PatientChart:
    """The patient page."""

    banner: Banner
    record: PatientRecord
    procedures: tuple[PastProcedure, ...]
    upcoming: tuple[UpcomingAppointment, ...]
    address: str
    phones: tuple[tuple[str, str], ...]
    other_names: tuple[tuple[str, str], ...]
    safety: SafetyFacts | None = None
    steroid_year: SteroidYear | None = None
