"""One line of the verdict card: status icon, sentence, source on hover, click and Enter."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from clinicdesk.domain.rows.schedule import FindingRow, VerdictCard
from clinicdesk.ui import theme
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.verdict.words import (
    NOT_BEFORE,
    NOT_VERIFIED,
    Tone,
    finding_icon,
    finding_spoken,
    finding_tone,
    source_text,
)
from clinicdesk.ui.widgets.surfaces import Label

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TOKENS = {Tone.OK: "ok", Tone.DANGER: "danger", Tone.WARN: "warn", Tone.NEUTRAL: "text2"}


def token_of(tone: Tone) -> str:
    """The ink token of a tone on a surface."""
    return _TOKENS[tone]


class FindingLine(QWidget):
    """A finding; focusable, so that its source can be read without a mouse."""

    def __init__(self, row: FindingRow, card: VerdictCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source_text(row, card)
        self.setToolTip(self._source)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(finding_spoken(row))
        self.setAccessibleDescription(self._source)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._build(row, finding_tone(row, partial=bool(card.partial)))

    def _build(self, row: FindingRow, tone: Tone) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(6, 4, 4, 4)
        line.setSpacing(8)
        icon = IconLabel(finding_icon(row), token_of(tone), 16, self)
        icon.setFixedSize(QSize(theme.scaled(16), theme.scaled(18)))
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        weight = 600 if row.status == NOT_BEFORE else 400
        words.addWidget(Label(row.message, 12, weight, wrap=True, parent=self))
        words.addLayout(self._source_line(row))
        line.addLayout(words, 1)

    def _source_line(self, row: FindingRow) -> QHBoxLayout:
        """The source, cut to one line, and the mark of an unverified number."""
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(_Cut(row.source, self), 1)
        if not row.verified:
            line.addWidget(Label(NOT_VERIFIED, 11, 600, "warn", parent=self))
        return line

    def show_source(self) -> None:
        """Shows the whole source beside the line."""
        place = self.mapToGlobal(QPoint(theme.scaled(24), self.height()))
        QToolTip.showText(place, self._source, self, self.rect(), 12_000)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.show_source()
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and not event.modifiers():
            self.show_source()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class _Cut(QWidget):
    """One line of small text, its end cut where there is no room."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        theme.signals.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(80, theme.scaled(16))

    def minimumSizeHint(self) -> QSize:
        return QSize(20, theme.scaled(16))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setFont(theme.font(11, 400))
        painter.setPen(theme.colour("text3"))
        cut = painter.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, cut)
        painter.end()
