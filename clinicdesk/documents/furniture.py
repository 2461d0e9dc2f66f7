"""What every sheet has: letterhead, title, the patient strip, notes."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from clinicdesk.documents.flow import Block, Columns, Heading, Panel, Stack
from clinicdesk.documents.fonts import BOLD
from clinicdesk.documents.look import (
    ACCENT,
    AMBER,
    DANGER,
    FRAME,
    LINE,
    RIGHT,
    SUNKEN,
    WARN_LINE,
    WARN_TINT,
    WHITE,
    Look,
)
from clinicdesk.documents.text import plain
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.rows.documents import ClinicLetterhead

_STRIP_MOST = 130.0
_LINES_MOST = 220.0


class Logo(Block):
    """The clinic's sign."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self.width = self.height = size

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del width, height
        return self.width, self.height

    def draw(self) -> None:
        canvas, unit = self.canv, self.width / 20
        canvas.setFillColor(ACCENT)
        canvas.roundRect(0, 0, self.width, self.height, 4 * unit, stroke=0, fill=1)
        canvas.setFillColor(WHITE)
        for left, bottom, wide in ((4.6, 12.9, 10.6), (4.6, 8.7, 7.0), (4.6, 4.5, 10.6)):
            canvas.roundRect(
                left * unit, bottom * unit, wide * unit, 2.6 * unit, 1.3 * unit, stroke=0, fill=1
            )
        canvas.setFillColor(AMBER)
        canvas.circle(14.2 * unit, 10 * unit, 1.5 * unit, stroke=0, fill=1)


def letterhead(wording: Wording, look: Look) -> Flowable:
    """Clinic on the left; what this is, and for which day, on the right."""
    facts = wording.facts
    return head(facts.clinic, wording.label("kind"), wording.date(facts.when, "long"), look)


def head(clinic: ClinicLetterhead, kind: str, day: str, look: Look) -> Flowable:
    """The top of a page; ``kind`` is mark-up, ``day`` plain text."""
    address = ", ".join(part.strip() for part in clinic.address.splitlines() if part.strip())
    # A telephone number stays on one line.
    phone = "\u00a0".join(map(plain, clinic.phone.split()))
    below = " · ".join(part for part in (plain(address), phone) if part)
    logo = look.size(30)
    right = look.size(168)
    left = look.width - logo - right - 2 * look.size(9)
    return Columns(
        [
            (logo, Logo(logo)),
            (left, Stack([Paragraph(plain(clinic.name), look.strong(13.5)),
                          Paragraph(below, look.small(10))])),
            (right, Stack([Paragraph(kind, look.strong(13.5, **RIGHT)),
                           Paragraph(plain(day), look.small(10, **RIGHT))])),
        ],
        between=look.size(9),
    )  # fmt: skip


def title(wording: Wording, look: Look) -> Flowable:
    """The sheet's heading, in the largest letters of the page."""
    line = wording.first("title")
    markup = wording.markup(line.text) if line else wording.label("kind")
    size = 22.0
    while size > 18 and stringWidth(wording.title, BOLD, look.size(size)) > look.width * 0.96:
        size -= 1
    style = look.heading(size, spaceBefore=look.gap(11))
    return Heading(markup, style, wording.title)


def section(wording: Wording, name: str, look: Look) -> Heading:
    """A heading within the page."""
    style = look.heading(14.5, spaceAfter=look.gap(3.5))
    return Heading(wording.label(name), style, wording.label_words(name))


def patient_strip(wording: Wording, look: Look, gap: float) -> list[Flowable]:
    """The patient in one row, or as lines where a row would be too tall or break a word."""
    strip = Strip(wording, look, gap)
    if strip.fits(look.width) and strip.wrap(look.width)[1] <= look.size(_STRIP_MOST):
        return [strip]
    lines = list(strip.leaves())
    framed = Panel(Stack(lines), (look.size(8), look.size(5)), gap, line=FRAME)
    return [framed] if framed.wrap(look.width)[1] <= look.size(_LINES_MOST) else lines


class Strip(Block):
    """Who the patient is, in one framed row."""

    def __init__(self, wording: Wording, look: Look, gap: float) -> None:
        super().__init__(gap)
        self._look = look
        facts = wording.facts
        join = wording.texts.words.marks["joined"]
        self._cells = (
            (wording.label("name"), plain(wording.name), wording.name, None),
            _cell(wording.label("born"), wording.date(facts.birth_date, "short")),
            _cell(wording.label("record"), facts.mrn),
            _cell(wording.label("allergies"),
                  join.join(facts.allergies)
                  or wording.none_said("allergies", facts.no_allergies),
                  DANGER if facts.allergies or not facts.no_allergies.asked else None),
            _cell(wording.label("thinner"),
                  join.join(facts.anticoagulants)
                  or wording.none_said("thinner", facts.no_thinner),
                  None if facts.anticoagulants or facts.no_thinner.asked else DANGER),
        )  # fmt: skip
        self._columns: list[tuple[float, Stack]] = []
        self._pad = look.size(8)

    def leaves(self) -> Iterable[Flowable]:
        """As one list of rows that may break over a page."""
        style = self._look.body()
        return tuple(
            Paragraph(f"{label}: <b>{_in(colour, markup)}</b>", style)
            for label, markup, _, colour in self._cells
        )

    def fits(self, width: float) -> bool:
        """Whether every word stands whole in its cell."""
        return sum(self._words()) <= width

    def _words(self) -> list[float]:
        """The width that each cell needs for its longest word."""
        size, room = self._look.size(12), 2 * self._pad + 3
        least = self._look.size(72)
        return [
            max(least, *(stringWidth(word, BOLD, size) + room for word in text.split()), 0.0)
            for _, _, text, _ in self._cells
        ]

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        self._columns = []
        for (label, markup, _, colour), wide in zip(self._cells, self._widths(width), strict=True):
            style = self._look.strong(12, **({"textColor": colour} if colour else {}))
            stack = Stack([Paragraph(label, self._look.small(9.5)), Paragraph(markup, style)])
            self._columns.append((wide, stack))
        down = self._look.size(5)
        tall = max(stack.wrap(wide - 2 * self._pad)[1] for wide, stack in self._columns)
        self.width, self.height = width, tall + 2 * down
        return width, self.height

    def _widths(self, width: float) -> list[float]:
        """Each cell as wide as its words; what is missing is taken from the widest."""
        size, floors = self._look.size(12), self._words()
        wish = [
            max(floor, stringWidth(text, BOLD, size) + 2 * self._pad + 3)
            for floor, (_, _, text, _) in zip(floors, self._cells, strict=True)
        ]
        over = sum(wish) - width
        while over > 0.5 and (free := [n for n, w in enumerate(wish) if w > floors[n] + 0.01]):
            widest = max(free, key=wish.__getitem__)
            following = max((w for w in wish if w < wish[widest]), default=0.0)
            cut = min(over, max(wish[widest] - following, 1.0), wish[widest] - floors[widest])
            wish[widest] -= cut
            over -= cut
        wish[0] += max(-over, 0.0) * 0.4
        rest = (width - sum(wish)) / (len(wish) - 1)
        return [wish[0], *(w + rest for w in wish[1:])]

    def draw(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(FRAME)
        canvas.setLineWidth(1)
        canvas.roundRect(0, 0, self.width, self.height, 5, stroke=1, fill=0)
        left = 0.0
        for position, (wide, stack) in enumerate(self._columns):
            if position:
                canvas.setStrokeColor(LINE)
                canvas.setLineWidth(0.7)
                canvas.line(left, 1, left, self.height - 1)
            stack.drawOn(canvas, left + self._pad, self.height - self._look.size(5) - stack.height)
            left += wide


def _in(colour: Color | None, markup: str) -> str:
    return f'<font color="#{colour.hexval()[2:]}">{markup}</font>' if colour else markup


def _cell(label: str, text: str, colour: Color | None = None) -> tuple[str, str, str, Color | None]:
    return label, plain(text), text, colour


def waiting(wording: Wording, block: str, look: Look) -> list[Flowable]:
    """That a physician has not answered yet, where it cannot be missed; else nothing."""
    lines = wording.lines(block)
    if not lines:
        return []
    inside = Stack([Paragraph(wording.markup(line.text), look.body()) for line in lines])
    pad = (look.size(10), look.size(6))
    return [Panel(inside, pad, look.gap(8), fill=WARN_TINT, line=WARN_LINE, line_width=1.3)]


def notes(wording: Wording, look: Look) -> list[Flowable]:
    """What is special about this patient, in a pale box; nothing when there is nothing."""
    lines = wording.lines("note")
    if not lines:
        return []
    style = look.body(spaceBefore=look.gap(3))
    inside = Stack([Paragraph(wording.markup(line.text), style) for line in lines])
    pad = (look.size(10), look.size(6))
    return [Panel(inside, pad, look.gap(8), fill=SUNKEN, line=LINE, line_width=0.8)]


def bullets(wording: Wording, block: str, look: Look, colour: Color = ACCENT) -> list[Flowable]:
    """The lines of a block as a list with round bullets."""
    return [
        Paragraph(
            wording.markup(line.text),
            look.body(
                leftIndent=look.size(14),
                bulletIndent=look.size(2),
                bulletColor=colour,
                bulletFontName="Sheet-Bold",
                bulletFontSize=look.size(12),
                spaceBefore=look.gap(2.5),
            ),
            bulletText="•",
        )
        for line in wording.lines(block)
    ]
