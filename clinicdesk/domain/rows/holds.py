"""Drugs that are held before a procedure: what was settled of them so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clinicdesk.domain.rows.safety import SafetyHold
from clinicdesk.domain.states import HoldStepKind

AGREED, REFUSED = "agreed", "refused"
"""What a prescriber may answer."""


@dataclass(frozen=True)
class HoldTerms:
    """Days before the last dose by which the prescriber is asked, and the patient told.

    ``doubt_days``: a stated last dose that lies longer before the day it was due is asked back.
    """

    ask_days: int
    tell_days: int
    doubt_days: int


@dataclass(frozen=True)
class HoldStepRow:
    """One step, as it was taken. ``last_dose_on`` or ``last_dose_at``: what it was about."""

    drug: str
    step: HoldStepKind
    at: datetime
    by: str
    last_dose_on: date | None = None
    last_dose_at: datetime | None = None
    answer: str = ""
    who: str = ""
    note: str = ""


@dataclass(frozen=True)
class HoldTrack:
    """A drug of an appointment: what the guideline says, and the newest step of each kind.

    Attributes:
        procedure, sites: what is planned, in words.
        hold: as the checks say for the day and the hour it is booked.
        asked, answered, told, stated: None where that was not done, or no longer counts: asking
            again makes an answer void, and what was stated before the day of the last dose says
            nothing of whether it was kept.
        moved: whether the patient was told another day than it is now.
        ask_by, tell_by: the last day on which that is in time; None where it needs no step.
    """

    appointment_id: int
    patient_id: int
    patient: str
    start: datetime
    procedure: str
    hold: SafetyHold
    asked: HoldStepRow | None = None
    answered: HoldStepRow | None = None
    told: HoldStepRow | None = None
    stated: HoldStepRow | None = None
    moved: bool = False
    ask_by: date | None = None
    tell_by: date | None = None
    sites: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the prescriber said no: the plan cannot stay as it is."""
        return self.hold.action != "none" and (
            self.answered is not None and self.answered.answer == REFUSED
        )

    @property
    def next_step(self) -> HoldStepKind | None:
        """What is to be done next; None where nothing is left before the day itself."""
        if self.hold.action == "none" or self.stated is not None:
            return None
        if self.answered is None:
            return HoldStepKind.ASKED if self.asked is None else HoldStepKind.ANSWERED
        if self.answered.answer == AGREED and (self.told is None or self.moved):
            return HoldStepKind.TOLD
        return None

    def overdue(self, today: date) -> bool:
        """Whether the next step should have been taken before ``today``."""
        step = self.next_step
        by = self.tell_by if step is HoldStepKind.TOLD else self.ask_by
        return step is not None and by is not None and today > by
