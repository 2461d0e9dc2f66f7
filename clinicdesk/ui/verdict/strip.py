"""The headline of a verdict, and what is behind it, for when the card is scrolled away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
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

MOST = 3
"""Lines below the headline."""
_LINE = 17


class VerdictStrip(QAbstractButton):
    """The headline in its tone, below it a line for each danger; pressing it goes to the card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._top: Headline | None = None
        self._lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Show the verdict"))
        theme.signals.changed.connect(self.update)
        self.hide()

    def show_headline(self, top: Headline | None, lines: Sequence[str] = ()) -> None:
        """Shows the headline of a card; None hides the strip.

        ``lines``: what stands against it; more than ``MOST`` are counted.
        """
        if (top, tuple(lines)) == (self._top, self._lines):
            return
        self._top, self._lines = top, tuple(lines)
        self.setVisible(top is not None)
        if self._top:
            said = _("Verdict: {top_text}. {sub}").format(
                top_text=self._top.text, sub=self._top.sub
            )
            self.setAccessibleName(" ".join((said, *self._lines)))
            self.setToolTip("\n".join((*self._lines, _("Show the verdict"))))
        self.updateGeometry()
        self.update()

    def _shown(self) -> tuple[str, ...]:
        """The lines there is room for."""
        if len(self._lines) <= MOST:
            return self._lines
        more = len(self._lines) - MOST + 1
        return (*self._lines[: MOST - 1], _("and {more} more").format(more=more))

    def sizeHint(self) -> QSize:
        below = len(self._shown()) * _LINE + (5 if self._lines else 0)
        return QSize(theme.scaled(200), theme.scaled(30 + below))

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
        head = theme.scaled(30)
        painter.drawPixmap(left, (head - size) // 2, theme.pixmap(self._top.icon, ink, 16))
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font(13, 600))
        area = self.rect().adjusted(left + size + 7, 0, -8, 0)
        area.setHeight(head)
        self._write(painter, area, self._top.text)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(12, 400))
        for number, words in enumerate(self._shown()):
            top = head - 3 + number * theme.scaled(_LINE)
            self._write(painter, QRect(area.left(), top, area.width(), theme.scaled(_LINE)), words)
        painter.end()

    @staticmethod
    def _write(painter: QPainter, area: QRect, text: str) -> None:
        words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
