"""Results go to standard output, everything else to standard error."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TextIO

from clinicdesk.domain.spreadsheets import harmless
from clinicdesk.domain.translation import _

FORMATS = ("text", "json", "csv")


def prepare_streams() -> None:
    """A character that the terminal cannot show must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """A line of the result."""
    print(text)


def note(text: str) -> None:
    """One line for the person at the terminal, never part of the result."""
    print(one_line(text), file=sys.stderr)


def say_json(value: object) -> None:
    """One JSON value on one line."""
    say(json.dumps(value, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


def say_rows(rows: Sequence[Mapping[str, object]], columns: Sequence[str], style: str) -> None:
    """A list as text (aligned columns), one JSON array, or CSV with a header."""
    if style == "json":
        say_json([{name: row.get(name) for name in columns} for row in rows])
    elif style == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_safe(row.get(name)) for name in columns] for row in rows)
    else:
        _say_table(rows, columns)


def _say_table(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> None:
    cells = [[_cell(row.get(name)) for name in columns] for row in rows]
    widths = [max((len(line[i]) for line in cells), default=0) for i in range(len(columns))]
    for line in cells:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        say("  ".join(padded).rstrip())


def _cell(value: object) -> str:
    return "" if value is None else one_line(str(value))


def _safe(value: object) -> str:
    """As a spreadsheet may have it: a text that it would run is none; a number stays one."""
    return _cell(value) if isinstance(value, int | float | Decimal) else harmless(_cell(value))


def one_line(text: str) -> str:
    """Without line ends and without codes that would move about the terminal."""
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))


class Progress:
    """A line that counts, only on a terminal; ``__call__(done, total)`` fits every long act."""

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        self._what = what
        self._stream = stream or sys.stderr
        self._shown = ""
        self._live = self._stream.isatty()

    def __call__(self, done: int, total: int) -> None:
        if not self._live:
            return
        text = f"{self._what}: {done:,}"
        if total:
            text = _("{what}: {done:,} of {total:,}  {percent} %").format(
                what=self._what, done=done, total=total, percent=100 * done // total
            )
        if text != self._shown:
            self._stream.write(f"\r{text}\x1b[K")
            self._stream.flush()
            self._shown = text

    def end(self) -> None:
        """Leave the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
