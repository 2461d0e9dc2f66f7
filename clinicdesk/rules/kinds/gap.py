"""``gap``: a wait after the last session of a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from clinicdesk.rules.calendar import Span, in_words
from clinicdesk.rules.case import Case
from clinicdesk.rules.kinds.base import Head, KindOfRule, Outcome
from clinicdesk.rules.kinds.sessions import Scope, Track, tracks
from clinicdesk.rules.verdict import Status

if TYPE_CHECKING:
    from clinicdesk.rules.pack import Selector, SessionKind


@dataclass(frozen=True)
class Gap:
    """Not before S + wait, where S is the last session in the window before the day."""

    head: Head
    applies: Selector
    wait: Span
    window: Span
    sessions: SessionKind
    scope: Scope

    @property
    def spans(self) -> tuple[Span, ...]:
        return (self.wait, self.window)

    def bind(self, case: Case) -> BoundGap | None:
        if not self.applies.matches(case.plan):
            return None
        return BoundGap(self, tracks(case, self.sessions, self.scope))


@dataclass(frozen=True)
class BoundGap:
    """A gap with the sessions of the case."""

    rule: Gap
    tracks: tuple[Track, ...]

    def status(self, day: date) -> Status | None:
        lasts = [track.last(day, self.rule.window) for track in self.tracks]
        short = any(last is not None and day < self.rule.wait.after(last) for last in lasts)
        return Status.NOT_BEFORE if short else Status.OK

    def outcome(self, day: date) -> Outcome:
        lasts = [
            (last, track.where)
            for track in self.tracks
            if (last := track.last(day, self.rule.window)) is not None
        ]
        return Outcome(
            status=self.status(day) or Status.OK,
            counted=tuple(sorted({last for last, _ in lasts})),
            said=self._said(max(lasts, default=None, key=_first), day),
            until="the next may be on",
        )

    def _said(self, last: tuple[date, str] | None, day: date) -> str:
        rule = self.rule
        if last is None:
            return (
                f"No {rule.sessions.name} session here in the {rule.window} before {in_words(day)}"
            )
        when, where = last
        at = f" at {where}" if where else ""
        over = "are over" if day >= rule.wait.after(when) else "are not over"
        return (
            f"The last {rule.sessions.name} session{at} was on {in_words(when)} and "
            f"{rule.wait} {over} on {in_words(day)}"
        )


def _first(pair: tuple[date, str]) -> date:
    return pair[0]


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Gap:
    return Gap(
        head,
        applies,
        fields["wait"],
        fields["window"],
        fields["sessions"],
        fields["scope"],
    )


KIND = KindOfRule(
    fields={"wait": "span", "window": "span", "sessions": "session", "scope": "scope"},
    build=_build,
)
