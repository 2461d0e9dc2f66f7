"""Records of a text file, one after the other: a quote that never closes swallows nobody.

The file is read line by line. Lines are joined only while a quoted cell is open, and only as far
as that can be meant; else the line on which the quote opens is one record that cannot be read, and
the lines behind it are read as if it did not exist.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from clinicdesk.domain.translation import _

_LONGEST_LINE = 1_000_000
_MOST_LINES = 50
"""Lines over which one quoted cell may go."""
_LEAST_WIDTH = 3
"""Of fewer cells a line of an address may well look like a record of its own."""


@dataclass(frozen=True)
class Line:
    """A record: the line of the file on which it begins (the first is 1), and its cells.

    ``problem``: why it cannot be read; it has no cells then.
    """

    number: int
    cells: tuple[str, ...]
    problem: str = ""

    @property
    def blank(self) -> bool:
        return not self.problem and not any(cell.strip() for cell in self.cells)


class _Lines:
    """Lines of a file with their numbers; some may be given back."""

    def __init__(self, file: TextIO, before: int) -> None:
        self._file, self._number = file, before
        self._back: deque[tuple[int, str]] = deque()

    def next(self) -> tuple[int, str] | None:
        if self._back:
            return self._back.popleft()
        text = self._file.readline(_LONGEST_LINE)
        if not text:
            return None
        self._number += 1
        if len(text) == _LONGEST_LINE and not text.endswith(("\n", "\r")):
            while (rest := self._file.readline(_LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
                continue
            return self._number, text
        return self._number, text

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        self._back.extendleft(reversed(lines))


def records(file: TextIO, delimiter: str, before: int = 0, width: int = 0) -> Iterator[Line]:
    """Every record, blank ones too.

    Args:
        file: opened with ``newline=""``.
        before: how many lines of the file were read already.
        width: cells of the header, 0 where it is not known yet.
    """
    lines = _Lines(file, before)
    while (first := lines.next()) is not None:
        number, text = first
        if len(text) >= _LONGEST_LINE:
            yield Line(number, (), _("This line is longer than any list has. Check the file."))
        elif '"' not in text:
            yield Line(number, tuple(text.rstrip("\r\n").split(delimiter)))
        else:
            yield _quoted(lines, number, text, delimiter, width)


def _quoted(lines: _Lines, number: int, text: str, delimiter: str, width: int) -> Line:
    """A record with quotes in it, joined with the lines over which a quoted cell goes."""
    joined: list[tuple[int, str]] = []
    whole = text
    while True:
        cells = _cells(whole, delimiter)
        if cells is not None:
            return Line(number, cells)
        more = lines.next() if len(joined) < _MOST_LINES else None
        if more is None:
            break
        joined.append(more)
        if _stands_alone(more[1], delimiter, width):
            break
        whole += more[1]
    lines.give_back(joined)
    return Line(
        number,
        (),
        _(
            "A quotation mark opens in this line and does not close as it should. "
            "The line was not taken; the lines behind it were read."
        ),
    )


def _cells(text: str, delimiter: str) -> tuple[str, ...] | None:
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None


def _stands_alone(text: str, delimiter: str, width: int) -> bool:
    """Whether a line that a quoted cell would swallow is a whole record itself."""
    return width >= _LEAST_WIDTH and '"' not in text and text.count(delimiter) == width - 1
