"""Words as they begin a line."""

from __future__ import annotations

_SHORT = ("si",)
"""Names that begin with an abbreviation: it stays one."""


def begun(words: str) -> str:
    """``Knee left``, ``Greater occipital left``, ``SI joint left``: the first letter large."""
    first = words.partition(" ")[0]
    if first.casefold() in _SHORT:
        return first.upper() + words[len(first) :]
    return words[:1].upper() + words[1:]
