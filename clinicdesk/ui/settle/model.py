"""The list as a model: headings and lines, found again by their key after a change."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from clinicdesk.ui.settle.lines import Heading, Line, grouped

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SettleModel(QAbstractListModel):
    """``items`` are the headings and lines on show."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Heading | Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Replaces the list."""
        self.beginResetModel()
        self.items = grouped(lines)
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line at a row; None on a heading or outside."""
        item = self.items[row] if 0 <= row < len(self.items) else None
        return item if isinstance(item, Line) else None

    def row_of(self, key: tuple[object, ...]) -> int:
        """Where a line stands; -1 where it is not there."""
        for row, item in enumerate(self.items):
            if isinstance(item, Line) and item.key == key:
                return row
        return -1

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.line(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(item, Line):
            return "\n".join(filter(None, (item.about, item.note)))
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(item, Heading):
            return f"{item.group.label} {item.count}"
        return item.spoken()
