"""The list on screen: arrows move, Enter or Alt+Down opens the choice of packs."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListView, QMenu, QWidget

from clinicdesk.domain.rows.payers import PayerRow
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.payers.model import PayersModel
from clinicdesk.ui.payers.painting import PayerPainter, choice_box

_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F4)
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_Index = QModelIndex | QPersistentModelIndex


class PayersView(QListView):
    """Signals:
    moved(): the cursor is on another payer.
    chosen(): a pack was chosen for a payer, or taken away.
    seen(): lines came onto the screen that were not on it before.
    """

    moved = Signal()
    chosen = Signal()
    seen = Signal()

    def __init__(self, model: PayersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list_model = model
        self._key = ""
        self._row = 0
        self.menu = QMenu(self)
        self._options: list[tuple[str, QAction]] = []
        self.setModel(model)
        self.setItemDelegate(PayerPainter(model, self))
        self.setAccessibleName(_("Payers"))
        self.setAccessibleDescription(_("Enter chooses a rule pack, Delete takes it away."))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.dataChanged.connect(self._changed)
        self.menu.triggered.connect(self._triggered)
        self.verticalScrollBar().valueChanged.connect(self._look)
        theme.signals.changed.connect(self.doItemsLayout)

    def current_payer(self) -> PayerRow | None:
        """The payer with the cursor."""
        return self.list_model.payer(self.currentIndex().row())

    def go_to(self, row: int) -> None:
        """Puts the cursor on a row, or on the next payer after it."""
        count = self.list_model.rowCount()
        order = [*range(max(row, 0), count), *range(min(row, count) - 1, -1, -1)]
        for each in order:
            if self.list_model.payer(each) is not None:
                self.setCurrentIndex(self.list_model.index(each, 0))
                return

    # -- choosing -----------------------------------------------------------------------------

    def open_choice(self) -> None:
        """The packs, below the box of the row with the cursor."""
        row = self.current_payer()
        if row is None:
            return
        self.menu.clear()
        self._options = []
        choice = self.list_model.draft.choice(row) or ("" if row.to_map else row.pack)
        for pack in self.list_model.packs:
            action = QAction(pack.title, self.menu)
            action.setCheckable(True)
            action.setChecked(pack.id == choice)
            self.menu.addAction(action)
            self._options.append((pack.id, action))
            if pack.id == choice:
                self.menu.setActiveAction(action)
        box = choice_box(QRectF(self.visualRect(self.currentIndex())))
        spot = QPoint(int(box.left()), int(box.bottom()))
        self.menu.popup(self.viewport().mapToGlobal(spot))

    def _triggered(self, action: QAction) -> None:
        row = self.current_payer()
        pack = next((key for key, each in self._options if each is action), "")
        if row is not None and pack:
            self._choose(row, pack)

    def _choose(self, row: PayerRow, pack: str) -> None:
        self.list_model.choose(row, pack)
        self.chosen.emit()

    def _changed(self) -> None:
        # A mapped payer that is mapped anew takes more room.
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    # -- what has been on the screen ----------------------------------------------------------

    def _look(self) -> None:
        """Notes the payers whose whole line stands on the screen."""
        if not self.isVisible():
            return
        room, draft = self.viewport().rect(), self.list_model.draft
        new = {
            item.key
            for number, item in enumerate(self.list_model.items)
            if isinstance(item, PayerRow)
            and item.key not in draft.seen
            and room.contains(self.visualRect(self.list_model.index(number, 0)).center())
        }
        if new:
            draft.seen |= new
            self.seen.emit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    # -- the cursor ---------------------------------------------------------------------------

    def _remember(self) -> None:
        row = self.current_payer()
        self._key = row.key if row else ""
        self._row = self.currentIndex().row()

    def _restore(self) -> None:
        found = self.list_model.row_of(self._key) if self._key else -1
        self.go_to(found if found >= 0 else self._row)
        self.moved.emit()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self.list_model.payer(index.row()) is None:
            return
        if choice_box(QRectF(self.visualRect(index))).contains(event.position()):
            self.open_choice()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_payer()
        down = (
            event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif event.key() in _OPENS or down:
            self.open_choice()
        elif event.key() in _CLEARS and row is not None:
            self._choose(row, "")
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)
