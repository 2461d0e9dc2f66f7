"""On which line of a TOML file a key stands; tomllib does not say."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*(\]\]?)\s*(#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*="""
)
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(?:\.|$)""")
_TOKEN = re.compile(r"""\"\"\"|'''|"(?:\\.|[^"\\])*"|'[^']*'|#.*|[\[\]{}]""")


def key_lines(text: str) -> dict[Path, int]:
    """Map each key's path (names and list positions) to its line, counted from 1.

    Keys of inline tables are not listed; ``line_of`` falls back to the line of what holds them.
    """
    scan = _Scan()
    for number, line in enumerate(text.splitlines(), start=1):
        scan.take(line, number)
    return scan.lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of ``path`` or of the nearest thing that holds it; 1 for the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scan:
    """State while walking down the lines."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self._table: Path = ()
        self._counts: dict[Path, int] = {}
        self._quote = ""
        self._depth = 0

    def take(self, line: str, number: int) -> None:
        if not self._quote and self._depth == 0:
            if header := _HEADER.match(line):
                self._open(header.group(1) == "[[", _split(header.group(2)), number)
                return
            if key := _KEY.match(line):
                self._note(self._table + _split(key.group(1)), number)
                line = line[key.end() :]
        self._follow(line)

    def _open(self, many: bool, parts: tuple[str, ...], number: int) -> None:
        path: Path = ()
        for position, part in enumerate(parts):
            path = (*path, part)
            last = position == len(parts) - 1
            if last and many:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                self.lines.setdefault(path, number)
                path = (*path, self._counts[path])
        self._table = path
        self._note(path, number)

    def _note(self, path: Path, number: int) -> None:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], number)

    def _follow(self, line: str) -> None:
        """Keep track of strings over several lines and of open brackets."""
        position = 0
        while position < len(line):
            if self._quote:
                end = line.find(self._quote, position)
                if end < 0:
                    return
                position, self._quote = end + 3, ""
                continue
            token = _TOKEN.search(line, position)
            if not token:
                return
            position = token.end()
            word = token.group()
            if word in {'"""', "'''"}:
                self._quote = word
            elif word in {"[", "{"}:
                self._depth += 1
            elif word in {"]", "}"}:
                self._depth = max(0, self._depth - 1)


def _split(text: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _PART.findall(text))
