"""The pages of a sheet: what stands around the text, and which text goes on which page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph

from clinicdesk.documents.flow import Block, Stack, leaves
from clinicdesk.documents.fonts import BODY, BOLD
from clinicdesk.documents.look import INK2, LINE, MARGIN, PAPERS, Look
from clinicdesk.documents.text import clean, plain
from clinicdesk.documents.wording import Wording

_FOOT = 17.0
_RUNNING = 22.0
_LINE = 12.5
_LINES = 6
"""Lines of a name beyond which its end is left out at the top of later pages."""


@dataclass(frozen=True)
class PageWords:
    """What stands around the text of every page, and in the file's properties.

    ``running`` says whose it is, from the second page on: the name, and what stands after it;
    ``code`` and ``middle`` stand at the
    foot, ``page`` gives the words for a page's number.
    """

    title: str
    author: str
    subject: str
    language: str
    running: tuple[str, ...]
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
        running=tuple(clean(part) for part in whose),
        code=wording.label_words("document", code=code),
        middle=wording.approved() or wording.label_words("sample"),
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
        self._line = running_line(words, look, paper)
        down = running_room(words, look, paper)
        later = Frame(
            MARGIN, foot, wide - 2 * MARGIN, tall - MARGIN - foot - down, id="later", **box
        )
        self.addPageTemplates(
            [
                PageTemplate("first", [full], onPageEnd=self._foot, autoNextPageTemplate="later"),
                PageTemplate("later", [later], onPage=self._run, onPageEnd=self._foot),
            ]
        )

    def _run(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """Whose it is, on a page that could get apart from the first."""
        del document
        look, line = self._look, self._line
        wide, tall = self.pagesize
        line.drawOn(canvas, MARGIN, tall - MARGIN - line.height + look.size(0.5))
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.7)
        edge = tall - MARGIN - line.height - look.size(3.5)
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
            self._middle(canvas, words.page(document.page), size, base)
        canvas.setFont(BOLD, size)
        canvas.drawRightString(wide - MARGIN, base, words.page(document.page))

    def _middle(self, canvas: Canvas, page: str, size: float, base: float) -> None:
        """Sample wording, or who approved it: between the code and the number of the page."""
        words, look = self._words, self._look
        wide, _ = self.pagesize
        left = MARGIN + stringWidth(words.code, BODY, size) + 8
        right = wide - MARGIN - stringWidth(page, BOLD, size) - 8
        text = fitted(words.middle, size, right - left)
        half = stringWidth(text, BODY, size) / 2
        middle = min(max(wide / 2 + look.size(16), left + half), right - half)
        canvas.drawCentredString(middle, base, text)


def running_line(words: PageWords, look: Look, paper: str) -> Paragraph:
    """Name, birth date, record number and title; what the name needs wraps.

    Of a name of more than a few lines the end is left out; what stands after it never is.
    """
    width = PAPERS[paper][0] - 2 * MARGIN
    name, *rest = words.running
    while True:
        line = Paragraph(plain(" · ".join((name, *rest))), look.small(10))
        _, tall = line.wrap(width, 1e6)
        if tall <= look.size(_LINE) * _LINES or len(name) <= _LINES:
            return line
        name = name[: len(name) * 9 // 10].removesuffix("…") + "…"


def running_room(words: PageWords, look: Look, paper: str) -> float:
    """Height in points that the line at the top of later pages takes from the text."""
    line = running_line(words, look, paper)
    return max(look.size(_RUNNING), float(line.height) + look.size(9.5))


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


def breakable(story: list[Flowable], words: PageWords, paper: str, look: Look) -> list[Flowable]:
    """The story with blocks taken apart that no page could hold."""
    most = room(paper, look) - running_room(words, look, paper)
    found: list[Flowable] = []
    for item in story:
        if item.wrap(look.width, 1e6)[1] <= most or not isinstance(item, Block):
            found.append(item)
        else:
            found.extend(leaves(item))
    return found


def turned(story: list[Flowable], words: PageWords, paper: str, look: Look) -> list[Flowable]:
    """The story of two pages, the second begun where it is said to begin well, if all fits so."""
    place = next((n for n, item in enumerate(story) if getattr(item, "turns", False)), 0)
    first, second = Stack(story[:place]), Stack(story[place:])
    later = room(paper, look) - running_room(words, look, paper)
    if not place or first.wrap(look.width)[1] > room(paper, look):
        return story
    if second.wrap(look.width)[1] > later:
        return story
    return [*story[:place], PageBreak(), *story[place:]]
