"""What a spreadsheet makes of a cell: text that it would run as a formula is made harmless."""

from __future__ import annotations

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text
