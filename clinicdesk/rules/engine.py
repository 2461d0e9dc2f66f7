"""Evaluates a pack on a case: every finding, the overall status, the first possible day.

The first day is computed, not stepped to: a rule that blocks a day names the days on
which it may stop, and only these are tried. Every day passed over is blocked by the
rule that was asked, so the day found is the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from clinicdesk.domain.spans import in_words
from clinicdesk.rules.answers import Bound, Head
from clinicdesk.rules.case import Case
from clinicdesk.rules.kinds.base import Rule
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.sessions import Past
from clinicdesk.rules.verdict import Finding, Status, Verdict, worst

_ONE_DAY = timedelta(days=1)


class _Asked:
    """A rule bound to the case, with the days between which it is in force."""

    def __init__(self, head: Head, bound: Bound) -> None:
        self.head = head
        self.bound = bound
        self._turns: list[date] | None = None

    def status(self, day: date) -> Status | None:
        """None where the rule does not speak on ``day``."""
        return self.bound.status(day) if self.head.in_force(day) else None

    def turns(self) -> list[date]:
        """Days on which its answer may change, ascending."""
        if self._turns is None:
            found = set(self.bound.turns())
            if self.head.begins is not None:
                found.add(self.head.begins)
            if self.head.effective_to is not None:
                found.add(self.head.effective_to + _ONE_DAY)
            self._turns = sorted(found)
        return self._turns

    def free_after(self, day: date) -> date:
        """The first day after a blocked ``day`` on which it no longer blocks."""
        for turn in self.turns():
            if turn > day and self.status(turn) is not Status.NOT_BEFORE:
                return turn
        raise AssertionError("after every window has passed nothing can be not-before")


def evaluate(pack: Pack, case: Case) -> Verdict:
    """The verdict of ``pack`` on ``case``; never raises for a case that was parsed."""
    asked = _bind(pack, case)
    findings = _findings(asked, case.on)
    earliest = _first_free(asked, case.on)
    beside = _findings(_bind_beside(pack, case), case.on)
    return Verdict(
        worst(finding.status for finding in findings),
        earliest,
        findings,
        tuple(finding for finding in beside if finding.status is not Status.OK),
    )


def next_turn(pack: Pack, case: Case, after: date) -> date | None:
    """The first day after ``after`` on which time alone may change a finding; None: never.

    What stands beside the verdict included.
    """
    asked = chain(_bind(pack, case), _bind_beside(pack, case))
    turns = chain.from_iterable(rule.turns() for rule in asked)
    return min((day for day in turns if day > after), default=None)


def possible_since(pack: Pack, case: Case, after: date) -> date:
    """Since when a session has been possible without a break, on ``case.on``, which is free.

    As it could be known on each day: a score counts from the day it was taken on. The days up to
    ``after``, that of the session before, are not looked at.
    """
    first, known = after + _ONE_DAY, {reading.date for reading in case.readings}
    days = {first, *known}
    for rule in _bind(pack, case):
        days.update(rule.turns())
    since, read = first, -1
    asked: list[_Asked] = []
    for day in sorted((day for day in days if first <= day <= case.on), reverse=True):
        readings = tuple(reading for reading in case.readings if reading.date <= day)
        if len(readings) != read:
            read, asked = len(readings), _bind(pack, replace(case, readings=readings))
        if any(rule.status(day) is Status.NOT_BEFORE for rule in asked):
            return since
        since = day
    return since


def _bind(pack: Pack, case: Case) -> list[_Asked]:
    return _bound(pack.rules, pack, case)


def _bind_beside(pack: Pack, case: Case) -> list[_Asked]:
    return _bound(pack.beside, pack, case)


def _bound(rules: Sequence[Rule], pack: Pack, case: Case) -> list[_Asked]:
    past = Past(case, pack.vocabulary, pack.muscles)
    for rule in rules:
        if rule.applies.matches(case.plan):
            past.bound.append((rule.head, rule.bind(past)))
    return [_Asked(head, bound) for head, bound in past.bound]


def _findings(asked: Sequence[_Asked], on: date) -> tuple[Finding, ...]:
    return tuple(_finding(rule, on) for rule in asked if rule.status(on) is not None)


def _finding(rule: _Asked, on: date) -> Finding:
    head, outcome = rule.head, rule.bound.outcome(on)
    blocked = outcome.status is Status.NOT_BEFORE
    earliest = rule.free_after(on) if blocked else None
    tail = f"; {outcome.until} {in_words(earliest)}" if earliest else ""
    return Finding(
        rule=head.id,
        kind=head.kind,
        title=head.title,
        status=outcome.status,
        earliest=earliest,
        counted=outcome.counted,
        message=f"{outcome.said}{tail}.",
        source=head.source,
        source_date=head.source_date,
        verified=head.verified,
        used=outcome.used,
        allowed=outcome.allowed,
        window_start=outcome.window_start,
        leaves=outcome.leaves,
        missing=outcome.lacks,
        same_as=head.same_as,
        verify_why=head.verify_why,
    )


def _first_free(rules: Sequence[_Asked], on: date) -> date:
    """The first day from ``on`` on which none of ``rules`` says ``not-before``."""
    day = on
    while True:
        blocking = next((r for r in rules if r.status(day) is Status.NOT_BEFORE), None)
        if blocking is None:
            return day
        day = blocking.free_after(day)
