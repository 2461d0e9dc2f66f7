"""Design tokens, read from the one file that the designers keep."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from clinicdesk.catalogue.resources import root


@dataclass(frozen=True)
class Tokens:
    """All colours of one theme, as CSS colour text."""

    name: str
    colours: dict[str, str]


@cache
def load_tokens(name: str) -> Tokens:
    """The theme ``light`` or ``dark``.

    Raises:
        KeyError: there is no theme of that name.
    """
    content = json.loads((root() / "theme" / "tokens.json").read_text(encoding="utf-8"))
    return Tokens(name, dict(content[name]))
