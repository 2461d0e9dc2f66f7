"""One line of what was given: product, volume, dose, lot, expiry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.medications import (
    Expiry,
    expired_sentence,
    parse_expiry,
)
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.rows.log import MedicationEntry
from clinicdesk.domain.safety_reasons import says_enough
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.log.amounts import Amounts
from clinicdesk.ui.log.cells import Cell, StepCell, lock
from clinicdesk.ui.log.drug_choice import DrugChoice, strength
from clinicdesk.ui.widgets import IconButton, Label, TextEdit
from clinicdesk.ui.widgets.fields import mark_error

Lots = Sequence[tuple[str, str, date, bool]]

COLUMNS = {"strength": 78, "volume": 60, "dose": 74, "lot": 96, "expires": 80, "remove": 26}
"""Widths in pixels of the design; the drug takes the rest."""


class MedicationRow(QFrame):
    """Volume and dose follow each other; the lot is kept exactly as typed.

    A text that cannot be read stays in its cell, with the reason below the line.
    """

    changed = Signal()
    removed = Signal(object)

    def __init__(
        self, products: Mapping[str, Product], number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("medicationRow")
        self._products = products
        self._lots: Lots = ()
        self._on: date | None = None
        self._amounts = Amounts()
        self._expiry: Expiry | None = None
        self._rest = MedicationEntry()
        self._brought = False
        self.product = DrugChoice(tuple(products.values()))
        self.strength = Label("", 12, 400, "muted", elide=24)
        self.volume = Cell(_("Volume in mL"), "mL", right=True)
        self.dose = Cell(_("Dose"), "dose", right=True)
        self.lot = StepCell(_("Lot"), _("Lot"))
        self.expires = Cell(_("Expires"), _("MM YYYY"))
        self.no_lot = TextEdit(_("For example: label torn off"), _("Why is there no lot?"))
        self.remove = IconButton("x", _("Remove this line"))
        self._line = Label("", 12, 500, "danger", wrap=True)
        self._no_lot_box = QWidget()
        self._build()
        self._connect()
        self.number(number)

    def _build(self) -> None:
        cells = QHBoxLayout()
        cells.setContentsMargins(6, 3, 4, 3)
        cells.setSpacing(2)
        cells.addWidget(self.product, 1)
        self.strength.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.strength.setContentsMargins(0, 0, 6, 0)
        self.remove.setObjectName("remove")
        keep = self.remove.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(keep)
        self.remove.setFixedSize(theme.scaled(26), theme.scaled(26))
        for key, widget in (
            ("strength", self.strength),
            ("volume", self.volume),
            ("dose", self.dose),
            ("lot", self.lot),
            ("expires", self.expires),
        ):
            widget.setFixedWidth(theme.scaled(COLUMNS[key]))
            cells.addWidget(widget)
        cells.addWidget(self.remove)
        self.dose.setFont(theme.font(13, 600))
        self.product.setMinimumWidth(theme.scaled(90))
        why = QHBoxLayout(self._no_lot_box)
        why.setContentsMargins(10, 0, 8, 4)
        why.addWidget(Label(_("No lot, because"), 12, 600))
        why.addWidget(self.no_lot, 1)
        self._line.setContentsMargins(10, 0, 8, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(cells)
        layout.addWidget(self._no_lot_box)
        layout.addWidget(self._line)
        self._no_lot_box.hide()
        self._line.hide()

    def _connect(self) -> None:
        self.product.chosen.connect(self._product_chosen)
        self.volume.textEdited.connect(self._volume_typed)
        self.volume.editingFinished.connect(self._volume_left)
        self.dose.textEdited.connect(self._dose_typed)
        self.dose.editingFinished.connect(self._dose_left)
        self.lot.textEdited.connect(self._lot_typed)
        self.lot.editingFinished.connect(self._lot_left)
        self.lot.stepped.connect(self._step_lot)
        self.expires.textEdited.connect(self._expiry_typed)
        self.expires.editingFinished.connect(self._expiry_left)
        self.no_lot.textEdited.connect(self._tell)
        self.remove.clicked.connect(self._remove)

    def number(self, number: int) -> None:
        """Names the cells for screen readers."""
        for widget, name in (
            (self.product, _("drug")),
            (self.volume, _("volume in mL")),
            (self.dose, _("dose")),
            (self.lot, _("lot")),
            (self.expires, _("expires")),
            (self.no_lot, _("why there is no lot")),
            (self.remove, _("remove this line")),
        ):
            widget.setAccessibleName(
                _("Medication {number}, {name}").format(number=number, name=name)
            )

    # what it holds

    def entry(self) -> MedicationEntry:
        """The line; parts that cannot be read are None."""
        product = self._product()
        return MedicationEntry(
            product=product.key if product else "",
            volume_ml=self._amounts.volume,
            dose=self._amounts.dose,
            unit=product.unit if product else "mg",
            lot=self.lot.text().strip(),
            expiry=self._expiry.last_day if self._expiry else None,
            expiry_month_only=self._expiry.month_only if self._expiry else True,
            waste_ml=self._rest.waste_ml,
            site=self._rest.site,
            no_lot_reason="" if self.lot.text().strip() else self.no_lot.text().strip(),
        )

    def unread(self) -> dict[str, tuple[str, str]]:
        """Field → (text as typed, why it cannot be read)."""
        cells = {"volume_ml": self.volume, "dose": self.dose, "expiry": self.expires}
        return {key: (cell.text(), cell.error) for key, cell in cells.items() if cell.error}

    def show_entry(
        self, entry: MedicationEntry, lots: Lots, on: date, typed: Mapping[str, str]
    ) -> None:
        """Shows a line without telling anybody; ``typed`` are texts that could not be read."""
        self._rest, self._lots, self._on = entry, lots, on
        self.product.set_value(entry.product)
        self._amounts.show(self._product(), entry.volume_ml, entry.dose)
        self._expiry = Expiry(entry.expiry, entry.expiry_month_only) if entry.expiry else None
        self.lot.setText(entry.lot)
        self.no_lot.setText(entry.no_lot_reason)
        self._no_lot_box.setVisible(bool(entry.no_lot_reason))
        self._show_amounts()
        self.expires.setText(str(self._expiry) if self._expiry else "")
        self._product_changed()
        if "volume_ml" in typed:
            self.volume.setText(typed["volume_ml"])
            self._read_volume()
        if "dose" in typed:
            self.dose.setText(typed["dose"])
            self._read_dose()
        if "expiry" in typed:
            self.expires.setText(typed["expiry"])
            self._put_back_expiry()
        self._judge()

    def set_not_stocked(self, keys: frozenset[str]) -> None:
        """Products that are not offered; one that stands here stays, and is said."""
        self.product.set_not_stocked(keys)
        self._judge()

    def set_day(self, on: date) -> None:
        """The day of the procedure, on which the lot must be valid."""
        self._on = on
        self._judge()

    def set_read_only(self, read_only: bool) -> None:
        """Only shows."""
        for cell in (self.volume, self.dose, self.lot, self.expires, self.no_lot):
            lock(cell, read_only)
            cell.setFocusPolicy(
                Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus
            )
        self.product.setEnabled(not read_only)
        self.remove.setVisible(not read_only)
        self._judge()

    def chain(self) -> list[QWidget]:
        """Everything that Tab reaches, in order."""
        return [
            self.product,
            self.volume,
            self.dose,
            self.lot,
            self.expires,
            self.no_lot,
            self.remove,
        ]

    def focus_field(self, field: str) -> None:
        """Puts the focus into a cell by its field's name."""
        if field == "lot" and not self.lot.text():
            self._no_lot_box.show()
        cell = {
            "product": self.product,
            "volume_ml": self.volume,
            "dose": self.dose,
            "lot": self.lot,
            "expiry": self.expires,
        }.get(field, self.product)
        cell.setFocus(Qt.FocusReason.OtherFocusReason)

    # product, volume and dose

    def _product(self) -> Product | None:
        return self._products.get(str(self.product.value()))

    def _product_chosen(self) -> None:
        # The lot belonged to what stood here before.
        self.lot.clear()
        self.expires.clear()
        self._expiry = None
        self.expires.fail("")
        self._amounts.choose(self._product())
        self._product_changed()
        self.dose.setText(self._amounts.dose_words())
        self._tell()

    def _product_changed(self) -> None:
        product = self._product()
        counted = product is not None and product.unit != "mL"
        self.strength.setText(strength(product) if product and counted else "")
        self.lot.setToolTip(_("Down: lots used before") if self._known_lots() else "")
        self.product.setToolTip(product.name if product else "")
        mark_error(self.product, wrong=False)

    def _volume_typed(self) -> None:
        self._read_volume()
        self._tell()

    def _read_volume(self) -> None:
        self._amounts.type_volume(self.volume.text())
        self.dose.setText(self._amounts.dose_words())
        self._fail_amounts()

    def _dose_typed(self) -> None:
        self._read_dose()
        self._tell()

    def _read_dose(self) -> None:
        self._amounts.type_dose(self.dose.text())
        self.volume.setText(self._amounts.volume_words())
        self._fail_amounts()

    def _fail_amounts(self) -> None:
        self.volume.fail(self._amounts.volume_error)
        self.dose.fail(self._amounts.dose_error)

    def _volume_left(self) -> None:
        if self._amounts.volume is not None:
            self.volume.setText(self._amounts.volume_words())

    def _dose_left(self) -> None:
        if self._amounts.dose is not None:
            self.dose.setText(self._amounts.dose_words())

    def _show_amounts(self) -> None:
        self.volume.setText(self._amounts.volume_words())
        self.dose.setText(self._amounts.dose_words())
        self._fail_amounts()
        self.expires.fail("")

    # lot and expiry

    def _lot_typed(self) -> None:
        if self.lot.text():
            self._no_lot_box.hide()
        self._bring_expiry()
        self._tell()

    def _known_lots(self) -> list[str]:
        """Lots of this product lately used and still valid, the newest first."""
        product = self.product.value()
        return list(dict.fromkeys(lot for key, lot, __, ___ in self._lots if key == product))

    def _step_lot(self, by: int) -> None:
        """The next (or previous) lot used before, with its expiry."""
        known = self._known_lots()
        if not known or self.lot.isReadOnly():
            return
        at = known.index(self.lot.text()) + by if self.lot.text() in known else 0
        self.lot.setText(known[at % len(known)])
        if self._brought or not self.expires.text():
            self._bring_expiry()
        self._tell()

    def _bring_expiry(self) -> None:
        """A lot that was used before brings its expiry with it, unless one was typed."""
        if self.expires.text() and not self._brought:
            return
        lot, product = self.lot.text().strip(), self.product.value()
        known = next((e for e in self._lots if e[0] == product and e[1] == lot), None)
        self._brought = known is not None
        self._expiry = Expiry(known[2], known[3]) if known else None
        self.expires.setText(str(self._expiry) if self._expiry else "")
        self.expires.fail("")

    def _lot_left(self) -> None:
        if self.lot.isReadOnly():
            return
        lot = self.lot.text().strip()
        self._no_lot_box.setVisible(not lot and (self.lot.isModified() or bool(self.no_lot.text())))

    def _expiry_typed(self) -> None:
        self._brought = False
        self._expiry = None
        self.expires.fail("")
        text = self.expires.text().strip()
        if len(text) >= len("4/28"):
            try:
                self._expiry = parse_expiry(text)
            except ValueError:
                # Half a date is no mistake yet: leaving the cell decides.
                self._expiry = None
        self._tell()

    def _expiry_left(self) -> None:
        if self.expires.isReadOnly():
            return
        before = self.expires.error
        self._read_expiry()
        self._judge()
        if self.expires.error != before:
            self.changed.emit()

    def half_typed(self) -> str:
        """The expiry as it is being typed; empty where it is written out, or empty."""
        text = self.expires.text().strip()
        return "" if self._expiry is not None and text == str(self._expiry) else text

    def _put_back_expiry(self) -> None:
        """What was half typed is not written out: somebody goes on with it."""
        text = self.expires.text()
        self._read_expiry()
        self.expires.setText(text)

    def _read_expiry(self) -> None:
        self._expiry = None
        self.expires.fail("")
        if not self.expires.text().strip():
            return
        try:
            self._expiry = parse_expiry(self.expires.text())
        except ValueError as error:
            self.expires.fail(str(error))
        else:
            self.expires.setText(str(self._expiry))

    # judging

    def _tell(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        """The sentence below the line: what cannot be read, or a lot that has expired."""
        expired = ""
        if self._expiry is not None and self._on is not None and self._expiry.over(self._on):
            expired = expired_sentence(self.lot.text().strip(), self._expiry)
            mark_error(self.expires, wrong=True)
        elif not self.expires.error:
            mark_error(self.expires, wrong=False)
        sentence = self.volume.error or self.dose.error or self.expires.error or expired
        self._line.set_tone("danger" if sentence else "muted")
        said = sentence or self._not_stocked()
        self._line.setText(said)
        self._line.setVisible(bool(said))
        if bool(self.property("wrong")) != bool(sentence):
            self.setProperty("wrong", bool(sentence))
            self.style().unpolish(self)
            self.style().polish(self)
        if says_enough(self.no_lot.text()):
            mark_error(self.no_lot, wrong=False)

    def _not_stocked(self) -> str:
        if not self.product.not_stocked or not self.product.isEnabled():
            return ""
        return _("Not stocked here. Check that it was this product.")

    def _remove(self) -> None:
        self.removed.emit(self)
