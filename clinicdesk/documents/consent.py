"""The consent form."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from clinicdesk.documents.figure import SiteFigure
from clinicdesk.documents.flow import Block, Columns, Stack, space
from clinicdesk.documents.fonts import BOLD
from clinicdesk.documents.furniture import (
    bullets,
    letterhead,
    notes,
    patient_strip,
    section,
    title,
    waiting,
)
from clinicdesk.documents.look import DANGER, INK, LINE, SUNKEN, WHITE, Look
from clinicdesk.documents.people import PeopleIcons
from clinicdesk.documents.places import marks_for, side_words
from clinicdesk.documents.text import plain
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.sheets import Risk

_FIGURE = (164.0, 140.0)
_LEAST = 9.0


def story(wording: Wording, look: Look) -> list[Flowable]:
    """The blocks of a consent form, top to bottom."""
    return [
        letterhead(wording, look),
        title(wording, look),
        *patient_strip(wording, look, look.gap(8)),
        *waiting(wording, "wait", look),
        *_plan(wording, look),
        *_paragraph(wording, "choice", look),
        *notes(wording, look),
        *_risks(wording, look),
        _signing(wording, look),
    ]


def _plan(wording: Wording, look: Look) -> list[Flowable]:
    """What is planned and what for, with the drawing of the place on the right."""
    steps = Stack([
        section(wording, "plan", look),
        *bullets(wording, "plan", look),
        *_paragraph(wording, "help", look),
    ])  # fmt: skip
    marks = marks_for(wording.sites, wording.texts)
    side = side_words(wording.sites, wording.texts)
    between = look.size(14)
    figure_width = look.size(_FIGURE[0])
    seen = _large_side(side, look)
    if marks:
        tall = look.size(_FIGURE[1] - 22 * (1 - look.air))
        figure = SiteFigure(marks, wording.texts, look, figure_width, tall)
        seen = [figure, *seen]
    if not seen:
        steps.spaceBefore = look.gap(9)
        return [steps]
    left = look.width - figure_width - between
    return [Columns([(left, steps), (figure_width, Stack(seen))], between, look.gap(9))]


def _large_side(side: str, look: Look) -> list[Flowable]:
    """The side, in letters that can be read across the room."""
    if not side:
        return []
    return [Paragraph(plain(side), look.heading(20, textColor=DANGER, spaceBefore=look.size(1)))]


def _paragraph(wording: Wording, block: str, look: Look) -> list[Flowable]:
    """A heading with the lines of a block as one paragraph."""
    words = " ".join(wording.markup(line.text) for line in wording.lines(block))
    if not words:
        return []
    inside = [section(wording, block, look), Paragraph(words, look.body())]
    return [Stack(inside, look.gap(7))]


# -- what can go wrong -----------------------------------------------------------------------


def _risks(wording: Wording, look: Look) -> list[Flowable]:
    """A row for each frequency; a row never breaks, and says where its number is from below."""
    rows = [tuple(group) for _, group in groupby(wording.risks(), key=_row_key)]
    if not rows:
        return []
    heading = section(wording, "risk", look)
    last = len(rows) - 1
    table: list[Flowable] = [
        RiskRow(row, wording, look, first=position == 0, last=position == last)
        for position, row in enumerate(rows)
    ]
    sources = dict.fromkeys(r.source for row in rows for r in row if r.known)
    if sources:
        words = f"{wording.label_words('numbers')} {'; '.join(sources)}."
        table.append(Paragraph(plain(words), look.small(8.5, spaceBefore=look.size(2))))
    start = Stack([heading, table[0]], look.gap(8))
    start.turns = True
    return [start, *table[1:]]


def _row_key(risk: Risk) -> tuple[object, ...]:
    if not risk.known:
        return ("unknown", risk.grade)
    return (risk.bound, risk.count, risk.count_to, risk.out_of)


class RiskRow(Block):
    """One frequency: little people, words, and what may happen."""

    def __init__(
        self, risks: tuple[Risk, ...], wording: Wording, look: Look, *, first: bool, last: bool
    ) -> None:
        super().__init__()
        self._first, self._last = first, last
        self._pad = look.size(8)
        head, below = _frequency(risks[0], wording)
        words = Stack([
            Paragraph(plain(head), look.strong(12)),
            Paragraph(plain(below), look.small(10.5)),
        ])  # fmt: skip
        what = Paragraph(" ".join(wording.markup(risk.text) for risk in risks), look.body())
        icons = PeopleIcons(risks[0], look)
        between = look.size(10)
        rest = look.width - 2 * self._pad - icons.width - between
        cells: list[tuple[float, Flowable]] = [(icons.width, icons)]
        if look.scale > 1:
            # Large letters need the width: the words stand over the text.
            cells.append((rest, Stack([words, what])))
        else:
            middle = look.size(122)
            cells += [(middle, words), (rest - middle - between, what)]
        self._cells = Columns(cells, between, middle=True)
        self._down = max(look.gap(5), look.size(2.5))

    def leaves(self) -> Iterable[Flowable]:
        return self._cells.leaves()

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        _, tall = self._cells.wrap(width - 2 * self._pad)
        self.width, self.height = width, tall + 2 * self._down
        return width, self.height

    def draw(self) -> None:
        canvas, radius = self.canv, 6
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.9)
        wide, tall = self.width, self.height
        path = canvas.beginPath()
        path.moveTo(0, tall - (radius if self._first else 0))
        if self._last:
            path.lineTo(0, radius)
            path.curveTo(0, radius * 0.45, radius * 0.45, 0, radius, 0)
            path.lineTo(wide - radius, 0)
            path.curveTo(wide - radius * 0.45, 0, wide, radius * 0.45, wide, radius)
        else:
            path.lineTo(0, 0)
            path.lineTo(wide, 0)
        path.lineTo(wide, tall - (radius if self._first else 0))
        if self._first:
            path.curveTo(
                wide, tall - radius * 0.45, wide - radius * 0.45, tall, wide - radius, tall
            )
            path.lineTo(radius, tall)
            path.curveTo(radius * 0.45, tall, 0, tall - radius * 0.45, 0, tall - radius)
        canvas.drawPath(path, stroke=1, fill=0)
        self._cells.drawOn(canvas, self._pad, self._down)


def _frequency(risk: Risk, wording: Wording) -> tuple[str, str]:
    """``About 1 in 100`` and ``Not common``; or that it is not known, and the sort of thing."""
    if not risk.known:
        return wording.label_words(risk.grade), wording.label_words("unknown")
    name = "about_range" if risk.count_to else risk.bound.replace(" ", "_")
    numbers = {
        "count": risk.count,
        "count_to": risk.count_to,
        "out_of": f"{risk.out_of:,}",
    }
    return wording.label_words(name, **numbers), wording.label_words(_band(risk.rate))


def _band(rate: float) -> str:
    """The usual words for side effects: from 1 in 100 common, from 1 in 1,000 not common …"""
    for least, band in ((0.01, "common"), (0.001, "uncommon"), (0.0001, "rare")):
        if rate >= least:
            return band
    return "very_rare"


# -- ticks and signatures --------------------------------------------------------------------


class TickBox(Block):
    """An empty box to tick."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.width = look.size(14)
        self.height = look.size(14.6)
        self._side = look.size(12.5)

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del width, height
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setFillColor(WHITE)
        self.canv.setLineWidth(1.1)
        self.canv.roundRect(0.6, 1, self._side, self._side, 2.5, stroke=1, fill=1)


def _signing(wording: Wording, look: Look) -> Flowable:
    """Ticks and signature boxes, on one page together."""
    parts: list[Flowable] = [section(wording, "tick", look)]
    box = look.size(14)
    between = look.size(8)
    for line in wording.lines("tick"):
        words = Paragraph(wording.markup(line.text), look.body())
        cells: list[tuple[float, Flowable]] = [
            (box, TickBox(look)), (look.width - box - between, words),
        ]  # fmt: skip
        parts.append(Columns(cells, between, look.gap(2.5)))
    parts += waiting(wording, "wait_sign", look)
    signers = [(line.label, wording.markup(line.text)) for line in wording.lines("signer")]
    apart = look.size(16)
    wide = (look.width - apart * (len(signers) - 1)) / max(len(signers), 1)
    names = {"patient": wording.name, "physician": wording.facts.physician}
    boxes: list[tuple[float, Flowable]] = [
        (wide, _signature(role, names.get(who, ""), wording, look, wide)) for who, role in signers
    ]
    parts.append(Columns(boxes, apart, look.gap(7)))
    return Stack(parts, look.gap(8))


class SignatureLine(Block):
    """The place to sign on."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.height = look.size(30) + look.gap(6)

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        self.width = width
        return width, self.height

    def draw(self) -> None:
        self.canv.setFillColor(SUNKEN)
        self.canv.roundRect(0, 0, self.width, self.height, 4, stroke=0, fill=1)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(1.2)
        self.canv.line(0, 0, self.width, 0)


def _signature(role: str, name: str, wording: Wording, look: Look, wide: float) -> Stack:
    """``wide``: of the place; the longest word of the name stands whole in it."""
    who = f"{role}: {plain(name)}" if name else role
    size = 12.0
    while size > _LEAST and any(
        stringWidth(word, BOLD, look.size(size)) > wide - 1 for word in name.split()
    ):
        size -= 0.5
    return Stack([
        SignatureLine(look),
        space(look.size(2)),
        Paragraph(who, look.strong(size)),
        Paragraph(wording.label("sign_date"), look.small(10)),
    ])  # fmt: skip
