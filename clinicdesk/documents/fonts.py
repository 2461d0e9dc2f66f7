"""The typeface of the sheets, and which font stands in for scripts it lacks.

Chinese, Japanese, Korean, Thai, Hindi and Tamil come with the program; for all else a font of this
computer does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from clinicdesk.documents.shaping import ShapedFont, can_shape
from clinicdesk.installed import script_fonts, typeface

BODY = "Sheet"
BOLD = "Sheet-Semibold"
TITLE = "Sheet-Bold"

# There is no file for weight 500; 400 stands for it.
_FACES = {
    BODY: "SourceSansPro-Regular",
    BOLD: "SourceSansPro-Semibold",
    TITLE: "SourceSansPro-Bold",
}

# What each font that came with the program is for: beyond it, some have letters that are blank.
_SCRIPTS = {
    "DroidSansFallback": (
        range(0x2E80, 0x2FE0), range(0x3000, 0x3130), range(0x31F0, 0x3200),
        range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0xFF00, 0xFFF0),
    ),
    "ArundinaSans": (range(0x0E01, 0x0E5C),),
    "Lohit-Devanagari": (range(0x0900, 0x0980),),
    "Lohit-Tamil": (range(0x0B82, 0x0BFB),),
    "NanumSquareR": (range(0xAC00, 0xD7A4), range(0x3131, 0x318F)),
}  # fmt: skip

_SHAPED = frozenset({"Lohit-Devanagari", "Lohit-Tamil"})

# Fonts that cover much, commonest systems first; only TrueType outlines can be embedded.
_STAND_INS = (
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "segoeui.ttf", "Arial Unicode.ttf", "arial.ttf",
    "Arial.ttf", "seguisym.ttf", "DroidSansFallbackFull.ttf", "msyh.ttc", "simsun.ttc",
    "msgothic.ttc", "malgun.ttf", "AppleGothic.ttf", "STHeiti Light.ttc", "Nirmala.ttf",
    "leelawui.ttf", "mangal.ttf",
)  # fmt: skip


@cache
def register() -> None:
    """Makes the faces known to ReportLab, in a fixed order (else bytes differ by machine)."""
    files = {path.stem: path for path in typeface()}
    for name, stem in sorted(_FACES.items()):
        font = TTFont(name, str(files[stem]))
        _remember_subsets(font)
        pdfmetrics.registerFont(font)
    # <b> in a paragraph means semibold; the sheets have no slanted face.
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=BODY, boldItalic=BOLD)
    pdfmetrics.registerFontFamily(BOLD, normal=BOLD, bold=BOLD, italic=BOLD, boldItalic=BOLD)
    pdfmetrics.registerFontFamily(TITLE, normal=TITLE, bold=TITLE, italic=TITLE, boldItalic=TITLE)


def _remember_subsets(font: TTFont) -> None:
    """Makes equal subsets of a face once: two hundred letters embed the same few."""
    make = font.face.makeSubset

    @lru_cache(maxsize=32)
    def made(codes: tuple[int, ...]) -> bytes:
        return bytes(make(list(codes)))

    # On this face alone; the class stays as it is.
    vars(font.face)["makeSubset"] = lambda subset: made(tuple(subset))


@cache
def _covered(name: str) -> frozenset[int]:
    register()
    font = pdfmetrics.getFont(name)
    assert isinstance(font, TTFont)
    return frozenset(font.face.charToGlyph)


@cache
def font_for(character: str) -> str | None:
    """The font that has ``character``: empty for the sheet's own, None for none at all."""
    code = ord(character)
    if code in _covered(BODY) and code in _covered(BOLD) and code in _covered(TITLE):
        return ""
    for path in script_fonts():
        if any(code in block for block in _SCRIPTS.get(path.stem, ())):
            name = _shipped(path)
            if name and code in _covered(name):
                return name
    for name in _installed():
        if code in _covered(name):
            return name
    return None


@cache
def _shipped(path: Path) -> str | None:
    """Name of a font that came with the program; it is read when the first letter asks for it."""
    return _register_file(path)


@cache
def _installed() -> tuple[str, ...]:
    """Names under which the stand-ins found on this machine are registered."""
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(_files(folder)):
            if path.name in _STAND_INS:
                found.setdefault(path.name, path)
    names = [_register_file(found[name]) for name in _STAND_INS if name in found]
    return tuple(name for name in names if name)


def shaped(font: str, text: str) -> str:
    """``text`` as it is drawn with a font that puts letters together; else as it is."""
    found = pdfmetrics.getFont(font) if font else None
    return found.shaped(text) if isinstance(found, ShapedFont) else text


def _register_file(path: Path) -> str | None:
    name = f"StandIn-{path.stem.replace(' ', '')}"
    kind = ShapedFont if path.stem in _SHAPED and can_shape() else TTFont
    try:
        font = kind(name, str(path))
    except (TTFError, OSError):
        # An unreadable or outline-less font file is passed over; the next one may do.
        return None
    pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(name, normal=name, bold=name, italic=name, boldItalic=name)
    return name


def _folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts")


def _files(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        for name in names:
            yield Path(where) / name
