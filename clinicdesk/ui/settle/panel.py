"""The panel at the right: one thing that waits, in full, and how it is settled."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from clinicdesk.domain.dates import weekday_words
from clinicdesk.domain.rows.calls import PromisedCall
from clinicdesk.domain.rows.deaths import AheadOfDeath
from clinicdesk.domain.rows.holds import HoldTrack
from clinicdesk.domain.rows.reviews import ReviewRow
from clinicdesk.domain.translation import _
from clinicdesk.ui import panel_width
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.safety.answer_form import AnswerForm
from clinicdesk.ui.safety.follow_words import answer_words, because_words, raised_words
from clinicdesk.ui.safety.step_form import StepForm
from clinicdesk.ui.settle.lines import Line, told_whole
from clinicdesk.ui.settle.one_act import OneAct
from clinicdesk.ui.widgets import Banner, Button, IconButton, Label, Name, column, row, scrolled
from clinicdesk.ui.widgets import Line as Rule

WIDTH = 345


class SettlePanel(QFrame):
    """Signals:
    closed(): the cross.
    appointment_wanted(), patient_wanted(): the buttons of those names.
    outdated(): somebody else was faster: the list is asked again.
    """

    closed = Signal()
    appointment_wanted = Signal()
    patient_wanted = Signal()
    outdated = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.take_width()
        self._context = context
        self.line: Line | None = None
        self._name = Name()
        self._when = Label("", 13, 600, wrap=True)
        self._what = Label("", 13, 400, wrap=True)
        self._about = Label("", 13, 600, wrap=True)
        self._because = Label("", 12, 400, "muted", wrap=True)
        self._note = Label("", 12, 400, "muted", wrap=True)
        self.trouble = Banner("danger", parent=self)
        self.answer = AnswerForm(context)
        self.step = StepForm(context)
        self.one = OneAct(context)
        self._none = QWidget()
        self._forms = QStackedWidget()
        for part in (self.answer, self.step, self.one, self._none):
            self._forms.addWidget(part)
        self.appointment = Button(_("Open appointment"), "cal", key_hint="O")
        self.patient = Button(_("Open patient"), "user", key_hint="P")
        self._lay_out()
        self._connect()

    def take_width(self) -> None:
        """As drawn, or as wide as wanted."""
        self.setFixedWidth(panel_width.wide(WIDTH))

    def _lay_out(self) -> None:
        close = IconButton("x", _("Close this panel"))
        close.clicked.connect(self._close)
        top = row(self._name, close)
        top.setStretch(0, 1)
        top.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        head = column(spacing=4)
        head.setContentsMargins(16, 12, 12, 10)
        head.addLayout(top)
        head.addWidget(self._when)
        head.addWidget(self._what)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(8)
        for part in (self.trouble, self._about, self._because, self._note, self._forms):
            inner.addWidget(part)
        inner.addStretch(1)
        foot = row(self.appointment, self.patient)
        foot.setContentsMargins(16, 10, 16, 12)
        for button in (self.appointment, self.patient):
            button.let_shrink()
        outer = column(spacing=0)
        outer.addLayout(head)
        outer.addWidget(Rule())
        outer.addWidget(scrolled(body), 1)
        outer.addWidget(Rule())
        outer.addLayout(foot)
        self.setLayout(outer)

    def _connect(self) -> None:
        self.appointment.clicked.connect(self._open_appointment)
        self.patient.clicked.connect(self._open_patient)
        for form in (self.answer, self.step, self.one):
            form.outdated.connect(self._outdated)

    # -- showing ------------------------------------------------------------------------------

    def show_line(self, line: Line) -> None:
        """Shows one; what was typed for the same one stays."""
        if self.line is None or self.line.key != line.key:
            self.trouble.show_text("")
        self.line = line
        self._name.setText(line.patient)
        self._when.setText(f"{weekday_words(line.day)} {line.hour}".strip())
        self._what.setText(line.what)
        self._about.setText(told_whole(line))
        self._note.setText(line.note)
        self._note.setVisible(bool(line.note))
        self.appointment.setVisible(line.appointment_id is not None)
        self._show_because(line)
        self._show_form(line)

    def _show_because(self, line: Line) -> None:
        source, words = line.source, ""
        reasons = self._context.clinic.catalogue.safety_reasons
        if isinstance(source, ReviewRow):
            because = because_words(source)
            lines = [
                _("Because of: {what}").format(what=because) if because else "",
                source.source,
                _("The desk wrote: {note}").format(note=source.note) if source.note else "",
                raised_words(source) if not source.open else "",
            ]
            words = "\n".join(filter(None, lines))
            self._note.setText(raised_words(source) if source.open else
                               answer_words(source, reasons))  # fmt: skip
        self._because.setText(words)
        self._because.setVisible(bool(words))

    def _show_form(self, line: Line) -> None:
        source = line.source
        form: QWidget = self._none
        if isinstance(source, ReviewRow) and source.open:
            self.answer.show_row(source)
            form = self.answer
        elif isinstance(source, HoldTrack):
            self.step.show_track(source)
            form = self.step if self.step.step is not None else self._none
        elif isinstance(source, PromisedCall) or (
            isinstance(source, AheadOfDeath) and source.to_cancel
        ):
            self.one.show_source(source)
            form = self.one
        self._forms.setCurrentWidget(form)

    def focus_here(self) -> None:
        """To the first thing to say."""
        form = self._forms.currentWidget()
        if isinstance(form, AnswerForm | StepForm | OneAct):
            form.focus_here()

    def _outdated(self, sentence: str) -> None:
        self.trouble.show_text(sentence, "danger")
        self.outdated.emit()

    def _close(self) -> None:
        self.closed.emit()

    def _open_appointment(self) -> None:
        self.appointment_wanted.emit()

    def _open_patient(self) -> None:
        self.patient_wanted.emit()
