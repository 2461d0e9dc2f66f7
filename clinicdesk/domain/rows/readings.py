"""Rows of the score sheet: what is known of a procedure's scores, and one to be added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class ScoredProcedure:
    """A procedure that a score may be about.

    ``baselines``: (scale, lowest value of its latest day) before the procedure, pain first.
    """

    id: int
    patient_id: int
    name: str
    sites: tuple[str, ...]
    day: date
    baselines: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class ReadingForm:
    """A score to be kept beside procedures, which themselves stay as they are.

    Attributes:
        phase: ``baseline`` (on or before the day of the procedure), ``post`` (on it, after the
            injection) or ``followup`` (after it).
        value: on ``scale``; or, with ``percent``, the relief in percent as the patient puts it.
    """

    procedure_ids: tuple[int, ...]
    phase: str
    scale: str
    value: Decimal
    on: date
    percent: bool = False
