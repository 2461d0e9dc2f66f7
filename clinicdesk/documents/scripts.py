"""Letters of right-to-left scripts in the order in which they are drawn.

ReportLab draws what it is given from left to right and joins nothing. Names are
short, so a small part of the Unicode bidirectional rules does: each stretch of
right-to-left letters is turned round, and Arabic letters get the shape that their
neighbours ask for (from the presentation forms that Unicode itself lists).
"""

from __future__ import annotations

import unicodedata
from functools import cache

from clinicdesk.documents.fonts import font_for

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_FORMS = ("isolated", "final", "initial", "medial")


def in_drawing_order(text: str) -> str:
    """``text`` as it is drawn from left to right."""
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
