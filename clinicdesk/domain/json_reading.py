"""Walking through JSON with the path in hand: what the parsers of cases are made of."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from clinicdesk.domain.broken_text import is_broken
from clinicdesk.domain.errors import Malformed
from clinicdesk.domain.translation import _

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GREATEST = 300
"""Powers of ten a number may have, up and down: exact arithmetic with more would never end."""
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class CaseError(Malformed):
    """A malformed case.

    Attributes:
        path: JSON path of the offending value, ``$.history[0].date``.
        expected: what should have stood there.
    """

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"{path}: {expected}")
        self.path = path
        self.expected = expected


class JsonObject(dict[str, Any]):
    """A JSON object that remembers keys written twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated: str | None = None
        if len(self) != len(pairs):
            counts = Counter(key for key, __ in pairs)
            self.repeated = next(key for key, count in counts.items() if count > 1)


class _Unusable:
    """A number that no decimal can hold: of the wrong type wherever it stands."""


def load_json(text: str) -> object:
    """Parse JSON with exact decimals; raises CaseError at ``$``."""
    try:
        parsed: object = json.loads(
            text,
            parse_float=_exact,
            parse_int=_exact,
            parse_constant=_refuse,
            object_pairs_hook=JsonObject,
        )
    except (ValueError, RecursionError) as error:
        reason = _("nested too deeply") if isinstance(error, RecursionError) else str(error)
        raise CaseError("$", _("expected JSON ({reason})").format(reason=reason)) from error
    return parsed


def _exact(text: str) -> Decimal | _Unusable:
    try:
        return Decimal(text)
    except InvalidOperation:
        return _Unusable()


def _refuse(text: str) -> NoReturn:
    raise ValueError(_("{text} is not JSON").format(text=text))


class Node:
    """A JSON value and its path; every method raises CaseError where the value is wrong."""

    def __init__(self, value: object, path: str) -> None:
        self.value = value
        self.path = path

    def fail(self, expected: str) -> CaseError:
        return CaseError(self.path, expected)

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> Fields:
        """The fields of an object, which must have exactly these keys."""
        if not isinstance(self.value, dict):
            raise self.fail(_("expected an object {…}"))
        repeated = getattr(self.value, "repeated", None)
        if repeated is not None:
            raise CaseError(self._below(repeated), _("expected each field once"))
        known = (*required, *optional)
        for key in self.value:
            if key not in known:
                raise CaseError(
                    self._below(key),
                    _("unknown field; expected one of {known}").format(known=", ".join(known)),
                )
        for key in required:
            if key not in self.value:
                raise CaseError(self._below(key), _("expected this field; it is missing"))
        return Fields({key: Node(v, self._below(key)) for key, v in self.value.items()})

    def _below(self, key: object) -> str:
        text = str(key)
        plain = _PLAIN_KEY.fullmatch(text)
        return f"{self.path}.{text}" if plain else f"{self.path}[{json.dumps(text)}]"

    def items(self) -> list[Node]:
        if not isinstance(self.value, list | tuple):
            raise self.fail(_("expected a list […]"))
        return [Node(value, f"{self.path}[{i}]") for i, value in enumerate(self.value)]

    def text(self, what: str = _("a text")) -> str:
        """A text with something in it."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.fail(_("expected {what}, not empty").format(what=what))
        if is_broken(self.value):
            raise self.fail(_("expected {what}, without half a sign in it").format(what=what))
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.fail(_("expected true or false"))
        return self.value

    def word(self, allowed: Collection[str]) -> str:
        if not isinstance(self.value, str) or self.value not in allowed:
            raise self.fail(_("expected one of {allowed}").format(allowed=", ".join(allowed)))
        return self.value

    def number(self, what: str) -> Decimal:
        value = self.value
        if isinstance(value, float):
            value = Decimal(repr(value))
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fail(_("expected {what}").format(what=what))
        number = Decimal(value)
        if not number.is_finite():
            raise self.fail(_("expected {what}").format(what=what))
        if abs(number.adjusted()) > _GREATEST:
            raise self.fail(_("expected {what}, of a size that can be meant").format(what=what))
        return number

    def day(self) -> date:
        expected = _("expected a real day, YYYY-MM-DD, in the years 1900 to 2199")
        if not isinstance(self.value, str) or not _DATE.fullmatch(self.value):
            raise self.fail(expected)
        try:
            day = date.fromisoformat(self.value)
        except ValueError as error:
            raise self.fail(expected) from error
        if not 1900 <= day.year <= 2199:
            raise self.fail(expected)
        return day


class Fields:
    """The fields of one object."""

    def __init__(self, nodes: dict[str, Node]) -> None:
        self._nodes = nodes

    def __getitem__(self, key: str) -> Node:
        return self._nodes[key]

    def get(self, key: str) -> Node | None:
        """The field, or None when it was left out."""
        return self._nodes.get(key)

    def known(self, key: str) -> Node | None:
        """The field, or None when it was left out or says null ("not known")."""
        node = self._nodes.get(key)
        return None if node is None or node.value is None else node
