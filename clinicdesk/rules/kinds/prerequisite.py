"""``prerequisite``: so many earlier blocks that helped enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from clinicdesk.domain.spans import Span, in_words
from clinicdesk.domain.translation import _, _n
from clinicdesk.rules.kinds.base import (
    Contradiction,
    Head,
    Judgement,
    KindOfRule,
    PerTrack,
)
from clinicdesk.rules.kinds.block import lack_of_block
from clinicdesk.rules.relief import block_relief, percent
from clinicdesk.rules.selector import Selector, SessionKind
from clinicdesk.rules.sessions import Past, Scope, Track, turns, within
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class Prerequisite:
    """``count`` sessions with block relief of at least ``relief`` before the day.

    Attributes:
        window: how old they may be; None: however old.
        in_a_row: only the last ``count`` of them are weighed: none of these may have failed.
        unless: kind of session that makes it unnecessary when a planned scope had one within
            ``unless_window``; older ones of it start the count anew.
    """

    head: Head
    applies: Selector
    count: int
    relief: Fraction
    sessions: SessionKind
    scope: Scope
    window: Span | None
    unless: SessionKind | None
    unless_window: Span | None
    in_a_row: bool = False

    def bind(self, past: Past) -> BoundPrerequisite:
        done = past.tracks(self.unless, self.scope) if self.unless else ()
        return BoundPrerequisite(past.tracks(self.sessions, self.scope), self, past, done)

    def terms(self) -> str:
        text = (
            _("the last {count} {sessions_name} sessions, each with {relief} relief or more")
            if self.in_a_row
            else _n(
                "{count} {sessions_name} session with {relief} relief or more",
                "{count} {sessions_name} sessions, each with {relief} relief or more",
                self.count,
            )
        ).format(count=self.count, sessions_name=self.sessions.name, relief=percent(self.relief))
        if self.window is not None:
            text = _("{text}, within {window}").format(text=text, window=self.window)
        if self.unless is not None:
            text = _("{text}; not asked within {unless_window} after {unless_name}").format(
                text=text, unless_window=self.unless_window, unless_name=self.unless.name
            )
        return _("{text}; otherwise a reason").format(text=text)


@dataclass
class BoundPrerequisite(PerTrack):
    """A prerequisite with the sessions of the case; ``done``: those of ``unless``, by scope."""

    rule: Prerequisite
    past: Past
    done: tuple[Track, ...]

    def __post_init__(self) -> None:
        self._relief: dict[tuple[str, date], Fraction | None] = {}

    def status(self, day: date) -> Status | None:
        return super().status(day) if self.judged(day) else None

    def judged(self, day: date) -> tuple[Judgement, ...]:
        if day not in self._kept:
            self._kept[day] = tuple(
                self._judge_since(track, day, since) for track, since in self._asked(day)
            )
        return self._kept[day]

    def _asked(self, day: date) -> Iterable[tuple[Track, date | None]]:
        """The scopes asked about, each with the session of ``unless`` after which it counts."""
        if not self.done:
            yield from ((track, None) for track in self.tracks)
            return
        window = self.rule.unless_window
        assert window is not None
        for track, done in zip(self.tracks, self.done, strict=True):
            if done.last(day, window) is None:
                yield track, max(done.before(day), default=None)

    def _judge_since(self, track: Track, day: date, since: date | None) -> Judgement:
        rule = self.rule
        days = track.before(day) if rule.window is None else within(track.days, day, rule.window)
        if since is not None:
            days = tuple(each for each in days if each > since)
        if rule.in_a_row:
            days = days[-rule.count :]
        reliefs = {each: self._relief_of(track, each) for each in days}
        good = [each for each, relief in reliefs.items() if _enough(relief, rule.relief)]
        unknown = [each for each, relief in reliefs.items() if relief is None]
        judgement = Judgement(
            Status.OK,
            self._said(track, good, unknown, since),
            days,
            used=len(good),
            allowed=rule.count,
        )
        if len(good) >= rule.count:
            return judgement
        if len(good) + len(unknown) >= rule.count:
            lacks = tuple(lack_of_block(self.past, track, each) for each in unknown)
            return replace(judgement, status=Status.CANNOT_DETERMINE, lacks=lacks)
        return replace(judgement, status=Status.NEEDS_REASON)

    def _relief_of(self, track: Track, day: date) -> Fraction | None:
        key = (track.where, day)
        if key not in self._relief:
            readings = self.past.readings(track.entries[day])
            self._relief[key] = block_relief(readings, self.past.vocabulary.pain)
        return self._relief[key]

    def _said(self, track: Track, good: list[date], unknown: list[date], since: date | None) -> str:
        rule = self.rule
        where = f"{track.where}: " if track.where else ""
        pattern = (
            _("{sessions_name} sessions in a row")
            if rule.in_a_row
            else _("{sessions_name} sessions")
        )
        which = pattern.format(sessions_name=rule.sessions.name)
        if since:
            which = _("{sessions} after {since}").format(sessions=which, since=in_words(since))
        if rule.window:
            which = _("{sessions} within {window}").format(sessions=which, window=rule.window)
        days = f" ({', '.join(in_words(day) for day in good)})" if good else ""
        many = (
            f"{len(good)}"
            if len(good) > rule.count
            else _("{count} of {rule_count}").format(count=len(good), rule_count=rule.count)
        )
        text = _("{where}{many} {sessions} brought at least {relief} relief{days}").format(
            where=where,
            many=many,
            sessions=which,
            relief=percent(rule.relief),
            days=days,
        )
        if unknown and len(good) < rule.count:
            days = ", ".join(in_words(day) for day in unknown)
            text = _("{text}; no pain score before and right after that of {days}").format(
                text=text, days=days
            )
        return text

    def turns(self) -> Iterable[date]:
        rule = self.rule
        for track in self.tracks:
            yield from turns(track.days, *([rule.window] if rule.window else []))
        if rule.unless_window is not None:
            for track in self.done:
                yield from turns(track.days, rule.unless_window)


def _enough(relief: Fraction | None, wanted: Fraction) -> bool:
    return relief is not None and relief >= wanted


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Prerequisite:
    unless, window = fields["unless"], fields["unless_window"]
    if (unless is None) != (window is None):
        raise Contradiction(
            "unless" if unless else "unless_window",
            _("“unless” and “unless_window” go together: after what, and for how long."),
        )
    if fields["in_a_row"] and fields["count"] == 1:
        raise Contradiction("in_a_row", _("says nothing of a single one: “count” must be above 1."))
    return Prerequisite(
        head,
        applies,
        fields["count"],
        fields["relief"],
        fields["sessions"],
        fields["scope"],
        fields["window"],
        unless,
        window,
        bool(fields["in_a_row"]),
    )


KIND = KindOfRule(
    says=_("so many earlier blocks helped enough"),
    fields={
        "count": "count",
        "relief": "percent",
        "sessions": "session",
        "scope": "scope",
        "window": "span?",
        "unless": "session?",
        "unless_window": "span?",
        "in_a_row": "flag?",
    },
    build=_build,
)
