"""``gap``: a wait after the last session of a kind; a shorter one after a failed session."""

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
from clinicdesk.rules.relief import Response, percent, sustained
from clinicdesk.rules.selector import Selector, SessionKind
from clinicdesk.rules.sessions import Past, Scope, Track, nearing, turns
from clinicdesk.rules.verdict import Status


@dataclass(frozen=True)
class Gap:
    """Not before S + wait, where S is the last session in the window before the day.

    ``failed_wait`` takes the place of ``wait`` where relief of ``relief`` did not hold for it.
    """

    head: Head
    applies: Selector
    wait: Span
    window: Span
    sessions: SessionKind
    scope: Scope
    failed_wait: Span | None
    relief: Fraction | None

    def bind(self, past: Past) -> BoundGap:
        return BoundGap(past.tracks(self.sessions, self.scope), self, past)

    def terms(self) -> str:
        text = _("not before {wait} after the last {sessions_name} session").format(
            wait=self.wait, sessions_name=self.sessions.name
        )
        if self.failed_wait is None or self.relief is None:
            return text
        return _("{text}; {failed_wait} where it brought less than {relief} relief").format(
            text=text, failed_wait=self.failed_wait, relief=percent(self.relief)
        )


_SAID = {
    (False, False): _("The last {session} was on {last} and {wait} are not over on {day}"),
    (False, True): _("The last {session} was on {last} and {wait} are over on {day}"),
    (True, False): _(
        "The last {session} was on {last}, which did not help enough, "
        "and {wait} are not over on {day}"
    ),
    (True, True): _(
        "The last {session} was on {last}, which did not help enough, and {wait} are over on {day}"
    ),
}
"""By whether the last one failed, and whether the wait is over."""


@dataclass
class BoundGap(PerTrack):
    """A gap with the sessions of the case."""

    rule: Gap
    past: Past

    def judge(self, track: Track, day: date) -> Judgement:
        rule = self.rule
        last = track.last(day, rule.window)
        if last is None:
            return no_session(rule.sessions.name, track, rule.window, day)
        wait, failed = self._wait(track, last)
        free = wait.after(last)
        status = Status.NOT_BEFORE if day < free else Status.OK
        return Judgement(
            status,
            _SAID[failed, day >= free].format(
                session=track.placed(_("{name} session").format(name=rule.sessions.name)),
                last=in_words(last),
                wait=wait,
                day=in_words(day),
            ),
            (last,),
            _("the next may be on"),
            free,
        )

    def _wait(self, track: Track, last: date) -> tuple[Span, bool]:
        rule = self.rule
        if rule.failed_wait is None or rule.relief is None:
            return rule.wait, False
        readings = self.past.readings(track.entries[last])
        held = sustained(readings, rule.relief, rule.wait.after(last))
        failed = held.response is Response.FAILED
        return (rule.failed_wait if failed else rule.wait), failed

    def turns(self) -> Iterable[date]:
        rule = self.rule
        shorter = () if rule.failed_wait is None else (rule.failed_wait,)
        for track in self.tracks:
            yield from turns(track.days, rule.wait, rule.window, *shorter)

    def nearing(self) -> Iterable[date]:
        return nearing(self.tracks, self.rule.wait)

    def ahead(self, day: date) -> Iterable[Later]:
        return too_soon(self.tracks, day, self.rule.wait)


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> Gap:
    failed, relief = fields["failed_wait"], fields["relief"]
    if (failed is None) != (relief is None):
        raise Contradiction(
            "failed_wait" if failed else "relief",
            _("“failed_wait” and “relief” go together: the shorter wait, and below which relief."),
        )
    if not fields["wait"].shorter_than(fields["window"]):
        raise Contradiction("wait", _("must be shorter than the window, else it is never met."))
    if failed is not None and not failed.shorter_than(fields["wait"]):
        raise Contradiction("failed_wait", _("must be shorter than “wait”."))
    return Gap(
        head,
        applies,
        fields["wait"],
        fields["window"],
        fields["sessions"],
        fields["scope"],
        failed,
        relief,
    )


KIND = KindOfRule(
    says=_("a wait after the last session of a kind"),
    fields={
        "wait": "span",
        "window": "span",
        "sessions": "session",
        "scope": "scope",
        "failed_wait": "span?",
        "relief": "percent?",
    },
    build=_build,
    decides=True,
)
