"""Choices for made-up data: by Hypothesis, which shrinks them, or by a seed, which is fast."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Chooser(Protocol):
    """Simple choices come first, so that a found fault shrinks towards them."""

    def among(self, options: Sequence[T]) -> T: ...

    def number(self, low: int, high: int) -> int: ...


class Drawn:
    """Choices that Hypothesis makes, and makes smaller."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def among(self, options: Sequence[T]) -> T:
        return options[self._draw(st.integers(0, len(options) - 1))]

    def number(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))


class Seeded:
    """The same choices for the same seed, in every version of Hypothesis."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def among(self, options: Sequence[T]) -> T:
        return self._random.choice(options)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)
