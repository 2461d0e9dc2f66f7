"""The engine's answer: findings, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.states import VerdictStatus

Status = VerdictStatus

_RANK = {status: rank for rank, status in enumerate(Status)}


def worst(statuses: Iterable[Status]) -> Status:
    """The first of not-before, needs-reason, cannot-determine, ok; ok of nothing."""
    return min(statuses, key=_RANK.__getitem__, default=Status.OK)


@dataclass(frozen=True)
class Lack:
    """A fact without which a rule cannot decide.

    Attributes:
        what: ``followup``, ``post`` or ``baseline`` (a reading of a past session), ``guidance``
            or ``contrast`` (of the plan), ``steroids`` (of an entry), ``region`` (a muscle that
            the pack does not place), ``ceiling`` (a drug the pack does not class).
        day: of the session concerned; None for the plan.
        entries: ids of that session's entries.
        from_day: of a follow-up the first day on which one would decide; None of all else.
    """

    what: str
    day: date | None = None
    entries: tuple[str, ...] = ()
    from_day: date | None = None


@dataclass(frozen=True)
class Finding:
    """One rule's answer.

    Attributes:
        kind: the rule's kind: ``cap``, ``gap``, ``response``, …
        earliest: only with ``not-before``: first day on which this rule alone no longer says so.
        counted: ascending, each day once.
        verified: whether the rule's number was read in its primary document.
        used, allowed: of a cap, in the fullest of its scopes; of a prerequisite the good blocks
            and how many are asked for.
        window_start: of a cap; the window starts after it.
        leaves: of a cap the session that leaves its window next, and the day it does.
        missing: what a *cannot determine* lacks.
        same_as: the safety checks that speak of the same fact.
        verify_why: of one that is not verified, a sentence: what was read instead.
    """

    rule: str
    kind: str
    title: str
    status: Status
    earliest: date | None
    counted: tuple[date, ...]
    message: str
    source: str
    source_date: str
    verified: bool
    used: int | None = None
    allowed: int | None = None
    window_start: date | None = None
    leaves: tuple[date, date] | None = None
    missing: tuple[Lack, ...] = ()
    same_as: tuple[str, ...] = ()
    verify_why: str = ""

    def to_json(self) -> dict[str, Any]:
        """As the contract writes it; ``earliest`` only where there is one."""
        early = {"earliest": self.earliest.isoformat()} if self.earliest else {}
        return {
            "rule": self.rule,
            "status": self.status.value,
            **early,
            "counted": [day.isoformat() for day in self.counted],
            "message": self.message,
            "source": self.source,
        }


@dataclass(frozen=True)
class Verdict:
    """The answer to a case; ``earliest`` is the first day on which nothing is ``not-before``.

    ``beside``: what the payer asks for besides, and what of it cannot be told; no part of the rest.
    """

    status: Status
    earliest: date
    findings: tuple[Finding, ...]
    beside: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the contract writes it: it knows nothing of what stands beside."""
        return {
            "status": self.status.value,
            "earliest": self.earliest.isoformat(),
            "findings": [finding.to_json() for finding in self.findings],
        }
