"""The lines of the finder: patients, under headings where nothing is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QFont

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.people import age, sex_words
from clinicdesk.domain.rows.people import PatientHit, Visitor
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.booking.words import hit_facts, hit_name
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text

_DISPLAY = Qt.ItemDataRole.DisplayRole
_FONT = Qt.ItemDataRole.FontRole
_COLOUR = Qt.ItemDataRole.ForegroundRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_HEADS = (_("Name"), _("Born"), _("Age"), "MRN", _("Phone"), _("Sex"), _("Today"))
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
Lines = Sequence[PatientHit | str]
"""Patients, and the words of headings."""


class HitModel(QAbstractTableModel):
    """Patients found, or those of the day; a heading is a line that cannot be chosen."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: Lines = ()
        self._cells: Sequence[tuple[str, ...]] = ()
        self._visits: dict[int, Visitor] = {}
        self._bold: QFont = theme.font(13, 600)

    def know(self, visitors: Sequence[Visitor]) -> None:
        """Who comes today: said beside whoever is listed."""
        self._visits = {visitor.hit.id: visitor for visitor in visitors}

    def fill(self, lines: Lines) -> None:
        """Replaces the lines."""
        self.beginResetModel()
        self._lines = lines
        today = self._context.clinic.today()
        self._cells = [self._texts(line, today) for line in lines]
        self._bold = theme.font(13, 600)
        self.endResetModel()

    def _texts(self, line: PatientHit | str, today: date) -> tuple[str, ...]:
        if isinstance(line, str):
            return (line,) + ("",) * (len(_HEADS) - 1)
        return (
            hit_name(line), day_words(line.birth_date), str(age(line.birth_date, today)),
            line.mrn, line.phone, sex_words(line.sex), self._visit(line),
        )  # fmt: skip

    def _visit(self, hit: PatientHit) -> str:
        visit = self._visits.get(hit.id)
        return f"{time_text(visit.start)} · {visit.status.label}" if visit else ""

    def hit(self, row: int) -> PatientHit | None:
        """The patient of a line; None for a heading, or beyond the last."""
        line = self._lines[row] if 0 <= row < len(self._lines) else ""
        return None if isinstance(line, str) else line

    def headings(self) -> list[int]:
        """The lines that are headings."""
        return [row for row, line in enumerate(self._lines) if isinstance(line, str)]

    def row_of(self, hit: PatientHit | None) -> int:
        """The first line of that patient, else of any."""
        same = (row for row in range(len(self._lines)) if hit and self._is(row, hit.id))
        return next(same, self.step(-1, 1))

    def _is(self, row: int, patient_id: int) -> bool:
        known = self.hit(row)
        return known is not None and known.id == patient_id

    def step(self, row: int, by: int) -> int:
        """The next line with a patient, or the same one where there is none."""
        wanted = row + by
        while 0 <= wanted < len(self._lines):
            if self.hit(wanted):
                return wanted
            wanted += by
        return row

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.hit(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return _HEADS[section]
        return None

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        hit = self.hit(index.row())
        if role == _DISPLAY:
            return self._cells[index.row()][index.column()]
        if role == _FONT and (index.column() == 0 or hit is None):
            return self._bold
        if role == _COLOUR and hit is None:
            return QBrush(theme.colour("text2"))
        if role == _SPOKEN:
            return self.spoken(index.row())
        return None

    def spoken(self, row: int) -> str:
        """A line as read out: the patient and today's visit, or the heading."""
        hit = self.hit(row)
        if hit is None:
            return self._cells[row][0]
        parts = (hit_name(hit), hit_facts(hit), self._visit(hit))
        return ", ".join(part for part in parts if part)
