"""The rail at the left: one button per page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import speak_as
from clinicdesk.ui.mark import draw_mark
from clinicdesk.ui.pages import PageEntry, number_of


class Mark(QWidget):
    """The program's mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(theme.scaled(36), theme.scaled(36))
        self.setAccessibleName("ClinicDesk")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.token("onaccent")
        draw_mark(painter, QRectF(self.rect()), theme.token("accent"), ink)
        painter.end()


class RailButton(QAbstractButton):
    """Icon over label; the chosen one is a card with a bar at the window's edge."""

    def __init__(self, entry: PageEntry, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._badge = 0
        self.setCheckable(True)
        speak_as(self, "tab")
        self.setAccessibleName(entry.title)
        self.setToolTip(
            _("{entry_title}  (Ctrl+{number})").format(entry_title=entry.title, number=number)
        )
        self.setFixedSize(theme.scaled(76), theme.scaled(58))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(76), theme.scaled(58))

    def set_badge(self, count: int) -> None:
        """How much waits on the page; 0 shows nothing."""
        if count != self._badge:
            self._badge = count
            waiting = _("{page}, {count:,} waiting").format(page=self.entry.title, count=count)
            self.setAccessibleName(waiting if count else self.entry.title)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        card = QRectF(self.rect()).adjusted(6, 1, -6, -1)
        if self.isChecked():
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(card, 9, 9)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(0, self.height() / 2 - 14, 3, 28), 1.5, 1.5)
        elif self.underMouse():
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(card, 9, 9)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), 8, 8)
        ink = "aink" if self.isChecked() else "text2"
        size = theme.scaled(22)
        picture = theme.pixmap(self.entry.icon, ink, 22)
        painter.drawPixmap((self.width() - size) // 2, theme.scaled(9), picture)
        painter.setFont(theme.font(12, 600 if self.isChecked() else 400))
        painter.setPen(theme.colour(ink))
        words = QRectF(0, theme.scaled(33), self.width(), theme.scaled(20))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.entry.title)
        if self._badge:
            self._paint_badge(painter)
        painter.end()

    def _paint_badge(self, painter: QPainter) -> None:
        text = f"{self._badge:,}" if self._badge < 1000 else "999+"
        painter.setFont(theme.font(11, 600))
        tall = theme.scaled(17)
        wide = max(tall, painter.fontMetrics().horizontalAdvance(text) + theme.scaled(9))
        left = min(self.width() / 2 + theme.scaled(3), self.width() - wide - 3.0)
        box = QRectF(left, theme.scaled(4), wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(box, tall / 2, tall / 2)
        painter.setPen(theme.colour("onaccent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """Signals:
    chosen(str): a page was asked for.
    """

    chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rail")
        self.setAccessibleName(_("Pages"))
        speak_as(self, "tabs")
        self.setFixedWidth(theme.scaled(76))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 10)
        layout.setSpacing(4)
        layout.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(10)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        for entry in entries:
            button = RailButton(entry, number_of(entry))
            button.clicked.connect(self._clicked)
            self._group.addButton(button)
            self._buttons[entry.key] = button
            layout.addWidget(button)
        layout.addStretch(1)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.chosen.emit(button.entry.key)

    def set_badge(self, key: str, count: int) -> None:
        """How much waits on a page."""
        if key in self._buttons:
            self._buttons[key].set_badge(count)

    def show_page(self, key: str) -> None:
        """Marks the page that is on show."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
