"""The list as a table model: ids, and only those rows that are near what is on show.

A long list begins with the first ids of each group; all the others follow at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from clinicdesk.domain.rows.due import DueFilter, DueGroup, DueList, DueRow
from clinicdesk.domain.translation import _
from clinicdesk.ui.due import words
from clinicdesk.ui.due.sections import FOLDED, TITLES, Heading, Sections, sections_of

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_TIP = Qt.ItemDataRole.ToolTipRole
_AROUND, _AT_ONCE, _KEPT = 25, 100, 2000
SLOW_MS = 150


class Col(IntEnum):
    """The columns, left to right."""

    CHECK = 0
    DUE = 1
    PATIENT = 2
    FAMILY = 3
    LAST = 4
    RELIEF = 5
    CONTACT = 6
    NEXT = 7
    FLAGS = 8


HEADS = (
    "",
    _("Due"),
    _("Patient"),
    _("Family"),
    _("Last procedure"),
    _("Relief, mark at {percent}%"),
    _("Contact"),
    _("Next action"),
    "",
)


class DueModel(QAbstractTableModel):
    """Signals:
    wanted(object): these ids' rows are needed; ``take_rows`` brings them.
    chosen_changed(): other rows are ticked now.
    """

    wanted = Signal(object)
    chosen_changed = Signal()

    def __init__(
        self, on: date, language: str, good_percent: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.on, self.language, self._good_percent = on, language, good_percent
        self.sections = Sections()
        self.chosen: set[int] = set()
        self.slow = False
        self._folded: frozenset[DueGroup] = FOLDED
        self._rows: dict[int, DueRow] = {}
        self._stale: set[int] = set()
        self._asked: frozenset[int] = frozenset()
        self._range = (0, 0)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SLOW_MS)
        self._wait.timeout.connect(self._take_long)

    # -- what stands on a line --------------------------------------------------------------

    def item(self, line: int) -> Heading | DueRow | None:
        """The heading or the row of a line; None while it is on its way."""
        found = self.sections.at(line)
        return self._rows.get(found) if isinstance(found, int) else found

    def id_at(self, line: int) -> int | None:
        """The id on a line; None on a heading, off the list or while it is on its way."""
        if not 0 <= line < self.sections.lines:
            return None
        found = self.sections.at(line)
        return found if isinstance(found, int) else None

    def row_of(self, number: int) -> DueRow | None:
        """What is known of an id."""
        return self._rows.get(number)

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else self.sections.lines

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(Col)

    def _head(self, section: int) -> str:
        return HEADS[section].format(percent=self._good_percent)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == _DISPLAY:
                return self._head(section)
            if role == _SPOKEN:
                return {Col.CHECK: _("Select"), Col.FLAGS: _("Marks")}.get(
                    Col(section), self._head(section)
                )
        return None

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        if role == _SPOKEN:
            return self.spoken(index.row())
        if role == _TIP:
            item = self.item(index.row())
            return words.tip(item, self.on, self.language) if isinstance(item, DueRow) else None
        return None

    def spoken(self, line: int) -> str:
        """A line for a screen reader."""
        item = self.item(line)
        if item is None:
            return _("Loading")
        if isinstance(item, Heading):
            state = _("folded") if item.folded else _("open")
            return f"{TITLES[item.group]}, {item.count}, {state}"
        return words.spoken(item, self.on, self.language, chosen=item.id in self.chosen)

    # -- another list -----------------------------------------------------------------------

    def show_list(self, answer: DueList, wanted: DueFilter | None = None) -> None:
        """Shows the answer to what was ``wanted``. Nothing that was searched for, or asked for by
        its group or reason, is folded away. Rows known before stay until their newer selves come.
        """
        wanted = wanted or DueFilter()
        asked = wanted.text or wanted.reasons
        folded = frozenset() if asked else self._folded - wanted.groups
        fresh = sections_of(answer, folded, wanted.groups)
        self.on = answer.on
        self._stale |= self._rows.keys()
        if fresh == self.sections:
            self.look(*self._range)
        elif fresh.completes(self.sections):
            # Nothing moves, so nobody's place on the list is touched.
            self.sections = fresh
            self.look(*self._range)
        else:
            self._replace(fresh)

    def _replace(self, fresh: Sections) -> None:
        self.beginResetModel()
        self.sections = fresh
        self.endResetModel()

    def fold(self, group: DueGroup, *, folded: bool) -> None:
        """Folds a group or opens it; remembered."""
        change = frozenset({group})
        self._folded = self._folded | change if folded else self._folded - change
        now = self.sections.folded
        now = now | change if folded else now - change
        self._replace(Sections(self.sections.ids, self.sections.groups, now))

    # -- rows, as they are looked at --------------------------------------------------------

    def look(self, first: int, last: int) -> None:
        """These lines are on show: asks for what is missing or old there, one page at a time."""
        self._range = (first, last)
        if self._asked or not self.sections.lines:
            return
        near = [n for n in self.sections.between(first, last) if n not in self._rows]
        around = self.sections.between(first - _AROUND, last + _AROUND)
        old = [n for n in around if n not in self._rows or n in self._stale]
        # What somebody waits for comes first.
        missing = tuple(dict.fromkeys(near + old))[:_AT_ONCE]
        if not missing:
            return
        self._asked = frozenset(missing)
        if near:
            self._wait.start()
        self.wanted.emit(missing)

    def take_rows(self, rows: Iterable[DueRow]) -> None:
        """The rows that were asked for are here; ids without one left the list meanwhile."""
        self._wait.stop()
        self.slow = False
        self._stale -= self._asked
        self._asked = frozenset()
        for row in rows:
            before = self._rows.pop(row.id, None)
            self._rows[row.id] = row
            if row != before:
                self._touch(row.id)
        self._forget_far()
        self.look(*self._range)

    def not_brought(self) -> None:
        """The question failed: it may be put again."""
        self._wait.stop()
        self._asked = frozenset()

    def old(self, patients: frozenset[int] | None = None) -> None:
        """Rows of these patients (None: all) are to be asked again where they are on show."""
        self._stale |= {
            number for number, row in self._rows.items()
            if patients is None or row.patient_id in patients
        }  # fmt: skip
        self.look(*self._range)

    def _forget_far(self) -> None:
        for number in list(self._rows)[: max(0, len(self._rows) - _KEPT)]:
            del self._rows[number]
            self._stale.discard(number)

    def _take_long(self) -> None:
        self.slow = True
        self._repaint(*self._range)

    def _touch(self, number: int) -> None:
        line = self.sections.line_of(number)
        if line is not None:
            self._repaint(line, line)

    def _repaint(self, first: int, last: int) -> None:
        last = min(last, self.sections.lines - 1)
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Col) - 1))

    # -- ticks ------------------------------------------------------------------------------

    def choose(self, numbers: Iterable[int], *, chosen: bool) -> None:
        """Ticks rows or takes the ticks away."""
        numbers = tuple(numbers)
        before = len(self.chosen)
        if chosen:
            self.chosen.update(numbers)
        else:
            self.chosen.difference_update(numbers)
        if len(self.chosen) == before:
            return
        self._repaint(*self._range)
        self.chosen_changed.emit()

    def drop_gone(self) -> None:
        """The list is whole: ticks of rows that have left it mean nothing any more."""
        gone = tuple(n for n in self.chosen if not self.sections.holds(n))
        self.choose(gone, chosen=False)

    def chosen_in_order(self) -> tuple[int, ...]:
        """The ticked ids in the order of the list; those not on it come last."""
        here = tuple(n for n in self.sections.ids if n is not None and n in self.chosen)
        return here + tuple(sorted(self.chosen - set(here))) if self.chosen else ()

    def hidden(self) -> int:
        """How many ticked rows no line shows at the moment."""
        return self.sections.hidden(self.chosen)

    def languages(self, numbers: Iterable[int]) -> dict[str, int] | None:
        """In which languages these people are written to; None while not all are known."""
        found: dict[str, int] = {}
        for number in numbers:
            row = self._rows.get(number)
            if row is None:
                return None
            found[row.language or self.language] = found.get(row.language or self.language, 0) + 1
        return found
