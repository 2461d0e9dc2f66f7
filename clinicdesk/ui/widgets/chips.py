"""Chips, and the rows they flow in."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from clinicdesk.ui import theme

FOLDED = "folded"
"""The property of a chip that waits behind a count until that is opened."""


class Chip(QWidget):
    """A small rounded mark. ``tone``: ``allergy`` (solid red), ``warn``, ``ok``, ``danger``,
    ``info``, ``accent`` or ``neutral``."""

    def __init__(
        self,
        text: str,
        tone: str = "neutral",
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words on it."""
        return self._text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # An allergy that has no room is read in full at the pointer.
        cut = self.width() < self.sizeHint().width()
        self.setToolTip(self._text if cut else "")

    def _colours(self) -> tuple[str, str, str | None]:
        return {
            "allergy": ("solid", "onsolid", None),
            "warn": ("warntint", "warn", "warnline"),
            "ok": ("oktint", "ok", "okline"),
            "danger": ("dangertint", "danger", "dangerline"),
            "info": ("infotint", "info", "infoline"),
            "accent": ("atint", "aink", None),
        }.get(self._tone, ("sunken", "text2", "line"))

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font(12, 600)).horizontalAdvance(self._text) + theme.scaled(16)
        if self._icon:
            width += theme.scaled(19)
        return QSize(width, theme.scaled(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.scaled(60)), theme.scaled(22))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        fill, ink, edge = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour(fill))
        painter.setPen(theme.colour(edge) if edge else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        left = theme.scaled(8)
        if self._icon:
            size = theme.scaled(15)
            picture = theme.pixmap(self._icon, ink, 15)
            painter.drawPixmap(QPoint(left - 1, (self.height() - size) // 2), picture)
            left += theme.scaled(19)
        painter.setFont(theme.font(12, 600))
        painter.setPen(theme.colour(ink))
        box = QRect(left, 0, self.width() - left - 4, self.height())
        text = painter.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class FlowLayout(QLayout):
    """Lays widgets in rows, breaking where the width ends."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                width = min(hint.width(), max(rect.width(), 1))
                item.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += hint.width() + self.spacing()
            line = max(line, hint.height())
        return y + line - rect.y()


class FlowRow(QWidget):
    """Widgets that wrap; ``set_widgets`` replaces them."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_widgets(self, widgets: list[QWidget]) -> None:
        """Replaces the content."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self._flow.addWidget(widget)
            widget.setVisible(not widget.property(FOLDED))
        self.updateGeometry()
