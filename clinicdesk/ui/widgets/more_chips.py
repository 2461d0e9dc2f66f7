"""The count behind which further chips fold away, and which shows them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.widgets.buttons import Button
from clinicdesk.ui.widgets.chips import FOLDED


class MoreChips(Button):
    """``+2``: names what is folded at the pointer and aloud; Enter or a click shows all of it.

    Args:
        folded: the chips, in the same row as this one.
    """

    def __init__(self, folded: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(f"+{len(folded)}", kind="text", compact=True, parent=parent)
        self.setFixedHeight(theme.scaled(22))
        self.setStyleSheet("padding: 0 6px; min-height: 0;")
        self._folded = list(folded)
        names = ", ".join(chip.accessibleName() for chip in folded)
        self.setToolTip(names)
        self.setAccessibleName(_("{count} more: {names}").format(count=len(folded), names=names))
        for chip in self._folded:
            chip.setProperty(FOLDED, True)
        self.clicked.connect(self._unfold)

    def _unfold(self) -> None:
        for chip in self._folded:
            chip.setProperty(FOLDED, False)
            chip.show()
        self.hide()
        row = self.parentWidget()
        if row is not None:
            row.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
