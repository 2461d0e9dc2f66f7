"""The call sheet: whom to ring, on paper, with room for what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from io import BytesIO

from babel.dates import format_date
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from clinicdesk.documents.flow import Block, Columns, Heading, Stack, leaves
from clinicdesk.documents.fonts import BODY, BOLD, register
from clinicdesk.documents.look import (
    DANGER,
    FRAME,
    INK,
    INK2,
    LINE,
    MARGIN,
    PAPERS,
    Look,
)
from clinicdesk.documents.pages import fitted
from clinicdesk.documents.text import clean, plain
from clinicdesk.domain.readings import scored_parts
from clinicdesk.domain.rows.documents import CallFacts, CallLine
from clinicdesk.domain.translation import _

# Column headings with their share of the width.
_COLUMNS = (
    ("", 16), (_("Patient"), 124), (_("Phone, language"), 84), (_("What and why"), 290),
    (_("Possible from"), 104), (_("Last score, last contact"), 106),
)  # fmt: skip
_BETWEEN = 8.0
_HEAD, _FOOT = 44.0, 14.0
_STRONG, _SMALL, _TICKS = 10.5, (9.5, 10.9), 14.5
"""Letters of a row and the height of its boxes, in points: many calls on few pages."""
# The outcomes of domain.rows.due in words short enough for one line; a letter is none of a call.
TICKS = {
    "booked": _("Booked"),
    "no_answer": _("No answer"),
    "message": _("Message"),
    "call_back": _("Call again on ___________"),
    "still_good": _("Still good"),
    "declined": _("Not now"),
    "wrong_number": _("Wrong number"),
}
_MOST = 400


def render_calls(facts: CallFacts, paper: str) -> tuple[bytes, int]:
    """A call sheet across the page, and its number of pages.

    Args:
        facts: plain text, never mark-up.
        paper: ``letter`` or ``a4``.

    Raises:
        ValueError: an unknown paper.
    """
    if paper not in PAPERS:
        raise ValueError(
            _("unknown paper {paper}; known are {papers}").format(
                paper=paper, papers=", ".join(PAPERS)
            )
        )
    register()
    tall, wide = PAPERS[paper]
    look = Look(1.0, 1.0, wide - 2 * MARGIN)
    total = 1
    while True:
        target = BytesIO()
        document = _Pages(target, facts, (wide, tall), total)
        document.build(_story(facts, look, document.room))
        if document.page == total:
            return target.getvalue(), total
        total = document.page


def title_of(facts: CallFacts) -> str:
    """``Calls to make: Wednesday 25 November 2026``."""
    return _("Calls to make: {format_date}").format(
        format_date=format_date(facts.on, "EEEE d MMMM y", locale="en")
    )


def _story(facts: CallFacts, look: Look, room: float) -> list[Flowable]:
    found: list[Flowable] = []
    number = 0
    for group in facts.groups:
        words = f"{group.heading} ({len(group.rows)})"
        style = look.heading(12, spaceBefore=4, spaceAfter=1)
        found.append(Heading(plain(words), style, clean(words)))
        for line in group.rows:
            number += 1
            found += _broken(_Call(number, _cut(line), look), look, room)
    if not number:
        found.append(Paragraph(_("Nobody to call: the list is empty for this day."), look.body()))
    return found


def _broken(row: Block, look: Look, room: float) -> Iterable[Flowable]:
    """The row, or its parts where typed text has made it taller than a page."""
    return (row,) if row.wrap(look.width, room)[1] <= room else tuple(leaves(row))


def _cut(line: CallLine) -> CallLine:
    """Long texts end in an ellipsis: a sheet for one call is no place for a page of text."""
    short = {
        part.name: value[:_MOST] + "…"
        for part in fields(line)
        if isinstance(value := getattr(line, part.name), str) and len(value) > _MOST
    }
    given = {part.name: getattr(line, part.name) for part in fields(line)}
    return CallLine(**given | short | {"further": tuple(map(_cut, line.further))})


class _Call(Block):
    """One patient: the facts of each site, with boxes to tick and a line for notes below."""

    def __init__(self, number: int, line: CallLine, look: Look) -> None:
        super().__init__()
        rows = [_cells(number, line, look)]
        rows += [[*_empty(3), *_about(more, look)] for more in line.further]
        widths = _widths(look.width)
        self._facts = Stack([
            Columns(list(zip(widths, cells, strict=True)), _BETWEEN, 2 if place else 0)
            for place, cells in enumerate(rows)
        ])  # fmt: skip
        self._ticks = _Ticks()

    def leaves(self) -> Iterable[Flowable]:
        return (self._facts, self._ticks)

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        tall = self._facts.wrap(width)[1] + self._ticks.wrap(width)[1]
        self.width, self.height = width, tall + 3.5
        return width, self.height

    def draw(self) -> None:
        self._facts.drawOn(self.canv, 0, self.height - 2 - self._facts.height)
        self._ticks.drawOn(self.canv, 0, 1)
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(0.7)
        self.canv.line(0, 0, self.width, 0)


def _widths(width: float) -> list[float]:
    shares = [share for __, share in _COLUMNS]
    unit = (width - _BETWEEN * (len(shares) - 1)) / sum(shares)
    return [share * unit for share in shares]


def _cells(number: int, line: CallLine, look: Look) -> list[Flowable]:
    born = format_date(line.birth_date, "d MMM y", locale="en")
    thinner = _("Blood thinner: {thinner}").format(thinner=line.thinner) if line.thinner else ""
    patient = _cell(look, line.name, f"{born} · {line.mrn}")
    if thinner:
        red = look.strong(_SMALL[0], textColor=DANGER)
        patient = Stack([*patient.items, Paragraph(plain(thinner), red)])
    return [
        Paragraph(str(number), look.strong(_STRONG)),
        patient,
        _cell(look, line.phone or _("No phone"), line.language),
        *_about(line, look),
    ]


def _empty(count: int) -> list[Flowable]:
    return [Stack([]) for __ in range(count)]


def _about(line: CallLine, look: Look) -> list[Flowable]:
    """What one call is about, and what is known of that site."""
    what = _cell(look, line.what, line.why)
    if line.promised:
        return [what, *_empty(2)]
    visit = (
        _("Visit {next_appointment}").format(next_appointment=line.next_appointment)
        if line.next_appointment
        else _("No visit booked")
    )
    score, scored = scored_parts(line.last_score)
    known = f"{score}, {scored}" if scored else score
    return [
        what,
        _cell(look, line.allowed_from or _("Not known yet"), visit),
        _cell(look, "", known or _("No score"), line.last_contact or _("No contact yet")),
    ]


def _cell(look: Look, strong: str, *small: str) -> Stack:
    """A bold line and small ones; those that say nothing are left out."""
    first = [Paragraph(plain(strong), look.style(_STRONG, 12.2, BOLD))] if strong else []
    style = look.style(*_SMALL)
    return Stack([*first, *(Paragraph(plain(words), style) for words in small if words)])


class _Ticks(Block):
    """The outcomes with a box each, and a line for the note."""

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        self.width, self.height = width, _TICKS
        return width, self.height

    def draw(self) -> None:
        canvas, at = self.canv, _widths(self.width)[0] + _BETWEEN
        canvas.setFillColor(INK)
        canvas.setStrokeColor(FRAME)
        canvas.setLineWidth(0.8)
        canvas.setFont(BODY, 9.5)
        for words in TICKS.values():
            canvas.rect(at, 2.5, 9, 9, stroke=1, fill=0)
            canvas.drawString(at + 13, 4, words)
            at += 13 + canvas.stringWidth(words, BODY, 9.5) + 11
        canvas.drawString(at, 4, _("Note"))
        canvas.setStrokeColor(INK2)
        canvas.line(at + 25, 2.5, self.width, 2.5)


class _Pages(BaseDocTemplate):
    """Pages across, with the column headings on top and page x of y below."""

    def __init__(
        self, target: BytesIO, facts: CallFacts, paper: tuple[float, float], total: int
    ) -> None:
        self._facts = facts
        self._total = total
        wide, tall = paper
        super().__init__(
            target, pagesize=paper, title=title_of(facts), author=clean(facts.clinic.name),
            subject=_("Call sheet"), creator="ClinicDesk", lang="en", initialFontName=BODY,
            invariant=1, pageCompression=1,
        )  # fmt: skip
        self.room = tall - 2 * MARGIN - _HEAD - _FOOT
        frame = Frame(
            MARGIN, MARGIN + _FOOT, wide - 2 * MARGIN, self.room, id="calls",
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        self.addPageTemplates([PageTemplate("calls", [frame], onPage=self._furniture)])

    def _furniture(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        wide, tall = self.pagesize
        top = tall - MARGIN
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 15)
        canvas.drawString(MARGIN, top - 12, title_of(self._facts))
        canvas.setFont(BODY, 10)
        clinic = fitted(clean(self._facts.clinic.name), 10, wide / 3)
        self._words(canvas, clinic, 10, wide - MARGIN, top - 12, right=True)
        left = MARGIN
        canvas.setFillColor(INK2)
        for (words, __), width in zip(_COLUMNS, _widths(wide - 2 * MARGIN), strict=True):
            canvas.setFont(BODY, 9.5)
            canvas.drawString(left, top - 34, words)
            left += width + _BETWEEN
        canvas.setStrokeColor(FRAME)
        canvas.setLineWidth(1)
        canvas.line(MARGIN, top - 39, wide - MARGIN, top - 39)
        note = _("{printed}. Names patients: shred it when all calls are entered.").format(
            printed=self._facts.printed
        )
        self._words(canvas, note, 9, MARGIN, MARGIN)
        canvas.setFont(BOLD, 9)
        canvas.drawRightString(
            wide - MARGIN,
            MARGIN,
            _("Page {page} of {total}").format(page=document.page, total=self._total),
        )

    @staticmethod
    def _words(
        canvas: Canvas, text: str, size: float, x: float, y: float, *, right: bool = False
    ) -> None:
        """One line of typed text, in whatever fonts it needs."""
        look = Look(1.0, 1.0, 0.0)
        line = Paragraph(plain(text), look.small(size, alignment=2 if right else 0))
        room = 380.0 if right else 560.0
        line.wrap(room, 20)
        line.drawOn(canvas, x - room if right else x, y + size - line.height - 0.6)
