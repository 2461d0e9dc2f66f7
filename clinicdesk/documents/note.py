"""The procedure note: a signed record on paper, for whoever reads it in ten years."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from io import BytesIO

from babel.dates import format_date
from reportlab.platypus import Flowable, Paragraph, Table

from clinicdesk.documents.flow import Columns, Heading, Panel, Stack
from clinicdesk.documents.fonts import register
from clinicdesk.documents.furniture import head
from clinicdesk.documents.look import FRAME, INK2, LINE, MARGIN, PAPERS, SUNKEN, Look
from clinicdesk.documents.pages import PageWords, SheetDocument, breakable
from clinicdesk.documents.text import clean, plain
from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.dates import time_words
from clinicdesk.domain.people import spoken_name
from clinicdesk.domain.rows.documents import RenderedSheet
from clinicdesk.domain.rows.notes import GivenLine, NoteFacts, NotePart
from clinicdesk.domain.translation import _, _n

KIND = _("Procedure note")
_TEMPLATE, _VERSION = "PN-EN", "1"
_LABEL, _BETWEEN = 128.0, 10.0
_LABEL_MOST = 0.4
_GIVEN = (
    (_("Given"), 190),
    (_("Volume"), 84),
    (_("Dose"), 66),
    (_("Lot"), 108),
    (_("Expiry"), 66),
    (_("Site"), 84),
)
_SITE = 5
_LARGE = 1.5
_BEFORE_GIVEN = 2


def render_note(facts: NoteFacts, paper: str, large: bool = False) -> RenderedSheet:
    """A finished note.

    Args:
        facts: plain text, never mark-up.
        paper: ``letter`` or ``a4``.
        large: letters half as large again.

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
    look = Look(_LARGE if large else 1.0, 1.0, PAPERS[paper][0] - 2 * MARGIN)
    code = _code(facts, paper, large=large)
    pdf, pages = _build(facts, look, paper, code)
    return RenderedSheet(
        kind="note",
        language="en",
        paper=paper,
        title=facts.title,
        template_id=_TEMPLATE,
        template_version=_VERSION,
        document_code=code,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        pages=pages,
    )


def _code(facts: NoteFacts, paper: str, *, large: bool) -> str:
    """``PN-EN-1 · 7F3A-20C9``: another one as soon as anything on the page is another."""
    known = asdict(facts) | {"paper": paper, "large": large, "template": _TEMPLATE + _VERSION}
    made = hashlib.sha256(json.dumps(known, default=str, sort_keys=True).encode()).hexdigest()
    return f"{_TEMPLATE}-{_VERSION} · {made[:4].upper()}-{made[4:8].upper()}"


def _build(facts: NoteFacts, look: Look, paper: str, code: str) -> tuple[bytes, int]:
    """The bytes and the number of pages, which stands at the foot of each."""
    total = 1
    while True:
        target = BytesIO()
        words = _around(facts, code, total)
        document = SheetDocument(target, words, look, paper)
        document.build(breakable(_story(facts, look), words, paper, look))
        if document.page == total:
            return target.getvalue(), total
        total = document.page


def _around(facts: NoteFacts, code: str, total: int) -> PageWords:
    born = format_date(facts.birth_date, "d MMM y", locale="en")
    whose = (spoken_name(facts.given_name, facts.family_name), born, facts.mrn, facts.title)
    return PageWords(
        title=f"{KIND}: {clean(facts.title)}",
        author=clean(facts.clinic.name),
        subject=f"{_TEMPLATE} {_VERSION}",
        language="en",
        running=tuple(clean(part) for part in whose),
        code=_("Document {code}").format(code=code),
        middle="",
        page=lambda number: _("Page {number} of {total}").format(number=number, total=total),
    )


def _story(facts: NoteFacts, look: Look) -> list[Flowable]:
    day = format_date(facts.performed_on, "d MMMM y", locale="en")
    story = [head(facts.clinic, KIND, day, look), _title(facts, look), _patient(facts, look)]
    story += _beside(facts.parts[:_BEFORE_GIVEN], look)
    story += _given(facts.given, look)
    for part in facts.parts[_BEFORE_GIVEN:]:
        story += _part(part, look)
    if facts.note:
        story += [_section(_("Note"), look), *_paragraphs(facts.note, look)]
    story += _signature(facts, look)
    for entry in facts.addenda:
        words = (
            f"{entry.by}, {format_date(entry.at, 'd MMM y', locale='en')}, {_time(entry.at, facts)}"
        )
        first = _section(_("Addenda"), look) if entry is facts.addenda[0] else None
        story += [first] if first else []
        story += [*_paragraphs(entry.text, look),
                  Paragraph(plain(words), look.small(9.5, spaceAfter=look.gap(5)))]  # fmt: skip
    return story


def _title(facts: NoteFacts, look: Look) -> Flowable:
    style = look.heading(20, spaceBefore=look.gap(11), spaceAfter=look.gap(7))
    return Heading(plain(facts.title), style, clean(facts.title))


def _patient(facts: NoteFacts, look: Look) -> Flowable:
    born = format_date(facts.birth_date, "d MMM y", locale="en")
    pad = look.size(9)
    inside = look.width - 2 * pad
    cells = (
        (0.56, _("Patient"), spoken_name(facts.given_name, facts.family_name)),
        (0.22, _("Born"), born), (0.22, _("Record"), facts.mrn),
    )  # fmt: skip
    row = Columns(
        [(share * inside, Stack([Paragraph(label, look.small(9.5)),
                                 Paragraph(plain(text), look.strong(12))]))
         for share, label, text in cells]
    )  # fmt: skip
    return Panel(row, (pad, look.size(5)), line=FRAME)


def _section(words: str, look: Look) -> Heading:
    style = look.heading(13, spaceBefore=look.gap(10), spaceAfter=look.gap(3))
    return Heading(words, style, words)


def _beside(parts: Sequence[NotePart], look: Look) -> list[Flowable]:
    """Two short parts side by side, so that most notes need one page; not in large print."""
    if look.scale > 1:
        return [item for part in parts for item in _part(part, look)]
    gap = look.size(14)
    wide = (look.width - gap) / 2
    half = Look(look.scale, look.air, wide)
    cells = [(wide, Stack(_part(part, half))) for part in parts if part.lines]
    return [Columns(cells, gap, gap=look.gap(10))]


def _part(part: NotePart, look: Look) -> list[Flowable]:
    if not part.lines:
        return []
    return [_section(part.heading, look), *(_line(label, text, look) for label, text in part.lines)]


def _line(label: str, text: str, look: Look) -> Flowable:
    left = min(look.size(_LABEL), _LABEL_MOST * look.width)
    gap = look.size(_BETWEEN)
    return Columns(
        [
            (left, Paragraph(plain(label), look.style(11, colour=INK2))),
            (look.width - left - gap, Paragraph(plain(text), look.style(11))),
        ],
        between=gap,
        gap=look.gap(1.5),
    )


def _paragraphs(text: str, look: Look) -> Iterable[Flowable]:
    style = look.style(11, spaceAfter=look.gap(3))
    return [Paragraph(plain(line), style) for line in text.splitlines() if line.strip()]


# -- what was given --------------------------------------------------------------------------


def _given(given: Sequence[GivenLine], look: Look) -> list[Flowable]:
    if not given:
        return [_section(_("Medication"), look), Paragraph(_("None recorded."), look.style(11))]
    # Mostly one site has it all: then the title says so, and the names have more room.
    columns = _GIVEN if any(line.site for line in given) else _GIVEN[:_SITE]
    unit = look.width / sum(share for __, share in columns)
    small, style = look.small(9.5), look.style(11)
    rows = [[Paragraph(head, small) for head, ___ in columns]]
    for line in given:
        cells = (line.product, line.volume, line.dose, line.lot, line.expiry, line.site)
        rows.append([Paragraph(plain(text or "–"), style) for text in cells[: len(columns)]])
    table = Table(
        rows,
        colWidths=[share * unit for ____, share in columns],
        repeatRows=1,
        splitInRow=1,
        hAlign="LEFT",
    )
    air = look.size(2.8)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.7, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), look.size(6)),
            ("TOPPADDING", (0, 0), (-1, -1), air),
            ("BOTTOMPADDING", (0, 0), (-1, -1), air),
        ]
    )
    return [_section(_("Medication"), look), table]


# -- the signature ---------------------------------------------------------------------------


def _time(at: datetime, facts: NoteFacts) -> str:
    return time_words(at, customs_of(facts.country))


def _addenda_words(facts: NoteFacts) -> str:
    """So that a page without a later correction can be told from one with it."""
    if not facts.addenda:
        return _("No addenda")
    last = facts.addenda[-1].at
    day = f"{format_date(last, 'd MMMM y', locale='en')}, {_time(last, facts)}"
    count = len(facts.addenda)
    return _n("1 addendum, of {day}", "{count} addenda, the last of {day}", count).format(
        day=day, count=count
    )


def _signature(facts: NoteFacts, look: Look) -> list[Flowable]:
    at = facts.signed_at
    signed = _("Signed electronically by {signed_by}").format(signed_by=facts.signed_by)
    if at is not None:
        when = f"{format_date(at, 'd MMMM y', locale='en')}, {_time(at, facts)}"
        signed = _("{signed}, {when}").format(signed=signed, when=when)
    box = Stack(
        [
            Paragraph(plain(signed), look.strong(11)),
            Paragraph(plain(_addenda_words(facts)), look.style(10)),
            Paragraph(
                _("SHA-256 of the signed record: {seal}").format(seal=facts.seal), look.small(9)
            ),
        ]
    )
    return [Panel(box, (look.size(9), look.size(6)), look.gap(12), fill=SUNKEN, line=LINE)]
