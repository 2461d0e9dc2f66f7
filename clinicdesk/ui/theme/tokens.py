"""Design tokens, read from the one file that the designers keep."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from clinicdesk.catalogue.resources import root


@dataclass(frozen=True)
class FamilyColours:
    """Colours of a procedure family: bar, block, outline, and the block once done."""

    name: str
    strong: str
    tint: str
    border: str
    done: str


@dataclass(frozen=True)
class Tokens:
    """All colours of one theme, as CSS colour text."""

    name: str
    colours: dict[str, str]
    families: dict[str, FamilyColours]


@cache
def load_tokens(name: str) -> Tokens:
    """The theme ``light`` or ``dark``.

    Raises:
        KeyError: there is no theme of that name.
    """
    content = json.loads((root() / "theme" / "tokens.json").read_text(encoding="utf-8"))
    families = {
        code: FamilyColours(entry["name"], **entry[name])
        for code, entry in content["family"].items()
    }
    return Tokens(name, dict(content[name]), families)
