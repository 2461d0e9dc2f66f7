"""Signs that nobody sees: zero-width and direction signs, taken out of what is kept and sought."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""Some scripts need them between two letters; elsewhere they are dirt like the others."""
_NEEDS_JOINERS = range(0x0600, 0x1900)
"""Arabic to Mongolian, with the scripts of India between them."""


def without_unseen(text: str) -> str:
    """The text without signs that cannot be seen; joiners stay where the script needs them."""
    if text.isascii() or not any(unicodedata.category(c) == "Cf" for c in text):
        return text
    return "".join(c for n, c in enumerate(text) if _stays(text, n))


def _stays(text: str, place: int) -> bool:
    sign = text[place]
    if unicodedata.category(sign) != "Cf":
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return sign in _JOINERS and all(c and ord(c) in _NEEDS_JOINERS for c in (before, after))
