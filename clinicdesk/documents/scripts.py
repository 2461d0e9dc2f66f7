"""Letters in the order in which they are drawn.

ReportLab draws what it is given from left to right and joins nothing. Names are
short, so a small part of the Unicode bidirectional rules does: each stretch of
right-to-left letters is turned round, and Arabic letters get the shape that their
neighbours ask for (from the presentation forms that Unicode itself lists). Hindi and Tamil are
shaped by their font (``shaping``); where that cannot be, vowel signs that are drawn before
their letter are put there, and letters that a font would melt into one stand side by side.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from clinicdesk.documents.fonts import font_for
from clinicdesk.documents.shaping import can_shape

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_FORMS = ("isolated", "final", "initial", "medial")


def in_drawing_order(text: str) -> str:
    """``text`` as it is drawn from left to right."""
    if not can_shape():
        text = _signs_first(text)
    if not any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text):
        return text
    parts: list[str] = []
    start = 0
    while start < len(text):
        end = _stretch(text, start)
        if end > start:
            parts.append(_turned(_joined(text[start:end])))
            start = end
        else:
            parts.append(text[start])
            start += 1
    return "".join(parts)


_DEVANAGARI_I = "\u093f"
_TAMIL_FIRST = {
    "\u0bc6": ("\u0bc6", ""), "\u0bc7": ("\u0bc7", ""), "\u0bc8": ("\u0bc8", ""),
    "\u0bca": ("\u0bc6", "\u0bbe"), "\u0bcb": ("\u0bc7", "\u0bbe"),
    "\u0bcc": ("\u0bc6", "\u0bd7"),
}  # fmt: skip
"""Vowel signs of which a part is drawn before the letter, and what is left after it."""
_VIRAMA, _NUKTA = "\u094d", "\u093c"
_KA_SSA = "\u0b95\u0bcd"
_SSA = "\u0bb7"


def _signs_first(text: str) -> str:
    """Vowel signs before the letters that they are spoken after."""
    parts: list[str] = []
    for character in text:
        if character == _DEVANAGARI_I:
            parts.insert(_cluster(parts), character)
        elif character in _TAMIL_FIRST:
            first, last = _TAMIL_FIRST[character]
            together = parts[-1:] == [_SSA] and "".join(parts[-3:-1]) == _KA_SSA
            parts.insert(max(len(parts) - (3 if together else 1), 0), first)
            parts += [last] if last else []
        else:
            parts.append(character)
    return "".join(parts)


def _cluster(parts: list[str]) -> int:
    """Where the consonants begin that are spoken together at the end of ``parts``."""
    start = len(parts) - 1
    if start > 0 and parts[start] == _NUKTA:
        start -= 1
    while start > 1 and parts[start - 1] == _VIRAMA:
        start -= 2
        if start > 0 and parts[start] == _NUKTA:
            start -= 1
    return max(start, 0)


def _stretch(text: str, start: int) -> int:
    """Where a stretch of right-to-left letters, with the spaces between, ends."""
    end, position = start, start
    while position < len(text):
        direction = unicodedata.bidirectional(text[position])
        if direction in _RIGHT_TO_LEFT or (direction == "NSM" and position > start):
            end = position + 1
        elif not (direction in {"WS", "CS", "ON"} and position > start):
            break
        position += 1
    return end


def _turned(text: str) -> str:
    """Reversed, with marks kept after their letter and brackets mirrored."""
    clusters: list[str] = []
    for character in text:
        if unicodedata.combining(character) and clusters:
            clusters[-1] += character
        else:
            clusters.append(_MIRRORED.get(character, character))
    return "".join(reversed(clusters))


_MIRRORED = {"(": ")", ")": "(", "[": "]", "]": "[", "<": ">", ">": "<", "«": "»", "»": "«"}


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Arabic letter to its shapes, from the compatibility characters of Unicode."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        form, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        name = form.strip("<>")
        if name in _FORMS and len(letters) == 4:
            found.setdefault(chr(int(letters, 16)), {})[name] = chr(code)
    return found


def _joined(text: str) -> str:
    """Arabic letters in the shapes their neighbours ask for, as far as a font has them."""
    shapes = _shapes()
    result = []
    for position, character in enumerate(text):
        shape = shapes.get(character)
        if not shape:
            result.append(character)
            continue
        before = _neighbour(text, position, -1)
        after = _neighbour(text, position, 1)
        joins_before = "initial" in shapes.get(before, {}) and "final" in shape
        joins_after = "initial" in shape and "final" in shapes.get(after, {})
        form = _FORMS[joins_before + 2 * joins_after]
        drawn = shape.get(form, character)
        result.append(drawn if font_for(drawn) is not None else character)
    return "".join(result)


def _neighbour(text: str, position: int, step: int) -> str:
    position += step
    while 0 <= position < len(text) and unicodedata.combining(text[position]):
        position += step
    return text[position] if 0 <= position < len(text) else ""
