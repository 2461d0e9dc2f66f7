"""From readings to relief, exactly: fractions of what was written, never a float.

Relief is (baseline − value) / baseline on one scale. A baseline of 0, or none, gives no figure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from clinicdesk.rules.case import Phase, Reading

"""Scales of pain; the others are of function."""


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


def percent(relief: Fraction) -> str:
    """``62 %``: whole percent, cut and not rounded, so that 79.9 never reads as 80."""
    whole = relief.numerator * 100 // relief.denominator
    return f"{whole} %"


def baselines(readings: Iterable[Reading]) -> dict[str, Fraction]:
    """Per scale the latest baseline before the session; of several on that day the lowest."""
    found: dict[str, tuple[date, Fraction]] = {}
    for reading in readings:
        if reading.phase is not Phase.BASELINE:
            continue
        value = Fraction(reading.value)
        known = found.get(reading.scale)
        later = known is None or reading.date > known[0]
        if later or (known is not None and reading.date == known[0] and value < known[1]):
            found[reading.scale] = (reading.date, value)
    return {scale: value for scale, (_, value) in found.items()}


def relief_of(baseline: Fraction | None, value: Fraction) -> Fraction | None:
    """The relief, negative where it got worse; None without a usable baseline."""
    if not baseline:
        return None
    return (baseline - value) / baseline


def block_relief(readings: Iterable[Reading], pain: Collection[str]) -> Fraction | None:
    """The largest relief right after a block, on a scale of ``pain``; None: unknown."""
    every = tuple(readings)
    before = baselines(every)
    found = [
        relief
        for reading in every
        if reading.phase is Phase.POST and reading.scale in pain
        if (relief := relief_of(before.get(reading.scale), Fraction(reading.value))) is not None
    ]
    return max(found, default=None)


def sustained(readings: Iterable[Reading], threshold: Fraction, until: date) -> Sustained:
    """Whether relief of at least ``threshold`` held until the day ``until``.

    Per scale two days with follow-up readings decide: the last before ``until``, and the first
    from it on; of several values on a day the worst counts.
    """
    every = tuple(readings)
    before = baselines(every)
    scales = sorted({r.scale for r in every if r.phase is Phase.FOLLOWUP and before.get(r.scale)})
    spoken = [_on_scale(every, scale, before[scale], threshold, until) for scale in scales]
    for wanted in (Response.MET, Response.UNKNOWN):
        found = next((item for item in spoken if item.response is wanted), None)
        if found is not None:
            return found
    if spoken:
        return spoken[0]
    has_followup = any(r.phase is Phase.FOLLOWUP and r.date >= until for r in every)
    return Sustained(Response.UNKNOWN, lacks="baseline" if has_followup else "followup")


def _on_scale(
    readings: tuple[Reading, ...],
    scale: str,
    baseline: Fraction,
    threshold: Fraction,
    until: date,
) -> Sustained:
    worst: dict[date, Fraction] = {}
    for reading in readings:
        if reading.scale == scale and reading.phase is Phase.FOLLOWUP:
            value = Fraction(reading.value)
            worst[reading.date] = max(value, worst.get(reading.date, value))
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
