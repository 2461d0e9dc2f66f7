"""The headline of a verdict on one line, for when the card itself is scrolled away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.verdict.words import Headline, Tone

_COLOURS = {
    Tone.OK: ("oktint", "okline", "ok"),
    Tone.DANGER: ("dangertint", "dangerline", "danger"),
    Tone.WARN: ("warntint", "warnline", "warn"),
    Tone.NEUTRAL: ("sunken", "line2", "text"),
}


class VerdictStrip(QAbstractButton):
    """A line in the tone of the verdict; pressing it goes to the card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._top: Headline | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Show the verdict"))
        theme.signals.changed.connect(self.update)
        self.hide()

    def show_headline(self, top: Headline | None) -> None:
        """Shows the headline of a card; None hides the strip."""
        self._top = top
        self.setVisible(top is not None)
        if self._top:
            self.setAccessibleName(
                _("Verdict: {top_text}. {sub}").format(top_text=self._top.text, sub=self._top.sub)
            )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(200), theme.scaled(30))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._top is None:
            return
        fill, line, ink = _COLOURS[self._top.tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        edge = QPen(theme.colour("accent" if focused else line), 2 if focused else 1)
        painter.setPen(edge)
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        size, left = theme.scaled(16), theme.scaled(9)
        painter.drawPixmap(left, (self.height() - size) // 2, theme.pixmap(self._top.icon, ink, 16))
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font(13, 600))
        area = self.rect().adjusted(left + size + 7, 0, -8, 0)
        words = painter.fontMetrics().elidedText(
            self._top.text, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()
