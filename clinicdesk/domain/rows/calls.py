"""Calls that were promised to patients after a procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PromisedCall:
    """A call that is due and was not made yet.

    Attributes:
        id: of the follow-up.
        purpose: ``safety`` or ``score`` (``Purpose``).
        due_on: the day the after-care sheet promised, or the day of the safety call.
        sites: as stored, ``L5 left``.
    """

    id: int
    patient_id: int
    family_name: str
    given_name: str
    birth_date: date
    mrn: str
    phone: str
    language: str
    procedure_id: int
    procedure: str
    sites: tuple[str, ...]
    done_on: date
    purpose: str
    due_on: date
