"""The recall letter: one page for a window envelope, with a pain scale to have ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.units import inch, mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from clinicdesk.documents.flow import Block, Columns, Heading, Panel, Stack, frame
from clinicdesk.documents.fonts import BODY
from clinicdesk.documents.furniture import Logo, bullets, section
from clinicdesk.documents.icons import Picture
from clinicdesk.documents.look import (
    ACCENT,
    ACCENT_TINT,
    INK2,
    LINE,
    MARGIN,
    PAPERS,
    RIGHT,
    Look,
)
from clinicdesk.documents.pages import fitted
from clinicdesk.documents.recall_wording import RecallWording
from clinicdesk.documents.text import clean, plain
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.rows.documents import RecallItem
from clinicdesk.domain.translation import _


@dataclass(frozen=True)
class Window:
    """Where an envelope's window shows the sheet, in points from its top left corner.

    The sheet slides in the envelope: ``left`` … ``right`` and ``top`` … ``bottom`` show
    wherever it slides to; of what lies left of ``clear`` and above ``fold`` anything may show.
    """

    left: float
    right: float
    top: float
    bottom: float
    clear: float
    fold: float


# Letter: No. 10 envelope, window 4 1/2 × 1 1/8 in, 7/8 in from the left, 1/2 in from the bottom.
# A4: DL envelope, window 90 × 35–45 mm, 20 mm from the left, 15–18 mm from the bottom.
WINDOWS = {
    "letter": Window(0.9 * inch, 4.3 * inch, 2.5 * inch, 3.17 * inch, 5.4 * inch, 11 / 3 * inch),
    "a4": Window(21 * mm, 99 * mm, 57 * mm, 81 * mm, 111 * mm, 99 * mm),
}
_SCALE = tuple(range(11))


def story(wording: Wording, look: Look) -> list[Flowable]:
    """The blocks of a letter, top to bottom."""
    assert isinstance(wording, RecallWording)
    return [
        Masthead(wording, look),
        _title(wording, look),
        *_paragraphs(wording, "greeting", look, 8, only_first=True),
        *_paragraphs(wording, "lead", look, 5),
        *_treatments(wording, look),
        *_paragraphs(wording, "next", look, 8),
        _call(wording, look),
        _ready(wording, look),
        _closing(wording, look),
    ]


class Masthead(Block):
    """All above the first fold: letterhead, the address in the window, date and record number."""

    def __init__(self, wording: RecallWording, look: Look) -> None:
        super().__init__()
        paper = next(name for name, (wide, __) in PAPERS.items()
                     if abs(wide - 2 * MARGIN - look.width) < 1)  # fmt: skip
        self._window = WINDOWS[paper]
        self._sheet = PAPERS[paper][1]
        self._head = _letterhead(wording, look)
        self._address = _address(wording, self._window)
        self._facts = _facts(wording, look, look.width + MARGIN - self._window.clear)
        self._lift = 0.0

    def leaves(self) -> Iterable[Flowable]:
        return (*self._head.leaves(), *self._address.leaves(), *self._facts.leaves())

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        window = self._window
        head = self._head.wrap(width)[1]
        self._address.wrap(window.right - window.left)
        self._facts.wrap(width + MARGIN - window.clear)
        # A letterhead as long as a page would print over the address: the address gives way.
        self._lift = max(0.0, MARGIN + head + 6 - window.top)
        below = max(self._address.height, self._facts.height)
        self.width = width
        self.height = max(window.fold, window.top + below) + self._lift - MARGIN
        return width, self.height

    def draw(self) -> None:
        window, top = self._window, self.height + MARGIN
        self._head.drawOn(self.canv, 0, self.height - self._head.height)
        down = top - window.top - self._lift
        room = window.bottom - window.top
        drop = max(0.0, (room - self._address.height) / 2)
        self._address.drawOn(self.canv, window.left - MARGIN, down - drop - self._address.height)
        self._facts.drawOn(self.canv, window.clear - MARGIN, down - drop - self._facts.height)
        if not self._lift:
            self._folds(top)

    def _folds(self, top: float) -> None:
        """Two short lines at the edge of the paper, where it is folded in three."""
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(0.5)
        for part in (1, 2):
            y = top - part * self._sheet / 3
            self.canv.line(8 - MARGIN, y, 16 - MARGIN, y)


def _letterhead(wording: RecallWording, look: Look) -> Columns:
    clinic = wording.facts.clinic
    address = ", ".join(part.strip() for part in clinic.address.splitlines() if part.strip())
    below = " · ".join(part for part in (address, clinic.phone) if part)
    logo, between = look.size(30), look.size(9)
    words = Stack([Paragraph(plain(clinic.name), look.strong(13.5)),
                   Paragraph(plain(below), look.small(10))])  # fmt: skip
    return Columns([(logo, Logo(logo)), (look.width - logo - between, words)], between)


def _address(wording: RecallWording, window: Window) -> Stack:
    """The recipient, never larger than the window shows: large print is for the letter."""
    lines = wording.recipient
    wide, tall = window.right - window.left, window.bottom - window.top
    size = 12.0 if len(lines) < 4 else 10.5
    lead = min(size * 1.18, tall / max(len(lines), 1))
    style = Look(1.0, 1.0, wide).style(min(size, lead / 1.1), lead)
    return Stack([Paragraph(plain(fitted(line, style.fontSize, wide)), style) for line in lines])


def _facts(wording: RecallWording, look: Look, wide: float) -> Stack:
    """Date and record number, each on one line as large as the margin beside the window allows."""
    day = wording.date(wording.facts.when, "long")
    record = f"{wording.label_words('record')}: {wording.facts.mrn}"
    longest = max(stringWidth(clean(words), BODY, 1) for words in (day, record))
    size = max(12.0, min(look.size(12), wide * 0.98 / longest))
    style = Look(1.0, 1.0, wide).style(size, size * 1.22, alignment=TA_RIGHT)
    return Stack([Paragraph(plain(words), style) for words in (day, record)])


def _title(wording: RecallWording, look: Look) -> Flowable:
    style = look.heading(20, spaceBefore=look.gap(8))
    return Heading(plain(wording.title), style, wording.title)


def _paragraphs(
    wording: RecallWording, block: str, look: Look, gap: float, *, only_first: bool = False
) -> list[Flowable]:
    lines = wording.lines(block)[: 1 if only_first else None]
    words = " ".join(wording.markup(line.text) for line in lines)
    return [Paragraph(words, look.body(spaceBefore=look.gap(gap)))] if words else []


# -- what was done ---------------------------------------------------------------------------


def _treatments(wording: RecallWording, look: Look) -> list[Flowable]:
    """A row for each treatment, in one frame."""
    pad = (look.size(11), look.size(6))
    between = look.size(12)
    day, again = look.size(78), look.size(100)
    wide = look.width - 2 * pad[0] - day - again - 2 * between
    widths = (wide, day, again)
    heads = [Paragraph(wording.label(name), look.small(10)) for name in
             ("treatment", "given", "again")]  # fmt: skip
    rows: list[Flowable] = [Columns(list(zip(widths, heads, strict=True)), between)]
    for item in wording.facts.items:
        what = _what(wording, item, look)
        cells: list[Flowable] = [
            what,
            Paragraph(plain(wording.date(item.done_on, "short")), look.strong(12)),
            Paragraph(plain(wording.again(item)), look.strong(12)),
        ]
        rows.append(Columns(list(zip(widths, cells, strict=True)), between, look.size(4)))
    return [Panel(Stack(rows), pad, look.gap(8), line=LINE, line_width=1)]


def _what(wording: RecallWording, item: RecallItem, look: Look) -> Flowable:
    """Treatment and place: on lines of their own, or closer where there are several."""
    treatment, place = plain(wording.treatment(item)), plain(wording.place(item))
    if len(wording.facts.items) > 1:
        return Paragraph(f"<b>{treatment}.</b> {place}", look.body())
    return Stack([Paragraph(treatment, look.strong(12)), Paragraph(place, look.body())])


# -- what to do ------------------------------------------------------------------------------


def _call(wording: RecallWording, look: Look) -> Flowable:
    """Whom to call and when."""
    icon = Picture(wording.texts.art.icons.get("phone", ""), look.size(22), ACCENT)
    between, pad = look.size(12), (look.size(12), look.size(7))
    words: list[Flowable] = [
        Heading(wording.markup(wording.texts.labels["call"]), look.heading(17),
                wording.label_words("call", phone=wording.values["phone"])),
    ]  # fmt: skip
    hours = wording.hours()
    if hours:
        words.append(Paragraph(plain(hours), look.strong(12)))
    text = " ".join(wording.markup(line.text) for line in wording.lines("call"))
    words.append(Paragraph(text, look.body(spaceBefore=look.gap(2))))
    wide = look.width - 2 * pad[0] - icon.width - between
    inside = Columns([(icon.width, icon), (wide, Stack(words))], between, middle=True)
    return Panel(inside, pad, look.gap(9), fill=ACCENT_TINT, line=ACCENT, line_width=1.3)


class ScaleRow(Block):
    """A question and the numbers 0 to 10 in boxes, one of which is to be marked."""

    def __init__(self, words: str, look: Look, gap: float) -> None:
        super().__init__(gap)
        self._look = look
        self._label = Paragraph(words, look.strong(12))
        self._share = look.size(150)
        self._numbers = [Paragraph(str(n), look.style(13, 15, alignment=TA_CENTER)) for n in _SCALE]

    def leaves(self) -> Iterable[Flowable]:
        return (self._label,)

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        tall = self._label.wrap(self._share - self._look.size(8), 1e6)[1]
        self.width, self.height = width, max(self._look.size(24), tall)
        return width, self.height

    def places(self) -> list[tuple[float, float]]:
        """Left edge and width of each box."""
        between = self._look.size(4)
        wide = (self.width - self._share - between * 10) / 11
        return [(self._share + n * (wide + between), wide) for n in _SCALE]

    def draw(self) -> None:
        tall, middle = self._look.size(23), self.height / 2
        self._label.drawOn(self.canv, 0, middle - self._label.height / 2)
        for (left, wide), number in zip(self.places(), self._numbers, strict=True):
            frame(self.canv, left, middle - tall / 2, wide, tall, 4, line=INK2, line_width=0.9)
            high = number.wrap(wide, tall)[1]
            number.drawOn(self.canv, left, middle - high / 2 + self._look.size(0.5))


class ScaleEnds(Block):
    """What 0 and 10 mean, below their boxes."""

    def __init__(self, wording: RecallWording, look: Look) -> None:
        super().__init__(look.size(1))
        self._look = look
        self._ends = [
            Paragraph(wording.label("scale_least"), look.small(10.5)),
            Paragraph(wording.label("scale_most"), look.small(10.5, **RIGHT)),
        ]

    def leaves(self) -> Iterable[Flowable]:
        return self._ends

    def wrap(self, width: float, height: float = 0.0) -> tuple[float, float]:
        del height
        self._wide = (width - self._look.size(150)) / 2
        self.width = width
        self.height = max(end.wrap(self._wide, 1e6)[1] for end in self._ends)
        return width, self.height

    def draw(self) -> None:
        left = self._look.size(150)
        for position, end in enumerate(self._ends):
            end.drawOn(self.canv, left + position * self._wide, self.height - end.height)


def _ready(wording: RecallWording, look: Look) -> Flowable:
    """What to have at hand, and the scale; three scales where no score is known."""
    parts: list[Flowable] = [section(wording, "ready", look), *bullets(wording, "ready", look)]
    scales = wording.lines("scale")
    parts += [
        ScaleRow(wording.markup(line.text), look, look.gap(7) if n == 0 else look.gap(4))
        for n, line in enumerate(scales)
    ]
    parts.append(ScaleEnds(wording, look))
    if len(scales) > 1:
        blank = _("{label} &nbsp;{value} {label_2}").format(
            label=wording.label("weeks"), value="_" * 9, label_2=wording.label("weeks_unit")
        )
        parts.append(Paragraph(blank, look.body(spaceBefore=look.gap(6))))
    return Stack(parts, look.gap(10))


def _closing(wording: RecallWording, look: Look) -> Flowable:
    return Stack([
        Paragraph(wording.label("closing"), look.body()),
        Paragraph(plain(wording.signed), look.strong(12)),
    ], look.gap(10))  # fmt: skip
