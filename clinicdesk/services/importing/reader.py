"""A table in a text file, whatever its encoding and delimiter; its lines are read as one goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.translation import _
from clinicdesk.services.importing.encodings import Encoding, find_encoding
from clinicdesk.services.importing.records import Line, records

DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
LARGEST = 2_000_000_000
_SEP = "sep="
"""A first line ``sep=;`` says the delimiter; spreadsheets write it."""
_HEAD_LINES = 200
"""How many blank lines may stand before the header."""


@dataclass(frozen=True)
class Table:
    """What was found in a file.

    Attributes:
        headers: as written; of two that are the same each with its place: ``phone (2)``.
        encoding: what is used, and how sure that is.
        before: lines of the file up to the header, with it.
        twice: the names that more than one column bears.
    """

    path: Path
    headers: tuple[str, ...]
    encoding: Encoding
    delimiter: str
    before: int = 1
    twice: tuple[str, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Reads the records from the beginning, each time anew; blank ones are left out.

        Raises:
            Malformed: the file is no text in this encoding, or cannot be read any more.
        """
        try:
            with self.path.open(encoding=self.encoding.name, newline="") as file:
                for _number in range(self.before):
                    file.readline()
                width = len(self.headers)
                for line in records(file, self.delimiter, self.before, width):
                    if not line.blank:
                        yield line
        except UnicodeError as error:
            raise _no_such_text(self.path, self.encoding.name) from error
        except OSError as error:
            raise _unreadable(self.path, error) from error


def read_table(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """How the file is to be read: its header, encoding and delimiter.

    Raises:
        Malformed: it is missing, empty, no text, or has no header line; says what to do.
    """
    used = _encoding(path, encoding)
    try:
        with path.open(encoding=used.name, newline="") as file:
            start = [file.readline(64 * 1024) for _number in range(_HEAD_LINES)]
    except (UnicodeError, LookupError) as error:
        raise _no_such_text(path, used.name) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    skipped = next((n for n, line in enumerate(start) if line.strip()), None)
    if skipped is None:
        raise _empty(path)
    said = start[skipped].strip()
    obeyed = said.lower().startswith(_SEP) and len(said) in (len(_SEP), len(_SEP) + 1)
    if obeyed:
        mark = delimiter or said[len(_SEP) :] or "\t"
        skipped = next((n for n in range(skipped + 1, len(start)) if start[n].strip()), skipped)
    else:
        mark = delimiter or _delimiter(start[skipped])
    return _with_header(path, used, mark, skipped)


def _with_header(path: Path, encoding: Encoding, mark: str, skipped: int) -> Table:
    with path.open(encoding=encoding.name, newline="") as file:
        for _number in range(skipped):
            file.readline()
        first, *rest = [*islice(records(file, mark, skipped), 2), None]
    assert first is not None
    if first.problem:
        raise Malformed(
            _("{path_name}, line {line}: {problem}").format(
                path_name=path.name, line=first.number, problem=first.problem
            )
        )
    if first.blank:
        raise _empty(path)
    second = rest[0]
    before = second.number - 1 if second is not None else first.number
    headers, twice = _distinct(cell.strip() for cell in first.cells)
    return Table(path, headers, encoding, mark, before, twice)


def _distinct(names: Iterator[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    written = list(names)
    while len(written) > 1 and not written[-1]:
        written.pop()
    counts = Counter(name.casefold() for name in written)
    seen: Counter[str] = Counter()
    found = []
    for name in written:
        key = name.casefold()
        seen[key] += 1
        found.append(f"{name} ({seen[key]})" if counts[key] > 1 else name)
    twice = dict.fromkeys(name for name in written if name and counts[name.casefold()] > 1)
    return tuple(found), tuple(twice)


def _encoding(path: Path, wish: str | None) -> Encoding:
    try:
        if path.stat().st_size > LARGEST:
            raise Malformed(
                _("{path_name} is larger than 2 GB. Split it into parts.").format(
                    path_name=path.name
                )
            )
        return Encoding(wish) if wish else find_encoding(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _delimiter(head: str) -> str:
    counts = Counter({mark: head.count(mark) for mark in DELIMITERS})
    mark, most = counts.most_common(1)[0]
    return mark if most else ","


def _unreadable(path: Path, error: OSError) -> Malformed:
    return Malformed(
        _("{path_name} cannot be read: {strerror}.").format(
            path_name=path.name, strerror=error.strerror
        )
    )


def _empty(path: Path) -> Malformed:
    return Malformed(
        _("{path_name} is empty. Choose the file with the patients.").format(path_name=path.name)
    )


def _no_such_text(path: Path, encoding: str) -> Malformed:
    return Malformed(
        _("{path_name} is not text in {used}. Choose another encoding.").format(
            path_name=path.name, used=encoding
        )
    )
