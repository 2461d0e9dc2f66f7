"""How the file was understood, to be corrected: delimiter, encoding, order of dates, units."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.services.importing import ORDERS, ImportPreview
from clinicdesk.ui.widgets import Choice, Field

_DELIMITERS = [(";", _("Semicolon")), (",", _("Comma")), ("\t", _("Tab")), ("|", _("Bar"))]
_ENCODINGS = [("utf-8", _("UTF-8")), ("utf-8-sig", _("UTF-8 with mark")), ("utf-16", _("UTF-16")),
              ("cp1252", _("Windows (Western)")), ("cp1250", _("Windows (Central)")),
              ("cp850", _("DOS")), ("mac_roman", _("Old Mac"))]  # fmt: skip
_UNITS = [("", _("Leave out")), ("kg", _("kg")), ("lb", _("lb"))]


class OptionsBar(QWidget):
    """Signals:
    changed(): a person corrected something.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delimiter = Choice(_DELIMITERS, _("Delimiter"))
        self._encoding = Choice(_ENCODINGS, _("Encoding"))
        self._order = Choice(
            [(key, words) for key, words in ORDERS.items()], _("Dates are written")
        )
        self._unit = Choice(_UNITS, _("Weights without a unit"))
        self._units = Field(_("Weights without a unit"), self._unit)
        self.forget()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for label, choice in (
            (_("Delimiter"), self._delimiter),
            (_("Encoding"), self._encoding),
            (_("Dates are written"), self._order),
        ):
            choice.chosen.connect(self._chosen)
            layout.addWidget(Field(label, choice))
        self._unit.chosen.connect(self._chosen)
        layout.addWidget(self._units)
        layout.addStretch(1)

    def forget(self) -> None:
        """Another file: nothing is corrected yet."""
        self.delimiter: str | None = None
        self.encoding: str | None = None
        self.date_order: str | None = None
        self.weight_unit = ""

    def show_preview(self, seen: ImportPreview) -> None:
        """Shows what was detected."""
        self._delimiter.set_value(seen.delimiter)
        self._encoding.set_value(seen.encoding)
        self._order.set_value(seen.date_order)
        self._unit.set_value(seen.weight_unit)
        self._units.setVisible(bool(seen.weight_column))

    def _chosen(self, value: object) -> None:
        sender = self.sender()
        if sender is self._delimiter:
            self.delimiter = str(value)
        elif sender is self._encoding:
            self.encoding = str(value)
        elif sender is self._unit:
            self.weight_unit = str(value)
        else:
            self.date_order = str(value)
        self.changed.emit()
