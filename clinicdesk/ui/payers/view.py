"""The list on screen: arrows move, Enter or Alt+Down opens the choice of packs."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from clinicdesk.domain.rows.payers import PayerRow
from clinicdesk.domain.translation import _
from clinicdesk.ui.headed_list import HeadedList
from clinicdesk.ui.payers.model import PayersModel
from clinicdesk.ui.payers.painting import PayerPainter, choice_box

_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F4)
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_Index = QModelIndex | QPersistentModelIndex


class PayersView(HeadedList):
    """Signals:
    chosen(): a pack was chosen for a payer, or taken away.
    seen(): lines came onto the screen that were not on it before.
    """

    chosen = Signal()
    seen = Signal()

    def __init__(self, model: PayersModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _("Payers"), parent)
        self.list_model = model
        self.menu = QMenu(self)
        self._options: list[tuple[str, QAction]] = []
        self.setItemDelegate(PayerPainter(model, self))
        self.setAccessibleDescription(_("Enter chooses a rule pack, Delete takes it away."))
        model.dataChanged.connect(self._changed)
        self.menu.triggered.connect(self._triggered)
        self.verticalScrollBar().valueChanged.connect(self._look)

    def current_payer(self) -> PayerRow | None:
        """The payer with the cursor."""
        return self.list_model.payer(self.currentIndex().row())

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
