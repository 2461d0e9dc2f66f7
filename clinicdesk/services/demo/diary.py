"""Finds physician, room and time for each visit, so that nobody is in two places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta

OPEN, SHUT = 8 * 60, 17 * 60
LUNCH = (12 * 60, 12 * 60 + 45)
_QUARTERS = (SHUT - OPEN) // 15


def _mask(start: int, minutes: int) -> int:
    first = (start - OPEN) // 15
    return ((1 << -(-minutes // 15)) - 1) << first


_LUNCH = _mask(LUNCH[0], LUNCH[1] - LUNCH[0])


@dataclass(frozen=True)
class Seat:
    """Where a visit found its place; ``room`` and ``machine`` are resource ids."""

    day: date
    start: time
    minutes: int
    physician: int
    room: int
    machine: int | None


class Diary:
    """Quarters of an hour as bits, per day and resource.

    Args:
        physicians: resource ids.
        pairs: room id, what it has, and the id of its machine or None.
        closed: days on which nobody works, and the demo's today (booked by hand).
    """

    def __init__(
        self,
        physicians: tuple[int, ...],
        rooms: tuple[tuple[int, str, int | None], ...],
        closed: frozenset[date],
    ) -> None:
        self._physicians, self._rooms, self._closed = physicians, rooms, closed
        self._taken: dict[tuple[date, int], int] = defaultdict(int)
        self._full: set[tuple[date, int, str]] = set()

    def seat(self, wanted: date, minutes: int, need: str, hint: int) -> Seat | None:
        """The first place on the wanted day or one of the 30 days after it."""
        for shift in range(30):
            day = wanted + timedelta(days=shift)
            if day.weekday() >= 5 or day in self._closed or (day, minutes, need) in self._full:
                continue
            found = self._on(day, minutes, need, hint)
            if found is not None:
                return found
            self._full.add((day, minutes, need))
        return None

    def load(self, day: date) -> float:
        """The share of the physicians' time that is taken, lunch aside."""
        taken = sum(self._taken[day, each].bit_count() for each in self._physicians)
        return taken / (len(self._physicians) * (_QUARTERS - _LUNCH.bit_count()))

    def seat_on(self, day: date, minutes: int, need: str, hint: int) -> Seat | None:
        """A place on that very day."""
        if day.weekday() >= 5 or day in self._closed:
            return None
        return self._on(day, minutes, need, hint)

    def _on(self, day: date, minutes: int, need: str, hint: int) -> Seat | None:
        count = len(self._physicians)
        order = [self._physicians[(hint + i) % count] for i in range(count)]
        rooms = [r for r in self._rooms if r[1] == need]
        rooms = [rooms[(hint + i) % len(rooms)] for i in range(len(rooms))]
        for physician in order:
            for room, _, machine in rooms:
                busy = self._taken[day, physician] | self._taken[day, room] | _LUNCH
                start = _first_gap(busy, minutes, (hint * 7) % 12)
                if start is not None:
                    bits = _mask(start, minutes)
                    self._taken[day, physician] |= bits
                    self._taken[day, room] |= bits
                    return Seat(
                        day, time(start // 60, start % 60), minutes, physician, room, machine
                    )
        return None


def _first_gap(busy: int, minutes: int, begin: int) -> int | None:
    need = -(-minutes // 15)
    bits = (1 << need) - 1
    for offset in range(_QUARTERS - need + 1):
        quarter = (begin + offset) % (_QUARTERS - need + 1)
        if not busy & (bits << quarter):
            return OPEN + quarter * 15
    return None
