"""Records with every field filled, each differently, by reflection: for round trips.

A field that is added is filled as well, so that one that is written and not read is noticed.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def filled(kind: type[T], **given: Any) -> T:
    """A record whose every field has a value of its own that is not the default.

    Args:
        kind: a dataclass.
        given: fields for which not every value will do.
    """
    made = _made(kind, count(1), given)
    assert isinstance(made, kind)
    alike = [
        field.name
        for field in fields(kind)  # type: ignore[arg-type]
        if field.name not in given
        and field.default is not MISSING
        and getattr(made, field.name) == field.default
    ]
    assert not alike, f"the default stands in {', '.join(alike)}"
    return made


def _made(kind: Any, numbers: Any, given: dict[str, Any]) -> Any:
    hints = get_type_hints(kind)
    values = {
        field.name: given[field.name]
        if field.name in given
        else _value(hints[field.name], f"{field.name} {next(numbers)}", numbers, field.default)
        for field in fields(kind)
    }
    return kind(**values)


def _value(kind: Any, text: str, numbers: Any, default: Any) -> Any:
    number = next(numbers)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], f"{text} {n}", numbers, MISSING) for n in "ab")
    if NoneType in get_args(kind):
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
        default = MISSING
    if is_dataclass(kind):
        return _made(kind, numbers, {})
    if kind is bool:
        return default is not True
    simple = {
        str: text,
        int: number,
        Decimal: Decimal(number) + Decimal("0.25"),
        date: date(1990, 1, 1) + timedelta(days=number),
    }
    return simple[kind]
