"""What the answers mean for what is booked, before they are saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.rows.safety_facts import FactsAnswer
from clinicdesk.domain.rows.touched import Touched
from clinicdesk.domain.states import SafetyLevel
from clinicdesk.domain.translation import _, _n
from clinicdesk.services import safety_touch
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.local import time_text, weekday_near
from clinicdesk.ui.safety.words import level_words, line_tone
from clinicdesk.ui.verdict.finding import token_of
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.widgets import Chip, Label, row

_SOON_MS = 120
_HOLDS = ("thinner.hold", "thinner.shared")
"""Said by the lines of the drugs themselves."""
_CHIPS = {"reason": "danger", "ask": "warn", "note": "neutral"}


class TouchPanel(QWidget):
    """Booked appointments with the findings by level; asked anew whenever an answer changes."""

    def __init__(self, context: UiContext, patient_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._patient_id = context, patient_id
        self._answers: tuple[FactsAnswer, ...] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self.setAccessibleName(_("What this touches"))
        self._title = Label(_("What this touches"), 15, 600)
        self._sub = Label("", 12, 400, "muted", wrap=True)
        self._body = QVBoxLayout()
        self._body.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self._sub)
        layout.addLayout(self._body)
        layout.addStretch(1)

    def ask(self, answers: tuple[FactsAnswer, ...]) -> None:
        """Asks about answers that are not saved; several changes at once are one question."""
        if answers != self._answers:
            self._answers = answers
            self._soon.start()

    def _ask(self) -> None:
        context = self._context
        work = partial(
            safety_touch.touched, context.clinic, context.actor, self._patient_id,
            self._answers or (),
        )  # fmt: skip
        context.tasks.short.submit(work, self.show_touched, owner=self, key="touched")

    def show_touched(self, found: tuple[Touched, ...]) -> None:
        """Replaces what is shown."""
        while item := self._body.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        count = len(found)
        self._sub.setText(
            _n(
                "{n} booked appointment, as the facts stand here",
                "{n} booked appointments, as the facts stand here",
                count,
            ).format(n=count)
            if found
            else _("Nothing is booked that the checks ask about.")
        )
        for each in found:
            self._body.addWidget(self._card(each))

    def _card(self, each: Touched) -> QWidget:
        card = QWidget(self)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        when = f"{weekday_near(each.start.date())} {time_text(each.start)}"
        column.addWidget(Label(f"{when}, {each.what}", 13, 600, wrap=True))
        column.addWidget(Label(each.place, 12, 400, "muted", wrap=True))
        for finding in each.findings:
            if finding.check in _HOLDS and each.holds:
                continue
            tone, icon = line_tone(finding)
            words = finding.sentence
            if finding.check in each.new:
                words = _("New: {sentence}").format(sentence=words)
            danger = finding.level is SafetyLevel.REASON
            line = row(
                IconLabel(icon, token_of(tone), 16),
                Label(words, 12, 600 if danger else 400, wrap=True),
                Chip(level_words(finding.level), _CHIPS[finding.level.value]),
            )
            self._put(column, line)
        for hold in each.holds:
            self._put(
                column, row(IconLabel("drop", "warn", 16), Label(hold.sentence, 12, wrap=True))
            )
        for sentence in each.gone:
            words = _("No longer: {sentence}").format(sentence=sentence)
            self._put(
                column, row(IconLabel("check", "ok", 16), Label(words, 12, 400, "muted", wrap=True))
            )
        if not (each.findings or each.holds):
            column.addWidget(Label(_("Nothing stands against it."), 12, 400, "muted"))
        return card

    @staticmethod
    def _put(column: QVBoxLayout, line: QHBoxLayout) -> None:
        line.setStretch(1, 1)
        for position in range(line.count()):
            item = line.itemAt(position)
            widget = item.widget() if item is not None else None
            if widget is not None and position != 1:
                line.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
