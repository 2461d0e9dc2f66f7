"""Rows that may be somebody on record or of another line: a person decides each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.services.importing import Refusal
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Choice

_SHOWN = 500
_OPEN, _COLUMNS = "ask", 3


class AlikeTable(QTableWidget):
    """Signals:
    decided(): a person has decided a row, or left it open again.
    """

    decided = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, _COLUMNS, parent)
        self.setAccessibleName(_("Perhaps the same person"))
        self.setHorizontalHeaderLabels(
            [_("Line"), _("Is it the same person?"), _("Why it is asked")]
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.horizontalHeader().setStretchLastSection(True)
        self._choices: list[tuple[int, Choice]] = []

    def show_rows(self, refused: Sequence[Refusal]) -> None:
        """Shows those of the refused rows that a person can decide."""
        rows = [row for row in refused if row.alike][:_SHOWN]
        self._choices = []
        self.setRowCount(0)
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            choice = Choice(
                [
                    (_OPEN, _("Not decided")),
                    ("same", _("Same person: update")),
                    ("add", _("Another person: add")),
                    ("skip", _("Leave out")),
                ],
                _("Line {line}: the same person?").format(line=row.line),
            )
            choice.set_value(_OPEN)
            choice.chosen.connect(self._chosen)
            self._choices.append((row.line, choice))
            self.setCellWidget(place, 1, choice)
            for column, text in ((0, str(row.line)), (2, row.reason)):
                item = QTableWidgetItem(text)
                item.setFont(theme.font(12.5))
                item.setToolTip(text)
                self.setItem(place, column, item)
            self.setRowHeight(place, theme.scaled(44))
        for column, width in ((0, 70), (1, 230)):
            self.setColumnWidth(column, theme.scaled(width))
        self.setVisible(bool(rows))

    def decisions(self) -> dict[int, str]:
        """What was decided, by line."""
        values = ((line, str(choice.value())) for line, choice in self._choices)
        return {line: value for line, value in values if value != _OPEN}

    def _chosen(self, _value: object) -> None:
        self.decided.emit()
