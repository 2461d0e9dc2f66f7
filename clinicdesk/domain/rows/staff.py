"""Rows about the clinic itself and about signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from clinicdesk.domain.permissions import Role


@dataclass(frozen=True)
class ClinicFacts:
    """Who the clinic is. ``paper`` is ``letter`` or ``a4``; ``country`` an ISO 3166 code."""

    name: str
    address: str
    phone: str
    phone_urgent: str
    timezone: str
    paper: str = "letter"
    language: str = "en"
    country: str = "US"
    pack: str = "clinic-default"
    demo: bool = False
    version: int = 1


@dataclass(frozen=True)
class Account:
    """What signing in needs to know of a member of staff; never leaves the services."""

    id: int
    login: str
    name: str
    role: Role
    active: bool
    password_hash: str
    failed_count: int
    paused_until: datetime | None
    must_change: bool = False


@dataclass(frozen=True)
class NewStaff:
    """A member of staff to be added. ``name`` as shown, e.g. ``Dr. Amara Osei``."""

    login: str
    name: str
    role: Role
    password: str


@dataclass(frozen=True)
class NewResource:
    """A room or machine to be added; ``has`` e.g. ``("fluoroscopy",)``."""

    name: str
    kind: str = "room"
    has: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewHours:
    """Weekly opening hours to be added, local time, weekdays from Monday 0."""

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    starts: time = time(8)
    ends: time = time(17)
