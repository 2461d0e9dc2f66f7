"""A second, slow and obvious repeat-interval verdict for pack ``us-medicare``.

Written from the contract's text alone: one function per row of the pack table, in its order, and
every ``earliest`` found by stepping day by day. It judges the engine in the property tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from support.reference_facts import WHOLE_PATIENT, Case, Scope, plus
from support.reference_rules import RULES
from support.reference_statements import NEEDS_REASON, NOT_BEFORE, Answer, Day, worst


def verdict(case: dict[str, Any]) -> dict[str, Any]:
    """Status, earliest and findings of a well-formed case, without message and source."""
    facts = Case(case)
    asked = dict(_walk(facts))
    today = asked[facts.on]
    findings = []
    for rule, answer in today.items():
        finding: dict[str, Any] = {"rule": rule, "status": answer.status}
        if answer.status == NOT_BEFORE:
            first = next(day for day, then in asked.items() if not _blocked(then.get(rule)))
            finding["earliest"] = first.isoformat()
        finding["counted"] = [day.isoformat() for day in sorted(answer.counted)]
        findings.append(finding)
    return {
        "status": worst(answer.status for answer in today.values()),
        "earliest": max(asked).isoformat(),  # the walk ends on the first free day
        "findings": findings,
    }


def _walk(facts: Case) -> Iterator[tuple[date, dict[str, Answer]]]:
    """Every day from ``on`` with what the rules that apply say on it, up to the first free one."""
    last = max([facts.on, *(e.date for e in facts.entries)])
    promised = plus(last, "12 months") + timedelta(days=1)
    day = facts.on
    while True:
        answers = findings_on(Day(facts, day))
        yield day, answers
        if not any(map(_blocked, answers.values())):
            return
        assert day < promised, "the contract promises a free day by now"
        day += timedelta(days=1)


def _blocked(answer: Answer | None) -> bool:
    return answer is not None and answer.status == NOT_BEFORE


def findings_on(d: Day) -> dict[str, Answer]:
    """What every rule that applies says on day D, in the order of the pack table."""
    found = {name: check(d) for name, (applies, check) in RULES.items() if applies(d)}
    named = later_booked(d)
    return {**found, "later.booked": Answer(NEEDS_REASON, named)} if named else found


# later.booked


def later_booked(d: Day) -> frozenset[date]:
    """The booked sessions that the planned one stands in the way of."""
    return frozenset(_over_the_cap(d)) | frozenset(_too_soon_after(d))


def _later(d: Day, kind: str, scope: Scope) -> list[date]:
    return [s.date for s in d.case.sessions(kind, scope) if s.date > d.day]


def _over_the_cap(d: Day) -> Iterator[date]:
    """Sessions on whose day the plan's cap would be exceeded, this one included."""
    for n, kind, scopes in _caps(d):
        for scope in scopes:
            days = {s.date for s in d.case.sessions(kind, scope)} | {d.day}
            for b in _later(d, kind, scope):
                start = plus(b, "-12 months")
                if start < d.day and len([x for x in days if start < x <= b]) > n:
                    yield b


def _caps(d: Day) -> Iterator[tuple[int, str, list[Scope]]]:
    """The plan's cap: N, kind, scopes."""
    if d.group == "esi":
        yield 4, "esi", d.regions()
    elif d.procedure == "facet.block":
        yield 4, f"{d.plan.intent} facet", d.regions()
    elif d.procedure == "facet.rfa":
        yield 2, "rfa", d.regions()
    elif d.procedure == "sij.injection":
        yield 2 if d.diagnostic else 4, f"{d.plan.intent} sij", [WHOLE_PATIENT]
    elif d.procedure == "tpi":
        yield 3, "tpi", [WHOLE_PATIENT]
    elif d.group == "joint" and d.with_steroids:
        yield 4, "joint", d.spots()


def _too_soon_after(d: Day) -> Iterator[date]:
    """Sessions that would come before this one's wait is over, whatever that rule finds today."""
    for wait, kind, scopes in _waits(d):
        for scope in scopes:
            yield from (b for b in _later(d, kind, scope) if b < plus(d.day, wait))


def _waits(d: Day) -> Iterator[tuple[str, str, list[Scope]]]:
    """The plan's interval: wait, kind, scopes (of rfa.response every planned spot)."""
    if d.group == "esi":
        yield "3 months", "esi", d.regions()
    elif d.procedure == "facet.block":
        yield "14 days" if d.diagnostic else "3 months", f"{d.plan.intent} facet", d.spots()
    elif d.procedure == "facet.rfa":
        yield "6 months", "rfa", d.spots()
    elif d.procedure == "sij.injection" and not d.diagnostic:
        yield "3 months", "therapeutic sij", d.spots()
    elif d.procedure == "tpi":
        yield "6 weeks", "tpi", d.spots()
    elif d.group == "joint" and d.with_steroids:
        yield "3 months", "joint", d.spots()
