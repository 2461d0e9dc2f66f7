"""The left edge of a panel: drawn to the left it gives the panel more room; that is remembered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import panel_width, theme

_WIDE = 6


class PanelGrip(QWidget):
    """Lies over the left edge of ``side``, and comes and goes with it.

    Signals:
        drawn(): another width is wanted; ``panel_width`` says which.
    """

    drawn = Signal()

    def __init__(self, side: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._side = side
        self._from: tuple[float, int] | None = None
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setToolTip(_("Draw to make the panel wider"))
        self.setAccessibleName(_("Edge of the panel"))
        self.hide()
        side.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
        if watched is self._side and event.type() in moved:
            self._place()
        return False

    def _place(self) -> None:
        box = self._side.geometry()
        self.setGeometry(box.left() - _WIDE // 2, box.top(), _WIDE, box.height())
        self.setVisible(not self._side.isHidden())
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = (event.globalPosition().x(), panel_width.extra())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            at, before = self._from
            panel_width.change(before + round((at - event.globalPosition().x()) / theme.scale()))
            self.drawn.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._from = None
        panel_width.keep()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self.underMouse() or self._from is not None:
            painter = QPainter(self)
            painter.fillRect(self.rect().adjusted(2, 0, -2, 0), theme.colour("accent"))
            painter.end()
