"""``cap``: so many sessions of a kind in a rolling window, this one included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.spans import Span, in_words
from clinicdesk.rules.kinds.base import Head, KindOfRule, Later, Outcome
from clinicdesk.rules.selector import Selector, SessionKind
from clinicdesk.rules.sessions import (
    UNPLACED,
    Past,
    Scope,
    Track,
    leaves,
    nearing,
    turns,
    union,
    within,
)
from clinicdesk.rules.verdict import Lack, Status, worst


@dataclass(frozen=True)
class Cap:
    """``limit`` or more sessions with day − window < d < day: one more would be too many."""

    head: Head
    applies: Selector
    limit: int
    window: Span
    sessions: SessionKind
    scope: Scope

    def bind(self, past: Past) -> BoundCap:
        return BoundCap(self, past.tracks(self.sessions, self.scope))

    def terms(self) -> str:
        plural = "" if self.limit == 1 else "s"
        return (
            f"at most {self.limit} {self.sessions.name} session{plural} in any {self.window}, "
            "this one included"
        )


@dataclass(frozen=True)
class _Count:
    """One scope on one day: the days in the window, and those that may be."""

    track: Track
    inside: tuple[date, ...]
    doubtful: tuple[date, ...]

    def status(self, limit: int) -> Status:
        if len(self.inside) >= limit:
            return Status.NOT_BEFORE
        maybe = len(self.inside) + len(self.doubtful)
        return Status.CANNOT_DETERMINE if maybe >= limit else Status.OK


@dataclass(frozen=True)
class BoundCap:
    """A cap with the sessions of the case."""

    rule: Cap
    tracks: tuple[Track, ...]

    def _counts(self, day: date) -> list[_Count]:
        window = self.rule.window
        return [
            _Count(track, track.in_window(day, window), within(track.doubtful, day, window))
            for track in self.tracks
        ]

    def status(self, day: date) -> Status | None:
        return worst(count.status(self.rule.limit) for count in self._counts(day))

    def turns(self) -> Iterable[date]:
        for track in self.tracks:
            yield from turns((*track.days, *track.doubtful), self.rule.window)

    def nearing(self) -> Iterable[date]:
        return nearing(self.tracks, self.rule.window)

    def ahead(self, day: date) -> Iterable[Later]:
        rule = self.rule
        for track in self.tracks:
            for later in track.after(day):
                if day > rule.window.before(later):
                    count = len({*track.in_window(later, rule.window), later, day})
                    if count > rule.limit:
                        yield Later(
                            later, f"would be session {count} of {rule.limit} in its {rule.window}"
                        )

    def outcome(self, day: date) -> Outcome:
        rule = self.rule
        counts = self._counts(day)
        status = worst(count.status(rule.limit) for count in counts)
        fullest = max((c for c in counts if c.status(rule.limit) is status), key=_size)
        oldest = next(iter(fullest.inside), None)
        unsure = status is Status.CANNOT_DETERMINE
        return Outcome(
            status=status,
            said=self._unsure(fullest, day) if unsure else self._said(fullest, day),
            counted=union(count.inside for count in counts),
            until="there is room again on",
            used=len(fullest.inside),
            allowed=rule.limit,
            window_start=rule.window.before(day),
            leaves=(oldest, leaves(oldest, rule.window)) if oldest else None,
            lacks=_lacks(fullest) if unsure else (),
        )

    def _said(self, count: _Count, day: date) -> str:
        rule, used = self.rule, len(count.inside)
        verb = "falls" if used == 1 else "fall"
        return (
            f"{used} of {rule.limit} {self._sessions(count)} {verb} in the {rule.window} "
            f"before {in_words(day)}"
        )

    def _unsure(self, count: _Count, day: date) -> str:
        if count.track.where == UNPLACED:
            return (
                f"This pack does not place the planned muscle; {len(count.doubtful)} "
                f"{self.rule.sessions.name} sessions of any muscle fall in the {self.rule.window} "
                f"before {in_words(day)}, of {self.rule.limit} for one part of the body"
            )
        days = ", ".join(in_words(each) for each in count.doubtful)
        return (
            f"{len(count.inside)} of {self.rule.limit} {self._sessions(count)} fall in the "
            f"{self.rule.window} before {in_words(day)}, but this pack does not place the muscles "
            f"of {days}"
        )

    def _sessions(self, count: _Count) -> str:
        name, where = self.rule.sessions.name, count.track.where
        if self.rule.scope is Scope.REGION:
            return f"{where} {name} sessions"
        return f"{name} sessions at {where}" if where else f"{name} sessions"


def _lacks(count: _Count) -> tuple[Lack, ...]:
    """The part of the body of the planned muscle, or of those of the doubtful days."""
    if count.track.where == UNPLACED:
        return (Lack("region"),)
    return tuple(Lack("region", day) for day in count.doubtful)


def _size(count: _Count) -> int:
    return len(count.inside)


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Cap:
    return Cap(
        head, applies, fields["limit"], fields["window"], fields["sessions"], fields["scope"]
    )


KIND = KindOfRule(
    says="at most so many sessions of a kind in a rolling window, this one included",
    fields={"limit": "count", "window": "span", "sessions": "session", "scope": "scope"},
    build=_build,
)
