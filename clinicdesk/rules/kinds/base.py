"""What every kind of rule offers to the engine and to the reader of packs.

A rule is data; *bound* to a case it has looked up the sessions that concern it,
and answers for any day. Moving the day is cheap, so the engine can try days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from clinicdesk.domain.spans import Span, in_words
from clinicdesk.domain.translation import _
from clinicdesk.rules.answers import Bound, Head, Later, Outcome
from clinicdesk.rules.selector import Selector
from clinicdesk.rules.sessions import Past, Track, union
from clinicdesk.rules.verdict import Lack, Status, worst

__all__ = [
    "Bound", "Contradiction", "Head", "Judgement", "KindOfRule", "Later", "Outcome", "PerTrack",
    "Rule", "Timeless", "no_session", "too_soon",
]  # fmt: skip


class Rule(Protocol):
    """A rule of a pack."""

    @property
    def head(self) -> Head: ...

    @property
    def applies(self) -> Selector: ...

    def bind(self, past: Past) -> Bound:
        """Look the case up; only called where the rule applies to its plan."""

    def terms(self) -> str:
        """The rule's numbers in words, for a readable table."""


class Timeless:
    """A bound rule whose answer no session before or after changes."""

    def status(self, day: date) -> Status | None:
        return self.outcome(day).status

    def outcome(self, day: date) -> Outcome:
        raise NotImplementedError

    def turns(self) -> Iterable[date]:
        return ()

    def ahead(self, day: date) -> Iterable[Later]:  # noqa: ARG002 - as every bound rule
        return ()

    def nearing(self) -> Iterable[date]:
        return ()


@dataclass(frozen=True)
class Judgement:
    """The answer in one scope. ``free``: first day it may be over (to choose the worst)."""

    status: Status
    said: str
    counted: tuple[date, ...] = ()
    until: str = ""
    free: date | None = None
    used: int | None = None
    allowed: int | None = None
    lacks: tuple[Lack, ...] = ()


@dataclass
class PerTrack:
    """A bound rule that answers in each of its scopes; the worst answer counts."""

    tracks: tuple[Track, ...]
    _kept: dict[date, tuple[Judgement, ...]] = field(default_factory=dict, init=False)

    def judge(self, track: Track, day: date) -> Judgement:
        raise NotImplementedError

    def judged(self, day: date) -> tuple[Judgement, ...]:
        """The answers on ``day``, one a scope."""
        if day not in self._kept:
            self._kept[day] = tuple(self.judge(track, day) for track in self.tracks)
        return self._kept[day]

    def status(self, day: date) -> Status | None:
        return worst(item.status for item in self.judged(day))

    def outcome(self, day: date) -> Outcome:
        every = self.judged(day)
        status = worst(item.status for item in every)
        decides = max((item for item in every if item.status is status), key=_weight)
        return Outcome(
            status=status,
            said=decides.said,
            counted=union(item.counted for item in every),
            until=decides.until,
            used=decides.used,
            allowed=decides.allowed,
            lacks=tuple(lack for item in every if item.status is status for lack in item.lacks),
        )

    def ahead(self, day: date) -> Iterable[Later]:  # noqa: ARG002 - as every bound rule
        return ()

    def nearing(self) -> Iterable[date]:
        return ()


def no_session(name: str, track: Track, window: Span, day: date) -> Judgement:
    """The answer of a rule about the last session where there is none."""
    return Judgement(
        Status.OK,
        _("No {session} in the {window} before {day}").format(
            session=track.placed(_("{name} session").format(name=name)),
            window=window,
            day=in_words(day),
        ),
    )


def _weight(item: Judgement) -> tuple[date, date]:
    """The latest end decides; of equal ones the one with the latest session."""
    return (item.free or date.min, max(item.counted, default=date.min))


def too_soon(tracks: Iterable[Track], day: date, wait: Span) -> Iterable[Later]:
    """Sessions after ``day`` within ``wait`` of it."""
    end = wait.after(day)
    for track in tracks:
        for later in track.after(day):
            if later < end:
                yield Later(later, _("would come within {wait} of this one").format(wait=wait))


class Contradiction(Exception):
    """Fields of a rule that cannot all be meant: the field, and a sentence."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(f"{key}: {sentence}")
        self.key = key
        self.sentence = sentence


@dataclass(frozen=True)
class KindOfRule:
    """How a kind of rule is written in a pack.

    Attributes:
        says: one line for a table of the kinds.
        fields: key to sort of value (see ``catalogue/pack_fields.py``); a sort that ends in
            ``?`` may be left out and is then None.
        build: makes the rule from its head, its selector and its fields; raises Contradiction.
        decides: it may forbid a day, or asks the rules of the verdict; never beside a verdict.
    """

    says: str
    fields: Mapping[str, str]
    build: Callable[[Head, Any, Mapping[str, Any]], Rule]
    decides: bool = False
