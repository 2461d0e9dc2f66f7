"""Finding a patient: a big search line, the matches below it; else the last charts and today."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.people import PatientHit, Visitor
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import patients
from clinicdesk.ui import theme
from clinicdesk.ui.access import announce
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.hits import HitModel, Lines
from clinicdesk.ui.widgets import Button, EmptyState, Label, Skeleton, TextEdit, row

_PAUSE_MS, _SHOWN, _REMEMBERED = 60, 40, 10
_LAST = 5
"""So many of the charts opened last stand over today's patients."""


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
        self._visitors: tuple[Visitor, ...] = ()
        self._answered = ""
        self._open_when_found = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self._model = HitModel(context, self)
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
        inside.setContentsMargins(2, 2, 2, 2)
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
        for column, width in enumerate((0, 120, 60, 110, 150, 90, 170)):
            table.setColumnWidth(column, theme.scaled(width))
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.clicked.connect(self._clicked)
        table.installEventFilter(self)
        return table

    @property
    def _listing(self) -> bool:
        """Whether there are lines to choose from."""
        return self.stack.currentWidget() is self._list

    def _say(self, words: str) -> None:
        """The line over the table; no room is kept for one that says nothing."""
        self._caption.setText(words)
        self._caption.setVisible(bool(words))

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

    def refresh(self) -> None:
        """Asks who comes today; until the answer stands what was there."""
        clinic, actor = self._context.clinic, self._context.actor
        if not actor.may(Permission.FIND_PATIENT):
            return
        self._context.tasks.short.submit(
            lambda: patients.of_today(clinic, actor), self._expected, owner=self, key="today"
        )

    def _expected(self, visitors: tuple[Visitor, ...]) -> None:
        if visitors == self._visitors:
            return
        self._visitors = visitors
        self._model.know(visitors)
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
            self._say("")
            self.empty.say(
                _("No patient matches “{typed}”.").format(typed=typed),
                _("Try the birth date, the record number or the phone."),
                _("New patient"),
            )
            self.stack.setCurrentWidget(self.empty)
            announce(self.search, _("No patient matches “{typed}”.").format(typed=typed))
            return
        if hits[0].guess:
            self._say(_("No exact match. Similar names:"))
        else:
            found = (
                _("The first {count} patients")
                if len(hits) == _SHOWN
                else _n("{count} patient", "{count} patients", len(hits))
            )
            self._say(found.format(count=len(hits)))
        self._fill(hits)
        announce(self.search, f"{self._caption.text()}: {self._model.spoken(0)}")
        if self._open_when_found and not hits[0].guess:
            self._open_current()
        self._open_when_found = False

    def _show_recent(self) -> None:
        self.skeleton.end()
        if not self._recent and not self._visitors:
            self._say("")
            self.empty.say(
                _("Find a patient"),
                _("Type part of the name, the birth date, the record number or the phone."),
                _("New patient"),
            )
            self.stack.setCurrentWidget(self.empty)
            return
        self._say("")
        self._fill(self._idle())

    def _idle(self) -> Lines:
        """The charts opened last, then today's patients by the hour."""
        last = self._recent[:_LAST] if self._visitors else self._recent
        lines: list[PatientHit | str] = [_("Opened last"), *last] if last else []
        if self._visitors:
            count = len(self._visitors)
            today = _n("Today, {count} patient", "Today, {count} patients", count)
            lines += [today.format(count=count), *(visitor.hit for visitor in self._visitors)]
        return lines

    def _fill(self, lines: Lines) -> None:
        before = self._model.hit(self.table.currentIndex().row())
        self.table.clearSpans()
        self._model.fill(lines)
        for heading in self._model.headings():
            self.table.setSpan(heading, 0, 1, self._model.columnCount())
        rows = len(lines) * theme.scaled(37) + theme.scaled(40)
        self._frame.setMaximumHeight(rows)
        self.stack.setCurrentWidget(self._list)
        self.table.selectRow(self._model.row_of(before))

    # -- choosing -----------------------------------------------------------------

    def _clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row_: int) -> None:
        hit = self._model.hit(row_)
        if hit is not None:
            self.chosen.emit(hit.id)

    def _new(self) -> None:
        self.new_wanted.emit(self.search.text().strip())

    def _open_current(self) -> None:
        if self.search.text().strip() not in ("", self._answered):
            # Typed faster than the answer came: what is listed belongs to fewer letters.
            self._open_when_found = True
            return
        if not self._listing:
            return
        self._choose(self.table.currentIndex().row())

    def _ring(self, *, lit: bool) -> None:
        """A frame around the list while the keys act on it."""
        self._frame.setProperty("lit", lit)
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._ring(lit=event.type() == QEvent.Type.FocusIn)
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
            return True
        if watched is self.search and event.key() == Qt.Key.Key_Escape:
            # What is typed goes first; then the cursor leaves.
            if self.search.text():
                self.search.clear()
            elif self._listing:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step and self._listing:
            target = self._model.step(self.table.currentIndex().row(), step)
            self.table.selectRow(target)
            announce(self.search, self._model.spoken(target))
            return True
        return super().eventFilter(watched, event)
