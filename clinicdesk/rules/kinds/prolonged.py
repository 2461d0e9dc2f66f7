"""``prolonged``: a reason where sessions have been going on for long; silent before that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.spans import Span, in_words
from clinicdesk.domain.translation import _
from clinicdesk.rules.kinds.base import Head, Judgement, KindOfRule, PerTrack
from clinicdesk.rules.selector import Selector, SessionKind
from clinicdesk.rules.sessions import Past, Scope, Track, turns
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class Prolonged:
    """A reason beyond ``after`` after the first session of a course that is going on.

    A course is sessions each less than ``window`` after the one before it, the last of them less
    than that before the day. ``says`` tells what the reason has to hold.
    """

    head: Head
    applies: Selector
    after: Span
    window: Span
    sessions: SessionKind
    scope: Scope
    says: str

    def bind(self, past: Past) -> BoundProlonged:
        return BoundProlonged(past.tracks(self.sessions, self.scope), self, past)

    def terms(self) -> str:
        return _(
            "a reason beyond {after} after the first of {sessions_name} sessions that follow one "
            "another within {window}: {says}"
        ).format(
            after=self.after,
            sessions_name=self.sessions.name,
            window=self.window,
            says=self.says,
        )


@dataclass
class BoundProlonged(PerTrack):
    """A prolonged rule with the sessions of the case."""

    rule: Prolonged
    past: Past

    def status(self, day: date) -> Status | None:
        found = super().status(day)
        return found if found is not Status.OK else None

    def judge(self, track: Track, day: date) -> Judgement:
        rule = self.rule
        course = self._course(track, day)
        if not course or day <= rule.after.after(course[0]):
            return Judgement(Status.OK, "")
        said = _("{sessions} since {first}, more than {after} before {day}: {says}").format(
            sessions=track.placed(_("{name} sessions").format(name=rule.sessions.name)),
            first=in_words(course[0]),
            after=rule.after,
            day=in_words(day),
            says=rule.says,
        )
        return Judgement(Status.NEEDS_REASON, said[0].upper() + said[1:], course)

    def _course(self, track: Track, day: date) -> tuple[date, ...]:
        """The sessions before ``day`` that follow one another up to it; empty: none is going on."""
        course: list[date] = []
        following = day
        for session in reversed(track.before(day)):
            if session <= self.rule.window.before(following):
                break
            course.append(session)
            following = session
        return tuple(reversed(course))

    def turns(self) -> Iterable[date]:
        for track in self.tracks:
            yield from turns(track.days, self.rule.after, self.rule.window)


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Prolonged:
    return Prolonged(
        head,
        applies,
        fields["after"],
        fields["window"],
        fields["sessions"],
        fields["scope"],
        fields["says"].rstrip("."),
    )


KIND = KindOfRule(
    says=_("a reason where sessions of a kind have been going on for long"),
    fields={
        "after": "span",
        "window": "span",
        "sessions": "session",
        "scope": "scope",
        "says": "text",
    },
    build=_build,
)
