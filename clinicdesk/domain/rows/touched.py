"""What answers that are not saved yet would mean for what is booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clinicdesk.domain.rows.safety import SafetyFinding, SafetyHold


@dataclass(frozen=True)
class Touched:
    """A booked appointment with what the checks would find.

    Attributes:
        start: in the clinic's zone.
        what: procedure and sites, in words; ``place`` physician and room.
        findings: by level; ``new`` the checks among them that do not find the same today.
        gone: sentences of today that would no longer hold.
        holds: drugs that are held or decided about.
    """

    appointment_id: int
    start: datetime
    what: str
    place: str
    findings: tuple[SafetyFinding, ...]
    new: frozenset[str] = frozenset()
    gone: tuple[str, ...] = ()
    holds: tuple[SafetyHold, ...] = ()
