"""The people to choose from when signing in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from clinicdesk.domain.rows.people import StaffRow
from clinicdesk.ui import theme
from clinicdesk.ui.access import speak_as


def initials(name: str) -> str:
    """``AO`` for ``Dr. Amara Osei``."""
    words = [w for w in name.split() if not w.endswith(".") and w[:1].isalpha()]
    return "".join(w[0] for w in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class StaffCard(QAbstractButton):
    """A person to choose, with the key that chooses them."""

    def __init__(self, staff: StaffRow, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.staff = staff
        self._number = number
        self.setCheckable(True)
        speak_as(self, "radio")
        self.setAccessibleName(f"{staff.name}, {staff.role.label}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(theme.scaled(58))

    def sizeHint(self) -> QSize:
        return QSize(400, theme.scaled(58))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        edge = "accent" if chosen or self.hasFocus() else "input"
        painter.setPen(QPen(theme.colour(edge), 2 if chosen or self.hasFocus() else 1))
        fill = "atint" if chosen else ("canvas" if self.underMouse() else "surface")
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 9, 9)
        if chosen and self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(5, 5, -5, -5), 6, 6)
        size = theme.scaled(36)
        top = (self.height() - size) // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if chosen else "sunken"))
        painter.drawEllipse(14, top, size, size)
        self._text(
            painter,
            14,
            top,
            size,
            size,
            initials(self.staff.name),
            theme.font(13, 600),
            theme.colour("onaccent" if chosen else "text2"),
            Qt.AlignmentFlag.AlignCenter,
        )
        left, half = 14 + size + 14, self.height() // 2
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._text(
            painter,
            left,
            7,
            280,
            half - 5,
            self.staff.name,
            theme.font(14, 600),
            theme.colour("text"),
            flags,
        )
        self._text(
            painter,
            left,
            half - 1,
            280,
            half - 6,
            self.staff.role.label,
            theme.font(13),
            theme.colour("text2"),
            flags,
        )
        if chosen:
            painter.drawPixmap(self.width() - 36, half - 9, theme.pixmap("check", "accent", 18))
        elif self._number <= 9:
            painter.setPen(QPen(theme.colour("line2"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.width() - 60, half - 10, 44, 20, 4, 4)
            self._text(
                painter,
                self.width() - 60,
                half - 10,
                44,
                20,
                f"Alt {self._number}",
                theme.font(12),
                theme.colour("text3"),
                Qt.AlignmentFlag.AlignCenter,
            )
        painter.end()

    @staticmethod
    def _text(
        painter: QPainter,
        x: int,
        y: int,
        width: int,
        height: int,
        text: str,
        font: QFont,
        ink: QColor,
        flags: Qt.AlignmentFlag,
    ) -> None:
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(x, y, width, height, flags, text)
