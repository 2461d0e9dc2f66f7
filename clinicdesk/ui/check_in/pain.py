"""Pain at check-in: a button for every step of the scale, and nothing chosen by itself."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from clinicdesk.domain.measures import Measure
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.actions import OWN_KEYS
from clinicdesk.ui.layouts import digit_of
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Label, Segmented

_DIGITS = "0123456789"
_SECOND_DIGIT_MS = 900
_STEP = 21
_NARROW = """
QPushButton[segment="true"] { padding: 6px 0; }
QPushButton[segment="true"]:checked { padding-bottom: 4px; }
QPushButton[segment="true"]:focus { padding: 5px 0; }
QPushButton[segment="true"]:checked:focus { padding-bottom: 3px; }
"""


class PainRow(QWidget):
    """A click, or a digit while it has the focus (1 and 0 within a second: ten); arrows step.

    Signals:
        entered(): a score that is not on record yet.
    """

    entered = Signal()

    def __init__(self, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure = measure
        self._sent = ""
        self._second = QTimer(self)
        self._second.setSingleShot(True)
        self._second.setInterval(_SECOND_DIGIT_MS)
        self._second.timeout.connect(self._hand_on)
        self.setProperty(OWN_KEYS, _DIGITS)
        question = _("Pain now, usual scale {low}–{high}").format(
            low=measure.low, high=measure.high
        )
        steps = [str(step) for step in range(int(measure.low), int(measure.high) + 1)]
        self.scale = Segmented([(step, step) for step in steps], question, parent=self)
        self.scale.setFixedWidth(theme.scaled(_STEP) * len(steps))
        self.scale.setStyleSheet(_NARROW)
        self.scale.changed.connect(self._stepped)
        for button in self.scale.findChildren(QPushButton):
            button.clicked.connect(self._hand_on)
        self.said = Label("", 12, 600, "ok", wrap=True, parent=self)
        self.said.hide()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(question, 12, 600, wrap=True, parent=self))
        words.addWidget(self.said)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 5, 8, 5)
        line.setSpacing(8)
        line.addWidget(IconLabel("target", "warn", 16, self), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.scale, 0, Qt.AlignmentFlag.AlignTop)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def focus_here(self) -> None:
        """To the chosen step, or to the first."""
        self.scale.focus_here()

    def value(self) -> Decimal | None:
        """The score; None before one is chosen."""
        chosen = self.scale.value()
        return Decimal(chosen) if chosen else None

    @property
    def waiting(self) -> bool:
        """Whether a score is chosen that was not handed on yet."""
        return bool(self.scale.value()) and self.scale.value() != self._sent

    def mark_sent(self) -> None:
        """The score is on its way, or on record."""
        self._second.stop()
        self._sent = self.scale.value()

    def not_kept(self, sentence: str) -> None:
        """It is not on record, and why."""
        self._sent = ""
        self._say(sentence, "danger")

    def show_kept(self, value: Decimal, words: str) -> None:
        """What is on record of the day."""
        if not self.waiting:
            self.scale.set_value(f"{value:f}")
            self.mark_sent()
        self._say(words, "ok")

    def _digit(self, digit: str) -> None:
        first = self.scale.value() if self._second.isActive() else ""
        self.scale.set_value(first + digit)
        if not self.scale.value():
            self.scale.set_value(digit)
        self.scale.focus_here()
        if self.scale.value() == "1":
            self._second.start()
        else:
            self._hand_on()

    def _stepped(self) -> None:
        # On the way to another one: what is stepped over is no answer.
        self._second.start()

    def _hand_on(self) -> None:
        self._second.stop()
        if self.waiting:
            self.entered.emit()

    def _focus_moved(self, left: QWidget | None, entered: QWidget | None) -> None:
        inside = entered is not None and self.isAncestorOf(entered)
        if left is not None and self.isAncestorOf(left) and not inside:
            self._hand_on()

    def _say(self, words: str, tone: str) -> None:
        self.said.setText(words)
        self.said.set_tone(tone)
        self.said.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if digit := digit_of(event):
            self._digit(digit)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.waiting:
            self._hand_on()
        else:
            super().keyPressEvent(event)
