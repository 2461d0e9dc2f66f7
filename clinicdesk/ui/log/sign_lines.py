"""The lines of the sign dialog: one for each thing that signing asks, and the sites beside."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from clinicdesk.domain.log_safety import WEIGHED, asked_text, choices, given_to, lacking
from clinicdesk.domain.rows.log import LogAnswer
from clinicdesk.domain.rows.log_safety import AskKind, LogAsk, SiteStep
from clinicdesk.domain.rows.reviews import SafetyReason
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.safety.lines import UNKNOWN, QuestionLine
from clinicdesk.ui.safety.typed_again import TypedAgain
from clinicdesk.ui.safety.words import QUESTIONS
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.verdict.words import NOT_VERIFIED
from clinicdesk.ui.widgets import Choice, Label

_RADIUS = 8


class Tinted(QFrame):
    """A rounded panel in the colour of a state: ``ok``, ``warn`` or ``danger``."""

    def __init__(self, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        theme.signals.changed.connect(self.update)

    @property
    def tone(self) -> str:
        """Its state."""
        return self._tone

    def set_tone(self, tone: str) -> None:
        """Another state."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(f"{self._tone}line"), 1))
        painter.setBrush(theme.colour(f"{self._tone}tint"))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, _RADIUS, _RADIUS)
        painter.end()


class SiteStrip(QWidget):
    """The sites as booked, consented and logged, side by side; one that differs is red."""

    def __init__(self, steps: tuple[SiteStep, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        titles = {"booked": _("Booked"), "consented": _("Consented"), "logged": _("Logged")}
        for step in steps:
            tone = "danger" if step.odd else "ok"
            cell = Tinted(tone, self)
            words = QVBoxLayout(cell)
            words.setContentsMargins(10, 6, 10, 6)
            words.setSpacing(1)
            words.addWidget(Label(titles[step.step], 12, 400, "muted"))
            sites = Label(", ".join(step.sites), 15, 600, "danger" if step.odd else "", wrap=True)
            words.addWidget(sites)
            said = _("{step}: {sites}, differs") if step.odd else _("{step}: {sites}")
            cell.setAccessibleName(said.format(step=titles[step.step], sites=", ".join(step.sites)))
            row.addWidget(cell, 1)


class AskLine(Tinted):
    """One thing that signing asks, with the way to answer it.

    Signals:
        changed(): another answer.
        answered(Topic, Said, str): a question to the patient was answered: it goes on record.
        weighed(str, bool): a weight was typed; whether it was asked back and typed anew.
    """

    changed = Signal()
    answered = Signal(object, object, str)
    weighed = Signal(str, bool)

    def __init__(
        self, ask: LogAsk, reasons: Mapping[str, SafetyReason], parent: QWidget | None = None
    ) -> None:
        super().__init__("warn", parent)
        self.ask = ask
        self._reasons = reasons
        self.choice: Choice | None = None
        self.question: QuestionLine | None = None
        self.words = QLineEdit(self)
        self._again = TypedAgain(self.words)
        self.words.setAccessibleName(_("Words: {what}").format(what=ask.sentence))
        self._wrong = Label("", 12, 500, "danger", wrap=True, parent=self)
        self._wrong.hide()
        self._mark = IconLabel("alert", "warn", 16, self)
        self.setAccessibleName(ask.sentence)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 7, 10, 8)
        line.setSpacing(8)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        line.addLayout(column, 1)
        if ask.kind is AskKind.FACT:
            # The question has a mark of its own.
            self._mark.hide()
            self._build_question(column)
        else:
            self._build_known(column)
        if ask.settled is not None:
            self._build_settled(ask.settled, column)
        elif ask.kind is not AskKind.FACT:
            self._build_choice(column)
        self.words.textChanged.connect(self._told)
        self._show()

    def _build_known(self, column: QVBoxLayout) -> None:
        column.addWidget(Label(self.ask.sentence, 13, 600, wrap=True, parent=self))
        if self.ask.detail:
            column.addWidget(Label(self.ask.detail, 13, 600, "muted", wrap=True, parent=self))
        if self.ask.source:
            source = f"{self.ask.source} · {NOT_VERIFIED}" if self.ask.verify else self.ask.source
            column.addWidget(Label(source, 11, 400, "faint", elide=80, parent=self))

    def _build_settled(self, answer: LogAnswer, column: QVBoxLayout) -> None:
        self.words.hide()
        said = (
            _("{reason}: {words}").format(reason=answer.said, words=answer.words)
            if answer.words
            else answer.said
        )
        by = _("Answered: {said} ({by})").format(said=said, by=answer.by)
        column.addWidget(Label(by, 12, 400, wrap=True, parent=self))

    def _build_choice(self, column: QVBoxLayout) -> None:
        danger = self.ask.kind is AskKind.REASON
        first = _("Reason for going ahead…") if danger else _("Answer…")
        if self.ask.kind is AskKind.SIDE:
            first = _("Which is right?")
        options = [("", first), *((r.id, r.text) for r in choices(self.ask, self._reasons))]
        self.choice = Choice(options, _("Reason: {what}").format(what=self.ask.sentence), self)
        self.choice.setMinimumContentsLength(14)
        self.choice.set_value("")
        self.choice.chosen.connect(self._chosen)
        self.words.setPlaceholderText(_("In a sentence"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.words, 1)
        column.addLayout(row)
        self._wrong.hide()
        column.addWidget(self._wrong)
        self.words.editingFinished.connect(self._left)

    def _build_question(self, column: QVBoxLayout) -> None:
        topic, question = QUESTIONS[self.ask.check]
        if self.ask.because:
            question = self.ask.sentence
        self.question = QuestionLine(topic, question, self)
        self.question.answered.connect(self._answered)
        self.question.said.connect(self._said)
        self.words.setPlaceholderText(_("Why it is not known, in a sentence"))
        self.words.hide()
        column.addWidget(self.question)
        column.addWidget(self.words)

    # -- what it holds ----------------------------------------------------------------

    def given(self) -> LogAnswer | None:
        """The answer as it stands; None without any."""
        code = str(self.choice.value() or "") if self.choice is not None else ""
        words = self.words.text().strip()
        if not code and not words:
            return None
        asked = asked_text(self.ask)
        return LogAnswer(self.ask.check, self.ask.because, code, words, asked)

    def restore(self, answers: tuple[LogAnswer, ...], words: str = "") -> None:
        """Shows the answer given before to exactly this, else ``words`` to start from."""
        if self.ask.settled is not None:
            return
        given = given_to(self.ask, answers)
        self.words.setText(given.words if given else words)
        if given and self.choice is not None:
            self.choice.set_value(given.code)
        if given and given.words and self.question is not None:
            self.question.choice.set_value(UNKNOWN)
            self.words.show()
        self._show()

    def chain(self) -> list[QWidget]:
        """What Tab reaches, in order."""
        if self.question is not None:
            return [
                *self.question.choice.findChildren(QPushButton),
                self.question.entry,
                self.words,
            ]
        return [self.choice, self.words] if self.choice is not None else []

    def lacks(self) -> str:
        """What the answer still lacks; empty where it stands."""
        return lacking(self.ask, self.given(), self._reasons)

    def start(self) -> None:
        """The cursor where it is answered."""
        if self.question is not None:
            target: QWidget = self.words if self.words.isVisible() else self.question.choice
        elif self.choice is not None and not self.choice.value():
            target = self.choice
        else:
            target = self.words
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def not_kept(self) -> None:
        """The answer to the question was refused: it is not shown as given."""
        if self.question is not None:
            self.question.take_back()

    def doubted(self, text: str) -> None:
        """The weight that was typed is asked back."""
        if self.words.text().strip() == text:
            self._again.doubt(text)

    def _chosen(self, __: object) -> None:
        # The cursor stays: the arrow keys go through the reasons one by one.
        self._told()

    def _said(self, said: str) -> None:
        self.words.setVisible(said == UNKNOWN)
        if said == UNKNOWN:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, topic: Topic, said: Said, text: str) -> None:
        self.answered.emit(topic, said, text)

    def _left(self) -> None:
        weighs = self.choice is not None and self.choice.value() == WEIGHED
        text = self.words.text().strip()
        if weighs and text and not self._again.waits(text):
            self.weighed.emit(text, self._again.sure(text))

    def _told(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        lacks = self.lacks()
        grave = self.ask.kind in (AskKind.REASON, AskKind.SIDE)
        self.set_tone(("danger" if grave else "warn") if lacks else "ok")
        self._mark.set_icon("alert" if lacks else "check", self.tone)
        self.setAccessibleDescription(lacks or _("Answered"))
        # Where something was said that does not do, why stands beside it.
        self._wrong.setText(lacks if self.choice is not None and self.words.text().strip() else "")
        self._wrong.setVisible(bool(self._wrong.text()))
        self.words.setToolTip(lacks)
