"""Text that no file and no database can hold: half of a pair of signs, standing alone.

A slip of an input method or a paste leaves one behind; a terminal gives one for each byte that
is no text. It is refused where text comes in: mended, it would be another word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from types import NoneType

from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.translation import _


def is_broken(text: str) -> bool:
    """Whether a sign in it stands for half of one."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def sentence() -> str:
    """What is said at the field."""
    return _("A sign in this text is broken and cannot be kept. Delete it, and type it again.")


def refuse_broken(given: Iterable[tuple[str, object]]) -> None:
    """Raises Invalid for every field, at any depth, that holds such a text.

    Args:
        given: names and values: texts, dataclasses, lists and mappings of them; others are let
            be. A field of a dataclass is named as there, of a list by its place:
            ``allergies.0``.
    """
    found = {path: sentence() for name, value in given for path in _broken(name, value)}
    if found:
        raise Invalid(found)


_WORDLESS = (int, float, bool, NoneType, Decimal, date, datetime, bytes)


def _broken(name: str, value: object) -> Iterator[str]:
    if type(value) in _WORDLESS:
        return
    if isinstance(value, str):
        if is_broken(value):
            yield name
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _broken(field.name, getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _broken(str(key), each)
            if isinstance(key, str) and is_broken(key):
                yield name
    elif isinstance(value, list | tuple | set | frozenset):
        for n, each in enumerate(value):
            if type(each) not in _WORDLESS:
                yield from _broken(f"{name}.{n}", each)
