"""A pack in short: how many of each kind of session, and what the next one needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clinicdesk.domain.rows.payers import PackLine, PackSummary
from clinicdesk.domain.translation import _, _n
from clinicdesk.rules.kinds.base import Rule
from clinicdesk.rules.kinds.block import Block
from clinicdesk.rules.kinds.cap import Cap
from clinicdesk.rules.kinds.gap import Gap
from clinicdesk.rules.kinds.prerequisite import Prerequisite
from clinicdesk.rules.kinds.response import SustainedResponse
from clinicdesk.rules.pack import Pack
from clinicdesk.rules.relief import percent
from clinicdesk.rules.selector import SessionKind
from clinicdesk.rules.sessions import Scope

_CAPS = {
    Scope.PATIENT: _("{limit} in {window}, patient"),
    Scope.REGION: _("{limit} in {window}, region"),
    Scope.SPOT: _("{limit} in {window}, site"),
    Scope.MUSCLES: _("{limit} in {window}, body part"),
}


def summary(pack: Pack, on: date) -> PackSummary:
    """What the pack says on a day."""
    rules = [rule for rule in pack.rules if rule.head.in_force(on)]
    lines = (_line(kind, rules) for kind in pack.kinds.values())
    return PackSummary(
        id=pack.id,
        title=pack.title,
        version=pack.version,
        effective_from=pack.effective_from,
        source=pack.source,
        partial=pack.partial,
        lines=tuple(line for line in lines if line is not None),
        rules=len(rules),
        unverified=sum(1 for rule in rules if not rule.head.verified),
    )


def _line(kind: SessionKind, rules: list[Rule]) -> PackLine | None:
    """None for a kind that no cap counts and no wait is for."""
    most: list[str] = []
    asks: list[str] = []
    verified = True
    for rule in rules:
        caps, needs = tuple(_caps(rule, kind)), tuple(_needs(rule, kind))
        most.extend(caps)
        asks.extend(needs)
        if caps or needs:
            verified = verified and rule.head.verified
    if not most and not asks:
        return None
    return PackLine(kind.name, _family(kind), tuple(most), tuple(asks), verified)


def _family(kind: SessionKind) -> str:
    selector = kind.selector
    found = next((key for key in selector.vocabulary.procedures if key in selector.covers), "")
    return selector.vocabulary.procedures[found].family if found else ""


def _caps(rule: Rule, kind: SessionKind) -> Iterator[str]:
    if isinstance(rule, Cap) and rule.sessions.id == kind.id:
        yield _CAPS[rule.scope].format(limit=rule.limit, window=rule.window)


def _needs(rule: Rule, kind: SessionKind) -> Iterator[str]:
    """What the next session of a kind needs, of a rule about such sessions."""
    if isinstance(rule, Prerequisite):
        if rule.applies.covers == kind.selector.covers and rule.applies.intent in (
            None,
            kind.selector.intent,
        ):
            yield _n(
                "{count} block of {relief}", "{count} blocks of {relief}", rule.count
            ).format(count=rule.count, relief=percent(rule.relief))  # fmt: skip
        return
    if not isinstance(rule, SustainedResponse | Gap | Block) or rule.sessions.id != kind.id:
        return
    if isinstance(rule, SustainedResponse):
        yield _("{relief} for {lasting}").format(relief=percent(rule.relief), lasting=rule.lasting)
    elif isinstance(rule, Block):
        yield _("{relief} after the last").format(relief=percent(rule.relief))
        if rule.wait:
            yield _("{wait} apart").format(wait=rule.wait)
    elif rule.failed_wait is not None:
        yield _("{wait} apart, {failed} after one that failed").format(
            wait=rule.wait, failed=rule.failed_wait
        )
    else:
        yield _("{wait} apart").format(wait=rule.wait)
