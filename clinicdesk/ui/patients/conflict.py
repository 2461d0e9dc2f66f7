"""Two versions of a patient: both are shown per field, one is chosen, neither is lost."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.translation import _
from clinicdesk.ui import local, theme
from clinicdesk.ui.patients.fields import label_of, spoken_value
from clinicdesk.ui.widgets import Label


class ConflictPanel(QFrame):
    """Lists the fields that two people changed differently; mine is chosen at first.

    Signals:
        chosen(str, bool): a field's name, and whether theirs is to stand.
    """

    chosen = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("band", "warn")
        self._groups: dict[str, QButtonGroup] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(
            Label(_("Somebody else saved this patient while you were typing."), 13, 600, wrap=True)
        )
        self._note = Label("", 12, 400, "muted", wrap=True)
        column.addWidget(self._note)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        column.addLayout(self._grid)
        self.hide()

    def show_fields(
        self, names: tuple[str, ...], mine: PatientForm, theirs: Mapping[str, object]
    ) -> None:
        """Shows the fields in question; without any, says that the rest was joined."""
        self._empty()
        if names:
            self._note.setText(
                _("Choose for each field which version is to stand, then save again.")
            )
            for column, words in enumerate(("", _("Yours"), _("Theirs"))):
                self._grid.addWidget(Label(words, 12, 600, "muted"), 0, column)
        else:
            self._note.setText(_("Your changes do not touch theirs. Save again to keep both."))
        for line, name in enumerate(names, start=1):
            self._add(line, name, spoken_value(name, getattr(mine, name)), theirs[name])
        for column, stretch in enumerate((2, 3, 3)):
            self._grid.setColumnStretch(column, stretch)
        self.setVisible(True)

    def _add(self, line: int, name: str, mine: str, theirs: object) -> None:
        label = label_of(name, local.customs())
        group = QButtonGroup(self)
        self._grid.addWidget(Label(label, 13, 400, wrap=True), line, 0)
        for column, words in ((1, mine), (2, spoken_value(name, theirs))):
            button = QRadioButton(words, self)
            button.setFont(theme.font(13))
            whose = _("{label}: yours, {words}") if column == 1 else _("{label}: theirs, {words}")
            button.setAccessibleName(whose.format(label=label, words=words))
            # As wide as its words: a click beside them would do nothing.
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            group.addButton(button, column)
            self._grid.addWidget(button, line, column)
        mine_button = group.button(1)
        mine_button.setChecked(True)
        group.idClicked.connect(self._clicked)
        self._groups[name] = group

    def _clicked(self, column: int) -> None:
        for name, group in self._groups.items():
            if group is self.sender():
                self.chosen.emit(name, column == 2)

    def theirs_wanted(self) -> tuple[str, ...]:
        """The fields in which theirs is to stand."""
        return tuple(name for name, group in self._groups.items() if group.checkedId() == 2)

    def _empty(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for group in self._groups.values():
            group.deleteLater()
        self._groups = {}
