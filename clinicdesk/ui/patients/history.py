"""The chart's list of procedures, newest first: model, painted cells, table."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.people import PastProcedure
from clinicdesk.domain.states import LogState
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.patients.pie import paint_pie
from clinicdesk.ui.patients.words import (
    pain_text,
    procedure_tip,
    relief_percent,
    relief_text,
    sites_text,
    spoken_row,
    state_icon,
    state_text,
)

_DISPLAY = Qt.ItemDataRole.DisplayRole
_TIP = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole
ROW = Qt.ItemDataRole.UserRole

HEADS = (
    _("Date"),
    _("Procedure"),
    _("Site"),
    _("Physician"),
    _("Drugs"),
    _("Pain"),
    _("Relief"),
    _("State"),
)
DATE, PROCEDURE, SITE, PHYSICIAN, DRUGS, PAIN, RELIEF, STATE = range(8)
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class HistoryModel(QAbstractTableModel):
    """Rows as the chart brought them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[PastProcedure, ...] = ()

    def fill(self, rows: tuple[PastProcedure, ...]) -> None:
        """Replaces the rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> PastProcedure:
        """One procedure."""
        return self._rows[number]

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return HEADS[section]
        if role == _ALIGN:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        row = self._rows[index.row()]
        if role == _DISPLAY:
            return _cell(row, index.column())
        if role == ROW:
            return row
        if role == _TIP:
            return procedure_tip(row)
        if role == _SPOKEN:
            return spoken_row(row) if index.column() == DATE else _cell(row, index.column())
        return None


def _cell(row: PastProcedure, column: int) -> str:
    return (
        day_words(row.performed_on),
        row.name,
        sites_text(row.sites),
        row.physician,
        ", ".join(row.medications),
        pain_text(row),
        relief_text(row),
        state_text(row),
    )[column]


class _Cells(QStyledItemDelegate):
    """Paints a row in one go per cell: family bar, pie, state icon, strike-through."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(80, theme.scaled(37))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(ROW)
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("atint"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("canvas"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        table = self.parent()
        if isinstance(table, QTableView) and table.hasFocus():
            self._paint_focus(painter, rect, index, table.currentIndex())
        left = self._paint_mark(painter, rect, row, index.column())
        self._paint_text(painter, rect.adjusted(left, 0, -6, 0), row, index)
        painter.restore()

    @staticmethod
    def _paint_focus(painter: QPainter, rect: QRect, index: _Index, current: QModelIndex) -> None:
        """A frame around the row that the keys act on."""
        if index.row() != current.row():
            return
        accent = theme.colour("accent")
        for top in (rect.top(), rect.bottom() - 1):
            painter.fillRect(rect.left(), top, rect.width(), 2, accent)
        if index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), accent)
        if index.column() == STATE:
            painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), accent)

    def _paint_mark(self, painter: QPainter, rect: QRect, row: PastProcedure, column: int) -> int:
        """What stands before the words; returns where they begin."""
        pad = theme.scaled(10)
        middle = rect.center().y() + 0.5
        if column == PROCEDURE:
            spot = QPointF(rect.left() + pad - 2, round(middle - theme.scaled(7)))
            painter.drawPixmap(spot, theme.glyph(row.family))
            return pad + theme.scaled(17)
        if column == RELIEF and relief_percent(row) is not None:
            strong, surface = theme.family(row.family).strong, theme.colour("surface")
            centre = QPointF(rect.left() + pad + theme.scaled(6), middle)
            paint_pie(painter, centre, theme.scaled(6), relief_percent(row), strong, surface)
            return pad + theme.scaled(19)
        if column == STATE:
            tone = "warn" if row.state == LogState.OPEN and not row.struck else "text2"
            size = theme.scaled(15)
            painter.drawPixmap(
                rect.left() + pad, int(middle - size / 2), theme.pixmap(state_icon(row), tone, 15)
            )
            return pad + theme.scaled(21)
        return pad

    def _paint_text(
        self, painter: QPainter, area: QRect, row: PastProcedure, index: _Index
    ) -> None:
        column = index.column()
        words = str(index.data(_DISPLAY))
        font = theme.font(13 if column != DRUGS else 12, 600 if column == PROCEDURE else 400)
        font.setStrikeOut(row.struck)
        painter.setFont(font)
        muted = row.struck or column in (DRUGS, PHYSICIAN)
        unsigned = column == STATE and row.state == LogState.OPEN
        tone = "warn" if unsigned else "text2" if muted else "text"
        painter.setPen(theme.colour("text3" if row.struck else tone))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)


class HistoryTable(QTableView):
    """The list; Enter or a double click opens the log.

    Signals:
        opened(int): the procedure's id.
    """

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HistoryModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(_("Procedures, newest first"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(37))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(theme.scaled(32))
        self._size_columns()
        self.doubleClicked.connect(self._double_clicked)

    def _size_columns(self) -> None:
        head = self.horizontalHeader()
        head.setMinimumSectionSize(40)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        widths = {DATE: 96, PROCEDURE: 204, SITE: 126, PHYSICIAN: 138, PAIN: 84, RELIEF: 106}
        widths[STATE] = 104
        for column, width in widths.items():
            self.setColumnWidth(column, theme.scaled(width))
        head.setSectionResizeMode(DRUGS, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the drugs give way (they stay in the tip): names must not."""
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(940)
        self.setColumnHidden(DRUGS, narrow)
        mode = QHeaderView.ResizeMode.Stretch if narrow else QHeaderView.ResizeMode.Interactive
        self.horizontalHeader().setSectionResizeMode(PROCEDURE, mode)
        if not narrow:
            self.setColumnWidth(PROCEDURE, theme.scaled(204))

    def set_rows(self, rows: tuple[PastProcedure, ...]) -> None:
        """Shows the procedures."""
        self._model.fill(rows)

    def selected(self) -> PastProcedure | None:
        """The procedure the cursor is on."""
        index = self.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.row(index.row()).id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            # The keys act on a row that is seen, and nothing is chosen by that.
            self.selectionModel().setCurrentIndex(
                self._model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self._model.row(self.currentIndex().row()).id)
            return
        super().keyPressEvent(event)
