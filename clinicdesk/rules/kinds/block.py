"""``block``: the last block of a kind must have helped enough, after a wait where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from clinicdesk.domain.spans import Span, in_words
from clinicdesk.domain.translation import _
from clinicdesk.rules.kinds.base import (
    Contradiction,
    Head,
    Judgement,
    KindOfRule,
    Later,
    PerTrack,
    no_session,
    too_soon,
)
from clinicdesk.rules.relief import baselines, block_relief, percent
from clinicdesk.rules.selector import Selector, SessionKind
from clinicdesk.rules.sessions import Past, Scope, Track, nearing, turns
from clinicdesk.rules.verdict import Lack, Status


@dataclass(frozen=True)
class Block:
    """Block relief of S at least ``relief``; not before S + ``wait`` where one is given."""

    head: Head
    applies: Selector
    relief: Fraction
    window: Span
    sessions: SessionKind
    scope: Scope
    wait: Span | None

    def bind(self, past: Past) -> BoundBlock:
        return BoundBlock(past.tracks(self.sessions, self.scope), self, past)

    def terms(self) -> str:
        text = _(
            "the last {sessions_name} session brought {relief} relief or more; otherwise a reason"
        ).format(sessions_name=self.sessions.name, relief=percent(self.relief))
        return (
            _("{text}; not before {wait} after it").format(text=text, wait=self.wait)
            if self.wait
            else text
        )


@dataclass
class BoundBlock(PerTrack):
    """A block rule with the sessions of the case."""

    rule: Block
    past: Past

    def judge(self, track: Track, day: date) -> Judgement:
        rule = self.rule
        last = track.last(day, rule.window)
        if last is None:
            return no_session(rule.sessions.name, track, rule.window, day)
        name = track.placed(
            _("The {sessions_name} session of {last}").format(
                sessions_name=rule.sessions.name, last=in_words(last)
            )
        )
        if rule.wait is not None and day < rule.wait.after(last):
            return Judgement(
                Status.NOT_BEFORE,
                _("{name} is less than {wait} before {day}").format(
                    name=name, wait=rule.wait, day=in_words(day)
                ),
                (last,),
                _("the next may be on"),
            )
        entries = track.entries[last]
        relief = block_relief(self.past.readings(entries), self.past.vocabulary.pain)
        if relief is None:
            lack = lack_of_block(self.past, track, last)
            return Judgement(
                Status.CANNOT_DETERMINE,
                _("{name} has no pain score before and right after it").format(name=name),
                (last,),
                lacks=(lack,),
            )
        enough = relief >= rule.relief
        verdict = _("at least") if enough else _("below")
        return Judgement(
            Status.OK if enough else Status.NEEDS_REASON,
            _("{name} brought {relief} relief, {verdict} {rule_relief}").format(
                name=name, relief=percent(relief), verdict=verdict, rule_relief=percent(rule.relief)
            ),
            (last,),
        )

    def turns(self) -> Iterable[date]:
        rule = self.rule
        waits = () if rule.wait is None else (rule.wait,)
        for track in self.tracks:
            yield from turns(track.days, rule.window, *waits)

    def nearing(self) -> Iterable[date]:
        return () if self.rule.wait is None else nearing(self.tracks, self.rule.wait)

    def ahead(self, day: date) -> Iterable[Later]:
        return () if self.rule.wait is None else too_soon(self.tracks, day, self.rule.wait)


def lack_of_block(past: Past, track: Track, day: date) -> Lack:
    """What is missing of a block whose relief is not known: the score before it, or after it."""
    entries = track.entries[day]
    usable = any(baselines(past.readings(entries)).values())
    return Lack("post" if usable else "baseline", day, tuple(entry.id for entry in entries))


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Block:
    wait = fields["wait"]
    if wait is not None and not wait.shorter_than(fields["window"]):
        raise Contradiction("wait", _("must be shorter than the window, else it is never met."))
    return Block(
        head,
        applies,
        fields["relief"],
        fields["window"],
        fields["sessions"],
        fields["scope"],
        wait,
    )


KIND = KindOfRule(
    says=_("the last block of a kind helped enough"),
    fields={
        "relief": "percent",
        "window": "span",
        "sessions": "session",
        "scope": "scope",
        "wait": "span?",
    },
    build=_build,
    decides=True,
)
