"""Boxes in which a patient writes pain scores, dated or by the hour."""

from __future__ import annotations

from reportlab.lib.enums import TA_CENTER
from reportlab.platypus import Flowable, Paragraph

from clinicdesk.documents.flow import Block, Columns, Heading, Stack, frame
from clinicdesk.documents.fonts import BODY
from clinicdesk.documents.look import INK2, LINE, Look
from clinicdesk.documents.text import plain
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.translation import _


class ScoreBox(Block):
    """A box to write one score into, its day or hour on top."""

    def __init__(self, label: str, look: Look) -> None:
        super().__init__()
        self._label = Paragraph(plain(label), look.style(10, 12, alignment=TA_CENTER))
        self._head = look.size(max(13.0, look.least * 1.3))
        self.height = self._head + look.size(20) + look.gap(8)

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        self.width = width
        self._label.wrap(width, self._head)
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        line = self.height - self._head - 1
        frame(canvas, 0, 0, self.width, self.height, 4, line=INK2, line_width=0.8)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.7)
        canvas.line(0.5, line, self.width - 0.5, line)
        self._label.drawOn(canvas, 0, line + 1)


def scores(wording: Wording, look: Look) -> Flowable:
    """Dated boxes for each evening, or hourly ones after a test."""
    hours = [wording.words(line.text) for line in wording.lines("score")]
    labels = hours or wording.days(wording.texts.score_days)
    heading = wording.label("score_before" if hours else "score")
    words = _(
        '{heading}<font name="{body}" size="{size}" color="#43504C">&nbsp;&nbsp; {label}</font>'
    ).format(
        heading=heading,
        body=BODY,
        size=look.size(max(11.0, look.least)),
        label=wording.label("score_hint"),
    )
    parts: list[Flowable] = [
        Heading(words, look.heading(13.5, spaceAfter=look.gap(3)),
                wording.label_words("score_before" if hours else "score"))
    ]  # fmt: skip
    between = look.size(4)
    per_row = len(labels)
    while per_row > 1 and (look.width - between * (per_row - 1)) / per_row < look.size(33):
        per_row = (per_row + 1) // 2
    wide = (look.width - between * (per_row - 1)) / max(per_row, 1)
    for start in range(0, len(labels), max(per_row, 1)):
        row = labels[start : start + per_row]
        parts.append(Columns([(wide, ScoreBox(x, look)) for x in row], between, look.gap(3)))
    return Stack(parts, look.gap(9))
