"""The after-care sheet."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER
from reportlab.platypus import Flowable, Paragraph

from clinicdesk.documents.consent import bullets
from clinicdesk.documents.drawing import paint, picture
from clinicdesk.documents.flow import Block, Columns, Heading, Panel, Stack, frame
from clinicdesk.documents.fonts import BODY
from clinicdesk.documents.furniture import letterhead, patient_strip, title
from clinicdesk.documents.look import (
    ACCENT,
    ACCENT_LINE,
    ACCENT_TINT,
    DANGER,
    DANGER_CHIP,
    DANGER_TINT,
    INK,
    INK2,
    LINE,
    OK,
    OK_TINT,
    WARN,
    WARN_LINE,
    WARN_TINT,
    WHITE,
    Look,
)  # fmt: skip
from clinicdesk.documents.text import plain
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.sheets import Line


def story(wording: Wording, look: Look) -> list[Flowable]:
    """The blocks of an after-care sheet, top to bottom."""
    return [
        letterhead(wording, look),
        title(wording, look),
        *_lead(wording, look),
        *patient_strip(wording, look, look.gap(8)),
        _timeline(wording, look),
        _do_and_do_not(wording, look),
        *_thinner(wording, look),
        _call_us(wording, look),
        _scores(wording, look),
        _dates(wording, look),
    ]


def _lead(wording: Wording, look: Look) -> list[Flowable]:
    line = wording.first("lead")
    if line is None:
        return []
    return [Paragraph(wording.markup(line.text), look.style(13, 16, spaceBefore=look.gap(3)))]


class Picture(Block):
    """An icon of the program, drawn as lines."""

    def __init__(self, svg: str, size: float, colour: Color) -> None:
        super().__init__()
        self._svg = svg
        self._colour = colour
        self.width = self.height = size

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del width, height
        return self.width, self.height

    def draw(self) -> None:
        if not self._svg:
            return
        drawing = picture(self._svg)
        unit = self.width / drawing.box[2]
        self.canv.saveState()
        self.canv.translate(0, self.height)
        self.canv.scale(unit, -unit)
        paint(self.canv, drawing, self._colour)
        self.canv.restoreState()


# -- what comes when -------------------------------------------------------------------------


class _Dot(Block):
    """A dot of the time line with its line to the next."""

    def __init__(self, look: Look, reach: float) -> None:
        super().__init__()
        self.height = look.size(12)
        self._radius = look.size(5)
        self._reach = reach

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        self.width = width
        return width, self.height

    def draw(self) -> None:
        middle, radius = self.height / 2, self._radius
        self.canv.setStrokeColor(ACCENT_LINE)
        self.canv.setLineWidth(radius * 0.45)
        self.canv.line(radius, middle, self._reach, middle)
        self.canv.setFillColor(ACCENT)
        self.canv.circle(radius, middle, radius, stroke=0, fill=1)


def _timeline(wording: Wording, look: Look) -> Flowable:
    steps = wording.lines("step")
    between = look.size(14)
    wide = (look.width - between * (len(steps) - 1)) / max(len(steps), 1)
    cells: list[tuple[float, Flowable]] = []
    for position, line in enumerate(steps):
        reach = wide if position == len(steps) - 1 else wide + between
        parts = [
            _Dot(look, reach),
            Paragraph(wording.markup(line.label), look.strong(12.5)),
            Paragraph(wording.markup(line.text), look.body()),
        ]
        cells.append((wide, Stack(parts)))
    return Columns(cells, between, look.gap(9))


# -- do and do not ---------------------------------------------------------------------------


class Chip(Block):
    """An icon on a pale square, with a tick or a cross for those who see no colours."""

    def __init__(self, svg: str, look: Look, *, good: bool) -> None:
        super().__init__()
        self._svg = svg
        self._good = good
        self.width = look.size(28)
        self.height = look.size(25)

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del width, height
        return self.width, self.height

    def draw(self) -> None:
        canvas, unit = self.canv, self.height / 25
        ink, tint = (OK, OK_TINT) if self._good else (DANGER, DANGER_CHIP)
        frame(canvas, 0, 0, 25 * unit, 25 * unit, 5 * unit, fill=tint)
        icon = Picture(self._svg, 16 * unit, ink)
        icon.wrap(0)
        icon.drawOn(canvas, 4.5 * unit, 4.5 * unit)
        x, y, radius = 23.5 * unit, 4 * unit, 5.2 * unit
        canvas.setFillColor(ink)
        canvas.setStrokeColor(WHITE)
        canvas.setLineWidth(1.2 * unit)
        canvas.circle(x, y, radius, stroke=1, fill=1)
        canvas.setLineWidth(1.3 * unit)
        canvas.setLineCap(1)
        arm = 1.9 * unit
        if self._good:
            path = canvas.beginPath()
            path.moveTo(x - arm, y)
            path.lineTo(x - arm * 0.25, y - arm * 0.8)
            path.lineTo(x + arm * 1.1, y + arm * 0.9)
            canvas.drawPath(path, stroke=1, fill=0)
        else:
            canvas.line(x - arm, y - arm, x + arm, y + arm)
            canvas.line(x - arm, y + arm, x + arm, y - arm)


def _do_and_do_not(wording: Wording, look: Look) -> Flowable:
    between = look.size(16)
    wide = (look.width - between) / 2
    halves: list[tuple[float, Flowable]] = [
        (wide, _half(wording, "do", look, wide, good=True)),
        (wide, _half(wording, "dont", look, wide, good=False)),
    ]
    return Columns(halves, between, look.gap(9))


class _Rule(Block):
    """A coloured line."""

    def __init__(self, colour: Color) -> None:
        super().__init__()
        self._colour = colour
        self.height = 2.0

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        self.width = width
        return width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(self._colour)
        self.canv.setLineWidth(1.4)
        self.canv.line(0, 1, self.width, 1)


def _half(wording: Wording, block: str, look: Look, wide: float, *, good: bool) -> Stack:
    colour = OK if good else DANGER
    heading = Heading(
        wording.label(block), look.heading(15.5, textColor=colour), wording.label_words(block)
    )
    rows = [_advice(wording, line, look, wide, good=good) for line in wording.lines(block)]
    return Stack([heading, _Rule(colour), *rows])


def _advice(wording: Wording, line: Line, look: Look, wide: float, *, good: bool) -> Flowable:
    svg = wording.texts.art.icons.get(line.icon, "")
    chip = Chip(svg, look, good=good)
    between = look.size(9)
    words = Paragraph(wording.markup(line.text), look.body())
    return Columns(
        [(chip.width, chip), (wide - chip.width - between, words)], between, look.gap(4),
        middle=True,
    )  # fmt: skip


# -- boxes -----------------------------------------------------------------------------------


def _thinner(wording: Wording, look: Look) -> list[Flowable]:
    """The blood thinner box, for those who take one; a date only when it was confirmed."""
    facts = wording.facts
    if not facts.anticoagulants:
        return []
    head = "thinner_at" if facts.restart else "told_later"
    icon = Picture(wording.texts.art.icons.get("drop", ""), look.size(22), WARN)
    between, pad = look.size(12), (look.size(13), look.size(6.5))
    words = Stack([
        Paragraph(wording.label("thinner_box"), look.body()),
        Paragraph(wording.label(head), look.heading(15)),
        *(Paragraph(wording.markup(line.text), look.body()) for line in wording.lines("thinner")),
    ])  # fmt: skip
    wide = look.width - 2 * pad[0] - icon.width - between
    inside = Columns([(icon.width, icon), (wide, words)], between, middle=True)
    return [Panel(inside, pad, look.gap(9), fill=WARN_TINT, line=WARN_LINE, line_width=1.3)]


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
        heading = Paragraph(wording.label(name), look.strong(12.5))
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


def _call_us(wording: Wording, look: Look) -> Flowable:
    return CallBox(wording, look, look.gap(9))


# -- scores and dates ------------------------------------------------------------------------


class ScoreBox(Block):
    """A box to write one score into, its day or hour on top."""

    def __init__(self, label: str, look: Look) -> None:
        super().__init__()
        self._label = Paragraph(plain(label), look.style(10, 12, alignment=TA_CENTER))
        self._head = look.size(13)
        self.height = look.size(33) + look.gap(8)

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


def _scores(wording: Wording, look: Look) -> Flowable:
    """Dated boxes for each evening, or hourly ones after a test."""
    hours = [wording.words(line.text) for line in wording.lines("score")]
    labels = hours or wording.days(wording.texts.score_days)
    heading = wording.label("score_before" if hours else "score")
    words = (
        f'{heading}<font name="{BODY}" size="{look.size(11)}" color="#43504C">&nbsp;&nbsp; '
        f"{wording.label('score_hint')}</font>"
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


def _dates(wording: Wording, look: Look) -> Flowable:
    """When we call, and from when it may be done again; no date that nobody confirmed."""
    facts = wording.facts
    between = look.size(12)
    wide = (look.width - between) / 2
    call = _card("follow", wording, look, known=facts.follow_up_call is not None)
    again = _card("repeat", wording, look, known=facts.repeat_from is not None)
    pad = (look.size(11), look.size(6))
    cards: list[tuple[float, Flowable]] = [
        (wide, Panel(call, pad, line=LINE, line_width=0.9)),
        (wide, Panel(again, pad, fill=ACCENT_TINT, line=ACCENT, line_width=1.2)),
    ]
    return Columns(cards, between, look.gap(9))


def _card(name: str, wording: Wording, look: Look, *, known: bool) -> Stack:
    small, large = look.body(), look.heading(15 if known else 12.5, textColor=INK)
    date = wording.label(f"{name}_on") if known else wording.label("told_later")
    return Stack([
        Paragraph(wording.label(f"{name}_heading"), small),
        Paragraph(date, large),
        Paragraph(wording.label(f"{name}_hint"), small),
    ])  # fmt: skip
