"""How one line of the due list looks, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.due import DueRow
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.due import words
from clinicdesk.ui.due.model import Col
from clinicdesk.ui.due.sections import TITLES, Heading
from clinicdesk.ui.schedule.painting import cut

PAD = 8
_GLYPH = 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NO_PEN = Qt.PenStyle.NoPen
_TONES = {
    "warn": ("warntint", "warn", "warnline"),
    "ok": ("oktint", "ok", "okline"),
    "info": ("infotint", "info", "infoline"),
}
_NEUTRAL = ("sunken", "text2", "line")
_ICONS = {"phone": "phone", "letter": "mail"}


@dataclass(frozen=True)
class Cell:
    """One cell to paint. ``dim``: somebody else has the patient in hand."""

    painter: QPainter
    rect: QRectF
    row: DueRow
    on: date
    language: str

    @property
    def dim(self) -> bool:
        return bool(self.row.taken_by) and not self.row.taken_by_me

    @property
    def box(self) -> QRectF:
        """Where words may stand."""
        return self.rect.adjusted(theme.scaled(PAD), 0, -4, 0)

    def ink(self, token: str) -> str:
        """The colour of words; everything is fainter while somebody else calls."""
        return "text3" if self.dim else token


# -- what every line has --------------------------------------------------------------------


def draw_ground(painter: QPainter, rect: QRect, *, chosen: bool, hovered: bool) -> None:
    """The ground of a row and the hairline under it."""
    if chosen or hovered:
        painter.fillRect(rect, theme.colour("atint" if chosen else "canvas"))
    line = QRectF(rect.left(), rect.bottom(), rect.width(), 1)
    painter.fillRect(line, theme.colour("line2" if chosen else "line"))


def draw_tick(painter: QPainter, rect: QRectF, state: str) -> None:
    """A box that is empty, ticked (``all``) or has a bar (``some``)."""
    side = theme.scaled(16)
    box = QRectF(0, 0, side, side)
    box.moveCenter(QPointF(rect.left() + theme.scaled(22), rect.center().y()))
    ticked = state != "none"
    painter.setPen(QPen(theme.colour("accent" if ticked else "input"), 1))
    painter.setBrush(theme.colour("accent" if ticked else "surface"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if ticked:
        glyph = theme.pixmap("check" if state == "all" else "minus", "onaccent", 14)
        painter.drawPixmap(QPointF(box.left() + 1, box.top() + 1), glyph)


def draw_heading(painter: QPainter, rect: QRectF, heading: Heading) -> None:
    """The line over a group: fold mark, name, count."""
    painter.fillRect(rect, theme.colour("sunken"))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line2"))
    size, left = theme.scaled(14), rect.left() + theme.scaled(15)
    mark = theme.pixmap("right" if heading.folded else "down", "text2", 14)
    painter.drawPixmap(QPointF(left, rect.center().y() - size / 2), mark)
    box = rect.adjusted(left + size + 6, 0, 0, -1)
    _put(painter, box, TITLES[heading.group], 13, 600, "text")
    width = _width(TITLES[heading.group], 13, 600)
    _put(painter, box.adjusted(width + 8, 0, 0, 0), f"{heading.count:,}", 13, 400, "text2")


def draw_waiting(painter: QPainter, rect: QRectF, column: Col) -> None:
    """A bar where words will be."""
    if column in (Col.CHECK, Col.FLAGS):
        return
    painter.setPen(_NO_PEN)
    painter.setBrush(theme.colour("line"))
    width = (rect.width() - 2 * PAD) * (0.45, 0.7, 0.6)[column % 3]
    bar = QRectF(rect.left() + PAD, rect.center().y() - 5, width, 10)
    painter.drawRoundedRect(bar, 5, 5)


def _width(text: str, px: float, weight: int) -> float:
    return _measured(text, px, weight, theme.scale())


@lru_cache(maxsize=4096)
def _measured(text: str, px: float, weight: int, scale: float) -> float:  # noqa: ARG001
    return QFontMetricsF(theme.font(px, weight)).horizontalAdvance(text)


def _put(
    painter: QPainter, box: QRectF, text: str, px: float, weight: int, ink: str
) -> None:  # fmt: skip
    painter.setFont(theme.font(px, weight))
    painter.setPen(theme.colour(ink))
    room = max(0, int(box.width()))
    painter.drawText(box, _LEFT, cut(text, room, px, weight, theme.scale()))


def _two(cell: Cell, upper: str, lower: str, *, ink: str = "text", weight: int = 600) -> None:
    """Two lines of words, the upper one stronger."""
    box, tall = cell.box, theme.scaled(17)
    top = box.center().y() - tall - 0.5
    _put(cell.painter, QRectF(box.left(), top + 1, box.width(), tall), upper, 13, weight,
         cell.ink(ink))  # fmt: skip
    _put(cell.painter, QRectF(box.left(), top + tall - 1, box.width(), tall), lower, 12, 400,
         cell.ink("text2"))  # fmt: skip


# -- cells ----------------------------------------------------------------------------------


def _due(cell: Cell) -> None:
    ink = "danger" if words.worst(cell.row, cell.on) else "text"
    closes = words.closes_words(cell.row, cell.on)
    if _width(closes, 12, 400) > cell.box.width():
        closes = words.closes_words(cell.row, cell.on, short=True)
    _two(cell, words.due_words(cell.row, cell.on), closes, ink=ink)


def _patient(cell: Cell) -> None:
    facts = words.person_facts(cell.row, cell.on)
    if _width(facts, 12, 400) > cell.box.width():
        facts = words.fewer_facts(cell.row, cell.on)
    _two(cell, words.who(cell.row), facts)


def _family(cell: Cell) -> None:
    side, box = theme.scaled(_GLYPH), cell.box
    spot = QPointF(box.left(), round(box.center().y() - side / 2))
    cell.painter.drawPixmap(spot, theme.glyph(cell.row.family, _GLYPH))
    _put(cell.painter, box.adjusted(side + 5, 0, 0, 0), cell.row.family, 12, 600,
         cell.ink("text"))  # fmt: skip


def _last(cell: Cell) -> None:
    what = words.last_words(cell.row)
    if _width(what, 13, 400) > cell.box.width():
        what = words.place_words(cell.row) or what
    _two(cell, what, day_words(cell.row.last_done), weight=400)


def _relief(cell: Cell) -> None:
    row, box, painter = cell.row, cell.box, cell.painter
    if row.relief_percent is None:
        _put(painter, box, _("not scored"), 12, 400, cell.ink("text2"))
        return
    wide = theme.scaled(64 if box.width() > theme.scaled(130) else 40)
    track = QRectF(box.left(), box.center().y() - 3.5, wide, 7)
    painter.setPen(_NO_PEN)
    painter.setBrush(theme.colour("line"))
    painter.drawRoundedRect(track, 3, 3)
    tone = "warn" if words.poor(row) else "ok"
    share = max(0.0, min(1.0, row.relief_percent / 100))
    painter.setBrush(theme.colour(tone))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), wide * share, 7), 3, 3)
    mark = track.left() + wide * row.good_percent / 100
    painter.fillRect(QRectF(mark - 0.5, track.top() - 3, 1.2, 13), theme.colour("text"))
    rest = box.adjusted(wide + 8, 0, 0, 0)
    _put(painter, rest, f"{row.relief_percent}%", 13, 600,
         cell.ink("warn" if tone == "warn" else "text"))  # fmt: skip
    after, room = words.relief_words(row), rest.adjusted(theme.scaled(42), 0, 4, 0)
    if _width(after, 12, 400) <= room.width():
        _put(painter, room, after, 12, 400, cell.ink("text2"))


def _contact(cell: Cell) -> None:
    row, box, painter = cell.row, cell.box, cell.painter
    if not row.contacts:
        # Said aloud in the row's words; on paper of mostly such rows it would be noise.
        return
    side, left = theme.scaled(22), box.left()
    marks = ["phone"] * (min(row.contacts, 3) - 1) + [_ICONS.get(row.last_contact_kind, "chat")]
    for icon in marks:
        _mark(painter, QRectF(left, box.center().y() - side / 2, side, side), icon)
        left += side + 5
    if row.contacts > 3:
        _put(painter, box.adjusted(left - box.left(), 0, 0, 0), f"×{row.contacts}", 12, 400,
             cell.ink("text2"))  # fmt: skip


def _mark(painter: QPainter, box: QRectF, icon: str) -> None:
    painter.setPen(theme.colour("line"))
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    size = theme.scaled(14)
    spot = QPointF(box.center().x() - size / 2, box.center().y() - size / 2)
    painter.drawPixmap(spot, theme.pixmap(icon, "text2", 14))


def _next(cell: Cell) -> None:
    ink = "info" if cell.dim else "text"
    _put(cell.painter, cell.box, words.next_words(cell.row, cell.on), 13, 400, ink)


def _flags(cell: Cell) -> None:
    """As many marks as have room; how many more there are is written, the pointer names them."""
    left, right = cell.box.left(), cell.box.right() - 4
    found = words.flags(cell.row, cell.language)
    for index, (text, tone, icon, short) in enumerate(found):
        more = len(found) - index - 1
        room = right - left - (theme.scaled(24) if more else 0)
        shown = text if _chip_width(text) <= room else short or text
        if index and _chip_width(shown) > room:
            more += 1
        else:
            wide = min(_chip_width(shown), room)
            _chip(cell, QRectF(left, 0, wide, 0), shown, tone, icon)
            left += wide + 5
        if more and (index == len(found) - 1 or left + theme.scaled(80) > right):
            _put(cell.painter, QRectF(left, cell.rect.top(), 30, cell.rect.height()),
                 f"+{more}", 12, 600, "text2")  # fmt: skip
            return


def _chip_width(text: str) -> float:
    return _width(text, 12, 600) + theme.scaled(33)


def _chip(cell: Cell, span: QRectF, text: str, tone: str, icon: str) -> None:
    painter = cell.painter
    fill, ink, edge = _TONES.get(tone, _NEUTRAL)
    tall, size = theme.scaled(22), theme.scaled(14)
    box = QRectF(span.left(), cell.rect.center().y() - tall / 2, span.width(), tall)
    painter.setPen(theme.colour(edge))
    painter.setBrush(theme.colour(fill))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.drawPixmap(QPointF(box.left() + 7, box.center().y() - size / 2),
                       theme.pixmap(icon, ink, 14))  # fmt: skip
    _put(painter, box.adjusted(size + 11, 0, -3, 0), text, 12, 600, ink)


CELLS: dict[Col, Callable[[Cell], None]] = {
    Col.DUE: _due,
    Col.PATIENT: _patient,
    Col.FAMILY: _family,
    Col.LAST: _last,
    Col.RELIEF: _relief,
    Col.CONTACT: _contact,
    Col.NEXT: _next,
    Col.FLAGS: _flags,
}
