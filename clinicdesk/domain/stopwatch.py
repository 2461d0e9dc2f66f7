"""How long something lasts, the time that the computer slept included."""

from __future__ import annotations

import time
from collections.abc import Callable


def _running() -> float:
    """Seconds of a clock that nobody sets; on Linux one that goes on in sleep."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Stopwatch:
    """Begins when it is made.

    A clock that nobody sets may stand still while the computer sleeps; the one on the wall goes
    on, but may be set back. Between two looks the one that went further counts.

    Args:
        running, wall: seconds of either.
    """

    def __init__(
        self, running: Callable[[], float] = _running, wall: Callable[[], float] = time.time
    ) -> None:
        self._running, self._wall = running, wall
        self.restart()

    def restart(self) -> None:
        """Begins anew."""
        self._seconds = 0.0
        self._last = (self._running(), self._wall())

    def seconds(self) -> float:
        """Since the beginning; to be looked at now and then, between two times of sleep."""
        now = (self._running(), self._wall())
        self._seconds += max(0.0, now[0] - self._last[0], now[1] - self._last[1])
        self._last = now
        return self._seconds
