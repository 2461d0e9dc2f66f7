"""The choice of a product: full names in the list, the drug alone in the narrow column."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Choice


def strength(product: Product) -> str:
    """``10 mg/mL``."""
    return _("{per_ml} {unit}/mL").format(per_ml=amount_text(product.per_ml), unit=product.unit)


class DrugChoice(Choice):
    """One of the catalogue's products; closed, the strength is left to its own column."""

    def __init__(self, products: tuple[Product, ...], parent: QWidget | None = None) -> None:
        super().__init__([(item.key, item.name) for item in products], _("Drug"), parent)
        self._short = {item.name: item.name.replace(f" {strength(item)}", "") for item in products}
        view = self.view()
        if view is not None:
            view.setMinimumWidth(theme.scaled(330))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        arrow = theme.scaled(16)
        room = self.width() - arrow - theme.scaled(20)
        text = self._short.get(self.currentText(), self.currentText())
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        option.currentText = shown
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        if self.isEnabled():
            spot = QPoint(self.width() - arrow - 6, (self.height() - arrow) // 2)
            painter.drawPixmap(spot, theme.pixmap("down", "text2", 16))
        painter.end()
