"""The safety facts of a patient: every question, answered by keyboard, saved as one act."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from clinicdesk.domain.errors import ClinicError, Invalid
from clinicdesk.domain.rows.safety_facts import FactsAnswer, SafetyFacts, Topic
from clinicdesk.domain.translation import _
from clinicdesk.services import safety_facts
from clinicdesk.services.context import Done
from clinicdesk.ui import theme
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.facts_draft import drafts, why_not_asked
from clinicdesk.ui.patients.topic_row import TopicRow
from clinicdesk.ui.patients.touch_panel import TouchPanel
from clinicdesk.ui.widgets import Banner, Dialog, Label, Line, scrolled
from clinicdesk.ui.widgets import row as row_of

_QUESTIONS, _BOTH = 860, 1200


class SafetyFactsDialog(Dialog):
    """All questions of one patient.

    What another desk saves meanwhile is joined with what is saved here, never replaced.

    Signals:
        saved(): the answers are on record.
    """

    saved = Signal()

    def __init__(self, context: UiContext, host: QWidget, facts: SafetyFacts, name: str) -> None:
        # Beside the questions where there is room, else below them.
        beside = host.window().width() >= theme.scaled(_BOTH + 60)
        super().__init__(host, _("Safety facts"), _("Save"), name, _BOTH if beside else _QUESTIONS)
        self._context, self._patient_id = context, facts.patient_id
        self._busy = False
        today, catalogue = context.clinic.today(), context.clinic.catalogue
        ages = catalogue.safety.limits.pregnancy_ages
        self.rows: dict[Topic, TopicRow] = {}
        self.trouble = Banner("danger", parent=self)
        inner = QWidget()
        inner.setObjectName("plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(10)
        for topic, draft in drafts(facts, catalogue.entry_words).items():
            locked = why_not_asked(facts, today, ages) if topic is Topic.PREGNANCY else ""
            row = TopicRow(draft, today, locked, catalogue.read_as)
            row.changed.connect(self._edited)
            self.rows[topic] = row
            if topic is not Topic.ALLERGIES:
                column.addWidget(Line())
            column.addWidget(row)
        self.touch = TouchPanel(context, facts.patient_id)
        if not beside:
            column.addWidget(Line())
            column.addWidget(self.touch)
        column.addStretch(1)
        self._inner, self._area = inner, _TallArea()
        self._area.setWidget(inner)
        both = row_of(self._area)
        both.setStretch(0, 1)
        if beside:
            side = scrolled(self.touch)
            side.setFixedWidth(theme.scaled(_BOTH - _QUESTIONS))
            both.addWidget(side)
        self.body.addWidget(self.trouble)
        self.body.addLayout(both, 1)
        self.footer.setSpacing(8)
        keys = Label(_("Tab: next question · Y, N, ?: answer · Enter: add"), 12, 400, "faint")
        self.footer.insertWidget(0, keys)
        self.accepted.connect(self._save)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self._edited()

    @property
    def first(self) -> QWidget:
        """The first question that nobody has answered, else the first one."""
        rows = [row for row in self.rows.values() if row.draft.state.said == "not_asked"]
        return (rows or list(self.rows.values()))[0].first

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What is answered by keyboard is seen."""
        if new is not None and self._inner.isAncestorOf(new):
            # A field that has only just appeared has no place yet.
            tall = max(self._area.viewport().height(), self._inner.sizeHint().height())
            self._inner.resize(self._inner.width(), tall)
            self._area.ensureWidgetVisible(new, 0, theme.scaled(48))

    def _edited(self) -> None:
        self.trouble.show_text("")
        self.touch.ask(self._answers)

    @property
    def _answers(self) -> tuple[FactsAnswer, ...]:
        """What was changed and is not saved yet."""
        return tuple(
            answer for row in self.rows.values() if (answer := row.draft.answer()) is not None
        )

    def _save(self) -> None:
        # What still stands in a field was meant, too. All fields are read, so that all complain.
        taken = [row.take_typed() for row in self.rows.values()]
        if self._busy or not all(taken):
            return
        answers = self._answers
        if not answers:
            self.close_dialog()
            return
        self._busy = True
        clinic, actor, patient_id = self._context.clinic, self._context.actor, self._patient_id
        self._context.tasks.short.submit(
            lambda: safety_facts.record(clinic, actor, patient_id, answers),
            self._kept,
            self._failed,
            owner=self,
        )

    def _kept(self, done: Done[bool]) -> None:
        self._busy = False
        self._context.publish(done.changes)
        self._context.bus.say(_("Safety facts saved."))
        self.close_dialog()
        self.saved.emit()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, Invalid):
            for topic, row in self.rows.items():
                row.show_problem(error.fields.get(topic.value, ""))
            self.trouble.show_text(_("Nothing was saved. Look at the questions below."), "danger")
        elif isinstance(error, ClinicError):
            self.trouble.show_text(str(error), "danger")
        else:
            self.trouble.show_text(_("Nothing was saved. What you typed is still here."), "danger")
            raise error


class _TallArea(QScrollArea):
    """Tall where there is room, small where the window needs it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(700, theme.scaled(640))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, theme.scaled(160))
