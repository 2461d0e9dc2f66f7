"""Finding a patient: a big search line, the matches below it, the charts opened last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.people import age, sex_words
from clinicdesk.domain.rows.people import PatientHit
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import patients
from clinicdesk.ui import theme
from clinicdesk.ui.access import announce
from clinicdesk.ui.booking.words import hit_facts, hit_name
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.widgets import Button, EmptyState, Label, Skeleton, TextEdit, row

_DISPLAY = Qt.ItemDataRole.DisplayRole
_FONT = Qt.ItemDataRole.FontRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole
_HEADS = (_("Name"), _("Born"), _("Age"), "MRN", _("Phone"), _("Sex"))
_PAUSE_MS, _SHOWN, _REMEMBERED = 60, 40, 10
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class HitModel(QAbstractTableModel):
    """Patients found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: tuple[PatientHit, ...] = ()
        self._cells: Sequence[tuple[str, ...]] = ()
        self._bold: QFont = theme.font(13, 600)

    def fill(self, hits: tuple[PatientHit, ...], cells: Sequence[tuple[str, ...]]) -> None:
        """Replaces the rows; ``cells`` are their texts."""
        self.beginResetModel()
        self.hits, self._cells = hits, cells
        self._bold = theme.font(13, 600)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return _HEADS[section]
        return None

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        if role == _DISPLAY:
            return self._cells[index.row()][index.column()]
        if role == _FONT and index.column() == 0:
            return self._bold
        if role == _SPOKEN:
            return self.spoken(index.row())
        return None

    def spoken(self, row: int) -> str:
        """A patient as read out."""
        hit = self.hits[row]
        return f"{hit_name(hit)}, {hit_facts(hit)}"


class FinderView(QWidget):
    """The search view of the patients page.

    Signals:
        chosen(int): open this patient's chart.
        new_wanted(str): add a patient; what was typed.
    """

    chosen = Signal(int)
    new_wanted = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._recent: list[PatientHit] = []
        self._answered = ""
        self._open_when_found = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self._model = HitModel(self)
        self._build()
        self._show_recent()

    def _build(self) -> None:
        self.search = TextEdit(
            _("Name, birth date, MRN or phone, in any order"), _("Find a patient")
        )
        self.search.setFont(theme.font(16))
        self.search.setMinimumHeight(theme.scaled(44))
        self.search.setClearButtonEnabled(True)
        glyph = theme.icon("search", "text3", 20)
        mark = self.search.addAction(glyph, TextEdit.ActionPosition.LeadingPosition)
        mark.setText(self.search.accessibleName())
        self.search.textEdited.connect(self._edited)
        self.search.textChanged.connect(self._cleared)
        self.search.installEventFilter(self)
        self.new = Button(_("New patient"), "plus", "primary", "N", parent=self)
        self.new.clicked.connect(self._new)
        self.new.setFixedHeight(theme.scaled(44))
        self._caption = Label("", 13, 600, "muted")
        self.table = self._build_table()
        self.empty = EmptyState("people", "", _("New patient"))
        self.empty.acted.connect(self._new)
        self.skeleton = Skeleton(8)
        self.stack = QStackedWidget()
        for part in (self._framed(self.table), self.empty, self.skeleton):
            self.stack.addWidget(part)
        line = row(self.search, self.new, spacing=12)
        line.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(line)
        column.addWidget(self._caption)
        column.addWidget(self.stack, 1)

    def _framed(self, table: QTableView) -> QWidget:
        """The table in a frame that ends where the rows end."""
        self._frame = QFrame()
        self._frame.setProperty("surface", "card")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(table)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._frame, 1)
        column.addStretch(0)
        return self._list

    def _build_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName(_("Patients found"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setFont(theme.font(13))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.scaled(37))
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(theme.scaled(34))
        # Qt insets the text of a cell by three pixels more than that of its head.
        head.setStyleSheet("QHeaderView::section { padding-left: 13px; }")
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((0, 130, 70, 130, 170, 100)):
            table.setColumnWidth(column, theme.scaled(width))
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.clicked.connect(self._clicked)
        table.installEventFilter(self)
        return table

    @property
    def _listing(self) -> bool:
        """Whether there are lines to choose from."""
        return self.stack.currentWidget() is self._list

    # -- asking -------------------------------------------------------------------

    def focus_here(self) -> None:
        """Puts the cursor into the search line."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def remember(self, hit: PatientHit) -> None:
        """A chart was opened: its patient leads the list of the last ones."""
        others = [known for known in self._recent if known.id != hit.id]
        self._recent = [hit, *others][:_REMEMBERED]
        if not self.search.text().strip():
            self._show_recent()

    def _edited(self, text: str) -> None:
        self._open_when_found = False
        if text.strip():
            self._timer.start()

    def _cleared(self, text: str) -> None:
        if not text.strip():
            self._timer.stop()
            self._context.tasks.short.forget(self, "find")
            self._show_recent()

    def _ask(self) -> None:
        text, clinic, actor = self.search.text(), self._context.clinic, self._context.actor
        if not self._listing:
            self.skeleton.begin()
            self.stack.setCurrentWidget(self.skeleton)
        self._context.tasks.short.submit(
            lambda: patients.search(clinic, actor, text, _SHOWN),
            self._found,
            owner=self,
            key="find",
        )

    def _found(self, hits: tuple[PatientHit, ...]) -> None:
        self.skeleton.end()
        typed = self._answered = self.search.text().strip()
        if not hits:
            self._caption.clear()
            self.empty.say(
                _("No patient matches “{typed}”.").format(typed=typed),
                _("Try the birth date, the record number or the phone."),
                _("New patient"),
            )
            self.stack.setCurrentWidget(self.empty)
            announce(self.search, _("No patient matches “{typed}”.").format(typed=typed))
            return
        if hits[0].guess:
            self._caption.setText(_("No exact match. Similar names:"))
        else:
            found = (
                _("The first {count} patients")
                if len(hits) == _SHOWN
                else _n("{count} patient", "{count} patients", len(hits))
            )
            self._caption.setText(found.format(count=len(hits)))
        self._fill(hits)
        announce(self.search, f"{self._caption.text()}: {self._model.spoken(0)}")
        if self._open_when_found and not hits[0].guess:
            self._open_current()
        self._open_when_found = False

    def _show_recent(self) -> None:
        self.skeleton.end()
        if not self._recent:
            self._caption.clear()
            self.empty.say(
                _("Find a patient"),
                _("Type part of the name, the birth date, the record number or the phone."),
                _("New patient"),
            )
            self.stack.setCurrentWidget(self.empty)
            return
        self._caption.setText(_("Opened last"))
        self._fill(tuple(self._recent))

    def _fill(self, hits: tuple[PatientHit, ...]) -> None:
        today = self._context.clinic.today()
        cells = [
            (
                hit_name(hit),
                day_words(hit.birth_date),
                str(age(hit.birth_date, today)),
                hit.mrn,
                hit.phone,
                sex_words(hit.sex),
            )
            for hit in hits
        ]
        self._model.fill(hits, cells)
        rows = len(hits) * theme.scaled(37) + theme.scaled(40)
        self._frame.setMaximumHeight(rows)
        self.stack.setCurrentWidget(self._list)
        self.table.selectRow(0)

    # -- choosing -----------------------------------------------------------------

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.hits[index.row()].id)

    def _new(self) -> None:
        self.new_wanted.emit(self.search.text().strip())

    def _open_current(self) -> None:
        if self.search.text().strip() not in ("", self._answered):
            # Typed faster than the answer came: what is listed belongs to fewer letters.
            self._open_when_found = True
            return
        if not self._listing:
            return
        index = self.table.currentIndex()
        if index.isValid():
            self.chosen.emit(self._model.hits[index.row()].id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if watched is self.search and step and self._listing:
            now = self.table.currentIndex().row()
            target = max(0, min(self._model.rowCount() - 1, now + step))
            self.table.selectRow(target)
            announce(self.search, self._model.spoken(target))
            return True
        return super().eventFilter(watched, event)
