"""``cap``: so many sessions of a kind in a rolling window, this one included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from clinicdesk.rules.calendar import Span, in_words
from clinicdesk.rules.case import Case
from clinicdesk.rules.kinds.base import Head, KindOfRule, Outcome
from clinicdesk.rules.kinds.sessions import Scope, Track, tracks, union
from clinicdesk.rules.verdict import Status, worst

if TYPE_CHECKING:
    from clinicdesk.rules.pack import Selector, SessionKind


@dataclass(frozen=True)
class Cap:
    """``limit`` or more sessions with day − window < d < day: one more would be too many."""

    head: Head
    applies: Selector
    limit: int
    window: Span
    sessions: SessionKind
    scope: Scope

    @property
    def spans(self) -> tuple[Span, ...]:
        return (self.window,)

    def bind(self, case: Case) -> BoundCap | None:
        if not self.applies.matches(case.plan):
            return None
        return BoundCap(self, tracks(case, self.sessions, self.scope))


@dataclass(frozen=True)
class BoundCap:
    """A cap with the sessions of the case."""

    rule: Cap
    tracks: tuple[Track, ...]

    def status(self, day: date) -> Status | None:
        full = any(self._count(track, day) >= self.rule.limit for track in self.tracks)
        return Status.NOT_BEFORE if full else Status.OK

    def _count(self, track: Track, day: date) -> int:
        return len(track.in_window(day, self.rule.window))

    def outcome(self, day: date) -> Outcome:
        rule = self.rule
        inside = [track.in_window(day, rule.window) for track in self.tracks]
        used, where = max(
            ((len(days), track.where) for days, track in zip(inside, self.tracks, strict=True)),
            key=_first,
            default=(0, ""),
        )
        status = worst([self.status(day) or Status.OK])
        return Outcome(
            status=status,
            counted=union(inside),
            said=self._said(used, where, day),
            until="there is room again on",
            used=used,
            allowed=rule.limit,
            window_start=rule.window.before(day),
        )

    def _said(self, used: int, where: str, day: date) -> str:
        rule = self.rule
        if rule.scope is Scope.REGION:
            sessions = f"{where} {rule.sessions.name} sessions"
        elif where:
            sessions = f"{rule.sessions.name} sessions at {where}"
        else:
            sessions = f"{rule.sessions.name} sessions"
        verb = "falls" if used == 1 else "fall"
        return (
            f"{used} of {rule.limit} {sessions} {verb} in the {rule.window} before {in_words(day)}"
        )


def _first(pair: tuple[int, str]) -> int:
    return pair[0]


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Cap:
    return Cap(
        head, applies, fields["limit"], fields["window"], fields["sessions"], fields["scope"]
    )


KIND = KindOfRule(
    fields={"limit": "count", "window": "span", "sessions": "session", "scope": "scope"},
    build=_build,
)
