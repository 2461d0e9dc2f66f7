"""Painting of one block, at three densities, and of the day's background."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
)

from clinicdesk.domain.anatomy import Side
from clinicdesk.domain.appointments import Status
from clinicdesk.domain.people import display_name, short_name
from clinicdesk.domain.rows.schedule import AppointmentRow
from clinicdesk.domain.states import LogState
from clinicdesk.ui import theme
from clinicdesk.ui.local import span_text, time_text
from clinicdesk.ui.schedule.model import Block, marks

GLYPHS = {
    Status.BOOKED: ("status-booked", "text2"),
    Status.CONFIRMED: ("status-confirmed", "text2"),
    Status.ARRIVED: ("status-arrived", "accent"),
    Status.PREPARING: ("status-arrived", "accent"),
    Status.IN_ROOM: ("status-inroom", "accent"),
    Status.RECOVERING: ("status-recovering", "accent"),
    Status.READY: ("status-recovering", "accent"),
    Status.LEFT: ("status-done", "text2"),
    Status.NO_SHOW: ("status-noshow", "danger"),
    Status.CANCELLED: ("status-noshow", "danger"),
}
FLAGS = (
    ("died", "flag", "danger"),
    ("review", "shield", "warn"),
    ("pregnant", "heart", "danger"),
    ("device", "battery", "warn"),
    ("anticoagulant", "drop", "warn"),
    ("allergy", "alert", "danger"),
    ("unasked", "info", "warn"),
    ("verdict", "clock", "warn"),
    (LogState.SIGNED, "pen", "ok"),
)
"""From the right; what does not fit among ``MOST`` is counted."""
MOST = 4
_MARK = 14
_OVER = (Status.LEFT, Status.NO_SHOW, Status.CANCELLED)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDLINE = Side.MIDLINE.value
_SIDES = frozenset(side.value for side in Side if side is not Side.MIDLINE)
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


def marks_shown(count: int, room: float, size: float) -> int:
    """How many of ``count`` marks stand in ``room`` px, beside the count of the others.

    Never more than ``MOST``; the gravest always.
    """
    if count <= MOST and count * (size + 3) <= room:
        return count
    counted = size + 4 + 3
    fit = int((room - counted) / (size + 3))
    # Two take no more room than one and a count.
    return min(count, 2) if count <= 2 else max(1, min(fit, MOST, count - 1))


@lru_cache(maxsize=4096)
def fitted(family: str, given: str, width: int, px: float, weight: int, scale: float) -> str:  # noqa: ARG001
    """The name as wide as fits: the first name becomes an initial before anything is cut."""
    metrics = QFontMetricsF(theme.font(px, weight))
    for text in (display_name(family, given), short_name(family, given), family):
        if metrics.horizontalAdvance(text) <= width:
            return text
    return metrics.elidedText(family, Qt.TextElideMode.ElideRight, width)


def initials(name: str) -> str:
    """``Dr. T. Lindqvist`` of ``Dr. Tomas Lindqvist``: title and surname stay."""
    parts = name.split()
    middle = parts[1:-1] if parts and parts[0].endswith(".") else parts[:-1]
    head = parts[:1] if parts and parts[0].endswith(".") else []
    return " ".join([*head, *(f"{p[0]}." for p in middle if p), *parts[-1:]])


@lru_cache(maxsize=4096)
def cut(text: str, width: int, px: float, weight: int, scale: float) -> str:  # noqa: ARG001
    """Text cut at the right where it is too wide; a side at its end is kept: ``supras… right``."""
    metrics = QFontMetricsF(theme.font(px, weight))
    head, __, side = text.rpartition(" ")
    end = metrics.horizontalAdvance(f" {side}") if side in _SIDES else 0.0
    if not end or metrics.horizontalAdvance(text) <= width or end * 2 > width:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    return f"{metrics.elidedText(head, Qt.TextElideMode.ElideRight, width - end)} {side}"


def what(short: str, sites: tuple[str, ...]) -> tuple[str, ...]:
    """``MBB · L3-L4, L4-L5 right``; and shorter, without the procedure that the colour tells."""
    groups = _by_side(sites)
    places = ", ".join(f"{', '.join(names)} {side}" for side, names in groups.items())
    if list(groups) == [_MIDLINE]:
        # No side: the word is the first to go.
        alone = ", ".join(groups[_MIDLINE])
        return (f"{short} · {places}", f"{short} · {alone}", alone)
    return (f"{short} · {places}", places) if places else (short,)


def _by_side(sites: tuple[str, ...]) -> dict[str, list[str]]:
    by_side: dict[str, list[str]] = {}
    for site in sites:
        name, _, side = site.rpartition(" ")
        by_side.setdefault(side, []).append(name)
    return by_side


@lru_cache(maxsize=4096)
def sided(short: str, sites: tuple[str, ...], width: int, px: float, scale: float) -> str:
    """What is planned, as wide as fits: structures are shortened (``greater o… left``), sides not.

    Empty where not even the sides fit: a structure without its side says too much.
    """
    texts = what(short, sites)
    metrics = QFontMetricsF(theme.font(px, 400))
    for text in texts:
        if metrics.horizontalAdvance(text) <= width:
            return text
    if not sites or list(_by_side(sites)) == [_MIDLINE]:
        return cut(texts[-1], width, px, 400, scale)
    groups = _by_side(sites)
    ends = [f" {side}" for side in groups]
    room = width - metrics.horizontalAdvance("".join(ends) + ", " * (len(ends) - 1))
    each = int(room / len(ends))
    names = [
        metrics.elidedText(", ".join(names), Qt.TextElideMode.ElideRight, each)
        for names in groups.values()
    ]
    made = ", ".join(name + end for name, end in zip(names, ends, strict=True))
    if all(names) and metrics.horizontalAdvance(made) <= width:
        return made
    alone = ", ".join(groups)
    return alone if metrics.horizontalAdvance(alone) <= width else ""


def first_that_fits(texts: tuple[str, ...], width: int, px: float, weight: int = 400) -> str:
    """The first text that is not too wide; the last one, cut, if all are."""
    metrics = QFontMetricsF(theme.font(px, weight))
    for text in texts:
        if metrics.horizontalAdvance(text) <= width:
            return text
    return cut(texts[-1], width, px, weight, theme.scale())


def hatch(painter: QPainter, box: QRectF, fill: str = "hatch", line: str = "hatch2") -> None:
    """45-degree lines every 7 px: closed, or (in red) not allowed."""
    painter.fillRect(box, theme.colour(fill))
    painter.fillRect(box, QBrush(_hatching(theme.colour(line).name(), theme.name())))


@lru_cache(maxsize=8)
def _hatching(colour: str, _theme: str) -> QPixmap:
    tile = QPixmap(10, 10)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1))
    for offset in (-10, 0, 10):
        painter.drawLine(QPointF(offset, 10), QPointF(offset + 10, 0))
    painter.end()
    return tile


class BlockPainter:
    """Paints blocks; keeps fonts and pens so that painting allocates nothing."""

    def __init__(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Theme or scale changed."""
        self._bold = theme.font(12.5, 600)
        self._plain = theme.font(12.5, 400)
        self._small = theme.font(12, 400)
        self._scale = theme.scale()

    def paint(
        self, painter: QPainter, box: QRectF, block: Block, *, selected: bool, hover: bool,
        faded: bool = False, refused: bool = False, times: str = "",
    ) -> None:  # fmt: skip
        """Paints a block into its rectangle; ``times`` stand in for its own while it is dragged."""
        row = block.appointment
        family = theme.family(row.family)
        painter.setOpacity(0.4 if faded else 1.0)
        if refused:
            fill, edge, bar = theme.colour("dangertint"), theme.colour("danger"), family.strong
        elif block.linked:
            fill, edge, bar = theme.colour("surface"), theme.colour("line2"), family.strong
        else:
            fill = family.done if row.status in _OVER else family.tint
            edge, bar = family.border, family.strong
        if selected:
            edge = theme.colour("accent")
        elif hover and not refused:
            edge = family.strong
        # Clipping to a rectangle costs a tenth of clipping to a rounded path.
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(_NO_PEN)
        painter.setClipRect(QRectF(box.left(), box.top(), 4, box.height()))
        painter.setBrush(bar)
        painter.drawRoundedRect(inner, 6, 6)
        painter.setClipRect(QRectF(box.left() + 4, box.top(), box.width() - 4, box.height()))
        painter.setBrush(fill)
        painter.drawRoundedRect(inner, 6, 6)
        painter.setClipping(False)
        painter.setPen(QPen(edge, 2 if selected or refused else 1))
        painter.setBrush(_NO_BRUSH)
        painter.drawRoundedRect(inner, 6, 6)
        self._words(painter, box, block, times)
        painter.setOpacity(1.0)

    def _words(self, painter: QPainter, box: QRectF, block: Block, times: str) -> None:
        scale = self._scale
        if box.height() < 12 * scale:
            return
        row = block.appointment
        line = 16 * scale
        left, top = box.left() + 10, box.top() + (3 if box.height() >= 26 * scale else 1)
        glyph, ink = ("link", "text3") if block.linked else GLYPHS[row.status]
        side = 15 if block.linked else 14
        painter.drawPixmap(QPointF(left, top + 1), theme.pixmap(glyph, ink, side))
        text_left = left + (side + 5) * scale
        width = box.right() - text_left - 5
        one_line = box.height() < 30 * scale
        if one_line and width > 70 * scale:
            # No second line to tell the family there.
            painter.drawPixmap(QPointF(text_left, top + 1), theme.glyph(row.family))
            text_left += (14 + 5) * scale
            width -= (14 + 5) * scale
        # From 50 px the flags have a line of their own, beside the time.
        tall = box.height() >= 50 * scale
        if one_line:
            needed = width / 2
        else:
            needed = self._words_need(
                time_text(row.start) if tall else what(row.short, row.sites)[-1]
            )
        flags = 0.0 if block.linked else self._flags(painter, box, row, width - needed)
        weight = 400 if row.status in _OVER else 600
        self._name(
            painter, QRectF(text_left, top, width - (flags if one_line else 0), line), row, weight
        )
        if one_line:
            return
        painter.drawPixmap(QPointF(left, top + line + 1), theme.glyph(row.family))
        room = width if tall else width - flags
        if block.linked:
            words = first_that_fits((initials(row.physician),), int(room), 12.5)
        else:
            words = sided(row.short, row.sites, int(room), 12.5, scale)
        self._line(painter, QRectF(text_left, top + line, room, line), words, self._plain)
        if tall and not block.linked:
            room = width - flags
            words = first_that_fits(
                (times or span_text(row.start, row.end), time_text(row.start)), int(room), 12
            )
            self._line(painter, QRectF(text_left, top + 2 * line, room, line), words, self._small)

    def _name(self, painter: QPainter, box: QRectF, row: AppointmentRow, weight: int) -> None:
        painter.setFont(self._bold if weight == 600 else self._plain)
        gone = row.status is Status.NO_SHOW
        # Struck in grey: the line of the present time is the only dark one.
        painter.setPen(theme.colour("text3" if gone else "text"))
        if gone:
            struck = QFont(painter.font())
            struck.setStrikeOut(True)
            painter.setFont(struck)
        text = fitted(row.family_name, row.given_name, int(box.width()), 12.5, weight, self._scale)
        painter.drawText(box, _LEFT, text)

    def _line(self, painter: QPainter, box: QRectF, text: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(theme.colour("text2"))
        px = 12 if font is self._small else 12.5
        painter.drawText(box, _LEFT, cut(text, int(box.width()), px, 400, self._scale))

    def _words_need(self, text: str) -> float:
        """What must not be cut to make room for marks."""
        return QFontMetricsF(self._plain).horizontalAdvance(text)

    def _flags(self, painter: QPainter, box: QRectF, row: AppointmentRow, room: float) -> float:
        """Paints the marks at the lower right, the gravest outermost; the width they take.

        What does not fit into ``room`` is counted.
        """
        here = marks(row)
        found = [(glyph, ink) for word, glyph, ink in FLAGS if word in here]
        size, right = _MARK * self._scale, box.right() - 5
        shown = marks_shown(len(found), room, size)
        used = 0.0
        if len(found) > shown:
            words, area = f"+{len(found) - shown}", QRectF(0, 0, size + 4, size)
            area.moveBottomRight(QPointF(right, box.bottom() - 4))
            painter.setFont(self._small)
            painter.setPen(theme.colour("text2"))
            painter.drawText(area, _RIGHT, words)
            used = area.width() + 3
        for glyph, ink in found[:shown]:
            spot = QPointF(right - used - size, box.bottom() - size - 4)
            painter.drawPixmap(spot, theme.pixmap(glyph, ink, _MARK))
            used += size + 3
        return used
