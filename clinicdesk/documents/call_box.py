"""The red box of the after-care sheet: whom to call, and when."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.platypus import Flowable, Paragraph

from clinicdesk.documents.flow import Block, Columns, Heading, Stack, frame
from clinicdesk.documents.fonts import BODY
from clinicdesk.documents.furniture import bullets
from clinicdesk.documents.icons import Picture
from clinicdesk.documents.look import DANGER, DANGER_TINT, WHITE, Look
from clinicdesk.documents.wording import Wording


class CallBox(Block):
    """The red box: whom to call, and when."""

    def __init__(self, wording: Wording, look: Look, gap: float) -> None:
        super().__init__(gap)
        self._pad = look.size(12)
        self._down = look.size(6)
        inner = look.width - 2 * self._pad
        icon = Picture(wording.texts.art.icons.get("phone", ""), look.size(17), WHITE)
        between = look.size(9)
        words = wording.label("call_heading")
        if wording.facts.clinic.phone_urgent:
            # Only that number answers at night.
            words += (
                f'<font name="{BODY}" size="{look.size(12.5)}">&nbsp;&nbsp;'
                f"{wording.label('call_hours')}</font>"
            )
        heading = Heading(
            words, look.heading(16.5, textColor=WHITE), wording.label_words("call_heading")
        )
        self._head = Columns(
            [(icon.width, icon), (inner - icon.width - between, heading)], between, middle=True
        )
        half = (inner - look.size(14)) / 2
        self._body = Columns(
            [(half, self._list(wording, name, look)) for name in ("call", "emergency")],
            look.size(14),
        )
        late = [Paragraph(wording.markup(x.text), look.body()) for x in wording.lines("note")]
        self._note = Stack(late)

    @staticmethod
    def _list(wording: Wording, name: str, look: Look) -> Stack:
        line = wording.first(f"{name}_call")
        words = wording.markup(line.text) if line else wording.label(name)
        heading = Paragraph(words, look.strong(12.5))
        return Stack([heading, *bullets(wording, name, look, DANGER)])

    def leaves(self) -> Iterable[Flowable]:
        return (*self._head.leaves(), *self._body.leaves(), *self._note.leaves())

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        inner = width - 2 * self._pad
        self._top = self._head.wrap(inner)[1] + 2 * self._down
        self._low = self._note.wrap(inner)[1]
        body = self._body.wrap(inner)[1] + (self._down if self._low else 0)
        self.width, self.height = width, self._top + body + self._low + 2 * self._down
        return width, self.height

    def draw(self) -> None:
        canvas, wide, tall = self.canv, self.width, self.height
        canvas.saveState()
        edge = canvas.beginPath()
        edge.roundRect(0, 0, wide, tall, 6)
        canvas.clipPath(edge, stroke=0, fill=0)
        canvas.setFillColor(DANGER_TINT)
        canvas.rect(0, 0, wide, tall, stroke=0, fill=1)
        canvas.setFillColor(DANGER)
        canvas.rect(0, tall - self._top, wide, self._top, stroke=0, fill=1)
        canvas.restoreState()
        frame(canvas, 0, 0, wide, tall, 6, line=DANGER, line_width=1.6)
        self._head.drawOn(canvas, self._pad, tall - self._top + self._down)
        low = self._down + (self._low + self._down if self._low else 0)
        self._body.drawOn(canvas, self._pad, low)
        self._note.drawOn(canvas, self._pad, self._down)
