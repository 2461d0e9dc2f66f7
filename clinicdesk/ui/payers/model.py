"""The list as a model: headings and payers, with what is chosen for them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from clinicdesk.domain.rows.payers import PackSummary, PayerRow
from clinicdesk.ui.payers.lines import (
    Draft,
    Heading,
    Item,
    items_of,
    short_titles,
    spoken,
)

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PayersModel(QAbstractListModel):
    """``items`` are what is on show, ``rows`` every payer, ``draft`` what is not saved."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Item, ...] = ()
        self.rows: tuple[PayerRow, ...] = ()
        self.packs: tuple[PackSummary, ...] = ()
        self.titles: dict[str, str] = {}
        self.draft = Draft()
        self._wanted = ""

    def show_rows(self, rows: tuple[PayerRow, ...], packs: tuple[PackSummary, ...]) -> None:
        """Replaces the list; what is chosen stays."""
        self.rows, self.packs, self.titles = rows, packs, short_titles(packs)
        self._show()

    def look_for(self, wanted: str) -> None:
        """Shows only payers whose name holds these letters."""
        self._wanted = wanted.strip()
        self._show()

    def _show(self) -> None:
        self.beginResetModel()
        self.items = items_of(self.rows, self.titles, self._wanted)
        self.endResetModel()

    def choose(self, row: PayerRow, pack: str) -> None:
        """Puts a pack into a payer's box, or takes it out."""
        self.draft.choose(row, pack)
        self._repaint()

    def discard(self) -> None:
        """Nothing is chosen any more but what is suggested."""
        self.draft.discard()
        self._repaint()

    def _repaint(self) -> None:
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, 0))

    def payer(self, row: int) -> PayerRow | None:
        """The payer at a row; None on a heading or outside."""
        item = self.items[row] if 0 <= row < len(self.items) else None
        return item if isinstance(item, PayerRow) else None

    def row_of(self, key: str) -> int:
        """Where a payer stands; -1 where it is not there."""
        for row, item in enumerate(self.items):
            if isinstance(item, PayerRow) and item.key == key:
                return row
        return -1

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.payer(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(item, PayerRow):
            return "\n".join(dict.fromkeys((*item.spellings, *filter(None, (item.apart,)))))
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(item, Heading):
            return f"{item.words} {item.note}".strip()
        return spoken(item, self.draft, self.titles)
