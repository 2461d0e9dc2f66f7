"""Text wrapped to a width, alone or in columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

_AMOUNT = re.compile(r"([0-9]) (?=%|mg\b|days?\b|weeks?\b|months?\b)")
_STUCK = "\N{NO-BREAK SPACE}"
"""Between a number and what it counts; ``textwrap`` does not part a line there."""


def paragraph(text: str, width: int) -> list[str]:
    """The lines of a text; a number stays with what it counts, an id is parted after a dot."""
    kept = _AMOUNT.sub(f"\\1{_STUCK}", text)
    lines: list[str] = []
    for line in textwrap.wrap(kept, width, break_long_words=False, break_on_hyphens=False):
        lines.extend(part.replace(_STUCK, " ") for part in _parted(line, width))
    return lines or [""]


def cells(texts: Sequence[str], widths: Sequence[int], gap: int = 2) -> Iterator[str]:
    """The lines of one row of a table, without spaces at their ends."""
    columns = [paragraph(text, width) for text, width in zip(texts, widths, strict=True)]
    for line in zip_longest(*columns, fillvalue=""):
        padded = (part.ljust(width) for part, width in zip(line, widths, strict=True))
        yield (" " * gap).join(padded).rstrip()


def _parted(line: str, width: int) -> Iterator[str]:
    """A word that is too long: parted after a dot, hyphen or slash where there is one, else cut."""
    while len(line) > width:
        end = max(line.rfind(mark, 0, width) for mark in ".-/") + 1
        end = end or width
        yield line[:end]
        line = line[end:]
    yield line
