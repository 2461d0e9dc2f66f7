"""A drop-down of values with labels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from clinicdesk.ui import theme


class Choice(QComboBox):
    """One of many.

    The values are kept here, not as item data: Qt hands a word of a ``StrEnum`` back as plain text.

    Signals:
        chosen(object): the value, when a person changes it.
    """

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[object, str]] = (),
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self.setView(QListView(self))
        self.setAccessibleName(name)
        self.setFont(theme.font(13))
        self.set_options(options)
        self.activated.connect(self._activated)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Replaces the options (value, label); the choice is kept where it still exists."""
        chosen = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = []
        for value, label in options:
            self.add_option(value, label)
        self.blockSignals(False)
        self.set_value(chosen)

    def add_option(self, value: object, label: str) -> None:
        """One more option, at the end."""
        self._values.append(value)
        self.addItem(label)

    def values(self) -> tuple[object, ...]:
        """What can be chosen, in the order shown."""
        return tuple(self._values)

    def value(self) -> object:
        """The chosen value; None where nothing is chosen."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Chooses without telling anybody; an unknown value chooses nothing."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def _activated(self) -> None:
        self.chosen.emit(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel over a form scrolls the form; it must not change a drug.
        event.ignore()

    def shown_text(self) -> str:
        """The chosen label as there is room for it: cut, it ends in dots."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        text, metrics = self.currentText(), self.fontMetrics()
        if metrics.horizontalAdvance(text) <= field.width():
            return text
        # The style keeps a little room beside the words: dots that come in are whole.
        room = max(field.width() - 4, 0)
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            text = self.currentText()
            self.setToolTip("" if self.shown_text() == text else text)
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        size = theme.scaled(16)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_text()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        spot = QPoint(self.width() - size - 8, (self.height() - size) // 2)
        painter.drawPixmap(spot, theme.pixmap("down", "text2", 16))
        painter.end()
