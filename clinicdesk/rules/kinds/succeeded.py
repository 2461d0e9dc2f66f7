"""``succeeded``: a reason where the last session of another kind helped; silent without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from clinicdesk.domain.spans import Span, in_words
from clinicdesk.domain.translation import _
from clinicdesk.rules.kinds.base import Contradiction, Head, Judgement, KindOfRule, PerTrack
from clinicdesk.rules.relief import Response, percent, sustained
from clinicdesk.rules.selector import Selector, SessionKind
from clinicdesk.rules.sessions import Past, Scope, Track, turns
from clinicdesk.rules.verdict import Lack, Status


@dataclass(frozen=True)
class Succeeded:
    """A reason where S, the last of ``sessions``, brought ``relief`` for ``lasting``.

    Not known whether it did: cannot be determined. It speaks only of planned scopes that had one
    in the window.
    """

    head: Head
    applies: Selector
    relief: Fraction
    lasting: Span
    window: Span
    sessions: SessionKind
    scope: Scope

    def bind(self, past: Past) -> BoundSucceeded:
        return BoundSucceeded(past.tracks(self.sessions, self.scope), self, past)

    def terms(self) -> str:
        return _(
            "a reason where the last {sessions_name} session brought {relief} relief for {lasting}"
        ).format(
            sessions_name=self.sessions.name, relief=percent(self.relief), lasting=self.lasting
        )


@dataclass
class BoundSucceeded(PerTrack):
    """A succeeded rule with the sessions of the case."""

    rule: Succeeded
    past: Past

    def status(self, day: date) -> Status | None:
        return super().status(day) if self.judged(day) else None

    def judged(self, day: date) -> tuple[Judgement, ...]:
        if day not in self._kept:
            lasts = [(track, track.last(day, self.rule.window)) for track in self.tracks]
            self._kept[day] = tuple(self._judge(track, last) for track, last in lasts if last)
        return self._kept[day]

    def _judge(self, track: Track, last: date) -> Judgement:
        rule = self.rule
        until = rule.lasting.after(last)
        held = sustained(self.past.readings(track.entries[last]), rule.relief, until)
        name = track.placed(
            _("The {sessions_name} session of {last}").format(
                sessions_name=rule.sessions.name, last=in_words(last)
            )
        )
        wanted = _("{relief} relief for {lasting}").format(
            relief=percent(rule.relief), lasting=rule.lasting
        )
        if held.response is Response.MET:
            said = _("{name} brought {wanted}: say why it is done all the same")
            return Judgement(
                Status.NEEDS_REASON, said.format(name=name, wanted=wanted), counted=(last,)
            )
        if held.response is Response.FAILED:
            said = _("{name} did not bring {wanted}")
            return Judgement(Status.OK, said.format(name=name, wanted=wanted), counted=(last,))
        entries = tuple(entry.id for entry in track.entries[last])
        lack = Lack(held.lacks, last, entries, until if held.lacks == "followup" else None)
        return Judgement(
            Status.CANNOT_DETERMINE,
            _("{name} has no score that shows whether it brought {wanted}").format(
                name=name, wanted=wanted
            ),
            counted=(last,),
            lacks=(lack,),
        )

    def turns(self) -> Iterable[date]:
        for track in self.tracks:
            yield from turns(track.days, self.rule.window)


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Succeeded:
    if not fields["lasting"].shorter_than(fields["window"]):
        raise Contradiction(
            "lasting", _("must be shorter than the window, else it is never asked.")
        )
    return Succeeded(
        head,
        applies,
        fields["relief"],
        fields["lasting"],
        fields["window"],
        fields["sessions"],
        fields["scope"],
    )


KIND = KindOfRule(
    says=_("a reason where the last session of another kind helped"),
    fields={
        "relief": "percent",
        "lasting": "span",
        "window": "span",
        "sessions": "session",
        "scope": "scope",
    },
    build=_build,
)
