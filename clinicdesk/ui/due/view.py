"""The list itself: a table whose lines are painted, with a cursor that is moved by keyboard."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from clinicdesk.domain.rows.due import DueRow
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.due.columns import ListHead, widths
from clinicdesk.ui.due.delegate import LineDelegate
from clinicdesk.ui.due.model import Col, DueModel
from clinicdesk.ui.due.sections import Heading
from clinicdesk.ui.layouts import key_of

ROW, HEADING = 37, 27
_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


class DueView(QTableView):
    """Signals:
    call_wanted(int): Enter or a double click on a row.
    moved(): the cursor is on another line.
    incomplete(): what was asked for needs the whole list, and that is still on its way.
    """

    call_wanted = Signal(int)
    moved = Signal()
    incomplete = Signal()

    def __init__(self, model: DueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list_model = model
        self._painter = LineDelegate(model, self)
        self._anchor: int | None = None
        self._place: tuple[int | None, int, int | None, int] = (None, 0, None, 0)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(_("Due list"))
        self._dress()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.chosen_changed.connect(self._ticks)
        self.verticalScrollBar().valueChanged.connect(self._look)
        theme.signals.changed.connect(self._retheme)

    def _dress(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.head = ListHead(self.list_model, self)
        self.setHorizontalHeader(self.head)
        self.head.all_wanted.connect(self.choose_all)
        lines = self.verticalHeader()
        lines.hide()
        lines.setMinimumSectionSize(theme.scaled(HEADING))
        lines.setDefaultSectionSize(theme.scaled(ROW))
        self.verticalScrollBar().setSingleStep(theme.scaled(ROW))

    def _retheme(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.scaled(ROW))
        self._mark_headings()
        self._arrange()

    # -- where things stand -----------------------------------------------------------------

    @property
    def line(self) -> int:
        """The line of the cursor; -1 without any."""
        return self.currentIndex().row()

    def current_id(self) -> int | None:
        """The id under the cursor; None on a heading."""
        return self.list_model.id_at(self.line)

    def current_row(self) -> DueRow | None:
        """The row under the cursor, if it is here."""
        number = self.current_id()
        return None if number is None else self.list_model.row_of(number)

    def go_to(self, number: int) -> bool:
        """Moves the cursor to an id; False where no line shows it."""
        line = self.list_model.sections.line_of(number)
        if line is None:
            return False
        self._go(line)
        return True

    def go_first(self) -> None:
        """Moves the cursor to the first row."""
        count = self.list_model.sections.lines
        line = next((n for n in range(min(count, 16)) if self.list_model.id_at(n) is not None), 0)
        if count:
            self._go(line)
            self.verticalScrollBar().setValue(0)

    @property
    def at_start(self) -> bool:
        """Whether the cursor stands on the first row, and nothing was scrolled."""
        return self.line <= 1 and self.verticalScrollBar().value() == 0

    def _go(self, line: int) -> None:
        self.setCurrentIndex(self.list_model.index(line, 0))
        self.scrollTo(self.currentIndex())

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.moved.emit()

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if index.isValid():
            super().scrollTo(self.list_model.index(index.row(), 0), hint)

    # -- keeping the place ------------------------------------------------------------------

    def _remember(self) -> None:
        top = self.rowAt(0)
        while top >= 0 and self.list_model.id_at(top) is None and top < self.line:
            top += 1
        offset = self.rowViewportPosition(top) if top >= 0 else 0
        number = self.list_model.id_at(top) if top >= 0 else None
        self._place = (self.current_id(), self.line, number, offset)

    def _restore(self) -> None:
        self._mark_headings()
        current, line, top, offset = self._place
        sections = self.list_model.sections
        if sections.lines and line >= 0:
            found = sections.line_of(current) if current is not None else None
            if found is None:
                found = min(line, sections.lines - 1)
            self.setCurrentIndex(self.list_model.index(found, 0))
        kept = sections.line_of(top) if top is not None else None
        if kept is not None:
            self.verticalScrollBar().setValue(self.verticalHeader().sectionPosition(kept) - offset)
        self._look()

    def _mark_headings(self) -> None:
        self.clearSpans()
        for line in self.list_model.sections.headings():
            self.setRowHeight(line, theme.scaled(HEADING))
            self.setSpan(line, 0, 1, len(Col))

    def _look(self) -> None:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if last < 0:
            last = self.list_model.sections.lines - 1
        self.list_model.look(max(0, first), last)

    def _ticks(self) -> None:
        self.viewport().update()
        self.head.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._look()

    def _arrange(self) -> None:
        """Columns that have no room are left out, the least needed first."""
        for column, width in widths(self.viewport().width(), theme.scale()).items():
            self.setColumnHidden(column, width == 0)
            if width:
                self.setColumnWidth(column, width)

    # -- keys -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._moves(event) and not self._acts(event):
            event.ignore()

    def _moves(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), bool(event.modifiers() & _SHIFT)
        last, page = (
            self.list_model.sections.lines - 1,
            max(1, self.viewport().height() // theme.scaled(ROW) - 1),
        )
        if last < 0 or event.modifiers() & ~_SHIFT & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        targets = {
            Qt.Key.Key_Down: self.line + 1, Qt.Key.Key_Up: self.line - 1,
            Qt.Key.Key_PageDown: self.line + page, Qt.Key.Key_PageUp: self.line - page,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }  # fmt: skip
        if key not in targets:
            return False
        target = max(0, min(last, targets[Qt.Key(key)]))
        if shift:
            self._extend(target)
        else:
            self._anchor = None
            self._go(target)
        return True

    def _extend(self, target: int) -> None:
        """Ticks everything from where Shift was first held to the target, and nothing beyond."""
        before = self.line
        if not self.list_model.sections.whole:
            self.incomplete.emit()
            return
        if self._anchor is None:
            self._anchor = before
        between = self.list_model.sections.between
        self.list_model.choose(between(self._anchor, before), chosen=False)
        self.list_model.choose(between(self._anchor, target), chosen=True)
        self._go(target)

    def _acts(self, event: QKeyEvent) -> bool:
        key, number = key_of(event), self.current_id()
        if key == Qt.Key.Key_A and event.modifiers() == _CTRL:
            self.choose_all()
        elif event.modifiers() & _CTRL:
            return False
        elif number is None:
            return self._heading_key(Qt.Key(key))
        elif key in _ENTER:
            self.call_wanted.emit(number)
        elif key == Qt.Key.Key_Space:
            self.tick(number)
        elif key == Qt.Key.Key_Left:
            self._go(max(n for n in self.list_model.sections.headings() if n < self.line))
        else:
            return False
        return True

    def _heading_key(self, key: Qt.Key) -> bool:
        heading = self.list_model.item(self.line) if self.line >= 0 else None
        if not isinstance(heading, Heading):
            return False
        if key in (*_ENTER, Qt.Key.Key_Space):
            self.list_model.fold(heading.group, folded=not heading.folded)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.list_model.fold(heading.group, folded=key == Qt.Key.Key_Left)
        else:
            return False
        return True

    def keyboardSearch(self, search: str) -> None:
        # Letters are commands here; names are looked for in the search field.
        del search

    # -- ticks ------------------------------------------------------------------------------

    def tick(self, number: int) -> None:
        """Ticks a row, or takes its tick away."""
        self._anchor = self.line
        self.list_model.choose((number,), chosen=number not in self.list_model.chosen)

    def choose_all(self) -> None:
        """Ticks every row that has a line; once they all are, none."""
        if not self.list_model.sections.whole:
            self.incomplete.emit()
            return
        shown = self.list_model.sections.shown()
        wanted = not all(number in self.list_model.chosen for number in shown)
        self.list_model.choose(shown, chosen=wanted)

    # -- mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        line = self.rowAt(at.y())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if line >= 0 and event.button() == Qt.MouseButton.RightButton:
            # What the menu is about.
            self.setCurrentIndex(self.list_model.index(line, 0))
        if line < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        number = self.list_model.id_at(line)
        if number is None:
            self.setCurrentIndex(self.list_model.index(line, 0))
            self._heading_key(Qt.Key.Key_Space)
        elif event.modifiers() & _SHIFT:
            self._extend(line)
        else:
            self.setCurrentIndex(self.list_model.index(line, 0))
            self._anchor = line
            if self.columnAt(at.x()) == Col.CHECK or event.modifiers() & _CTRL:
                self.tick(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        number = self.list_model.id_at(self.rowAt(at.y()))
        if number is None or self.columnAt(at.x()) == Col.CHECK:
            self.mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.call_wanted.emit(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QPoint(-1, -1))

    def _hover(self, at: QPoint) -> None:
        line = self.rowAt(at.y()) if at.y() >= 0 else -1
        if line != self._painter.hovered:
            self._painter.hovered = line
            self.viewport().update()

    # -- painting ---------------------------------------------------------------------------

    def line_rect(self, line: int) -> QRect:
        """The whole of a line in the viewport."""
        return QRect(
            0, self.rowViewportPosition(line), self.viewport().width(), self.rowHeight(line)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.line < 0:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.line_rect(self.line))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -2), 3, 3)
        else:
            painter.fillRect(QRectF(0, box.top(), 3, box.height() - 1), theme.colour("accent"))
        painter.end()
