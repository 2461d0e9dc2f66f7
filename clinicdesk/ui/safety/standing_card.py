"""The card beside an appointment: who answered what and why, held drugs, open questions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from clinicdesk.domain.permissions import Permission
from clinicdesk.domain.rows.holds import HoldTrack
from clinicdesk.domain.rows.reviews import ReviewRow
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.rows.verdict import FindingRow
from clinicdesk.domain.states import ReviewOutcome
from clinicdesk.domain.translation import _
from clinicdesk.services import holds
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.safety.answer_form import AnswerForm
from clinicdesk.ui.safety.answerer import Answerer
from clinicdesk.ui.safety.asked_list import go_on, taken_out, throw_away
from clinicdesk.ui.safety.asked_list import standing as standing_of
from clinicdesk.ui.safety.follow_words import answer_words, hold_line, raised_words, step_words
from clinicdesk.ui.safety.lines import QuestionLine
from clinicdesk.ui.safety.standing import Standing, open_words
from clinicdesk.ui.safety.step_form import StepForm, step_of
from clinicdesk.ui.safety.words import question_of
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Banner, Button, Card, Label, Line

_Key = tuple[object, ...]


class _Entry(QWidget):
    """One line: a mark, words, what stands under them, and the button of what is to be done."""

    def __init__(self, key: _Key, icon: str, ink: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.button: Button | None = None
        line = QHBoxLayout()
        line.setSpacing(8)
        mark = IconLabel(icon, ink, 16, self)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self.words = QVBoxLayout()
        self.words.setSpacing(2)
        line.addLayout(self.words, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 4, 0, 4)
        self.body.setSpacing(6)
        self.body.addLayout(line)

    def say(self, text: str, px: float = 12.5, weight: int = 400, tone: str = "") -> None:
        """Adds a line of words."""
        if text:
            self.words.addWidget(Label(text, px, weight, tone, wrap=True, parent=self))

    def offer(self, words: str) -> Button:
        """Adds the button."""
        self.button = Button(words, compact=True, parent=self)
        line = QHBoxLayout()
        line.addSpacing(24)
        line.addWidget(self.button)
        line.addStretch(1)
        self.body.addLayout(line)
        return self.button


class StandingCard(Card):
    """Hidden where nothing was ever raised, held or left unasked.

    Signals:
        answered(Topic, Said, str): a question was answered here.
        opened(QWidget): a form has come, and down to this widget it should be seen.
        settled(): the question that had the cursor was answered, and no other is open.
    """

    answered = Signal(object, object, str)
    opened = Signal(QWidget)
    settled = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(_("To settle"), parent=parent)
        self._context = context
        self._may = context.actor.may(Permission.ANSWER_SAFETY)
        self._standing = Standing()
        self._also: dict[str, FindingRow] = {}
        self._entries: list[_Entry] = []
        self._questions: list[QuestionLine] = []
        self._opened: _Key | None = None
        self.trouble = Banner("danger", parent=self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.count = Label("", 12, 400, "muted", wrap=True, parent=self)
        self.body.addWidget(self.count)
        self.body.addWidget(self.trouble)
        self.body.addLayout(self._lines)
        self.answer = AnswerForm(context, self)
        self.step = StepForm(context, self)
        self._answerer = Answerer(context, self, self)
        self._answerer.refused.connect(self._outdated)
        for form in (self.answer, self.step):
            form.hide()
            form.kept.connect(self._kept)
            form.outdated.connect(self._outdated)
        self.hide()

    # -- showing ------------------------------------------------------------------------------

    def show_standing(
        self,
        standing: Standing,
        patient_id: int,
        also: Mapping[str, FindingRow] | None = None,
    ) -> None:
        """Replaces the lines; a form that is open for one that is still there stays open.

        ``also``: by check, the finding of the interval rules that names the same fact.
        """
        self._answerer.patient_id = patient_id
        also = also or {}
        if (standing, also) == (self._standing, self._also):
            return
        self._standing, self._also = standing, dict(also)
        before, old = standing_of(self, self._questions), self._taken_out()
        for row in standing.reviews:
            self._add_danger(row)
        for track in standing.holds:
            self._add_hold(track)
        for finding in standing.questions:
            self._add_question(*question_of(finding))
        self.count.setText(open_words(standing))
        self.count.setVisible(standing.open > 0)
        self.setVisible(bool(standing.reviews or standing.holds or standing.questions))
        if before.topic is not None and not go_on(before, self._questions):
            self.settled.emit()
        throw_away(old)
        if self._opened is not None:
            self._open(self._opened, focus=False)

    def focus_first(self) -> None:
        """To the first thing that is still open."""
        targets: list[QWidget] = [e.button for e in self._entries if e.button is not None]
        targets += [line.choice for line in self._questions]
        for target in targets:
            if target.isEnabled():
                button = target if isinstance(target, QPushButton) else None
                (button or target).setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _taken_out(self) -> list[QWidget]:
        self.trouble.show_text("")
        for form in (self.answer, self.step):
            form.hide()
            form.setParent(self)
        self._entries, self._questions = [], []
        return taken_out(self._lines)

    def _add(self, widget: QWidget) -> None:
        if self._lines.count():
            self._lines.addWidget(Line(self))
        self._lines.addWidget(widget)

    def _add_danger(self, row: ReviewRow) -> None:
        refused = row.outcome is ReviewOutcome.REFUSED
        icon, ink = ("shield", "warn") if row.open else ("check", "ok")
        if refused:
            icon, ink = "alert", "danger"
        entry = _Entry(("review", row.id), icon, ink, self)
        reasons = self._context.clinic.catalogue.safety_reasons
        entry.say(row.sentence, weight=600 if row.open or refused else 400)
        also = self._also.get(row.check)
        if also is not None:
            entry.say(row.source, 11.5, tone="faint")
            entry.say(also.message, 12)
            entry.say(also.source, 11.5, tone="faint")
        entry.say(answer_words(row, reasons), 12, tone="danger" if refused else "muted")
        entry.say(raised_words(row), 11.5, tone="faint")
        if row.note:
            entry.say(_("The desk wrote: {note}").format(note=row.note), 12, tone="muted")
        if row.open and self._may:
            entry.offer(_("Answer")).clicked.connect(self._pressed)
        elif row.open:
            entry.say(_("Only a physician answers this."), 11.5, tone="faint")
        self._entries.append(entry)
        self._add(entry)

    def _add_hold(self, track: HoldTrack) -> None:
        kept = holds.enough(track)
        late = track.overdue(self._context.clinic.today()) or kept is False or track.refused
        entry = _Entry(("hold", track.hold.drug), "drop", "danger" if late else "warn", self)
        entry.say(hold_line(track), weight=600 if late or track.moved else 400)
        if kept is False:
            # That a physician decides stands above, with the answer once there is one.
            entry.say(_("Taken too late."), 12, tone="danger")
        elif kept:
            entry.say(_("Held long enough."), 12, tone="ok")
        step = step_of(track, self._context.clinic.today())
        if step is not None:
            words = step.label if step.value == "stated" else step_words(track)
            entry.offer(words).clicked.connect(self._pressed)
        self._entries.append(entry)
        self._add(entry)

    def _add_question(self, topic: Topic, question: str) -> None:
        line = QuestionLine(topic, question, self)
        line.answered.connect(self._answered)
        self._questions.append(line)
        self._add(line)

    def _answered(self, topic: Topic, said: Said, entry: str) -> None:
        self.answered.emit(topic, said, entry)

    def not_kept(self) -> None:
        """An answer was refused: it is not shown as given."""
        for line in self._questions:
            line.take_back()

    # -- acting -------------------------------------------------------------------------------

    def _pressed(self) -> None:
        pressed = self.sender()
        for entry in self._entries:
            if entry.button is pressed:
                self._open(entry.key, focus=True)

    def _open(self, key: _Key, *, focus: bool) -> None:
        entry = next((e for e in self._entries if e.key == key and e.button is not None), None)
        self._opened = key if entry is not None else None
        self.answer.hide()
        self.step.hide()
        for each in self._entries:
            if each.button is not None:
                each.button.setVisible(each is not entry)
        if entry is None:
            return
        form = self._form(key)
        entry.body.addWidget(form)
        form.show()
        if focus:
            form.focus_here()
            self.opened.emit(form.button)

    def _form(self, key: _Key) -> AnswerForm | StepForm:
        if key[0] == "review":
            self.answer.show_row(next(r for r in self._standing.reviews if r.id == key[1]))
            return self.answer
        self.step.show_track(next(t for t in self._standing.holds if t.hold.drug == key[1]))
        return self.step

    def _kept(self) -> None:
        self._opened = None
        self.trouble.show_text("")

    def _outdated(self, sentence: str) -> None:
        self.trouble.show_text(sentence, "danger")
