"""Rows of the schedule and of booking. Datetimes are aware, in the clinic's zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.errors import Hindrance
from clinicdesk.domain.procedures import Guidance, Intent, Steroid
from clinicdesk.domain.rows.reviews import GivenReason
from clinicdesk.domain.rows.staff import ClinicFacts


@dataclass(frozen=True)
class ResourceRow:
    """A column of the schedule: staff, room, equipment or bay; ``has`` e.g. ``fluoroscopy``."""

    id: int
    kind: str
    name: str
    has: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OpenHours:
    """One stretch of local time in which a resource (None: the clinic) may be booked."""

    resource_id: int | None
    start: time
    end: time


@dataclass(frozen=True)
class ClaimRow:
    """A resource or the patient, taken from ``start`` (included) to ``end`` (not included)."""

    resource_id: int | None
    patient_id: int | None
    role: str
    start: datetime
    end: datetime
    exclusive: bool = True


@dataclass(frozen=True)
class PlannedRow:
    """One planned procedure of an appointment. ``sites`` as ``L5 left``."""

    id: int
    procedure: str
    name: str
    short: str
    family: str
    sites: tuple[str, ...]
    intent: str
    guidance: str


@dataclass(frozen=True)
class AppointmentRow:
    """One block of the day.

    ``family`` is the colour code (empty for a visit); ``flags`` are ``allergy``,
    ``anticoagulant``, ``verdict`` (booked over a finding, with a reason), ``review`` (a danger
    that waits for a physician, or that one did not let pass), and where what is planned makes
    something of it ``pregnant``, ``device`` and ``unasked`` (a question that nobody has asked);
    ``died``: the patient has died by that day;
    ``procedure_state`` is empty, ``draft``, ``open`` (logged, unsigned) or ``signed``.
    """

    id: int
    version: int
    patient_id: int
    family_name: str
    given_name: str
    mrn: str
    birth_date: date
    start: datetime
    end: datetime
    status: Status
    title: str
    short: str
    family: str
    sites: tuple[str, ...]
    physician_id: int
    physician: str
    room_id: int | None
    room: str
    note: str
    flags: frozenset[str]
    planned: tuple[PlannedRow, ...]
    claims: tuple[ClaimRow, ...]
    procedure_id: int | None
    procedure_state: str


@dataclass(frozen=True)
class BlockRow:
    """Time kept for something without a patient: lunch, calls, cleaning."""

    id: int
    resource_ids: tuple[int, ...]
    kind: str
    label: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class DayRows:
    """A day of the schedule, complete: the view asks nothing else.

    ``country`` is the clinic's: sentences about the day write its hours as people there do.
    """

    day: date
    resources: tuple[ResourceRow, ...]
    hours: tuple[OpenHours, ...]
    appointments: tuple[AppointmentRow, ...]
    blocks: tuple[BlockRow, ...]
    country: str = ClinicFacts.country


@dataclass(frozen=True)
class PlanRequest:
    """What is to be done to whom, on which day: the question to the interval rules.

    None means "not said": the catalogue's usual plan then speaks. ``appointment_id`` and
    ``procedure_id`` name the session itself where it is on record: it never counts against itself.
    """

    patient_id: int
    procedure: str
    sites: tuple[str, ...]
    on: date
    intent: Intent | None = None
    guidance: Guidance | None = None
    contrast: bool | None = None
    steroids: tuple[Steroid, ...] | None = None
    pack: str | None = None
    appointment_id: int | None = None
    procedure_id: int | None = None


@dataclass(frozen=True)
class BookRequest:
    """An appointment to be made. ``procedure`` empty books a visit titled ``title``.

    ``reason`` answers a *needs reason* (or books ahead of a *not before*). ``safety`` are a
    physician's reasons for the dangers that are known, each with its check, and ``for_review``
    leaves them to a physician; ``review_note`` is what is written to that physician beside it.
    """

    patient_id: int
    start: datetime
    minutes: int
    physician_id: int
    room_id: int | None
    procedure: str = ""
    sites: tuple[str, ...] = ()
    intent: Intent | None = None
    guidance: Guidance | None = None
    contrast: bool | None = None
    steroids: tuple[Steroid, ...] | None = None
    title: str = ""
    note: str = ""
    reason: str = ""
    safety: tuple[tuple[str, GivenReason], ...] = ()
    for_review: bool = False
    review_note: str = ""


@dataclass(frozen=True)
class TimeRequest:
    """A time asked about before anything is booked or moved; None: not chosen yet.

    ``procedure`` empty asks for a visit; ``guidance`` None means the usual one. With
    ``appointment_id`` an appointment on record moves: patient, procedure and guidance are its own.
    """

    start: datetime
    minutes: int
    patient_id: int | None = None
    physician_id: int | None = None
    room_id: int | None = None
    procedure: str = ""
    guidance: Guidance | None = None
    appointment_id: int | None = None


@dataclass(frozen=True)
class TimeAnswer:
    """What stands in the way of the time asked about, and free times instead, soon after.

    ``hindrances`` is empty where it is free. Kinds beside those of ``Hindrance``: ``minutes``.
    """

    hindrances: tuple[Hindrance, ...] = ()
    free: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class MonthLoad:
    """Appointments per day, for the little calendar."""

    per_day: dict[date, int] = field(default_factory=dict)


@dataclass(frozen=True)
class StatusStep:
    """One line of an appointment's history."""

    status: Status
    at: datetime
    by: str
    note: str
