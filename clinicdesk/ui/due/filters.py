"""What of the list is wanted: search, until when, whose, which groups, for which reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_short
from clinicdesk.domain.rows.due import DueFilter, DueGroup, DueReason
from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.domain.translation import _
from clinicdesk.ui import local, theme
from clinicdesk.ui.due.pick_menu import PickMenu
from clinicdesk.ui.due.sections import TITLES
from clinicdesk.ui.due.weeks import Bar
from clinicdesk.ui.due.words import REASON_CHOICES
from clinicdesk.ui.widgets import Button, Choice, Label, TextEdit, row

_PAUSE_MS = 180
_SPANS = ((6, _("Due this week")), (13, _("Due within 2 weeks")), (27, _("Due within 4 weeks")))


class SearchEdit(TextEdit):
    """Signals:
    down(): the arrow down or Enter: on to the list.
    """

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.down.emit()
        else:
            super().keyPressEvent(event)


_ONE_LINE = 760


class FilterBar(QWidget):
    """Signals:
    changed(): something else is wanted; ``wanted`` says what.
    cleared(): everything is wanted again; sent before ``changed``.
    export_wanted(): the list as a file.
    """

    changed = Signal()
    cleared = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on = date.min
        self._week: Bar | None = None
        self.search = SearchEdit(_("Name, MRN or site"), _("Search the due list"), self)
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.scaled(150))
        self.search.setMaximumWidth(theme.scaled(216))
        self.until = Choice([(None, _("Due any day"))], _("Due until"), self)
        self.physicians = PickMenu(_("All physicians"), _("Physicians"), self)
        self.groups = PickMenu(_("All groups, any reason"), _("Groups and reasons"), self)
        self.groups.set_parts(
            ((_("Group"), tuple(TITLES.items())), (_("Reason"), tuple(REASON_CHOICES.items())))
        )
        self.clear = Button(_("Clear"), kind="text", parent=self)
        self.clear.setAccessibleName(_("Clear all filters"))
        self.week = Button("", "x", parent=self)
        self.week.hide()
        self.sorted = Label(_("Sorted by due date"), 12, 400, "faint")
        self.export = Button(_("Export CSV"), "save", key_hint="E", parent=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._upper, self._lower = row(), row()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(self._upper)
        lines.addLayout(self._lower)
        self._folded: bool | None = None
        self._fold(folded=False)
        self._connect()
        self._dress()

    def _fold(self, *, folded: bool) -> None:
        """In one line, or in two where there is no room for one."""
        if folded == self._folded:
            return
        self._folded = folded
        for line in (self._upper, self._lower):
            while line.count():
                line.takeAt(0)
        lower = (self.physicians, self.groups, self.clear)
        first = (self.search, self.until) if folded else (self.search, self.until, *lower[:2])
        for part in (*first, self.week, *(() if folded else lower[2:])):
            self._upper.addWidget(part)
        self._upper.addStretch(1)
        self._upper.addWidget(self.sorted)
        self._upper.addWidget(self.export)
        self._upper.setStretch(0, 3)
        if folded:
            for part in lower:
                self._lower.addWidget(part)
            self._lower.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(folded=self.width() < theme.scaled(_ONE_LINE))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self._timer.timeout.connect(self._tell)
        self.until.chosen.connect(self._tell)
        self.physicians.changed.connect(self._tell)
        self.groups.changed.connect(self._tell)
        self.clear.clicked.connect(self.clear_all)
        self.week.clicked.connect(self._drop_week)
        self.export.clicked.connect(self._export)
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        for old in self.search.actions():
            if not old.isCheckable() and old.objectName() != "_q_qlineeditclearaction":
                self.search.removeAction(old)
        glyph = theme.icon("search", "text3", 18)
        mark = self.search.addAction(glyph, TextEdit.ActionPosition.LeadingPosition)
        mark.setText(self.search.accessibleName())

    # -- what is offered --------------------------------------------------------------------

    def set_day(self, on: date) -> None:
        """The day the list is made for: what "this week" means."""
        if on == self._on:
            return
        self._on = on
        options: list[tuple[object, str]] = [(None, _("Due any day"))]
        for days, text in _SPANS:
            end = local.week_start(on) + timedelta(days=days)
            options.append((end, _("{text}, to {end}").format(text=text, end=day_short(end))))
        self.until.set_options(options)
        if self.until.currentIndex() < 0:
            self.until.set_value(None)

    def set_physicians(self, staff: Sequence[StaffRow]) -> None:
        """Whose patients may be asked for."""
        self.physicians.set_options([(person.resource_id, person.name) for person in staff])

    def set_narrow(self, *, narrow: bool) -> None:
        """Leaves out what is not needed where there is no room."""
        self.sorted.setVisible(not narrow)

    # -- what is wanted ---------------------------------------------------------------------

    def wanted(self, families: frozenset[str]) -> DueFilter:
        """All that was chosen, with the families of the chips."""
        until = self.until.value()
        made = DueFilter(
            families=families,
            groups=frozenset(g for g in self.groups.picked() if isinstance(g, DueGroup)),
            reasons=frozenset(r for r in self.groups.picked() if isinstance(r, DueReason)),
            physicians=frozenset(p for p in self.physicians.picked() if isinstance(p, int)),
            text=" ".join(self.search.text().split()),
            until=until if isinstance(until, date) else None,
        )
        if self._week is not None:
            return replace(made, since=self._week.since, until=self._week.until)
        return made

    def set_week(self, bar: Bar | None) -> None:
        """Only one week of the chart (None: no longer)."""
        self._week = bar
        self.week.setVisible(bar is not None)
        self.until.setVisible(bar is None)
        if bar is not None:
            self.week.setText(
                _("Week of {bar_label}").format(bar_label=bar.label) if bar.since else _("Older")
            )
            self.week.setAccessibleName(
                _("{text}: show all weeks again").format(text=self.week.text())
            )
        self._tell()

    def clear_all(self) -> None:
        """Everything is wanted again."""
        self._timer.stop()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.until.set_value(None)
        self.physicians.pick(())
        self.groups.pick(())
        self._week = None
        self.week.hide()
        self.until.show()
        self.cleared.emit()
        self._tell()

    @property
    def week_chosen(self) -> Bar | None:
        """The week of the chart that the list is narrowed to."""
        return self._week

    def _drop_week(self) -> None:
        self.set_week(None)
        # The button is gone: what stands in its place has the keys.
        self.until.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_search(self) -> None:
        """The keys go to the search, over what was typed there."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def rest(self) -> None:
        """The page is left: what was typed last is asked for when it is shown again."""
        self._timer.stop()

    def _typed(self) -> None:
        self._timer.start()

    def _tell(self) -> None:
        self._timer.stop()
        self.changed.emit()

    def _export(self) -> None:
        self.export_wanted.emit()
