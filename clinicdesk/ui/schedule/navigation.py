"""Where the arrow keys go: from appointment to appointment and through the free time between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clinicdesk.scheduling.slots import GRID


@dataclass(frozen=True)
class Stop:
    """An appointment (``row`` of the model) or a free stretch of at most one grid step."""

    start: int
    end: int
    row: int | None = None


def stops(blocks: Sequence[tuple[int, int, int]], first: int, last: int) -> tuple[Stop, ...]:
    """Every stop of a column from top to bottom; all minutes of the day belong to one.

    Args:
        blocks: (row, start, end) of the column's appointments.
        first: minute since midnight at which the day begins, on the grid.
        last: minute at which it ends.
    """
    found = [Stop(start, end, row) for row, start, end in blocks]
    for start in range(first, last, GRID):
        for a, b in _left_over(start, min(start + GRID, last), blocks):
            found.append(Stop(a, b))
    return tuple(sorted(found, key=lambda s: (s.start, s.end, -1 if s.row is None else s.row)))


def _left_over(
    start: int, end: int, blocks: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int]]:
    free, at = [], start
    for _, a, b in sorted(blocks, key=lambda block: block[1]):
        if b <= at or a >= end:
            continue
        if a > at:
            free.append((at, a))
        at = max(at, b)
    if at < end:
        free.append((at, end))
    return free


def nearest(found: Sequence[Stop], minute: int, row: int | None = None) -> int:
    """The stop at a minute, and of several the one of that row; -1 where there are none."""
    if row is not None:
        for i, stop in enumerate(found):
            if stop.row == row:
                return i
    # An appointment is meant before the free stretch that it hides.
    there = [i for i, s in enumerate(found) if s.start <= minute < s.end]
    if there:
        return max(there, key=lambda i: (found[i].row is not None, -i))
    return min(range(len(found)), key=lambda i: abs(found[i].start - minute), default=-1)
