"""What was given: lines to fill, a line to add, and meters of what adds up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.procedures import Product
from clinicdesk.domain.rows.log import MedicationEntry
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.log.cells import cell_style
from clinicdesk.ui.log.medication_row import COLUMNS, Lots, MedicationRow
from clinicdesk.ui.widgets import Button, Label


class MedicationTable(QWidget):
    """Lines of medication; Ctrl+M (wired by the page) adds one."""

    changed = Signal()
    arranged = Signal()
    stock_wanted = Signal()

    def __init__(self, products: Mapping[str, Product], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._products = products
        self._rows: list[MedicationRow] = []
        self._lots: Lots = ()
        self._on = date.min
        self._read_only = False
        self._not_stocked: frozenset[str] = frozenset()
        self._may_choose = False
        self.stock = Button(_("Stocked here…"), kind="text", compact=True)
        self.stock.setToolTip(_("Choose which products this list offers"))
        self.stock.clicked.connect(self.stock_wanted)
        self.stock.hide()
        self.add = Button(_("Add drug"), "plus", key_hint="Ctrl M", compact=True)
        self.add.clicked.connect(self.add_line)
        self._note = Label("", 12, 400, "faint", elide=60)
        self._frame = QFrame()
        self._frame.setObjectName("medications")
        self._lines = QVBoxLayout(self._frame)
        self._lines.setContentsMargins(1, 1, 1, 1)
        self._lines.setSpacing(0)
        self._lines.addWidget(self._head())
        self._empty = Label(_("Nothing yet. Add what was given."), 13, 400, "faint")
        self._empty.setContentsMargins(12, 10, 12, 10)
        self._lines.addWidget(self._empty)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(Label(_("Medication given"), 14, 600))
        top.addWidget(self._note)
        top.addStretch(1)
        top.addWidget(self.stock)
        top.addWidget(self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addLayout(top)
        layout.addWidget(self._frame)
        self._dress()
        theme.signals.changed.connect(self._dress)

    def _dress(self) -> None:
        self._frame.setStyleSheet(cell_style())

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("medicationHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(head)
        line.setContentsMargins(12, 6, 4, 6)
        line.setSpacing(2)
        line.addWidget(Label(_("Drug"), 12, 400, "muted"), 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for key, words in (
            ("strength", _("Strength")),
            ("volume", _("Volume")),
            ("dose", _("Dose")),
            ("lot", _("Lot")),
            ("expires", _("Expires")),
            ("remove", ""),
        ):
            label = Label(words, 12, 400, "muted", elide=24)
            label.setFixedWidth(theme.scaled(COLUMNS[key]))
            if key in ("strength", "volume", "dose"):
                label.setAlignment(right)
                label.setContentsMargins(0, 0, 6, 0)
            else:
                label.setContentsMargins(6, 0, 0, 0)
            line.addWidget(label)
        return head

    # what it holds

    def entries(self) -> tuple[MedicationEntry, ...]:
        """The lines; parts that cannot be read are None."""
        return tuple(row.entry() for row in self._rows)

    def unread(self) -> dict[str, tuple[str, str]]:
        """Field (``medications.0.dose``) → (text as typed, why it cannot be read)."""
        return {
            f"medications.{index}.{field}": found
            for index, row in enumerate(self._rows)
            for field, found in row.unread().items()
        }

    def rows(self) -> tuple[MedicationRow, ...]:
        """The lines' widgets, from the top."""
        return tuple(self._rows)

    def show_entries(
        self,
        entries: tuple[MedicationEntry, ...],
        lots: Lots,
        on: date,
        typed: Mapping[str, str],
        note: str = "",
    ) -> None:
        """Shows lines without telling anybody."""
        self._lots, self._on = lots, on
        self._note.setText(note)
        for row in self._rows:
            self._drop(row)
        self._rows = []
        for index, entry in enumerate(entries):
            prefix = f"medications.{index}."
            own = {
                key[len(prefix) :]: text for key, text in typed.items() if key.startswith(prefix)
            }
            self._append(entry, own)
        self._arrange()

    def say(self, note: str) -> None:
        """The line over the table."""
        self._note.setText(note)

    def half_typed(self) -> dict[str, str]:
        """Field → text of what is being typed and makes no value yet."""
        return {
            f"medications.{index}.expiry": row.half_typed()
            for index, row in enumerate(self._rows)
            if row.half_typed()
        }

    def set_day(self, on: date) -> None:
        """The day of the procedure."""
        self._on = on
        for row in self._rows:
            row.set_day(on)

    def set_read_only(self, read_only: bool) -> None:
        """Only shows."""
        self._read_only = read_only
        self.add.setVisible(not read_only)
        self.stock.setVisible(self._may_choose and not read_only)
        for row in self._rows:
            row.set_read_only(read_only)

    def set_not_stocked(self, keys: frozenset[str]) -> None:
        """Products that the lines do not offer."""
        self._not_stocked = keys
        for row in self._rows:
            row.set_not_stocked(keys)

    def let_choose(self) -> None:
        """Offers to whoever may the choice of what is stocked."""
        self._may_choose = True
        self.stock.setVisible(not self._read_only)

    def add_line(self) -> None:
        """A new empty line, with the focus in its drug."""
        if self._read_only:
            return
        self._append(MedicationEntry(), {})
        self._arrange()
        self._rows[-1].product.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.changed.emit()

    def focus_field(self, field: str) -> None:
        """Puts the focus into ``medications.0.lot``; the button where there is no such line."""
        __, ___, rest = field.partition(".")
        index, ____, name = rest.partition(".")
        if index.isdigit() and int(index) < len(self._rows):
            self._rows[int(index)].focus_field(name)
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    # lines

    def _append(self, entry: MedicationEntry, typed: Mapping[str, str]) -> None:
        row = MedicationRow(self._products, len(self._rows) + 1, self._frame)
        row.set_not_stocked(self._not_stocked)
        row.show_entry(entry, self._lots, self._on, typed)
        row.set_read_only(self._read_only)
        row.changed.connect(self._tell)
        row.removed.connect(self._remove)
        self._rows.append(row)
        self._lines.addWidget(row)

    def _remove(self, row: MedicationRow) -> None:
        index = self._rows.index(row)
        self._rows.remove(row)
        self._drop(row)
        self._arrange()
        if self._rows:
            near = self._rows[min(index, len(self._rows) - 1)]
            near.product.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop(self, row: MedicationRow) -> None:
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _arrange(self) -> None:
        self._empty.setVisible(not self._rows)
        for number, row in enumerate(self._rows, 1):
            row.number(number)
        self.arranged.emit()

    def chain(self) -> list[QWidget]:
        """Everything that Tab reaches, in order; adding a line has its key."""
        return [cell for row in self._rows for cell in row.chain()] + [self.stock, self.add]

    def _tell(self) -> None:
        self.changed.emit()
