"""The safety card: what must be settled about this patient before this procedure."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinicdesk.domain.rows.reviews import GivenReason, SafetyReason
from clinicdesk.domain.rows.safety import SafetyCard, SafetyFinding
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.rows.verdict import FindingRow
from clinicdesk.domain.safety_reasons import choices
from clinicdesk.domain.states import SafetyLevel
from clinicdesk.domain.translation import _
from clinicdesk.ui import theme
from clinicdesk.ui.safety.asked_list import go_on, settle, standing, taken_out, throw_away
from clinicdesk.ui.safety.lines import HoldLine, KnownLine, QuestionLine
from clinicdesk.ui.safety.words import QUESTIONS, headline, moved_up_words, question_of, spoken
from clinicdesk.ui.verdict.finding import token_of
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.verdict.words import Headline, Tone
from clinicdesk.ui.widgets import Label, Line

_RADIUS = 9
_FILL = {
    Tone.DANGER: ("dangertint", "dangerline", "danger"),
    Tone.WARN: ("warntint", "warnline", "warn"),
    Tone.NEUTRAL: ("sunken", "line2", ""),
    Tone.OK: ("oktint", "okline", "ok"),
}
_HOLDS = ("thinner.hold", "thinner.shared")
"""Checks that the lines of the drugs themselves say better, each with its date."""


class SafetyCardWidget(QWidget):
    """Findings by level, drugs to hold with their dates, and what nobody has asked yet.

    Hidden where nothing was found; then the verdict below it speaks alone.

    Signals:
        answered(Topic, Said, str): a question was answered; of a *yes* to a list, what there is.
        reasons_changed(): a reason for going ahead was chosen or changed.
        settled(): the question that had the cursor was answered, and no other is open.
    """

    answered = Signal(object, object, str)
    reasons_changed = Signal()
    settled = Signal()

    def __init__(
        self,
        reasons: Mapping[str, SafetyReason],
        *,
        may_answer: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reasons = reasons if may_answer else {}
        self._card: SafetyCard | None = None
        self._also: dict[str, FindingRow] = {}
        self._top: Headline | None = None
        self._known: list[KnownLine] = []
        self._questions: list[QuestionLine] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 3)
        outer.setSpacing(0)
        outer.addWidget(self._build_head())
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        outer.addLayout(self._lines)
        theme.signals.changed.connect(self.update)
        self.hide()

    def _build_head(self) -> QWidget:
        self._head = QWidget(self)
        line = QHBoxLayout(self._head)
        line.setContentsMargins(12, 9, 12, 9)
        line.setSpacing(10)
        self._icon = IconLabel("alert", "danger", 20, self._head)
        words = QVBoxLayout()
        words.setSpacing(1)
        self._title = Label("", 14, 600, wrap=True, parent=self._head)
        self._title.setObjectName("safety-headline")
        self._sub = Label("", 12, 400, "muted", wrap=True, parent=self._head)
        words.addWidget(self._title)
        words.addWidget(self._sub)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        return self._head

    # -- what it shows --------------------------------------------------------------

    @property
    def card(self) -> SafetyCard | None:
        """The card shown."""
        return self._card

    @property
    def headline(self) -> Headline | None:
        """Its top, for the strip at the foot; None where nothing was found."""
        return self._top

    @property
    def dangers(self) -> tuple[SafetyFinding, ...]:
        """What a physician must answer."""
        return self._card.of_level(SafetyLevel.REASON) if self._card else ()

    def set_card(
        self, card: SafetyCard | None, also: Mapping[str, FindingRow] | None = None
    ) -> None:
        """Shows what was found; None where there is nothing to ask about.

        ``also``: by check, the finding of the interval rules that names the same fact.
        """
        if card == self._card and (also or {}) == self._also:
            return
        self._also = dict(also or {})
        kept = {line.finding.check: line.given() for line in self._known}
        self._card = card
        self._top = headline(card) if card else None
        before, old = standing(self, self._questions), taken_out(self._lines)
        self._known, self._questions = [], []
        if card is not None and self._top is not None:
            self._show(card, self._top)
            for line in self._known:
                line.restore(kept.get(line.finding.check))
        self.setVisible(self._top is not None)
        if not go_on(before, self._questions):
            self.settled.emit()
        throw_away(old)

    def _show(self, card: SafetyCard, top: Headline) -> None:
        self._title.setText(top.text)
        self._title.set_tone(_FILL[top.tone][2])
        self._sub.setText(top.sub)
        self._icon.set_icon(top.icon, token_of(top.tone))
        self._fill(card)
        self.setAccessibleName(_("Safety: {text}").format(text=top.text))
        self.setAccessibleDescription(spoken(card))
        self.updateGeometry()
        self.update()
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )

    def _fill(self, card: SafetyCard) -> None:
        for finding in card.of_level(SafetyLevel.REASON):
            self._add_known(finding)
        if raised := moved_up_words(card):
            self._add(HoldLine(raised, card.guideline_name, self))
        for hold in card.holds:
            if hold.action != "none":
                self._add(HoldLine(hold.sentence, hold.source, self))
        for level in (SafetyLevel.ASK, SafetyLevel.NOTE):
            for finding in card.of_level(level):
                if finding.check in _HOLDS and card.holds:
                    continue
                if finding.check in QUESTIONS:
                    self._add_question(*question_of(finding))
                else:
                    self._add_known(finding)

    def _add(self, widget: QWidget) -> None:
        if self._lines.count():
            self._lines.addWidget(Line(self))
        self._lines.addWidget(widget)

    def _add_known(self, finding: SafetyFinding) -> None:
        danger = finding.level is SafetyLevel.REASON
        reasons = choices(finding.check, self._reasons) if danger else ()
        line = KnownLine(finding, reasons, self._also.get(finding.check), self)
        line.reason_changed.connect(self.reasons_changed)
        self._known.append(line)
        self._add(line)

    def _add_question(self, topic: Topic, question: str) -> None:
        line = QuestionLine(topic, question, self)
        line.answered.connect(self._answered)
        self._questions.append(line)
        self._add(line)

    def _answered(self, topic: Topic, said: Said, entry: str) -> None:
        self.answered.emit(topic, said, entry)

    # -- acting -----------------------------------------------------------------------

    def given(self) -> tuple[tuple[str, GivenReason], ...]:
        """The reasons chosen, each with its check."""
        return tuple(
            (line.finding.check, reason)
            for line in self._known
            if (reason := line.given()) is not None
        )

    @property
    def unsaid(self) -> bool:
        """Whether a *yes* does not say what there is."""
        return any(line.typing() == "" for line in self._questions)

    def settle(self) -> bool:
        """Hands on what is typed at a question; whether nothing was open there."""
        return settle(self._questions)

    def not_kept(self) -> None:
        """An answer was refused: it is not shown as given."""
        for line in self._questions:
            line.take_back()

    def focus_first(self) -> bool:
        """To the first open question or reason; False where there is none."""
        targets: list[QWidget] = [line.choice for line in self._questions]
        targets += [line.choice for line in self._known if line.choice is not None]
        if targets:
            targets[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(targets)

    # -- painting -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._top is None:
            return
        fill, line, __ = _FILL[self._top.tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.fillPath(shape, theme.colour("surface"))
        painter.setClipPath(shape)
        bottom = self._head.geometry().bottom()
        painter.fillRect(QRectF(0, 0, self.width(), bottom), theme.colour(fill))
        painter.setClipping(False)
        painter.setPen(QPen(theme.colour(line), 1))
        painter.drawLine(1, bottom, self.width() - 2, bottom)
        painter.drawPath(shape)
        painter.end()
