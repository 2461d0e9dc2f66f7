"""The lines of the safety card: what is known, what must be asked, which reason is given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinicdesk.domain.rows.reviews import GivenReason, SafetyReason
from clinicdesk.domain.rows.safety import SafetyFinding
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.rows.verdict import FindingRow
from clinicdesk.domain.translation import _, _p
from clinicdesk.ui import theme
from clinicdesk.ui.actions import OWN_KEYS
from clinicdesk.ui.layouts import key_of
from clinicdesk.ui.safety.words import ENTRY_HINTS, level_words, line_tone, source_words
from clinicdesk.ui.verdict.finding import token_of
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Chip, Choice, Label, Segmented

_CHIPS = {"reason": "danger", "ask": "warn", "note": "neutral"}
YES, NO, UNKNOWN = "yes", "no", "unknown"
_KEYS = {Qt.Key.Key_Y: YES, Qt.Key.Key_N: NO, Qt.Key.Key_Question: UNKNOWN}


def _frame(parent: QWidget) -> tuple[QHBoxLayout, QVBoxLayout]:
    line = QHBoxLayout(parent)
    line.setContentsMargins(10, 5, 8, 5)
    line.setSpacing(8)
    words = QVBoxLayout()
    words.setSpacing(3)
    return line, words


class KnownLine(QWidget):
    """A finding in words, with its source; of a danger, who may answers it here.

    ``also``: what the interval rules say of the same fact, with their source.

    Signals:
        reason_changed(): another reason, or other words beside it.
    """

    reason_changed = Signal()

    def __init__(
        self,
        finding: SafetyFinding,
        reasons: Sequence[SafetyReason] = (),
        also: FindingRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.finding = finding
        tone, icon = line_tone(finding)
        self.setAccessibleName(finding.sentence)
        self.setAccessibleDescription(source_words(finding))
        self.setToolTip(source_words(finding))
        line, words = _frame(self)
        mark = IconLabel(icon, token_of(tone), 16, self)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        weight = 600 if finding.level == "reason" else 400
        words.addWidget(Label(finding.sentence, 12, weight, wrap=True, parent=self))
        words.addWidget(Label(source_words(finding), 11, 400, "faint", elide=60, parent=self))
        if also is not None:
            words.addWidget(Label(also.message, 12, 400, wrap=True, parent=self))
            words.addWidget(Label(also.source, 11, 400, "faint", elide=60, parent=self))
        self.choice: Choice | None = None
        self.words: QLineEdit | None = None
        if reasons:
            self._build_reason(reasons, words)
        line.addLayout(words, 1)
        chip = Chip(level_words(finding.level), _CHIPS[finding.level.value], parent=self)
        line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)

    def _build_reason(self, reasons: Sequence[SafetyReason], words: QVBoxLayout) -> None:
        options = [("", _("Reason for going ahead…")), *((r.id, r.text) for r in reasons)]
        self.choice = Choice(options, _("Reason: {what}").format(what=self.finding.sentence), self)
        self.choice.set_value("")
        self.choice.setMinimumContentsLength(12)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(_("In a sentence"))
        self.words.setAccessibleName(_("Words beside the reason"))
        self.words.hide()
        self.choice.chosen.connect(self._chosen)
        self.words.textChanged.connect(self.reason_changed)
        words.addWidget(self.choice)
        words.addWidget(self.words)

    def _chosen(self, value: object) -> None:
        assert self.words is not None
        self.words.setVisible(bool(value))
        self.reason_changed.emit()

    def restore(self, given: GivenReason | None) -> None:
        """Chooses again what was chosen before the card was asked anew."""
        if given is None or self.choice is None or self.words is None:
            return
        self.choice.set_value(given.code)
        self.words.setText(given.words)
        self.words.setVisible(bool(self.choice.value()))

    def given(self) -> GivenReason | None:
        """The reason chosen; None where there is none."""
        if self.choice is None or self.words is None or not self.choice.value():
            return None
        return GivenReason(str(self.choice.value()), self.words.text().strip())


class HoldLine(QWidget):
    """What a guideline says of a drug: the last dose as a date."""

    def __init__(self, sentence: str, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(sentence)
        self.setToolTip(source)
        line, words = _frame(self)
        mark = IconLabel("drop", "warn", 16, self)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(Label(sentence, 12, 400, wrap=True, parent=self))
        words.addWidget(Label(source, 11, 400, "faint", elide=60, parent=self))
        line.addLayout(words, 1)


class QuestionLine(QWidget):
    """A question that nobody has asked yet: Y, N or ? while it has the focus.

    Signals:
        answered(Topic, Said, str): what was said; of a *yes* to a list what there is.
        said(str): ``yes``, ``no`` or ``unknown``, by key or pointer.
    """

    answered = Signal(object, object, str)
    said = Signal(str)

    def __init__(self, topic: Topic, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.topic = topic
        self._sent = ""
        self.setProperty(OWN_KEYS, "YN")
        line, words = _frame(self)
        line.addWidget(IconLabel("info", "warn", 16, self), 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(Label(question, 12, 400, wrap=True, parent=self))
        self.state = Label(_("not asked"), 11, 400, "faint", wrap=True, parent=self)
        words.addWidget(self.state)
        self.entry = QLineEdit(self)
        self.entry.setPlaceholderText(ENTRY_HINTS.get(topic, ""))
        self.entry.setAccessibleName(ENTRY_HINTS.get(topic, question))
        # Enter, or leaving the field: what was typed is said.
        self.entry.editingFinished.connect(self._entered)
        self.entry.hide()
        words.addWidget(self.entry)
        line.addLayout(words, 1)
        options = [(YES, _p("key for yes", "Y")), (NO, _p("key for no", "N")), (UNKNOWN, "?")]
        self.choice = Segmented(options, question, parent=self)
        # Narrow, unless the words for the keys are longer in another language.
        metrics = QFontMetrics(theme.font(13, 600))
        longest = max(metrics.horizontalAdvance(words) for __, words in options)
        each = longest + theme.scaled(12)
        self.choice.setFixedWidth(max(theme.scaled(96), len(options) * each))
        self.choice.changed.connect(self._said)
        self.setFocusProxy(self.choice)
        line.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        said = _KEYS.get(key_of(event))
        if said is None or self.entry.hasFocus():
            super().keyPressEvent(event)
            return
        self.choice.set_value(said)
        self._said(said)

    def _said(self, said: str) -> None:
        self.said.emit(said)
        if self.topic is Topic.PREGNANCY:
            answer = {YES: Said.YES, NO: Said.NO}.get(said)
            if answer is not None:
                self.answered.emit(self.topic, answer, "")
            return
        self.entry.setVisible(said == YES)
        if said == YES:
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        elif said == NO:
            self.answered.emit(self.topic, Said.NONE, "")

    def _entered(self) -> None:
        text = self.entry.text().strip()
        if text and text != self._sent:
            self._sent = text
            self.answered.emit(self.topic, Said.LIST, text)

    def settle(self) -> bool:
        """Hands on what is typed; whether nothing was open here.

        A *yes* that does not say what there is has the cursor, with what to do.
        """
        if self.entry.isHidden():
            return True
        if not self.entry.text().strip():
            self.state.setText(_("Say what there is, or choose N or ?"))
            self.state.set_tone("danger")
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self._entered()
        return False

    def typing(self) -> str | None:
        """What stands in the open field; None where none is open."""
        return None if self.entry.isHidden() else self.entry.text().strip()

    def type_again(self, text: str) -> None:
        """Opens the field with what stood there before the lines were made anew."""
        self.choice.set_value(YES)
        self.entry.setText(text)
        self.entry.show()

    def show_answer(self, words: str) -> None:
        """It is on record: what was said stays chosen, and the field goes."""
        self.state.setText(words)
        self.entry.hide()

    def take_back(self) -> None:
        """It was not kept: nothing is chosen, what was typed stays."""
        self._sent = ""
        if not self.entry.isVisible():
            self.choice.set_value("")
