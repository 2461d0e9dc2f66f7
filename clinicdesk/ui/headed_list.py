"""A list of rows under headings: the cursor passes the headings over and finds its row again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from clinicdesk.ui import theme

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class HeadedModel(QAbstractListModel):
    """``items`` are the headings and rows on show; a row has a ``key`` that outlives a change.

    A model says of which class its rows are, and what is read out and shown as a tip of an item.
    """

    row_class: type[Any]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Any, ...] = ()

    def spoken(self, item: Any) -> str:  # noqa: ANN401 - a heading or a row
        """What is read out of a heading or a row."""
        raise NotImplementedError

    def tip(self, row: Any) -> str:  # noqa: ANN401 - a row
        """What is shown beside the pointer on a row."""
        raise NotImplementedError

    def put(self, items: tuple[Any, ...]) -> None:
        """Replaces the list."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def row_at(self, number: int) -> Any:  # noqa: ANN401 - a row
        """The row that stands there; None on a heading or outside."""
        item = self.items[number] if 0 <= number < len(self.items) else None
        return item if isinstance(item, self.row_class) else None

    def row_of(self, key: object) -> int:
        """Where a row stands; -1 where it is not there."""
        for number, item in enumerate(self.items):
            if isinstance(item, self.row_class) and item.key == key:
                return number
        return -1

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.row_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(item, self.row_class):
            return self.tip(item)
        return self.spoken(item) if role in _SPOKEN else None


class HeadedList(QListView):
    """Signals:
    moved(): the cursor is on another row, or the row under it has changed.
    """

    moved = Signal()

    def __init__(self, model: HeadedModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headed = model
        self._key: object = None
        self._row = 0
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        theme.signals.changed.connect(self.doItemsLayout)

    def go_to(self, number: int) -> None:
        """Puts the cursor on a row, or on the next one after it that is no heading."""
        count = self._headed.rowCount()
        order = [*range(max(number, 0), count), *range(min(number, count) - 1, -1, -1)]
        for each in order:
            if self._headed.row_at(each) is not None:
                self.setCurrentIndex(self._headed.index(each, 0))
                return

    def _remember(self) -> None:
        row = self._headed.row_at(self.currentIndex().row())
        self._key = row.key if row is not None else None
        self._row = self.currentIndex().row()

    def _restore(self) -> None:
        found = self._headed.row_of(self._key) if self._key is not None else -1
        # What is done is gone: the cursor goes on to what has come into its place.
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
