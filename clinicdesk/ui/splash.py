"""The first window: there at once, while what is heavy is still being loaded."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.mark import draw_mark
from clinicdesk.ui.screen import fit_to_screen


class Splash(QWidget):
    """As large as the main window and in its place, so that nothing jumps."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("ClinicDesk")
        fit_to_screen(self)
        self.setAccessibleName(_("ClinicDesk is opening"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("canvas"))
        middle = self.rect().center()
        mark = QRectF(middle.x() - 28, middle.y() - 60, 56, 56)
        draw_mark(painter, mark, theme.token("accent"), theme.token("onaccent"))
        painter.setFont(theme.font(15, 600))
        painter.setPen(theme.colour("text2"))
        words = QRectF(0, middle.y() + 10, self.width(), 30)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, _("Opening ClinicDesk…"))
        painter.end()
