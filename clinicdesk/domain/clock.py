"""The one clock, injected so that tests and demos can set it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time; ``now()`` is aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands still until it is moved."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


TOLERANCE = timedelta(minutes=5)
"""Clocks of several desks differ by as much without anybody noticing."""


def is_behind(now: datetime, last: datetime | None) -> bool:
    """Whether a clock that says ``now`` was set back: something was recorded well after that."""
    return last is not None and last - now > TOLERANCE


def today(clock: Clock, zone: ZoneInfo) -> date:
    """The clinic's calendar date."""
    return clock.now().astimezone(zone).date()
