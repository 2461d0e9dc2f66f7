"""Reads a table from a text file whatever its encoding and delimiter."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.translation import _

DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
LARGEST = 2_000_000_000
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 256 * 1024


@dataclass(frozen=True)
class Line:
    """A record: the line of the file on which it begins (the header is line 1), and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What was found in a file.

    Attributes:
        headers: as written.
        lines: the records, ascending; blank lines are left out.
        encoding, delimiter: what was used.
    """

    path: Path
    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str
    delimiter: str


def read_table(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """The whole file.

    Raises:
        Malformed: it is missing, empty, no text, or has no header line; says what to do.
    """
    raw = _bytes(path)
    used = encoding or _encoding(path, raw)
    try:
        text = raw.decode(used)
    except (UnicodeDecodeError, LookupError) as error:
        raise Malformed(
            _("{path_name} is not text in {used}. Choose another encoding.").format(
                path_name=path.name, used=used
            )
        ) from error
    mark = delimiter or _delimiter(text)
    records = _records(path, text, mark)
    first = next(records, None)
    if first is None or not any(cell.strip() for cell in first.cells):
        raise Malformed(
            _("{path_name} is empty. Choose the file with the patients.").format(
                path_name=path.name
            )
        )
    headers = tuple(cell.strip() for cell in first.cells)
    lines = tuple(line for line in records if any(cell.strip() for cell in line.cells))
    return Table(path, headers, lines, used, mark)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Malformed(
                _("{path_name} is larger than 2 GB. Split it into parts.").format(
                    path_name=path.name
                )
            )
        raw = path.read_bytes()
    except OSError as error:
        raise Malformed(
            _("{path_name} cannot be read: {strerror}.").format(
                path_name=path.name, strerror=error.strerror
            )
        ) from error
    if not raw.strip():
        raise Malformed(
            _("{path_name} is empty. Choose the file with the patients.").format(
                path_name=path.name
            )
        )
    return raw


def _encoding(path: Path, raw: bytes) -> str:
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return name
    if b"\0" in raw[:_SAMPLE]:
        raise Malformed(
            _("{path_name} is not a text file. Save the list as CSV, then choose it.").format(
                path_name=path.name
            )
        )
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(raw)
    return "utf-8"


def _guessed(raw: bytes) -> str:
    # Not UTF-8: from a Western spreadsheet it is Windows-1252. A statistical guess is right less
    # often on short lists of names, so it is asked only where that cannot be.
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(raw[:_SAMPLE]).best()
        return best.encoding if best is not None else "latin-1"
    return "cp1252"


def _delimiter(text: str) -> str:
    sample = text[:_SAMPLE].splitlines()[:40]
    head = sample[0] if sample else ""
    counts = Counter({mark: head.count(mark) for mark in DELIMITERS})
    mark, most = counts.most_common(1)[0]
    return mark if most else ","


def _records(path: Path, text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    before = 0
    try:
        for cells in reader:
            yield Line(before + 1, tuple(cells))
            before = reader.line_num
    except csv.Error as error:
        raise Malformed(
            _("{path_name}, line {before}: {error}. Mend that line.").format(
                path_name=path.name, before=before + 1, error=error
            )
        ) from error
