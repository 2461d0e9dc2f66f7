"""Dangers that wait for a physician's answer, and the answers. Datetimes are of the clinic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from clinicdesk.domain.rows.safety import SafetyFinding
from clinicdesk.domain.states import RaisedIn, ReviewOutcome

OTHER = "other"
"""The coded reason that says nothing by itself: it needs a sentence."""
About = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Check, the record's words, and what the record says of them."""
_ALLERGY, _QUOTED = "allergy", re.compile("[“„”«»‹›「『](.*?)[”“»«›‹」』]")
"""The record's own words, in the quotation marks of any language the sentence was written in."""


@dataclass(frozen=True)
class SafetyReason:
    """A reason to choose from. ``checks``: what it may answer, all where it is empty."""

    id: str
    text: str
    checks: tuple[str, ...] = ()
    needs_words: bool = False

    def answers(self, check: str) -> bool:
        """Whether it may answer a finding of this check."""
        return not self.checks or check in self.checks


@dataclass(frozen=True)
class GivenReason:
    """The reason a physician gave: the code of one to choose from, and words beside it."""

    code: str
    words: str = ""


@dataclass(frozen=True)
class ReviewRow:
    """A danger on a booked appointment, and its answer once there is one.

    Attributes:
        id: of the finding.
        title, sites, start, physician: of the appointment.
        check, because, sentence, source: as the finding said when it was raised.
        note: what the desk wrote beside it.
        outcome: None while nobody has answered.
        code, words, answered_by, answered_at: of the answer.
    """

    id: int
    patient_id: int
    patient: str
    appointment_id: int
    day: date
    start: datetime
    procedure: str
    sites: tuple[str, ...]
    physician: str
    check: str
    because: tuple[str, ...]
    sentence: str
    source: str
    raised_in: RaisedIn
    raised_at: datetime
    raised_by: str
    note: str = ""
    outcome: ReviewOutcome | None = None
    code: str = ""
    words: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for a physician."""
        return self.outcome is None


def about(said: ReviewRow | SafetyFinding) -> About:
    """What a physician's answer is about: another reaction to the same substance is another thing.

    The sentence is stored with each finding and has the record's own words in quotation marks, an
    allergy's with its reaction.
    """
    told = tuple(_QUOTED.findall(said.sentence)) if said.check.partition(".")[0] == _ALLERGY else ()
    return said.check, tuple(said.because), told
