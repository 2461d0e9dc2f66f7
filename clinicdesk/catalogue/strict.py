"""Strict reading of TOML: every key is asked for by name and type, the rest is an error.

``read(path)`` gives a ``Table``; take its values with ``text``, ``number``, … and end
with ``done()``, which refuses keys nobody asked for. Every complaint is a
``Malformed`` whose sentence begins ``file, line N:``.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from clinicdesk.catalogue.lines import Path as KeyPath
from clinicdesk.catalogue.lines import key_lines, line_of
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.sizes import TOML_BYTES, read_up_to
from clinicdesk.domain.translation import _

T = TypeVar("T")
SEAL = 12
"""Length of a seal."""
_MISSING: Any = object()
_PLACE = re.compile(r" \(at line ([0-9]+), column [0-9]+\)$")
_AT_END = " (at end of document)"
_MOST_PARTS = 50
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_ENDLESS = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:\s*\.\s*{_PART}){{{_MOST_PARTS}}}")
_GREATEST = 12
"""Powers of ten a number may have, up and down: what lies beyond is a slip of the pen."""


def read(path: Path) -> Table:
    """The whole file as a table; raises Malformed with file and line."""
    try:
        content = read_up_to(path, TOML_BYTES)
    except OSError as error:
        raise Malformed(
            _("{path}: cannot be read ({strerror}).").format(
                path=path, strerror=error.strerror or error
            )
        ) from error
    try:
        # Editors of Windows put a mark before UTF-8 text.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Malformed(
            _("{path}, line {line}: is not UTF-8 text. Save it as UTF-8.").format(
                path=path, line=line
            )
        ) from error
    return parse(text, str(path))


def parse(text: str, name: str) -> Table:
    """As ``read``, from text; ``name`` stands in the complaints."""
    text = text.replace("\r\n", "\n")
    _refuse_endless_keys(name, text)
    try:
        values = tomllib.loads(text, parse_float=_decimal)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise Malformed(_not_toml(name, text, str(error))) from error
    return Table(values, (), _File(name, text))


def _refuse_endless_keys(name: str, text: str) -> None:
    """The parser's time grows with the square of a key's parts: thousands never come to an end."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") >= _MOST_PARTS and _ENDLESS.search(line):
            raise Malformed(
                _("{name}, line {line}: a key has more than {most} parts.").format(
                    name=name, line=number, most=_MOST_PARTS
                )
            )


def _not_toml(name: str, text: str, reason: str) -> str:
    """The parser's complaint, with its line where the other complaints have theirs."""
    place = _PLACE.search(reason)
    at_end = reason.endswith(_AT_END)
    line = int(place.group(1)) if place else text.count("\n") + 1 if at_end else None
    reason = _PLACE.sub("", reason).removesuffix(_AT_END)
    return (
        _("{name}, line {line}: is not TOML: {reason}.").format(name=name, line=line, reason=reason)
        if line
        else _("{name}: is not TOML: {reason}.").format(name=name, reason=reason)
    )


def _decimal(text: str) -> Decimal:
    value = Decimal(text.replace("_", ""))
    if not value.is_finite():
        raise ValueError(_("{text} is not a number that can be used here").format(text=text))
    return value


@dataclass(frozen=True)
class _File:
    name: str
    content: str

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        # Looked for only where there is something to complain about.
        return key_lines(self.content)


class Table:
    """One TOML table, from which each value is taken once by name and type."""

    def __init__(self, values: dict[str, Any], path: KeyPath, file: _File) -> None:
        self._values = values
        self._path = path
        self._file = file
        self._asked: set[str] = set()

    def fail(self, key: str | None, sentence: str) -> NoReturn:
        """Complain about ``key`` (None: about the table itself)."""
        path = self._path if key is None else (*self._path, key)
        line = line_of(self._file.lines, path)
        what = f"{self._dotted(path)}: " if path else ""
        raise Malformed(
            _("{file_name}, line {line}: {what}{sentence}").format(
                file_name=self._file.name, line=line, what=what, sentence=sentence
            )
        )

    def text(self, key: str, default: str = _MISSING) -> str:
        """A text that is not empty (an empty default stands for "left out")."""
        value = self._take(key, str, _("a text"), default)
        if value == "" and default is _MISSING:
            self.fail(key, _("must not be empty."))
        return value

    def choice(self, key: str, allowed: Collection[str], default: str = _MISSING) -> str:
        """One of ``allowed`` words."""
        value = self.text(key, default)
        if value not in allowed and value != default:
            self.fail(
                key,
                _("“{value}” is unknown; expected one of {allowed}.").format(
                    value=value, allowed=", ".join(allowed)
                ),
            )
        return value

    def flag(self, key: str, default: bool = _MISSING) -> bool:
        return self._take(key, bool, _("true or false"), default)

    def maybe_flag(self, key: str) -> bool | None:
        """True, false, or None when left out."""
        return self.flag(key) if key in self._values else None

    def whole(self, key: str, default: int = _MISSING) -> int:
        value = self._take(key, int, _("a whole number"), default)
        if isinstance(value, bool):
            self.fail(key, _("expected a whole number."))
        return value

    def number(self, key: str, default: Decimal = _MISSING) -> Decimal:
        """A number above 0, exactly as written."""
        value = self._take(key, object, _("a number"), default)
        if not isinstance(value, int | Decimal) or value <= 0:
            self.fail(key, _("expected a number above 0."))
        number = Decimal(value)
        if abs(number.adjusted()) > _GREATEST:
            self.fail(key, _("is a number that cannot be meant."))
        return number

    def day(self, key: str, default: date = _MISSING) -> date:
        value = self._take(key, date, _("a date, YYYY-MM-DD"), default)
        if isinstance(value, datetime):
            self.fail(key, _("expected a date without a time."))
        return value

    def texts(self, key: str, default: tuple[str, ...] = _MISSING) -> tuple[str, ...]:
        """A list of texts, none of them empty or twice."""
        values = self._take(key, list, _("a list of texts"), default)
        if values is default:
            return default
        for value in values:
            if not isinstance(value, str) or not value:
                self.fail(key, _("expected a list of texts, none of them empty."))
        if len(set(values)) != len(values):
            self.fail(key, _("lists something twice."))
        return tuple(values)

    def choices(
        self, key: str, allowed: Collection[str], default: tuple[str, ...] = _MISSING
    ) -> tuple[str, ...]:
        """A list of words, each one of ``allowed``."""
        values = self.texts(key, default)
        for value in values:
            if value not in allowed:
                self.fail(
                    key,
                    _("“{value}” is unknown; expected {allowed}.").format(
                        value=value, allowed=", ".join(allowed)
                    ),
                )
        return values

    def table(self, key: str) -> Table:
        """A table below this one."""
        return Table(self._take(key, dict, _("a table"), _MISSING), (*self._path, key), self._file)

    def maybe_table(self, key: str) -> Table | None:
        """A table below this one, or None when left out."""
        return self.table(key) if key in self._values else None

    def holds(self, key: str) -> bool:
        """Whether there is a value for ``key``."""
        return key in self._values

    def keys(self) -> tuple[str, ...]:
        """Every key of this table, in the file's order; each must still be read."""
        return tuple(self._values)

    def holds_table(self, key: str) -> bool:
        """Whether the value of ``key`` is a table."""
        return isinstance(self._values.get(key), dict)

    def tables(self, key: str, *, optional: bool = False) -> tuple[Table, ...]:
        """A list of tables, ``[[key]]``."""
        values = self._take(key, list, _("a list of tables"), [] if optional else _MISSING)
        for position, value in enumerate(values):
            if not isinstance(value, dict):
                self.fail(
                    key,
                    _("expected a list of tables; number {position} is none.").format(
                        position=position + 1
                    ),
                )
        return tuple(
            Table(value, (*self._path, key, position), self._file)
            for position, value in enumerate(values)
        )

    def each(self) -> Iterator[tuple[str, Table]]:
        """Every key of this table, each of which must hold a table."""
        for key in self._values:
            yield key, self.table(key)

    def skip(self, key: str) -> None:
        """An optional key that is not there counts as known all the same."""
        self._asked.add(key)

    def seal(self, without: Collection[str]) -> str:
        """Twelve letters and digits that change with any value, but for the keys left out."""
        said = {key: value for key, value in self._values.items() if key not in without}
        text = json.dumps(said, default=str, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:SEAL]

    def done(self) -> None:
        """Refuse what nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.fail(
                    key, _("this key is unknown here; known are: {known}.").format(known=known)
                )

    def _take(self, key: str, kind: type[T], words: str, default: T) -> T:
        self._asked.add(key)
        if key not in self._values:
            if default is _MISSING:
                self.fail(None, _("the key “{key}” is missing.").format(key=key))
            return default
        value = self._values[key]
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            self.fail(key, _("expected {words}.").format(words=words))
        return value

    @staticmethod
    def _dotted(path: KeyPath) -> str:
        text = ""
        for part in path:
            text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
        return text
