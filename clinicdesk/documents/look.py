"""Colours, sizes and paragraph styles of the sheets."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from clinicdesk.documents.fonts import BODY, BOLD, TITLE

INK = HexColor("#15201E")
INK2 = HexColor("#43504C")
LINE = HexColor("#C2CCC9")
FRAME = HexColor("#15201E")
ACCENT = HexColor("#0B6B70")
ACCENT_TINT = HexColor("#EDF6F5")
ACCENT_LINE = HexColor("#8FBFBE")
SUNKEN = HexColor("#F3F6F5")
OK = HexColor("#17693A")
OK_TINT = HexColor("#E2F3E8")
WARN = HexColor("#7E4C00")
WARN_LINE = HexColor("#B07A1A")
WARN_TINT = HexColor("#FCF0D6")
DANGER = HexColor("#B3261E")
DANGER_TINT = HexColor("#FDF4F3")
DANGER_CHIP = HexColor("#FCEAE8")
PEOPLE = HexColor("#B9C5C1")
WHITE = HexColor("#FFFFFF")
AMBER = HexColor("#F2B84B")

PAPERS = {"letter": LETTER, "a4": A4}
MARGIN = 12 * mm


@dataclass(frozen=True)
class Look:
    """Measures of one rendering.

    Attributes:
        scale: 1, or 1.5 for large print; multiplies every letter and drawing.
        air: multiplies the gaps only; lowered until a sheet fits its page.
        width: of the text, in points.
        least: no style is smaller before it is scaled: 12 in large print, 18 points on paper.
    """

    scale: float
    air: float
    width: float
    least: float = 0.0

    def size(self, points: float) -> float:
        """A length that grows with large print."""
        return points * self.scale

    def gap(self, points: float) -> float:
        """A gap between blocks."""
        return points * self.scale * self.air

    def style(
        self,
        size: float = 12,
        lead: float | None = None,
        font: str = BODY,
        colour: Color = INK,
        **more: object,
    ) -> ParagraphStyle:
        """A paragraph style; ``lead`` is the line height (default 1.22 × size)."""
        if size < self.least:
            size, lead = self.least, None
        given: dict[str, object] = {
            "fontName": font,
            "fontSize": self.size(size),
            "leading": self.size(lead or size * 1.22),
            "textColor": colour,
            "splitLongWords": 1,
            "allowWidows": 0,
            "allowOrphans": 0,
        }
        style = ParagraphStyle(f"{font}-{size}")
        for key, value in (given | more).items():
            setattr(style, key, value)
        return style

    def body(self, **more: object) -> ParagraphStyle:
        return self.style(12, 13.9 + 0.8 * self.air, **more)  # type: ignore[arg-type]

    def strong(self, size: float = 12, **more: object) -> ParagraphStyle:
        return self.style(size, font=BOLD, **more)  # type: ignore[arg-type]

    def small(self, size: float = 10, **more: object) -> ParagraphStyle:
        return self.style(size, colour=INK2, **more)  # type: ignore[arg-type]

    def heading(self, size: float = 14.5, **more: object) -> ParagraphStyle:
        return self.style(size, font=TITLE, **more)  # type: ignore[arg-type]


RIGHT = {"alignment": TA_RIGHT}
