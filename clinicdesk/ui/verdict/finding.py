"""One line of the verdict card: status, sentence, source on hover and on click, what to do."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.dates import day_words
from clinicdesk.domain.rows.verdict import FindingRow, MissingFact, VerdictCard
from clinicdesk.domain.states import VerdictStatus
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.access import speak_as
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.verdict.words import (
    LATER_BOOKED,
    NOT_BEFORE,
    NOT_VERIFIED,
    Tone,
    finding_icon,
    finding_spoken,
    finding_tone,
    lack_words,
    source_text,
    unsure,
)
from clinicdesk.ui.widgets.buttons import Button
from clinicdesk.ui.widgets.surfaces import Label

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TOKENS = {Tone.OK: "ok", Tone.DANGER: "danger", Tone.WARN: "warn", Tone.NEUTRAL: "text2"}


def token_of(tone: Tone) -> str:
    """The ink token of a tone on a surface."""
    return _TOKENS[tone]


class FindingLine(QWidget):
    """A finding; focusable, so that its source can be read without a mouse.

    Signals:
        fact_wanted(MissingFact): the place to enter a missing fact was asked for.
        booking_wanted(date): the later booking that stands in the way was asked for.
    """

    fact_wanted = Signal(object)
    booking_wanted = Signal(object)

    def __init__(self, row: FindingRow, card: VerdictCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[Button, MissingFact | date] = {}
        source = source_text(row, card)
        self.setToolTip(source)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(finding_spoken(row, beside=row in card.beside))
        self.setAccessibleDescription(source)
        speak_as(self, "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.source = Label(source, 12, 400, "muted", wrap=True, parent=self)
        self.source.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.source.setAccessibleName(_("Source"))
        self.source.hide()
        self._build(row, finding_tone(row, partial=unsure(card)))

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
        self._cut = _Cut(row.source, self)
        words.addWidget(self._cut)
        if not row.verified:
            words.addWidget(self._unverified())
        words.addWidget(self.source)
        for button in self._ways_out(row):
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(words, 1)

    def _unverified(self) -> QWidget:
        mark = QWidget(self)
        line = QHBoxLayout(mark)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        line.addWidget(IconLabel("flag", "warn", 14, mark))
        line.addWidget(Label(NOT_VERIFIED, 11.5, 600, "warn", parent=mark), 1)
        return mark

    def _ways_out(self, row: FindingRow) -> list[Button]:
        """A button for each missing fact, and one for each later booking."""
        made = [
            self._button(words, "pen", lack)
            for lack in dict.fromkeys(row.missing)
            if (words := lack_words(lack))
        ]
        if row.rule == LATER_BOOKED and row.status != VerdictStatus.OK:
            made += [
                self._button(_("Show the booking of {day}").format(day=day_words(day)), "cal", day)
                for day in row.counted
            ]
        return made

    def _button(self, words: str, icon: str, target: MissingFact | date) -> Button:
        button = Button(words, icon, "text", compact=True, parent=self)
        button.clicked.connect(self._pressed)
        self._buttons[button] = target
        return button

    def _pressed(self) -> None:
        sender = self.sender()
        assert isinstance(sender, Button)
        target = self._buttons[sender]
        if isinstance(target, MissingFact):
            self.fact_wanted.emit(target)
        else:
            self.booking_wanted.emit(target)

    def press(self) -> None:
        """What Enter does."""
        self.show_source()

    def show_source(self) -> None:
        """Opens the whole source below the sentence, or closes it again."""
        shown = self.source.isVisibleTo(self)
        self.source.setVisible(not shown)
        self._cut.setVisible(shown)

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
