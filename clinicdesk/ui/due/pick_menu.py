"""A button with a menu of which several may be ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.widgets import Button


class _StayingMenu(QMenu):
    """A tick does not close it: several are ticked one after the other."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class PickMenu(Button):
    """Signals:
    changed(): other values are ticked.
    """

    changed = Signal()

    def __init__(self, everything: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(everything, parent=parent)
        self._everything = everything
        # Kept here: an action's data would come back as plain text.
        self._options: list[tuple[object, QAction]] = []
        self.setAccessibleName(name)
        self._name = name
        self._menu = _StayingMenu(self)
        self.setMenu(self._menu)
        self.setProperty("field", True)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """What may be ticked (value, words); what was ticked stays so where it still exists."""
        self.set_parts((("", options),))

    def set_parts(self, parts: Sequence[tuple[str, Sequence[tuple[object, str]]]]) -> None:
        """As ``set_options``, in parts with a heading each; an empty one is left out."""
        before = self.picked()
        self._menu.clear()
        self._options = []
        for heading, options in parts:
            if heading:
                self._menu.addAction(heading).setEnabled(False)
            for value, text in options:
                action = QAction(text, self._menu)
                action.setCheckable(True)
                action.setChecked(value in before)
                action.triggered.connect(self._ticked)
                self._menu.addAction(action)
                self._options.append((value, action))
        self._say()

    def picked(self) -> tuple[object, ...]:
        """The ticked values, in the order of the menu."""
        return tuple(value for value, action in self._options if action.isChecked())

    def pick(self, values: Sequence[object]) -> None:
        """Ticks these and no others; tells nobody."""
        for value, action in self._options:
            action.setChecked(value in values)
        self._say()

    def _ticked(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        words = [action.text() for __, action in self._options if action.isChecked()]
        shown = (
            ", ".join(words)
            if len(words) < 3
            else _("{words} and {count} more").format(words=words[0], count=len(words) - 1)
        )
        self.setText(shown or self._everything)
        self.setAccessibleName(f"{self._name}: {shown or _('all')}")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        size = theme.scaled(16)
        spot = QPoint(self.width() - size - 8, (self.height() - size) // 2)
        painter.drawPixmap(spot, theme.pixmap("down", "text2", 16))
        painter.end()
