"""Scores: their scales and ranges, and what a change of score means. Exact, no floats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class Scale:
    """A scale on which higher is always worse.

    Attributes:
        key: as stored and as in the verdict contract.
        low, high: the range, both ends included.
        kind: ``pain`` or ``function``.
    """

    key: str
    name: str
    low: Decimal
    high: Decimal
    kind: str

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies on the scale."""
        return self.low <= value <= self.high


Scales = Mapping[str, Scale]
"""The scales of the catalogue, by key."""


def score_problem(value: Decimal, scale: str, scales: Scales, what: str = _("score")) -> str:
    """Why ``value`` cannot stand on ``scale``; empty when it can."""
    wanted = scales.get(scale)
    if wanted is None:
        return _("“{scale}” is not a scale of this clinic.").format(scale=scale)
    if wanted.holds(value):
        return ""
    return _("The {what} must be between {low} and {high}, not {value}.").format(
        what=what, low=wanted.low, high=wanted.high, value=amount_text(value)
    )


def pain_first(scale: str, scales: Scales) -> tuple[bool, str]:
    """Sorts scales: pain before function, then by name."""
    known = scales.get(scale)
    return (known is None or known.kind != "pain", scale)


def relief(baseline: Decimal, value: Decimal) -> Fraction | None:
    """(baseline − value) / baseline, exact; negative when worse; None for a baseline of 0."""
    if baseline == 0:
        return None
    return (Fraction(baseline) - Fraction(value)) / Fraction(baseline)


def change_percent(baseline: Decimal, value: Decimal) -> int | None:
    """Change of the score in whole percent: −71 for 7 → 2, 20 for 5 → 6.

    Cut towards zero, so that 79.9 never reads as the 80 it has not reached.
    """
    found = relief(baseline, value)
    return None if found is None else int(-found * 100)


def change_text(baseline: Decimal | None, value: Decimal | None) -> str:
    """``−71%``, ``+20%``, ``0%``; a dash where nothing can be said."""
    percent = None if baseline is None or value is None else change_percent(baseline, value)
    if percent is None:
        return "–"
    sign = "\u2212" if percent < 0 else "+" if percent > 0 else ""
    return f"{sign}{abs(percent)}%"


def scored_words(score: str, day: date) -> str:
    """``NRS 3 on 14 Sep 2026``."""
    return _("{score} on {day}").format(score=score, day=day_words(day))


def scored_parts(said: str) -> tuple[str, str]:
    """The score and the day of ``scored_words``; all as the score where they cannot be told."""
    pattern = re.escape(_("{score} on {day}"))
    for name in ("score", "day"):
        pattern = pattern.replace(re.escape("{" + name + "}"), f"(?P<{name}>.+)")
    found = re.fullmatch(pattern, said)
    return (found["score"], found["day"]) if found else (said, "")
