"""From facts and texts to the bytes of a sheet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO

from reportlab import rl_config
from reportlab.platypus import Flowable

from clinicdesk.documents import aftercare, consent, recall
from clinicdesk.documents.flow import Stack
from clinicdesk.documents.fonts import register
from clinicdesk.documents.look import MARGIN, PAPERS, Look
from clinicdesk.documents.pages import (
    SheetDocument,
    breakable,
    page_words,
    room,
    turned,
)
from clinicdesk.documents.recall_wording import wording_for
from clinicdesk.documents.text import letters_without_font
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.rows.documents import RenderedSheet, SheetFacts
from clinicdesk.domain.sheets import SheetTexts
from clinicdesk.domain.translation import _

# Same facts, same bytes: no clock and no random numbers in the file.
rl_config.invariant = 1
# Pages as bytes, not as the letters that mail needed once: smaller, and a tenth less work.
rl_config.useA85 = 0

Story = Callable[[Wording, Look], list[Flowable]]
_STORIES: dict[str, Story] = {
    "consent": consent.story,
    "aftercare": aftercare.story,
    "recall": recall.story,
}
_NAMED = 12
_LARGE = (1.5, 12.0)
"""Scale of large print, and the least size before it is scaled: 18 points, as its body has."""
# Scale and air of a letter that leaves room on its page: it is set larger.
_LARGER = {"recall": (1.1, 0.8)}
_LEAST_AIR = 0.3
_TIGHTER = 0.5


def render(
    kind: str, facts: SheetFacts, texts: SheetTexts, paper: str, large: bool = False
) -> RenderedSheet:
    """A finished sheet.

    Args:
        kind: ``consent``, ``aftercare`` or ``recall``; must be that of ``texts``.
        facts: plain text, never mark-up; ``RecallFacts`` for a letter.
        paper: ``letter`` or ``a4``.
        large: letters half as large again (body 18 pt), no text smaller than the body.

    Raises:
        ValueError: an unknown kind or paper, or texts of another kind.
        Unavailable: no font on this computer has the letters of the text.
    """
    if kind not in _STORIES or texts.kind != kind:
        raise ValueError(
            _("no sheet of the kind {kind} from texts of the kind {texts_kind}").format(
                kind=kind, texts_kind=texts.kind
            )
        )
    if paper not in PAPERS:
        raise ValueError(
            _("unknown paper {paper}; known are {papers}").format(
                paper=paper, papers=", ".join(PAPERS)
            )
        )
    register()
    without = letters_without_font(texts)
    if without:
        raise Unavailable(
            _(
                "No font on this computer has these letters of the text: {without}. "
                "Install one that has them, such as Noto Sans, and start ClinicDesk again."
            ).format(without=without[:_NAMED]),
            "other",
        )
    wording = wording_for(facts, texts)
    code = document_code(facts, texts, paper, large=large)
    look, story = _fit(wording, paper, large=large)
    pdf, pages = _build(wording, look, paper, code, story)
    if pages > 2:
        # Less air may save the last page, and the paper.
        tighter = _look(paper, _TIGHTER, large=large)
        pdf, pages = min((pdf, pages), _build(wording, tighter, paper, code), key=_pages)
    return RenderedSheet(
        kind=kind,
        language=texts.language,
        paper=paper,
        title=wording.title,
        template_id=texts.id,
        template_version=texts.version,
        document_code=code,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        pages=pages,
    )


def _pages(made: tuple[bytes, int]) -> int:
    return made[1]


def document_code(facts: SheetFacts, texts: SheetTexts, paper: str, *, large: bool) -> str:
    """``CF-EPI-TF-EN-1 · 7F3A-20C9``: the text's id and version, and a hash of what it says."""
    known = asdict(facts) | {"paper": paper, "large": large, "effective": texts.effective}
    if texts.approvals:
        known["approvals"] = [asdict(approval) for approval in texts.approvals]
    seal = hashlib.sha256(json.dumps(known, default=str, sort_keys=True).encode()).hexdigest()
    return f"{texts.id}-{texts.version} · {seal[:4].upper()}-{seal[4:8].upper()}"


def _fit(wording: Wording, paper: str, *, large: bool) -> tuple[Look, list[Flowable]]:
    """The airiest look with which all stands on one page, and the story in it.

    The airiest of all if none does.
    """
    roomy = _LARGER.get(wording.texts.kind)
    if roomy and not large:
        look = Look(*roomy, _width(paper))
        tall, story = _height(wording, look)
        if tall <= room(paper, look) - 1:
            return look, story
    airy = _look(paper, 1.0, large=large)
    most = room(paper, airy) - 1
    tall, first = _height(wording, airy)
    if tall <= most:
        return airy, first
    tight = _look(paper, _LEAST_AIR, large=large)
    low, last = _height(wording, tight)
    if low > most:
        return airy, first
    # Heights grow almost evenly with the air; what lines break differently is mended below.
    air = _LEAST_AIR + (1 - _LEAST_AIR) * (most - low) / (tall - low)
    while air > _LEAST_AIR:
        look = _look(paper, air, large=large)
        height, story = _height(wording, look)
        if height <= most:
            return look, story
        air -= 0.06
    return tight, last


def _look(paper: str, air: float, *, large: bool) -> Look:
    scale, least = _LARGE if large else (1.0, 0.0)
    return Look(scale, air, _width(paper), least)


def _width(paper: str) -> float:
    return PAPERS[paper][0] - 2 * MARGIN


def _height(wording: Wording, look: Look) -> tuple[float, list[Flowable]]:
    """How tall the story is, and the story, which has not been drawn yet."""
    story = _STORIES[wording.texts.kind](wording, look)
    return Stack(story).wrap(look.width)[1], story


def _build(
    wording: Wording, look: Look, paper: str, code: str, story: list[Flowable] | None = None
) -> tuple[bytes, int]:
    """The bytes and the number of pages; a second time when there is more than one."""
    total = 1
    while True:
        target = BytesIO()
        words = page_words(wording, code, total)
        document = SheetDocument(target, words, look, paper)
        # What was drawn once is not drawn again.
        drawn = story or _STORIES[wording.texts.kind](wording, look)
        story = None
        if total == 2:
            drawn = turned(drawn, words, paper, look)
        document.build(breakable(drawn, words, paper, look))
        if document.page == total:
            return target.getvalue(), total
        total = document.page
