"""How headings and payers look in the list; the columns are those of ``ColumnHead``."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clinicdesk.domain.rows.payers import PayerRow
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.payers.lines import Heading, aside, coming_words, state_words
from clinicdesk.ui.payers.model import PayersModel
from clinicdesk.ui.schedule.painting import cut

TO_MAP, MAPPED, HEADING = 52, 37, 30
_EDGE, _NUMBER, _BOX, _BOX_TALL = 16, 76, 176, 32
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class Columns:
    """Where the columns of a row of this width stand, in pixels."""

    def __init__(self, box: QRectF) -> None:
        edge, number, room = theme.scaled(_EDGE), theme.scaled(_NUMBER), box.width()
        self.box_wide = theme.scaled(_BOX)
        name = max(theme.scaled(150), room * 0.32)
        self.payer = QRectF(box.left() + edge, box.top(), name - edge, box.height())
        self.patients = QRectF(self.payer.right() + edge, box.top(), number, box.height())
        self.booked = QRectF(self.patients.right(), box.top(), number, box.height())
        left = self.booked.right()
        self.pack = QRectF(left, box.top(), box.right() - left - edge / 2, box.height())

    def choice(self) -> QRectF:
        """The box in which a pack is chosen."""
        tall = theme.scaled(_BOX_TALL)
        middle = self.pack.center().y()
        return QRectF(self.pack.left(), middle - tall / 2, self.box_wide, tall)

    def beside(self) -> QRectF:
        """What is right of that box."""
        left = self.pack.left() + self.box_wide + theme.scaled(8)
        return QRectF(left, self.pack.top(), self.pack.right() - left, self.pack.height())


class ColumnHead(QWidget):
    """The names of the columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.scaled(31))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, theme.colour("sunken"))
        at = Columns(box)
        for where, words in (
            (at.payer, _("Payer, as written in the record")),
            (at.patients, _("Patients")),
            (at.booked, _("Booked")),
            (at.pack, _("Rule pack")),
        ):
            _put(painter, where, words, 12, 500, "text2")
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.end()


class PayerPainter(QStyledItemDelegate):
    """Paints headings and payers."""

    def __init__(self, model: PayersModel, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        row = self._model.payer(index.row())
        tall = HEADING if row is None else TO_MAP if self._open(row) else MAPPED
        return QSize(200, theme.scaled(tall))

    def _open(self, row: PayerRow) -> bool:
        """Whether the row has its box: to be mapped, or chosen anew."""
        return row.to_map or bool(self._model.draft.choice(row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item = self._model.items[index.row()]
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, Heading):
            _heading(painter, box, item)
        else:
            current = index.row() == self._view.currentIndex().row()
            self._row(painter, box, item, current=current)
        painter.restore()

    def _row(self, painter: QPainter, box: QRectF, row: PayerRow, *, current: bool) -> None:
        if current:
            painter.fillRect(box, theme.colour("atint"))
            if self._view.hasFocus():
                bar = QRectF(box.left(), box.top(), 3, box.height())
                painter.fillRect(bar, theme.colour("accent"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        at, titles, draft = Columns(box), self._model.titles, self._model.draft
        opened = self._open(row)
        if row.to_map:
            _two(painter, at.payer, row.payer, state_words(row, titles), "warn")
        elif opened:
            pack = titles.get(row.pack, row.pack)
            now = _("{pack}, {state}").format(pack=pack, state=state_words(row, titles))
            _two(painter, at.payer, row.payer, now, "text2")
        else:
            _put(painter, at.payer, row.payer, 13, 400, "text")
        _put(painter, at.patients, f"{row.patients:,}", 13, 400, "text")
        _put(painter, at.booked, f"{row.booked:,}", 13, 400, "text")
        if not opened:
            self._as_it_is(painter, at, row)
            return
        choice = draft.choice(row)
        self._choice(painter, at.choice(), titles.get(choice, choice), current=current)
        beside = coming_words(row, titles) or aside(row, draft, titles)
        _put(painter, at.beside(), beside, 12, 400, "text2")

    def _as_it_is(self, painter: QPainter, at: Columns, row: PayerRow) -> None:
        titles = self._model.titles
        pack = titles.get(row.pack, row.pack)
        _put(painter, at.pack, pack, 13, 400, "text")
        left = at.pack.left() + painter.fontMetrics().horizontalAdvance(pack) + theme.scaled(10)
        dots = theme.scaled(18)
        rest = QRectF(left, at.pack.top(), at.pack.right() - left - dots, at.pack.height())
        said = ", ".join(filter(None, (state_words(row, titles), coming_words(row, titles))))
        _put(painter, rest, said, 12, 400, "text2")
        size = theme.scaled(16)
        spot = QPointF(at.pack.right() - size, at.pack.center().y() - size / 2)
        painter.drawPixmap(spot, theme.pixmap("dots", "text2", 16))

    def _choice(self, painter: QPainter, box: QRectF, words: str, *, current: bool) -> None:
        focused = current and self._view.hasFocus()
        painter.setPen(QPen(theme.colour("accent" if focused else "line2"), 2 if focused else 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        inside = box.adjusted(theme.scaled(10), 0, -theme.scaled(26), 0)
        _put(painter, inside, words or _("Choose"), 13, 400, "text" if words else "text3")
        size = theme.scaled(16)
        spot = QPointF(box.right() - size - theme.scaled(6), box.center().y() - size / 2)
        painter.drawPixmap(spot, theme.pixmap("down", "text2", 16))


def choice_box(row_box: QRectF) -> QRectF:
    """Where a click opens the choice of packs: the box, or the words of the pack."""
    return Columns(row_box).pack


def _heading(painter: QPainter, box: QRectF, heading: Heading) -> None:
    painter.fillRect(box, theme.colour("warntint" if heading.warns else "sunken"))
    painter.setPen(QPen(theme.colour("warnline" if heading.warns else "line"), 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    ink, size = "warn" if heading.warns else "text", theme.scaled(16)
    words = box.adjusted(theme.scaled(_EDGE), 0, -theme.scaled(_EDGE), 0)
    if heading.warns:
        spot = QPointF(words.left(), box.center().y() - size / 2)
        painter.drawPixmap(spot, theme.pixmap("alert", "warn", 16))
        words = words.adjusted(theme.scaled(24), 0, 0, 0)
    _put(painter, words, heading.words, 13, 600, ink)
    wide = painter.fontMetrics().horizontalAdvance(heading.words) + theme.scaled(8)
    _put(painter, words.adjusted(wide, 0, 0, 0), heading.note, 12.5, 400, ink)


def _put(painter: QPainter, box: QRectF, text: str, px: float, weight: int, ink: str) -> None:
    painter.setFont(theme.font(px, weight))
    painter.setPen(theme.colour(ink))
    room = max(0, int(box.width()))
    painter.drawText(box, _LEFT, cut(text, room, px, weight, theme.scale()))


def _two(painter: QPainter, box: QRectF, upper: str, lower: str, below: str) -> None:
    tall = theme.scaled(18)
    top = box.center().y() - tall
    _put(painter, QRectF(box.left(), top, box.width(), tall), upper, 13, 600, "text")
    _put(painter, QRectF(box.left(), top + tall, box.width(), tall), lower, 12, 400, below)
