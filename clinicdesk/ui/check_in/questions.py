"""Only what this procedure asks: each answer is kept at once, and the next one has the cursor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from clinicdesk.domain.measures import GLUCOSE, INFECTION, INR, PAIN, above_normal, measured_words
from clinicdesk.domain.rows.safety_facts import Said, Topic
from clinicdesk.domain.states import ReviewOutcome
from clinicdesk.domain.translation import _
from clinicdesk.services import holds
from clinicdesk.ui.check_in.asking import DRIVER, WEIGHT, Arrival, dose_key
from clinicdesk.ui.check_in.driver import DriverLine
from clinicdesk.ui.check_in.keeping import Keeping
from clinicdesk.ui.check_in.pain import PainRow
from clinicdesk.ui.check_in.rows import DoseRow, FigureRow, InfectionRow
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text
from clinicdesk.ui.safety.answerer import Answerer
from clinicdesk.ui.safety.follow_words import answer_words
from clinicdesk.ui.safety.lines import QuestionLine
from clinicdesk.ui.safety.words import QUESTIONS
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Label, Line, row

Row = QuestionLine | DoseRow | FigureRow | PainRow
_NAMES = {INR: _("INR now"), GLUCOSE: _("Glucose now"), WEIGHT: _("Weight")}
_MGDL = ("US",)
"""Countries that measure glucose in mg per dL by custom; the unit stands beside the field."""


class Questions(QWidget):
    """The rows of one appointment; one that was answered here stays, with its answer.

    Signals:
        moved(QWidget | None): the cursor went to this row; None: nothing is open any more.
        refused(str): an answer was not kept.
        answered(Topic, Said, str): a question of the record was answered.
    """

    moved = Signal(object)
    refused = Signal(str)
    answered = Signal(object, object, str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found: Arrival | None = None
        self._rows: dict[str, Row] = {}
        self._answering: QuestionLine | None = None
        self._onwards = False
        self._answerer = Answerer(context, self, self)
        self._answerer.refused.connect(self.refused)
        self._keeping = Keeping(context, self)
        self._keeping.sent.connect(self._sent)
        self._keeping.stopped.connect(self._stopped)
        self._keeping.refused.connect(self.refused)
        self._dangers = QVBoxLayout()
        self._lines = QVBoxLayout()
        for each in (self._dangers, self._lines):
            each.setSpacing(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addLayout(self._dangers)
        outer.addLayout(self._lines)

    def clear(self) -> None:
        """Another patient."""
        self._found = self._keeping.found = None
        self._rows = {}
        _empty(self._lines)
        _empty(self._dangers)

    # -- showing ----------------------------------------------------------------------------

    def show_arrival(self, found: Arrival) -> None:
        """Brings the rows in step; what is being typed stays."""
        self._found = self._keeping.found = found
        self._answerer.patient_id = found.row.patient_id
        self._show_dangers(found)
        for key in self._keys(found):
            if key not in self._rows:
                self._add(key, self._made(key, found))
        for key, line in self._rows.items():
            self._bring_in_step(key, line, found)
        if self._onwards:
            self._onwards = False
            if not self._typing_elsewhere() and not self.focus_open():
                self.moved.emit(None)

    def _keys(self, found: Arrival) -> list[str]:
        """Every row, also those that were answered before the panel came."""
        if not found.planned:
            return []
        held = [dose_key(track.hold.drug) for track in found.standing.holds]
        asked = [finding.check for finding in found.standing.questions]
        driver = [DRIVER] * found.facts.asks_driver
        return [INFECTION, *asked, *driver, *held, *found.wants]

    def _made(self, key: str, found: Arrival) -> Row:
        if key == INFECTION:
            infection = InfectionRow(self)
            infection.answered.connect(self._keeping.infection)
            return infection
        if key == DRIVER:
            driver = DriverLine(self)
            driver.told.connect(self._keeping.driver)
            return driver
        if key in QUESTIONS:
            question = QuestionLine(*QUESTIONS[key], self)
            question.answered.connect(self._question)
            return question
        if key in _NAMES:
            figure = FigureRow(_NAMES[key], self._units(key), self)
            figure.entered.connect(self._keeping.figure)
            return figure
        if key == PAIN:
            known = self._context.clinic.catalogue.measures.values()
            pain = PainRow(next(each for each in known if each.what == PAIN), self)
            pain.entered.connect(self._keeping.pain)
            return pain
        track = next(t for t in found.standing.holds if dose_key(t.hold.drug) == key)
        dose = DoseRow(track, self)
        dose.entered.connect(self._keeping.dose)
        return dose

    def _units(self, what: str) -> list[tuple[str, str]]:
        if what == WEIGHT:
            return [(WEIGHT, _("kg"))]
        known = self._context.clinic.catalogue.measures
        units = [(key, each.unit) for key, each in known.items() if each.what == what]
        # The first is the usual one, where the clinic's country has another the last.
        usual = self._context.clinic.customs.country in _MGDL
        return units if usual else units[::-1]

    def _add(self, key: str, line: Row) -> None:
        if self._lines.count():
            self._lines.addWidget(Line(self))
        self._rows[key] = line
        self._lines.addWidget(line)

    def _bring_in_step(self, key: str, line: Row, found: Arrival) -> None:
        if isinstance(line, DoseRow):
            for track in found.standing.holds:
                if dose_key(track.hold.drug) == key:
                    line.show_track(track, holds.enough(track))
        elif isinstance(line, FigureRow | PainRow):
            self._show_figure(key, line, found)
        elif isinstance(line, DriverLine):
            if found.facts.driver is not None:
                line.show_driver(found.facts.driver)
        elif key == INFECTION and key in found.facts.measured:
            said = found.facts.measured[INFECTION]
            line.choice.set_value("yes" if said.value else "no")
            words = _("yes, asked at {at}") if said.value else _("no, asked at {at}")
            line.show_answer(words.format(at=time_text(said.at)))
        elif key != INFECTION and key not in found.open_keys:
            line.show_answer(_("answered today"))

    def _show_figure(self, key: str, line: FigureRow | PainRow, found: Arrival) -> None:
        kept = found.measured(key)
        if kept:
            said = found.facts.measured[kept]
            measure = self._context.clinic.catalogue.measures[kept]
            words, high = measured_words(said, measure), above_normal(said.value, measure)
            words = _("{words}, {at}").format(words=words, at=time_text(said.at))
            if isinstance(line, PainRow):
                line.show_kept(said.value, words)
            else:
                line.show_kept(kept, said.value, words, high)
        elif isinstance(line, FigureRow) and key == WEIGHT and key not in found.open_keys:
            line.say(_("kept"), "ok")

    def _show_dangers(self, found: Arrival) -> None:
        _empty(self._dangers)
        reasons = self._context.clinic.catalogue.safety_reasons
        for each in found.standing.reviews:
            line = QWidget(self)
            refused = each.outcome is ReviewOutcome.REFUSED
            icon, ink = ("shield", "warn") if each.open else ("check", "ok")
            mark = IconLabel("alert", "danger", 16) if refused else IconLabel(icon, ink, 16)
            words = QVBoxLayout()
            words.setSpacing(0)
            weight, tone = (600, "danger") if refused else (400, "muted")
            words.addWidget(Label(each.sentence, 12, 600 if each.open else weight, wrap=True))
            words.addWidget(Label(answer_words(each, reasons), 12, weight, tone, wrap=True))
            layout = row(mark, margins=4)
            layout.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            layout.addLayout(words, 1)
            line.setLayout(layout)
            self._dangers.addWidget(line)

    # -- the cursor -------------------------------------------------------------------------

    def counts(self) -> tuple[int, int]:
        """How many are answered, and how many there are."""
        waiting = self._found.open_keys if self._found else ()
        return len([key for key in self._rows if key not in waiting]), len(self._rows)

    def focus_open(self) -> bool:
        """To the first that is open; whether there is one."""
        waiting = self._found.open_keys if self._found else ()
        for key, line in self._rows.items():
            passed = isinstance(line, QuestionLine) and line.choice.value() == "unknown"
            if key in waiting and not passed:
                if isinstance(line, QuestionLine):
                    line.choice.focus_here()
                elif isinstance(line, PainRow):
                    line.focus_here()
                elif isinstance(line, DoseRow) and line.told.isVisible():
                    line.told.setFocus(Qt.FocusReason.OtherFocusReason)
                else:
                    line.setFocus(Qt.FocusReason.OtherFocusReason)
                self.moved.emit(line)
                return True
        return False

    def _typing_elsewhere(self) -> bool:
        """Whether the cursor stands in a row that is still open: it is not taken away there."""
        waiting = self._found.open_keys if self._found else ()
        focus = QApplication.focusWidget()
        return focus is not None and any(
            key in waiting and line.isAncestorOf(focus) for key, line in self._rows.items()
        )

    def take_told(self) -> None:
        """D: the first drug whose last dose is not stated was taken as told."""
        waiting = self._found.open_keys if self._found else ()
        for key, line in self._rows.items():
            if isinstance(line, DoseRow) and key in waiting and line.track.told is not None:
                line.take_told()
                return

    def hand_on(self) -> bool:
        """Keeps what stands in the fields; whether nothing of it is wrong."""
        return self._keeping.hand_on(list(self._rows.values()))

    # -- answers ----------------------------------------------------------------------------

    def _question(self, topic: Topic, said: Said, text: str) -> None:
        line = self.sender()
        self._answering = line if isinstance(line, QuestionLine) else None
        self._sent()
        self.answered.emit(topic, said, text)

    def not_kept(self) -> None:
        """The record did not take the answer."""
        self._stopped()
        if self._answering is not None:
            self._answering.take_back()

    def _sent(self) -> None:
        self._onwards = True

    def _stopped(self) -> None:
        self._onwards = False


def _empty(layout: QVBoxLayout) -> None:
    while item := layout.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
