"""What signing a log asks, and where each of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from clinicdesk.domain.customs import Customs
from clinicdesk.domain.measures import Measure
from clinicdesk.domain.rows.log import LogAnswer
from clinicdesk.domain.rows.safety import SafetyCard


class AskKind(StrEnum):
    """How something is answered."""

    REASON = "reason"
    """A danger: a physician's coded reason."""
    WORDS = "words"
    """A question: one of its own answers, most with words beside it."""
    FACT = "fact"
    """A question to the patient that nobody has asked: yes, no, or why it is not known."""
    SIDE = "side"
    """Sites that differ: which is right, and why."""


SIDE = "side"
"""The check of sites that differ."""


@dataclass(frozen=True)
class SiteStep:
    """Where a site stood on the way: ``step`` is booked, consented or logged."""

    step: str
    sites: tuple[str, ...]
    odd: bool = False


@dataclass(frozen=True)
class DoseDue:
    """A held drug: ``names`` it is known by; ``latest`` the last day on which it is taken, None
    where the guideline names none, with the ``hour`` where it counts hours."""

    name: str
    names: tuple[str, ...]
    latest: date | None = None
    hour: time | None = None


@dataclass(frozen=True)
class LogAsk:
    """One thing that signing asks.

    Attributes:
        check: its id; ``because`` what it is about: another ``because`` is another question.
        sentence, source, verify: as shown.
        detail: the drugs with their dose and the side, in words.
        settled: the answer that stands already, by whom: of a review, or of the day itself.
        on: the day of the procedure; ``plausible_from`` the earliest last dose that is not asked
            back. Both None where no last dose is asked.
        due: the drugs whose last dose is asked.
        customs: how days are read; None where none is asked.
        measures: in which units a figure may be given.
    """

    check: str
    because: tuple[str, ...]
    kind: AskKind
    sentence: str
    source: str = ""
    verify: bool = False
    detail: str = ""
    settled: LogAnswer | None = None
    on: date | None = None
    plausible_from: date | None = None
    due: tuple[DoseDue, ...] = ()
    customs: Customs | None = None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class LogSafety:
    """What the safety checks say of a log as typed, and all that signing asks.

    ``steps``: the sites as booked, consented and logged; those that are not known left out.
    ``doses``: the session's steroids and local anaesthetics against their most, a line each.
    ``steroid_year``: the steroid of the twelve months before, and what this session adds.
    """

    card: SafetyCard | None = None
    asks: tuple[LogAsk, ...] = ()
    steps: tuple[SiteStep, ...] = ()
    doses: tuple[str, ...] = ()
    steroid_year: str = ""
