"""The statements of the contract's pack for ``reference_verdict``: cap, gap, block, response."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from support.reference_facts import (
    Act,
    Case,
    Scope,
    Session,
    block_relief,
    plus,
    sustained_relief,
)

NOT_BEFORE, NEEDS_REASON, CANNOT, OK = "not-before", "needs-reason", "cannot-determine", "ok"
WORST_FIRST = [NOT_BEFORE, NEEDS_REASON, CANNOT, OK]


@dataclass(frozen=True)
class Answer:
    """What a rule says of one scope, or over all of them."""

    status: str
    counted: frozenset[date] = frozenset()


def worst(statuses: Iterable[str]) -> str:
    return min(statuses, key=WORST_FIRST.index, default=OK)


def over(answers: Iterable[Answer]) -> Answer:
    """Over several regions or spots: the worst status, and every day that counted."""
    found = list(answers)
    return Answer(worst(a.status for a in found), frozenset().union(*(a.counted for a in found)))


def reason_if(needed: bool) -> Answer:
    return Answer(NEEDS_REASON if needed else OK)


class Day:
    """The case as it stands with the planned session moved to day D."""

    def __init__(self, case: Case, day: date) -> None:
        self.case, self.day, self.plan = case, day, case.plan
        self.procedure, self.group = case.plan.procedure, case.plan.group
        self.diagnostic = case.plan.intent == "diagnostic"
        self.with_steroids = bool(case.plan.steroids)

    def regions(self) -> list[Scope]:
        return [("region", name) for name in sorted(self.plan.regions)]

    def spots(self) -> list[Scope]:
        return [("spot", spot) for spot in sorted(self.plan.spots)]

    def before(self, kind: str, scope: Scope, reach: str | None) -> list[Session]:
        """Sessions with D - reach < d < D; with no reach all before D, however old."""
        start = date.min if reach is None else plus(self.day, f"-{reach}")
        return [s for s in self.case.sessions(kind, scope) if start < s.date < self.day]

    def last(self, kind: str, scope: Scope, reach: str = "12 months") -> Session | None:
        return max(self.before(kind, scope, reach), key=lambda s: s.date, default=None)

    def session_on_day(self) -> list[Act]:
        """The plan with all entries of its group dated D."""
        same = [e for e in self.case.entries if e.date == self.day and e.group == self.group]
        return [self.plan, *same]


# The statements


def cap(d: Day, scope: Scope, n: int, kind: str) -> Answer:
    days = frozenset(s.date for s in d.before(kind, scope, "12 months"))
    return Answer(NOT_BEFORE if len(days) >= n else OK, days)


def gap(d: Day, scope: Scope, wait: str, kind: str) -> Answer:
    s = d.last(kind, scope)
    if s is None:
        return Answer(OK)
    return Answer(NOT_BEFORE if d.day < plus(s.date, wait) else OK, frozenset({s.date}))


def block(d: Day, scope: Scope, percent: int, kind: str) -> Answer:
    s = d.last(kind, scope)
    if s is None:
        return Answer(OK)
    relief = block_relief(s)
    if relief is None:
        return Answer(CANNOT, frozenset({s.date}))
    good = relief >= Fraction(percent, 100)
    return Answer(OK if good else NEEDS_REASON, frozenset({s.date}))


def response(d: Day, scope: Scope, wait: str, kind: str, reach: str = "12 months") -> Answer:
    """Sustained relief of 50 % for the wait."""
    s = d.last(kind, scope, reach)
    if s is None:
        return Answer(OK)
    sustained = sustained_relief(s, Fraction(50, 100), wait)
    too_soon = d.day < plus(s.date, wait)
    status = {
        "met": OK,
        "failed": NEEDS_REASON,
        "unknown": NOT_BEFORE if too_soon else CANNOT,
    }[sustained]
    return Answer(status, frozenset({s.date}))


def blocks(sessions: list[Session], k: int, percent: int) -> Answer:
    reliefs = [block_relief(s) for s in sessions]
    good = sum(1 for r in reliefs if r is not None and r >= Fraction(percent, 100))
    unknown = sum(1 for r in reliefs if r is None)
    status = OK if good >= k else CANNOT if good + unknown >= k else NEEDS_REASON
    return Answer(status, frozenset(s.date for s in sessions))


def over_a_year(d: Day, kind: str, scopes: list[Scope]) -> Answer:
    """Sessions less than 12 months apart, the last less than that ago, the first longer."""
    found = []
    for scope in scopes:
        course: list[date] = []
        for s in sorted((s.date for s in d.before(kind, scope, None)), reverse=True):
            if plus(course[-1] if course else d.day, "-12 months") < s:
                course.append(s)
            else:
                break
        if course and plus(course[-1], "12 months") < d.day:
            found.append(Answer(NEEDS_REASON, frozenset(course)))
    return over(found)


def guided(d: Day, by: set[str], contrast: bool) -> Answer:
    guidance, given = d.case.guidance, d.case.contrast
    if (guidance is not None and guidance not in by) or (given is not None and given != contrast):
        return Answer(NEEDS_REASON)
    return Answer(CANNOT if guidance is None or given is None else OK)
