"""``early``: a reason where the last session is not long ago; never a wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinicdesk.domain.spans import Span, in_words
from clinicdesk.domain.translation import _
from clinicdesk.rules.kinds.base import (
    Head,
    Judgement,
    KindOfRule,
    Later,
    PerTrack,
    no_session,
    too_soon,
)
from clinicdesk.rules.selector import Selector, SessionKind
from clinicdesk.rules.sessions import Past, Scope, Track, nearing, turns
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class Early:
    """A reason before S + ``within``: an interval that a source names without forbidding less.

    ``because`` says what the interval is (``the policy's time between two``).
    """

    head: Head
    applies: Selector
    within: Span
    sessions: SessionKind
    scope: Scope
    because: str

    def bind(self, past: Past) -> BoundEarly:
        return BoundEarly(past.tracks(self.sessions, self.scope), self, past)

    def terms(self) -> str:
        return _("a reason within {within} after the last {sessions_name} session").format(
            within=self.within, sessions_name=self.sessions.name
        )


@dataclass
class BoundEarly(PerTrack):
    """An early rule with the sessions of the case."""

    rule: Early
    past: Past

    def judge(self, track: Track, day: date) -> Judgement:
        rule = self.rule
        last = max(track.before(day), default=None)
        if last is None or day >= rule.within.after(last):
            return no_session(rule.sessions.name, track, rule.within, day)
        return Judgement(
            Status.NEEDS_REASON,
            _(
                "The last {session} was on {last}, less than {within} before {day} ({because}): "
                "a reason is needed"
            ).format(
                session=track.placed(_("{name} session").format(name=rule.sessions.name)),
                last=in_words(last),
                within=rule.within,
                day=in_words(day),
                because=rule.because,
            ),
            (last,),
        )

    def turns(self) -> Iterable[date]:
        for track in self.tracks:
            yield from turns(track.days, self.rule.within)

    def nearing(self) -> Iterable[date]:
        return nearing(self.tracks, self.rule.within)

    def ahead(self, day: date) -> Iterable[Later]:
        return too_soon(self.tracks, day, self.rule.within)


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Early:
    return Early(
        head,
        applies,
        fields["within"],
        fields["sessions"],
        fields["scope"],
        fields["because"].rstrip("."),
    )


KIND = KindOfRule(
    says=_("a reason where the last session of a kind is not long ago"),
    fields={"within": "span", "sessions": "session", "scope": "scope", "because": "text"},
    build=_build,
)
