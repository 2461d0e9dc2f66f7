"""A case's JSON as text, decimals exactly as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal

_MARK = "\0"
_MARKED = re.compile(r'"\\u0000(-?[0-9]+(?:\.[0-9]+)?)"')


def dump_case(case: Mapping[str, object]) -> str:
    """One line of JSON; decimals become numbers with the digits they have."""
    return _MARKED.sub(r"\1", json.dumps(case, default=_number))


def _number(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}"
    raise TypeError(type(value).__name__)
