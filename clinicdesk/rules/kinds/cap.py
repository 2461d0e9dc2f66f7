"""``cap``: so many sessions of a kind in a rolling window, this one included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.spans import Span, in_words
from clinicdesk.domain.translation import _, _n
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
        return _n(
            "at most {limit} {sessions_name} session in any {window}, this one included",
            "at most {limit} {sessions_name} sessions in any {window}, this one included",
            self.limit,
        ).format(limit=self.limit, sessions_name=self.sessions.name, window=self.window)


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
                            later,
                            _("would be session {count} of {limit} in its {window}").format(
                                count=count, limit=rule.limit, window=rule.window
                            ),
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
            until=_("there is room again on"),
            used=len(fullest.inside),
            allowed=rule.limit,
            window_start=rule.window.before(day),
            leaves=(oldest, leaves(oldest, rule.window)) if oldest else None,
            lacks=_lacks(fullest) if unsure else (),
        )

    def _said(self, count: _Count, day: date) -> str:
        rule, used = self.rule, len(count.inside)
        return _n(
            "{used} of {limit} {sessions} falls in the {window} before {day}",
            "{used} of {limit} {sessions} fall in the {window} before {day}",
            used,
        ).format(
            used=used,
            limit=rule.limit,
            sessions=self._sessions(count),
            window=rule.window,
            day=in_words(day),
        )

    def _unsure(self, count: _Count, day: date) -> str:
        if count.track.where == UNPLACED:
            return _(
                "This pack does not place the planned muscle; {count} "
                "{sessions_name} sessions of any muscle fall in the {window} "
                "before {day}, of {limit} for one part of the body"
            ).format(
                count=len(count.doubtful),
                sessions_name=self.rule.sessions.name,
                window=self.rule.window,
                day=in_words(day),
                limit=self.rule.limit,
            )
        days = ", ".join(in_words(each) for each in count.doubtful)
        return _(
            "{count} of {limit} {sessions} fall in the "
            "{window} before {day}, but this pack does not place the muscles "
            "of {days}"
        ).format(
            count=len(count.inside),
            limit=self.rule.limit,
            sessions=self._sessions(count),
            window=self.rule.window,
            day=in_words(day),
            days=days,
        )

    def _sessions(self, count: _Count) -> str:
        name, where = self.rule.sessions.name, count.track.where
        if self.rule.scope is Scope.REGION:
            return _("{where} {name} sessions").format(where=where, name=name)
        return (
            _("{name} sessions at {where}").format(name=name, where=where)
            if where
            else _("{name} sessions").format(name=name)
        )


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
    says=_("at most so many sessions of a kind in a rolling window, this one included"),
    fields={"limit": "count", "window": "span", "sessions": "session", "scope": "scope"},
    build=_build,
    decides=True,
)
