"""The choice of a product: full names in the list, the drug alone in the narrow column."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from clinicdesk.domain.medications import amount_text
from clinicdesk.domain.procedures import Product
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Choice

ONE_LINE, TWO_LINES = 28, 36
"""Heights in pixels of the design."""
_MORE = object()
"""The value of the line that unfolds what is not stocked."""


def strength(product: Product) -> str:
    """``10 mg/mL``."""
    return _("{per_ml} {unit}/mL").format(per_ml=amount_text(product.per_ml), unit=product.unit)


class DrugChoice(Choice):
    """One of the catalogue's products; closed, the strength is left to its own column.

    What the clinic does not stock stands below a last line that unfolds it, named so; a product
    that a record has already stands in the list whatever is stocked.
    """

    def __init__(self, products: tuple[Product, ...], parent: QWidget | None = None) -> None:
        self._products = products
        self._hidden: frozenset[str] = frozenset()
        self._unfolded = False
        self._kept: object = None
        super().__init__([(item.key, item.name) for item in products], _("Drug"), parent)
        view = self.view()
        if view is not None:
            view.setMinimumWidth(theme.scaled(330))

    def set_not_stocked(self, keys: frozenset[str]) -> None:
        """What is not offered any more; what is chosen stays."""
        self._hidden, self._unfolded = keys, False
        self._offer()

    def set_value(self, value: object) -> None:
        self._kept = value
        if value in self._hidden and value not in self.values():
            self._offer()
        super().set_value(value)

    @property
    def not_stocked(self) -> bool:
        """Whether what is chosen is not stocked here."""
        return self.value() in self._hidden

    def _offer(self) -> None:
        """The products that are stocked, what stands here, and the way to the others."""
        shown: list[tuple[object, str]] = []
        more = []
        for item in self._products:
            if item.key not in self._hidden:
                shown.append((item.key, item.name))
            elif self._unfolded or item.key == self._kept:
                more.append((item.key, _("{name}, not stocked here").format(name=item.name)))
        folded = len(self._hidden & {item.key for item in self._products}) - len(more)
        shown += more
        if folded > 0:
            shown.append((_MORE, _("Not stocked here ({count})…").format(count=folded)))
        self.set_options(shown)

    def _activated(self) -> None:
        if self.value() is not _MORE:
            self._kept = self.value()
            super()._activated()
            return
        self._unfolded = True
        super().set_value(self._kept)
        self._offer()
        self.showPopup()

    def _short(self) -> str:
        """The drug without its strength."""
        key = self.value()
        product = next((item for item in self._products if item.key == key), None)
        if product is None:
            return self.currentText()
        return product.name.replace(f" {strength(product)}", "")

    def _room(self) -> int:
        """Pixels for the name beside the arrow."""
        return self.width() - theme.scaled(16) - theme.scaled(20)

    @property
    def _on_two_lines(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self._short()) > self._room()

    def _fit(self) -> None:
        """As tall as its name needs: a drug is never told by half of it."""
        tall = theme.scaled(TWO_LINES if self._on_two_lines else ONE_LINE)
        if self.minimumHeight() != tall:
            self.setMinimumHeight(tall)
        self.setToolTip(self.currentText())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        self._fit()
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        arrow = theme.scaled(16)
        option.currentText = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if self._on_two_lines:
            painter.setFont(theme.font(12))
        painter.setPen(option.palette.text().color())
        words = QRect(theme.scaled(6), 0, self._room() + theme.scaled(4), self.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, flags | Qt.TextFlag.TextWordWrap, self._short())
        if self.isEnabled():
            spot = QPoint(self.width() - arrow - 6, (self.height() - arrow) // 2)
            painter.drawPixmap(spot, theme.pixmap("down", "text2", 16))
        painter.end()
