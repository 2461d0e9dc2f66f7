"""From plain text to the mark-up of ReportLab's paragraphs, and nothing else in between.

All that comes from records passes ``plain``: mark-up is escaped, control characters
are shown as ``[?]``, characters that no font has as ``[U+1F9A0]``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from clinicdesk.documents.fonts import font_for, shaped
from clinicdesk.documents.scripts import in_drawing_order
from clinicdesk.domain.sheets import SheetTexts

_DROPPED = "[?]"
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_TEMPLATE = re.compile(r"(\*\*|\{[a-z_]+\})")


def clean(text: str) -> str:
    """``text`` composed, on one line, with what cannot be printed marked."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_shown(character) for character in " ".join(composed.split()))


def _shown(character: str) -> str:
    if unicodedata.category(character) in _BAD_CATEGORIES:
        return _DROPPED
    if font_for(character) is None:
        return f"[U+{ord(character):04X}]"
    return character


def plain(text: str) -> str:
    """Text from a record as mark-up that prints exactly that text."""
    parts = []
    for font, run in _runs(in_drawing_order(clean(text))):
        safe = escape(shaped(font, run))
        parts.append(f'<font name="{font}">{safe}</font>' if font else safe)
    return "".join(parts)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Stretches that one font can draw; a space stays with what stands before it."""
    start, current = 0, ""
    for position, character in enumerate(text):
        font = font_for(character) or ""
        if font != current and not character.isspace():
            if position > start:
                yield current, text[start:position]
            start, current = position, font
    if start < len(text):
        yield current, text[start:]


def fill(template: str, values: Mapping[str, str]) -> str:
    """Mark-up of a template: ``**…**`` becomes bold, ``{name}`` the value, all else plain."""
    parts, bold = [], False
    for piece in _TEMPLATE.split(template):
        if piece == "**":
            parts.append("</b>" if bold else "<b>")
            bold = not bold
        elif piece.startswith("{") and piece.endswith("}"):
            parts.append(plain(values.get(piece[1:-1], "")))
        elif piece:
            parts.append(_spaced(piece))
    return "".join(parts)


def _spaced(piece: str) -> str:
    """A literal piece; spaces at its ends matter beside placeholders."""
    front = " " if piece[:1].isspace() else ""
    back = " " if piece[-1:].isspace() and piece.strip() else ""
    return front + plain(piece) + back


def letters_without_font(texts: SheetTexts) -> str:
    """The letters of a text that no font on this computer has."""
    lines = (line for block in texts.blocks.values() for line in block)
    said = [*texts.labels.values(), *(line.text + line.label for line in lines)]
    said += [risk.text for risk in texts.risks]
    letters = sorted(letter for letter in set("".join(said)) if not letter.isspace())
    return "".join(letter for letter in letters if font_for(letter) is None)


def unmarked(template: str, values: Mapping[str, str]) -> str:
    """The template as plain words, for titles and for measuring how hard it is to read."""
    return _TEMPLATE.sub(
        lambda match: "" if match[0] == "**" else clean(values.get(match[0][1:-1], "")), template
    )
