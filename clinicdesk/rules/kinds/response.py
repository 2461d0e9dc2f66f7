"""``response``: relief of the last session must have held for a while."""

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
from clinicdesk.rules.relief import Response, Sustained, percent, sustained
from clinicdesk.rules.selector import Selector, SessionKind
from clinicdesk.rules.sessions import Past, Scope, Track, nearing, turns
from clinicdesk.rules.verdict import Lack, Status


@dataclass(frozen=True)
class SustainedResponse:
    """Sustained relief of S: met → ok; failed → a reason; unknown → not before S + lasting.

    ``retry``: a failed one waits so long, and then needs a reason. ``repeats_only``: the rule
    speaks only where a planned scope had a session in the window, and only of those scopes.
    """

    head: Head
    applies: Selector
    relief: Fraction
    lasting: Span
    window: Span
    sessions: SessionKind
    scope: Scope
    retry: Span | None
    repeats_only: bool

    def bind(self, past: Past) -> BoundResponse:
        return BoundResponse(past.tracks(self.sessions, self.scope), self, past)

    def terms(self) -> str:
        text = _(
            "the last {sessions_name} session brought {relief} relief for "
            "{lasting}; otherwise a reason"
        ).format(
            sessions_name=self.sessions.name, relief=percent(self.relief), lasting=self.lasting
        )
        return (
            _("{text}, and not before {retry} after it").format(text=text, retry=self.retry)
            if self.retry
            else text
        )


@dataclass
class BoundResponse(PerTrack):
    """A response rule with the sessions of the case."""

    rule: SustainedResponse
    past: Past

    def __post_init__(self) -> None:
        self._held: dict[tuple[str, date], Sustained] = {}

    def status(self, day: date) -> Status | None:
        if self.rule.repeats_only and not any(
            track.last(day, self.rule.window) for track in self.tracks
        ):
            return None
        return super().status(day)

    def judge(self, track: Track, day: date) -> Judgement:
        rule = self.rule
        last = track.last(day, rule.window)
        if last is None:
            return no_session(rule.sessions.name, track, rule.window, day)
        held = self._sustained(track, last)
        name = track.placed(
            _("The {sessions_name} session of {last}").format(
                sessions_name=rule.sessions.name, last=in_words(last)
            )
        )
        if held.response is Response.MET:
            return Judgement(Status.OK, f"{name} {self._brought(held)}", (last,))
        if held.response is Response.FAILED:
            return self._failed(name, last, held, day)
        return self._unknown(name, track, last, held, day)

    def _sustained(self, track: Track, last: date) -> Sustained:
        key = (track.where, last)
        if key not in self._held:
            readings = self.past.readings(track.entries[last])
            until = self.rule.lasting.after(last)
            self._held[key] = sustained(readings, self.rule.relief, until)
        return self._held[key]

    def _brought(self, held: Sustained) -> str:
        assert held.relief is not None
        assert held.day is not None
        relief = _("{relief} relief ({scale})").format(
            relief=percent(held.relief), scale=held.scale
        )
        wanted = _("{relief} for {lasting}").format(
            relief=percent(self.rule.relief), lasting=self.rule.lasting
        )
        return _("still brought {relief} on {day}, of {wanted} asked").format(
            relief=relief, day=in_words(held.day), wanted=wanted
        )

    def _failed(self, name: str, last: date, held: Sustained, day: date) -> Judgement:
        assert held.day is not None
        rule = self.rule
        said = _("{name} brought {little} by {day}").format(
            name=name, little=_little(held), day=in_words(held.day)
        )
        if rule.retry is not None and day < rule.retry.after(last):
            return Judgement(
                Status.NOT_BEFORE,
                _("{said}, and {retry} are not over on {day}").format(
                    said=said, retry=rule.retry, day=in_words(day)
                ),
                (last,),
                _("another approach, level or drug may be tried on"),
                rule.retry.after(last),
            )
        asked = (
            _("{said}, not {relief} for {lasting}; another approach, level or drug needs a reason")
            if rule.retry
            else _("{said}, not {relief} for {lasting}")
        ).format(said=said, relief=percent(rule.relief), lasting=rule.lasting)
        return Judgement(Status.NEEDS_REASON, asked, (last,))

    def _unknown(
        self, name: str, track: Track, last: date, held: Sustained, day: date
    ) -> Judgement:
        rule = self.rule
        until = rule.lasting.after(last)
        wanted = _("{relief} relief for {lasting}").format(
            relief=percent(rule.relief), lasting=rule.lasting
        )
        if day < until:
            return Judgement(
                Status.NOT_BEFORE,
                _("{name} has not yet shown {wanted} on {day}").format(
                    name=name, wanted=wanted, day=in_words(day)
                ),
                (last,),
                _("it can be judged on"),
                until,
            )
        entries = tuple(entry.id for entry in track.entries[last])
        return Judgement(
            Status.CANNOT_DETERMINE,
            f"{name} {_missing(held, wanted)}",
            (last,),
            lacks=(Lack(held.lacks, last, entries, until if held.lacks == "followup" else None),),
        )

    def turns(self) -> Iterable[date]:
        rule = self.rule
        spans = [rule.lasting, rule.window, *([rule.retry] if rule.retry else [])]
        for track in self.tracks:
            yield from turns(track.days, *spans)

    def nearing(self) -> Iterable[date]:
        return nearing(self.tracks, self.rule.lasting)

    def ahead(self, day: date) -> Iterable[Later]:
        return too_soon(self.tracks, day, self.rule.lasting)


def _little(held: Sustained) -> str:
    """``only 33 % relief (PEG)``: less than was asked."""
    assert held.relief is not None
    relief = (
        _("only {relief} relief").format(relief=percent(held.relief))
        if held.relief > 0
        else _("no relief")
    )
    return f"{relief} ({held.scale})"


def _missing(held: Sustained, wanted: str) -> str:
    if held.lacks == "baseline":
        return _("has no score before it to measure {wanted} from").format(wanted=wanted)
    if held.day is None:
        return _("has no score that shows {wanted}").format(wanted=wanted)
    return _("brought {little} on {day}, and no score shows {wanted}").format(
        little=_little(held), day=in_words(held.day), wanted=wanted
    )


def _build(head: Head, applies: Selector, fields: Mapping[str, Any]) -> SustainedResponse:
    if not fields["lasting"].shorter_than(fields["window"]):
        raise Contradiction(
            "lasting", _("must be shorter than the window, else it is never asked.")
        )
    retry = fields["retry"]
    if retry is not None and not retry.shorter_than(fields["window"]):
        raise Contradiction("retry", _("must be shorter than the window, else it is never met."))
    return SustainedResponse(
        head,
        applies,
        fields["relief"],
        fields["lasting"],
        fields["window"],
        fields["sessions"],
        fields["scope"],
        retry,
        bool(fields["repeats_only"]),
    )


KIND = KindOfRule(
    says=_("relief of the last session held for a while"),
    fields={
        "relief": "percent",
        "lasting": "span",
        "window": "span",
        "sessions": "session",
        "scope": "scope",
        "retry": "span?",
        "repeats_only": "flag?",
    },
    build=_build,
    decides=True,
)
