"""The first rows of the file, with a choice of field over every column."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.services.importing import FIELDS, ImportPreview
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Choice

_NOT = _("Not taken over")


class MappingTable(QTableWidget):
    """Signals:
    mapped(str, str): a person says that this column is that field (empty: none).
    """

    mapped = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("First rows of the file"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._headers: tuple[str, ...] = ()

    def show_preview(self, seen: ImportPreview) -> None:
        """Shows a file as understood."""
        options = [("", _NOT), *((key, info.label) for key, info in FIELDS.items())]
        self.clear()
        self._headers = seen.headers
        self.setColumnCount(len(seen.headers))
        self.setRowCount(1 + len(seen.rows))
        self.setHorizontalHeaderLabels(list(seen.headers))
        for column, header in enumerate(seen.headers):
            choice = Choice(options, _("Field of the column {header}").format(header=header))
            choice.set_value(seen.mapping[header])
            choice.setProperty("column", column)
            choice.chosen.connect(self._chosen)
            self.setCellWidget(0, column, choice)
            for line, cells in enumerate(seen.rows, 1):
                self.setItem(line, column, self._item(cells, column, seen.mapping[header]))
        self.setRowHeight(0, theme.scaled(40))
        for line in range(1, self.rowCount()):
            self.setRowHeight(line, theme.scaled(30))
        for column in range(self.columnCount()):
            self.setColumnWidth(column, theme.scaled(168))

    @staticmethod
    def _item(cells: tuple[str, ...], column: int, field: str) -> QTableWidgetItem:
        item = QTableWidgetItem(cells[column] if column < len(cells) else "")
        item.setFont(theme.font(12.5))
        item.setForeground(theme.colour("text" if field else "text3"))
        return item

    def _chosen(self, field: object) -> None:
        place = int(self.sender().property("column"))
        self.mapped.emit(self._headers[place], str(field))
