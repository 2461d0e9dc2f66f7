"""Side by side: appointments of one column that overlap get lanes of equal width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """Lane ``index`` of ``count`` in its cluster of overlapping intervals."""

    index: int
    count: int


def lay_out(intervals: Sequence[tuple[int, int]]) -> tuple[Lane, ...]:
    """Lanes for half-open intervals, in the order given.

    One sweep: a cluster ends where nothing overlaps any more, and each interval takes the
    first lane that is free, so that two of one lane never overlap.
    """
    order = sorted(range(len(intervals)), key=lambda i: (intervals[i][0], -intervals[i][1]))
    index = [0] * len(intervals)
    count = [1] * len(intervals)
    cluster: list[int] = []
    ends: list[int] = []

    def close() -> None:
        for member in cluster:
            count[member] = max(1, len(ends))
        cluster.clear()
        ends.clear()

    for i in order:
        start, end = intervals[i]
        if ends and start >= max(ends):
            close()
        lane = next((k for k, free in enumerate(ends) if free <= start), len(ends))
        if lane == len(ends):
            ends.append(end)
        else:
            ends[lane] = end
        index[i] = lane
        cluster.append(i)
    close()
    return tuple(Lane(i, c) for i, c in zip(index, count, strict=True))
