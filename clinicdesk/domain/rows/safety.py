"""What must be settled about a patient before the needle, as answered and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clinicdesk.domain.states import SafetyLevel


@dataclass(frozen=True)
class SafetyFinding:
    """One check that found something.

    Attributes:
        check: its id in the safety contract, ``allergy.contrast``.
        because: the record's own words, in its order.
        sentence: for staff; says no more than the record does.
        source: where it comes from; ``verify``: nobody has read it in its primary text yet.
    """

    check: str
    level: SafetyLevel
    because: tuple[str, ...]
    sentence: str
    source: str
    verify: bool


@dataclass(frozen=True)
class SafetyHold:
    """A recognised blood thinner and what the guideline says of it before this procedure.

    Attributes:
        drug: its key in the table; ``name`` on screen; ``written`` as the record has it.
        action: ``hold``, ``shared`` (a decision with the prescriber) or ``none``.
        days, hours: of a hold, one of the two: the shortest time; ``most`` the longest, of a range.
        last_dose_on: with days: the last day on which it is taken.
        last_dose_before: with hours, where the start is known: the clinic's local time.
        restart_hours: after the procedure; of a range the shortest, ``restart_most`` the longest.
        inr: whether a normal INR is asked for.
        sentence: what to do, in words, with its guideline.
        leaves_time_on: its last dose is past already, unless it was stopped: the first day for
            which there is time; None where there is.
    """

    drug: str
    name: str
    written: str
    action: str
    sentence: str
    source: str
    verify: bool
    days: int | None = None
    hours: int | None = None
    most: int | None = None
    last_dose_on: date | None = None
    last_dose_before: datetime | None = None
    restart_hours: int | None = None
    restart_most: int | None = None
    inr: bool = False
    note: str = ""
    leaves_time_on: date | None = None


@dataclass(frozen=True)
class SafetyCard:
    """The whole answer: findings by level and check, holds in the record's order.

    ``bleeding`` is the bleeding class (``low``, ``intermediate``, ``high``); ``moved_up`` whether
    several agents moved it. ``guideline`` is the key of the guideline that the holds follow,
    ``guideline_name`` its name.
    """

    bleeding: str
    moved_up: bool
    findings: tuple[SafetyFinding, ...]
    holds: tuple[SafetyHold, ...]
    guideline: str
    guideline_name: str

    @property
    def leaves_time_on(self) -> date | None:
        """The first day that leaves time to stop everything; None where this day does."""
        days = [each.leaves_time_on for each in self.holds if each.leaves_time_on is not None]
        return max(days, default=None)

    def of_level(self, level: SafetyLevel) -> tuple[SafetyFinding, ...]:
        """The findings of one level."""
        return tuple(each for each in self.findings if each.level is level)
