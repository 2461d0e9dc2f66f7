"""The after-care sheet."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, Paragraph

from clinicdesk.documents.call_box import CallBox
from clinicdesk.documents.flow import Block, Columns, Heading, Panel, Stack
from clinicdesk.documents.furniture import letterhead, patient_strip, title
from clinicdesk.documents.icons import Chip, Picture
from clinicdesk.documents.look import (
    ACCENT,
    ACCENT_LINE,
    ACCENT_TINT,
    DANGER,
    INK,
    LINE,
    OK,
    WARN,
    WARN_LINE,
    WARN_TINT,
    Look,
)  # fmt: skip
from clinicdesk.documents.scores import scores
from clinicdesk.documents.wording import Wording
from clinicdesk.domain.rows.documents import Thinner
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
        CallBox(wording, look, look.gap(9)),
        scores(wording, look),
        _dates(wording, look),
    ]


def _lead(wording: Wording, look: Look) -> list[Flowable]:
    line = wording.first("lead")
    if line is None:
        return []
    return [Paragraph(wording.markup(line.text), look.style(13, 16, spaceBefore=look.gap(3)))]


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
    """The blood thinner box, for those who take one: what is done with each from when on."""
    groups: dict[tuple[object, ...], list[Thinner]] = {}
    for one in wording.thinners:
        groups.setdefault((one.keep, one.restart, one.by, one.hours), []).append(one)
    if not groups:
        return []
    icon = Picture(wording.texts.art.icons.get("drop", ""), look.size(22), WARN)
    between, pad = look.size(12), (look.size(13), look.size(6.5))
    words = Stack([
        _one_thinner(wording.of_thinner(tuple(group)), look, gap=look.gap(5) if position else 0.0)
        for position, group in enumerate(groups.values())
    ])  # fmt: skip
    wide = look.width - 2 * pad[0] - icon.width - between
    inside = Columns([(icon.width, icon), (wide, words)], between, middle=True)
    return [Panel(inside, pad, look.gap(9), fill=WARN_TINT, line=WARN_LINE, line_width=1.3)]


def _one_thinner(wording: Wording, look: Look, gap: float) -> Stack:
    """Those that are treated alike: their names, what to do, and what else to know."""
    keep = wording.first("thinner_keep")
    if keep is not None:
        head = wording.markup(keep.text)
    elif "about" in wording.true and "thinner_about" in wording.texts.labels:
        head = wording.label("thinner_about")
    else:
        # A clinic's own text may lack the words for a time that is only planned.
        known = "restart" in wording.true and "about" not in wording.true
        head = wording.label("thinner_at" if known else "told_later")
    return Stack([
        Paragraph(wording.label("thinner_box"), look.body()),
        Paragraph(head, look.heading(15)),
        *(Paragraph(wording.markup(line.text), look.body()) for line in wording.lines("thinner")),
    ], gap)  # fmt: skip


# -- dates -----------------------------------------------------------------------------------


def _dates(wording: Wording, look: Look) -> Flowable:
    """When we call, and from when it may be done again where the rules can tell."""
    facts = wording.facts
    between = look.size(12)
    again = facts.repeat_from is not None
    wide = (look.width - between) / 2 if again else look.width
    call = _card("follow", wording, look, known=facts.follow_up_call is not None)
    pad = (look.size(11), look.size(6))
    cards: list[tuple[float, Flowable]] = [
        (wide, Panel(call, pad, line=LINE, line_width=0.9)),
    ]
    if again:
        # A test is not done again because it helped.
        hint = "diagnostic" not in wording.true
        card = _card("repeat", wording, look, known=True, hint=hint)
        cards.append((wide, Panel(card, pad, fill=ACCENT_TINT, line=ACCENT, line_width=1.2)))
    return Columns(cards, between, look.gap(9))


def _card(name: str, wording: Wording, look: Look, *, known: bool, hint: bool = True) -> Stack:
    small, large = look.body(), look.heading(15 if known else 12.5, textColor=INK)
    date = wording.label(f"{name}_on") if known else wording.label("told_later")
    below = [Paragraph(wording.label(f"{name}_hint"), small)] if hint else []
    return Stack([
        Paragraph(wording.label(f"{name}_heading"), small),
        Paragraph(date, large),
        *below,
    ])  # fmt: skip
