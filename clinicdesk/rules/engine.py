"""Evaluates a pack on a case: every finding, the overall status, the first possible day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from clinicdesk.rules.calendar import in_words
from clinicdesk.rules.case import Case
from clinicdesk.rules.kinds.base import Bound, Head
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.verdict import Finding, Status, Verdict, worst

_ONE_DAY = timedelta(days=1)


def evaluate(pack: Pack, case: Case) -> Verdict:
    """The verdict of ``pack`` on ``case``; never raises for a case that was parsed."""
    bound = [(rule.head, b) for rule in pack.rules if (b := rule.bind(case)) is not None]
    days = _candidates(pack, case)
    findings = tuple(
        _finding(head, rule, case.on, days)
        for head, rule in bound
        if rule.status(case.on) is not None
    )
    earliest = _first_free([rule for _, rule in bound], days)
    return Verdict(worst(finding.status for finding in findings), earliest, findings)


def _finding(head: Head, rule: Bound, on: date, days: tuple[date, ...]) -> Finding:
    outcome = rule.outcome(on)
    blocked = outcome.status is Status.NOT_BEFORE
    earliest = _first_free([rule], days) if blocked else None
    tail = f"; {outcome.until} {in_words(earliest)}" if earliest else ""
    return Finding(
        rule=head.id,
        title=head.title,
        status=outcome.status,
        earliest=earliest,
        counted=outcome.counted,
        message=f"{outcome.said}{tail}.",
        source=head.source,
        verified=head.verified,
        used=outcome.used,
        allowed=outcome.allowed,
        window_start=outcome.window_start,
    )


def _candidates(pack: Pack, case: Case) -> tuple[date, ...]:
    """Every day from ``on`` on which an answer may turn better, ascending.

    Answers change only when an entry's day is reached or passed, or when a rule's
    duration after it ends. Month ends clamp, so a day may leave a window one day
    after day + n months (29 February): that day is a candidate too.
    """
    days = {case.on}
    for entry in {item.date for item in case.history}:
        days.update((entry, entry + _ONE_DAY))
        for span in pack.spans:
            end = span.after(entry)
            days.update((end, end + _ONE_DAY))
    return tuple(sorted(day for day in days if day >= case.on))


def _first_free(rules: Iterable[Bound], days: tuple[date, ...]) -> date:
    """The first of ``days`` on which none of ``rules`` says ``not-before``."""
    every = tuple(rules)
    for day in days:
        if all(rule.status(day) is not Status.NOT_BEFORE for rule in every):
            return day
    raise AssertionError("after every window has passed nothing can be not-before")
