"""Spans of time, ``3 months``: months clamp, weeks are 7 days, months never become days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from clinicdesk.domain.dates import add_months
from clinicdesk.domain.dates import day_words as in_words
from clinicdesk.domain.translation import _

__all__ = ["Span", "add_months", "in_words", "parse_span"]

_SPAN = re.compile(r"([1-9][0-9]{0,3}) (day|week|month)s?", re.ASCII)


@dataclass(frozen=True)
class Span:
    """A duration as written in a pack: ``3 months``, ``6 weeks``, ``14 days``."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def after(self, day: date) -> date:
        """``day`` + this span."""
        return self._move(day, self.count)

    def before(self, day: date) -> date:
        """``day`` − this span."""
        return self._move(day, -self.count)

    def shorter_than(self, other: Span) -> bool:
        """Whether this span ends before ``other`` whatever day both begin on."""
        return all(self.after(day) < other.after(day) for day in _SAMPLES)

    def _move(self, day: date, count: int) -> date:
        if self.unit == "month":
            return add_months(day, count)
        return day + timedelta(days=count * (7 if self.unit == "week" else 1))


def parse_span(text: str) -> Span:
    """Read ``12 months``; raises ValueError with what was expected."""
    match = _SPAN.fullmatch(text)
    if not match:
        raise ValueError(
            _("“{text}” is not a duration like “12 months”, “6 weeks” or “14 days”").format(
                text=text
            )
        )
    return Span(int(match.group(1)), match.group(2))


_SAMPLES = tuple(
    date(year, month, day) for year in (2023, 2024) for month in range(1, 13) for day in (1, 28)
)
"""Long and short months, with and without a leap day: where lengths of spans may differ."""
