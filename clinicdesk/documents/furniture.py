"""What every sheet has: letterhead, title, the patient strip, and the page with its footer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph

from clinicdesk.documents.flow import Block, Columns, Heading, Panel, Stack, leaves
from clinicdesk.documents.fonts import BODY, BOLD
from clinicdesk.documents.look import (
    ACCENT,
    AMBER,
    DANGER,
    FRAME,
    INK2,
    LINE,
    MARGIN,
    PAPERS,
    RIGHT,
    SUNKEN,
    WHITE,
    Look,
)
from clinicdesk.documents.text import clean, plain
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.rows.documents import ClinicLetterhead

_FOOT = 17.0
_RUNNING = 22.0
_STRIP_MOST = 130.0


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
    below = " · ".join(part for part in (address, clinic.phone) if part)
    logo = look.size(30)
    right = look.size(168)
    left = look.width - logo - right - 2 * look.size(9)
    return Columns(
        [
            (logo, Logo(logo)),
            (left, Stack([Paragraph(plain(clinic.name), look.strong(13.5)),
                          Paragraph(plain(below), look.small(10))])),
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
    """The patient in one row, or as lines when a name or list makes the row too tall."""
    strip = Strip(wording, look, gap)
    if strip.wrap(look.width)[1] <= look.size(_STRIP_MOST):
        return [strip]
    return list(strip.leaves())


class Strip(Block):
    """Who the patient is, in one framed row."""

    def __init__(self, wording: Wording, look: Look, gap: float) -> None:
        super().__init__(gap)
        self._look = look
        facts = wording.facts
        join = wording.texts.words.marks["joined"]
        red = DANGER if facts.allergies else None
        self._cells = (
            (wording.label("name"), plain(wording.name), wording.name, None),
            _cell(wording.label("born"), wording.date(facts.birth_date, "short")),
            _cell(wording.label("record"), facts.mrn),
            _cell(wording.label("allergies"),
                  join.join(facts.allergies) or wording.label_words("no_allergies"), red),
            _cell(wording.label("thinner"),
                  join.join(facts.anticoagulants) or wording.label_words("no_thinner")),
        )  # fmt: skip
        self._columns: list[tuple[float, Stack]] = []
        self._pad = look.size(8)

    def leaves(self) -> Iterable[Flowable]:
        """As one list of rows that may break over a page."""
        style = self._look.body()
        return tuple(
            Paragraph(f"{label}: <b>{markup}</b>", style) for label, markup, _, _ in self._cells
        )

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
        size = self._look.size(12)
        least = self._look.size(72)
        wish = [
            max(least, stringWidth(text, BOLD, size) + 2 * self._pad + 3)
            for _, _, text, _ in self._cells
        ]
        over = sum(wish) - width
        while over > 0.5:
            widest = wish.index(max(wish))
            following = max([w for w in wish if w < wish[widest]], default=least)
            cut = min(over, max(wish[widest] - following, 1.0))
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


def _cell(label: str, text: str, colour: Color | None = None) -> tuple[str, str, str, Color | None]:
    return label, plain(text), text, colour


def notes(wording: Wording, look: Look) -> list[Flowable]:
    """What is special about this patient, in a pale box; nothing when there is nothing."""
    lines = wording.lines("note")
    if not lines:
        return []
    style = look.body(spaceBefore=look.gap(3))
    inside = Stack([Paragraph(wording.markup(line.text), style) for line in lines])
    pad = (look.size(10), look.size(6))
    return [Panel(inside, pad, look.gap(8), fill=SUNKEN, line=LINE, line_width=0.8)]


@dataclass(frozen=True)
class PageWords:
    """What stands around the text of every page, and in the file's properties.

    ``running`` says whose it is, from the second page on; ``code`` and ``middle`` stand at the
    foot, ``page`` gives the words for a page's number.
    """

    title: str
    author: str
    subject: str
    language: str
    running: str
    code: str
    middle: str
    page: Callable[[int], str]


def page_words(wording: Wording, code: str, total: int) -> PageWords:
    """The words around a sheet of ``total`` pages."""
    facts, texts = wording.facts, wording.texts
    whose = (wording.name, wording.date(facts.birth_date, "short"), facts.mrn, wording.title)
    return PageWords(
        title=f"{wording.label_words('kind')}: {wording.title}",
        author=clean(facts.clinic.name),
        subject=f"{texts.id} {texts.version}",
        language=texts.language,
        running=" · ".join(clean(part) for part in whose),
        code=wording.label_words("document", code=code),
        middle="" if texts.reviewed else wording.label_words("sample"),
        page=lambda number: wording.label_words("page", number=number, total=total),
    )


class SheetDocument(BaseDocTemplate):
    """Pages with a footer, and from the second on a line that says whose sheet it is."""

    def __init__(self, target: BytesIO, words: PageWords, look: Look, paper: str) -> None:
        self._words = words
        self._look = look
        wide, tall = PAPERS[paper]
        super().__init__(
            target,
            pagesize=(wide, tall),
            title=words.title,
            author=words.author,
            subject=words.subject,
            creator="ClinicDesk",
            lang=words.language,
            # Else every page names Helvetica, which is not embedded.
            initialFontName=BODY,
            invariant=1,
            pageCompression=1,
        )
        foot = MARGIN + look.size(_FOOT)
        box = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        full = Frame(MARGIN, foot, wide - 2 * MARGIN, tall - MARGIN - foot, id="first", **box)
        later = Frame(
            MARGIN, foot, wide - 2 * MARGIN, tall - MARGIN - foot - look.size(_RUNNING),
            id="later", **box,
        )  # fmt: skip
        self.addPageTemplates(
            [
                PageTemplate("first", [full], onPageEnd=self._foot, autoNextPageTemplate="later"),
                PageTemplate("later", [later], onPage=self._run, onPageEnd=self._foot),
            ]
        )

    def _run(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """The patient's name, on a page that could get apart from the first."""
        del document
        look = self._look
        wide, tall = self.pagesize
        # One line: a name of 300 letters stands in full on the first page.
        words = fitted(self._words.running, look.size(10), wide - 2 * MARGIN)
        line = Paragraph(plain(words), look.small(10))
        line.wrap(wide - 2 * MARGIN, look.size(14))
        line.drawOn(canvas, MARGIN, tall - MARGIN - look.size(12))
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.7)
        edge = tall - MARGIN - look.size(16)
        canvas.line(MARGIN, edge, wide - MARGIN, edge)

    def _foot(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        words, look = self._words, self._look
        wide, _ = self.pagesize
        top = MARGIN + look.size(10)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.7)
        canvas.line(MARGIN, top, wide - MARGIN, top)
        canvas.setFillColor(INK2)
        size = min(look.size(9), 9.5)
        canvas.setFont(BODY, size)
        base = MARGIN - 1
        canvas.drawString(MARGIN, base, words.code)
        if words.middle:
            canvas.drawCentredString(wide / 2 + look.size(16), base, words.middle)
        canvas.setFont(BOLD, size)
        canvas.drawRightString(wide - MARGIN, base, words.page(document.page))


def fitted(text: str, size: float, width: float) -> str:
    """As much of a line as fits, with an ellipsis for the rest."""
    if stringWidth(text, BODY, size) <= width:
        return text
    while text and stringWidth(text + "…", BODY, size) > width * 0.96:
        text = text[:-1]
    return text + "…"


def room(paper: str, look: Look) -> float:
    """Height of the text on a first page, in points."""
    return float(PAPERS[paper][1] - 2 * MARGIN - look.size(_FOOT))


def breakable(story: list[Flowable], paper: str, look: Look) -> list[Flowable]:
    """The story with blocks taken apart that no page could hold."""
    most = room(paper, look) - look.size(_RUNNING)
    found: list[Flowable] = []
    for item in story:
        if item.wrap(look.width, 1e6)[1] <= most or not isinstance(item, Block):
            found.append(item)
        else:
            found.extend(leaves(item))
    return found


def turned(story: list[Flowable], paper: str, look: Look) -> list[Flowable]:
    """The story of two pages, the second begun where it is said to begin well, if all fits so."""
    place = next((n for n, item in enumerate(story) if getattr(item, "turns", False)), 0)
    first, second = Stack(story[:place]), Stack(story[place:])
    later = room(paper, look) - look.size(_RUNNING)
    if not place or first.wrap(look.width)[1] > room(paper, look):
        return story
    if second.wrap(look.width)[1] > later:
        return story
    return [*story[:place], PageBreak(), *story[place:]]
