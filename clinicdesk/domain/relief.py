"""From scores to relief, exactly: fractions of what was written, never a float.

The one reader of "was it good": the interval rules and the due list both ask here. Relief is
(baseline − value) / baseline on one scale; a baseline of 0, or none, gives no figure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, TypeVar

from clinicdesk.domain.readings import Scales

_BASELINE, _POST, _FOLLOWUP = "baseline", "post", "followup"


class Score(Protocol):
    """A score of a session; ``phase`` is baseline, post or followup, higher is always worse."""

    @property
    def day(self) -> date: ...
    @property
    def phase(self) -> str: ...
    @property
    def scale(self) -> str: ...
    @property
    def value(self) -> Decimal: ...


AnyScore = TypeVar("AnyScore", bound=Score)


class Response(StrEnum):
    """How a session's relief held."""

    MET = "met"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sustained:
    """Whether relief held for a while, and what says so.

    Attributes:
        scale, day, relief: the reading that decides; empty where none does.
        lacks: of an unknown one: ``baseline`` or ``followup``.
    """

    response: Response
    scale: str = ""
    day: date | None = None
    relief: Fraction | None = None
    lacks: str = ""


@dataclass(frozen=True)
class Course:
    """How relief went, over all scales: it lasts for as long as one of them says so.

    Attributes:
        last: the score that is shown for it: the last one on the scale that speaks, pain first.
        relief: at that score.
        good_until: the last day with a score that was good enough; None: there is none.
        over_by: the day by which every scale had said that it was over; None: one still holds.
            Relief ended after ``good_until`` and no later than here: no score says when.
    """

    last: Score
    relief: Fraction
    good_until: date | None
    over_by: date | None


def usable(
    scores: Iterable[AnyScore], session: date, on: date, scales: Scales
) -> Iterator[AnyScore]:
    """Scores of a session on the day ``session`` that can be read on ``on``.

    Left out: one dated later, on a scale nobody knows or outside its scale, and one on the wrong
    side of the session's day for its phase.
    """
    for score in scores:
        fits = {
            _BASELINE: score.day <= session,
            _POST: score.day == session,
            _FOLLOWUP: score.day > session,
        }
        known = scales.get(score.scale)
        if score.day <= on and fits.get(score.phase, False) and known and known.holds(score.value):
            yield score


def percent(relief: Fraction) -> str:
    """``62 %``: whole percent, cut and not rounded, so that 79.9 never reads as 80."""
    return f"{whole_percent(relief)} %"


def whole_percent(relief: Fraction) -> int:
    """62 of 62.5 %; −13 of −12.5 %: never better than it is."""
    return relief.numerator * 100 // relief.denominator


def baselines(scores: Iterable[Score]) -> dict[str, Fraction]:
    """Per scale the latest baseline before the session; of several on that day the lowest."""
    found: dict[str, tuple[date, Fraction]] = {}
    for score in scores:
        if score.phase != _BASELINE:
            continue
        value = Fraction(score.value)
        known = found.get(score.scale)
        later = known is None or score.day > known[0]
        if later or (known is not None and score.day == known[0] and value < known[1]):
            found[score.scale] = (score.day, value)
    return {scale: value for scale, (_, value) in found.items()}


def relief_of(baseline: Fraction | None, value: Fraction) -> Fraction | None:
    """The relief, negative where it got worse; None without a usable baseline."""
    if not baseline:
        return None
    return (baseline - value) / baseline


def best_after_block(
    scores: Iterable[AnyScore], pain: Collection[str]
) -> tuple[Fraction, AnyScore] | None:
    """The largest relief right after a block, on a scale of ``pain``, with its score."""
    every = tuple(scores)
    before = baselines(every)
    best: tuple[Fraction, AnyScore] | None = None
    for score in every:
        if score.phase == _POST and score.scale in pain:
            relief = relief_of(before.get(score.scale), Fraction(score.value))
            if relief is not None and (best is None or relief > best[0]):
                best = (relief, score)
    return best


def block_relief(scores: Iterable[Score], pain: Collection[str]) -> Fraction | None:
    """The largest relief right after a block, on a scale of ``pain``; None: unknown."""
    best = best_after_block(scores, pain)
    return best[0] if best else None


def sustained(scores: Iterable[Score], threshold: Fraction, until: date) -> Sustained:
    """Whether relief of at least ``threshold`` held until the day ``until``.

    Per scale two days with follow-up scores decide: the last before ``until``, and the first
    from it on; of several values on a day the worst counts.
    """
    every = tuple(scores)
    before = baselines(every)
    scales = sorted({r.scale for r in every if r.phase == _FOLLOWUP and before.get(r.scale)})
    spoken = [_on_scale(every, scale, before[scale], threshold, until) for scale in scales]
    for wanted in (Response.MET, Response.UNKNOWN):
        found = next((item for item in spoken if item.response is wanted), None)
        if found is not None:
            return found
    if spoken:
        return spoken[0]
    has_followup = any(r.phase == _FOLLOWUP and r.day >= until for r in every)
    return Sustained(Response.UNKNOWN, lacks="baseline" if has_followup else "followup")


def _on_scale(
    scores: tuple[Score, ...],
    scale: str,
    baseline: Fraction,
    threshold: Fraction,
    until: date,
) -> Sustained:
    worst = {day: Fraction(score.value) for day, score in _worst(scores, scale).items()}
    early = max((day for day in worst if day < until), default=None)
    late = min((day for day in worst if day >= until), default=None)
    if early is not None:
        relief = (baseline - worst[early]) / baseline
        if relief < threshold:
            return Sustained(Response.FAILED, scale, early, relief)
    if late is not None:
        relief = (baseline - worst[late]) / baseline
        if relief >= threshold:
            return Sustained(Response.MET, scale, late, relief)
        # It held at the last reading before, and not at the first one after: nobody can tell.
        return Sustained(Response.UNKNOWN, scale, late, relief, lacks="followup")
    return Sustained(Response.UNKNOWN, lacks="followup")


def _worst(scores: Iterable[AnyScore], scale: str) -> dict[date, AnyScore]:
    """By day the worst follow-up score on a scale, ascending."""
    worst: dict[date, AnyScore] = {}
    for score in scores:
        if score.scale == scale and score.phase == _FOLLOWUP:
            known = worst.get(score.day)
            if known is None or score.value > known.value:
                worst[score.day] = score
    return dict(sorted(worst.items()))


def course(scores: Iterable[Score], threshold: Fraction, pain: Collection[str]) -> Course | None:
    """How relief of at least ``threshold`` went after a session; None: nothing says so.

    Pain or function, as in ``sustained``: where one scale still holds, relief holds; where one
    was good and is no longer, it was good until then; only where none ever was, it never was.
    """
    every = tuple(scores)
    before = baselines(every)
    scales = {r.scale for r in every if r.phase == _FOLLOWUP and before.get(r.scale)}
    each = [
        _one_course(_worst(every, scale), before[scale], threshold)
        for scale in sorted(scales, key=lambda scale: (scale not in pain, scale))
    ]
    for speaks in (_holds, _was_good, _any):
        found = [one for one in each if speaks(one)]
        if found:
            good = max((one.good_until for one in found if one.good_until), default=None)
            over = None if speaks is _holds else max(one.over_by for one in found if one.over_by)
            return Course(found[0].last, found[0].relief, good, over)
    return None


def _one_course(worst: dict[date, Score], baseline: Fraction, threshold: Fraction) -> Course:
    reliefs = {day: (baseline - Fraction(score.value)) / baseline for day, score in worst.items()}
    good = max((day for day, relief in reliefs.items() if relief >= threshold), default=None)
    over = min((day for day in reliefs if good is None or day > good), default=None)
    last = max(worst)
    return Course(worst[last], reliefs[last], good, over)


def _holds(one: Course) -> bool:
    return one.over_by is None


def _was_good(one: Course) -> bool:
    return one.good_until is not None


def _any(one: Course) -> bool:  # noqa: ARG001 - as the others
    return True
