"""Hindi and Tamil in the shapes that a font has for letters together: क् and ष become क्ष.

HarfBuzz says which glyphs a word is drawn with. Glyphs without a letter of their own get a code of
the private use area, one for each glyph and the letters that it stands for, so that the words of
the finished page are found and copied as they are spelt. How far a mark is moved is left out.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

_PRIVATE = range(0xE000, 0xF900)


@cache
def _harfbuzz() -> Any:  # noqa: ANN401 - a module, or None
    try:
        return import_module("uharfbuzz")
    except ImportError:
        # Built for most systems, not for all: letters then stand side by side.
        return None


def can_shape() -> bool:
    """Whether letters can be put together here."""
    return _harfbuzz() is not None


class ShapedFont(TTFont):
    """A font whose letters are put together before they are drawn."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        harfbuzz = _harfbuzz()
        font = harfbuzz.Face(Path(filename).read_bytes())
        self._shaper, self._unit = harfbuzz.Font(font), 1000 / font.upem
        self._letters: dict[int, int] = {}
        for code, glyph in sorted(self.face.charToGlyph.items()):
            if code not in _PRIVATE:
                self._letters.setdefault(glyph, code)
        self._codes: dict[tuple[int, str], int] = {}

    def shaped(self, text: str) -> str:
        """``text`` as the characters that draw it; words that the font cannot draw stay."""
        return re.sub(r"\S+", self._word, text)

    def _word(self, match: re.Match[str]) -> str:
        word = match[0]
        buffer = _harfbuzz().Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        _harfbuzz().shape(self._shaper, buffer)
        glyphs = [
            (info.cluster, info.codepoint, position.x_advance)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]
        if any(glyph == 0 for _, glyph, _ in glyphs):
            return word
        starts = [*sorted({cluster for cluster, _, _ in glyphs}), len(word)]
        ends = dict(pairwise(starts))
        return "".join(
            self._cluster(word[start : ends[start]], [(glyph, wide) for _, glyph, wide in group])
            for start, group in groupby(glyphs, key=lambda each: each[0])
        )

    def _cluster(self, letters: str, glyphs: list[tuple[int, int]]) -> str:
        """Letters that are drawn together; what no glyph has alone is told by the first other."""
        known = [self._letters.get(glyph) for glyph, _ in glyphs]
        own = [chr(code) if code else "" for code in known]
        for letter in filter(None, own):
            letters = letters.replace(letter, "", 1)
        drawn = []
        for letter, (glyph, wide) in zip(own, glyphs, strict=True):
            drawn.append(letter or self._code(glyph, wide, letters))
            letters = letters if letter else ""
        return "".join(drawn)

    def _code(self, glyph: int, wide: int, letters: str) -> str:
        code = self._codes.get((glyph, letters))
        if code is None and len(self._codes) == len(_PRIVATE):
            return letters
        if code is None:
            code = _PRIVATE[len(self._codes)]
            self._codes[glyph, letters] = code
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = wide * self._unit
        return chr(code)

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802 - as the library has it
        """The font in a document, with the letters that each glyph stands for."""
        super().addObjects(doc)
        letters = {code: text for (_, text), code in self._codes.items()}
        face = self.face.name.decode("latin-1")
        for name, stream in doc.idToObject.items():
            if str(name).startswith("toUnicodeCMap:") and face in str(name):
                stream.content = re.sub(
                    r"(<..> <)([EF]...)>",
                    lambda line: f"{line[1]}{_hex(letters.get(int(line[2], 16), ''))}>",
                    stream.content,
                )


def _hex(letters: str) -> str:
    return (letters or "\u200b").encode("utf-16-be").hex().upper()
