"""What a rule answers on a day, and what the engine may ask of a rule bound to a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from clinicdesk.rules.verdict import Lack, Status


@dataclass(frozen=True)
class Head:
    """What every rule has, whatever its kind.

    Attributes:
        source: document with its number; ``source_date`` when that text was current.
        effective_from, effective_to: the days the text holds; None: no end is known.
        begins: before this day the rule does not speak; None where it speaks for all earlier
            days too, because no older text is known.
        verified: False where the number still has to be checked in the primary document.
        same_as: the safety checks that speak of the same fact, whoever pays.
        verify_why: of one that is not verified: what was read in place of that document.
    """

    id: str
    kind: str
    title: str
    source: str
    source_date: str
    effective_from: date
    effective_to: date | None
    begins: date | None
    verified: bool
    same_as: tuple[str, ...] = ()
    verify_why: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the rule speaks on ``day``."""
        return (self.begins is None or day >= self.begins) and (
            self.effective_to is None or day <= self.effective_to
        )


@dataclass(frozen=True)
class Outcome:
    """A rule's answer on one day.

    Attributes:
        said: the sentence without its full stop.
        until: continues the sentence before the earliest day, where there is one.
        used, allowed, window_start: of a cap in the fullest of its scopes; of a prerequisite
            the good blocks and how many are asked for.
        leaves: of a cap the session that leaves the window next, and the day it does.
        lacks: what a *cannot determine* is missing.
    """

    status: Status
    said: str
    counted: tuple[date, ...] = ()
    until: str = ""
    used: int | None = None
    allowed: int | None = None
    window_start: date | None = None
    leaves: tuple[date, date] | None = None
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True)
class Later:
    """A later session that the planned one stands in the way of, and why (a clause)."""

    day: date
    why: str


class Bound(Protocol):
    """A rule bound to a case; a ``day`` takes the place of the case's ``on``."""

    def status(self, day: date) -> Status | None:
        """The status on ``day``; None where the rule does not apply to the plan then."""

    def outcome(self, day: date) -> Outcome:
        """The whole answer on ``day``; only asked where the rule applies."""

    def turns(self) -> Iterable[date]:
        """Every day on which time alone may change the answer (and perhaps others)."""

    def ahead(self, day: date) -> Iterable[Later]:
        """Later sessions that a session on ``day`` would stand in the way of."""

    def nearing(self) -> Iterable[date]:
        """Days on which time alone may change what ``ahead`` names."""
