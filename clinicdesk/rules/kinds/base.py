"""What every kind of rule offers to the engine and to the reader of packs.

A rule is data; *bound* to a case it has looked up the sessions that concern it,
and answers for any day. Moving the day is cheap, so the engine can try days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from clinicdesk.rules.calendar import Span
from clinicdesk.rules.case import Case
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class Head:
    """What every rule has, whatever its kind.

    Attributes:
        source: document with its number; ``source_date`` when that text was current.
        verified: False where the number still has to be checked in the primary document.
    """

    id: str
    title: str
    source: str
    source_date: str
    effective_from: date
    verified: bool


@dataclass(frozen=True)
class Outcome:
    """A rule's answer on one day.

    Attributes:
        said: the sentence without its full stop.
        until: continues the sentence before the earliest day, where there is one.
    """

    status: Status
    counted: tuple[date, ...]
    said: str
    until: str = ""
    used: int | None = None
    allowed: int | None = None
    window_start: date | None = None


class Bound(Protocol):
    """A rule bound to a case; a ``day`` takes the place of the case's ``on``."""

    def status(self, day: date) -> Status | None:
        """The status on ``day``; None where the rule does not apply to the plan then."""

    def outcome(self, day: date) -> Outcome:
        """The whole answer on ``day``; only asked where the rule applies."""


class Rule(Protocol):
    """A rule of a pack."""

    @property
    def head(self) -> Head: ...

    @property
    def spans(self) -> tuple[Span, ...]:
        """Durations after which this rule's answer may change."""

    def bind(self, case: Case) -> Bound | None:
        """Look the case up; None where the rule never applies to its plan."""


@dataclass(frozen=True)
class KindOfRule:
    """How a kind of rule is written in a pack.

    Attributes:
        fields: key to sort of value: ``count``, ``span``, ``scope`` or ``session``.
        build: makes the rule from its head, its selector and its fields.
    """

    fields: Mapping[str, str]
    build: Callable[[Head, Any, Mapping[str, Any]], Rule]
