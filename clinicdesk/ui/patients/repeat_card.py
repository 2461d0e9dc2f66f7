"""May we repeat it? The interval rules asked for today about each kind used last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.procedures import Intent
from clinicdesk.domain.rows.people import Actor, PastProcedure, PatientChart
from clinicdesk.domain.rows.schedule import PlanRequest, VerdictCard
from clinicdesk.services import verdicts
from clinicdesk.services.context import Clinic
from clinicdesk.ui import theme
from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.words import sites_text
from clinicdesk.ui.verdict.finding import token_of
from clinicdesk.ui.verdict.glyph import IconLabel
from clinicdesk.ui.verdict.words import day_text, headline, spoken
from clinicdesk.ui.widgets import Card, Label, Line

_SHOWN = 4
_TONES = {"ok": "ok", "danger": "danger", "warn": "warn", "text2": ""}


@dataclass(frozen=True)
class Repeat:
    """A procedure and the answer for today; ``trouble`` says why there is none."""

    row: PastProcedure
    card: VerdictCard | None
    trouble: str = ""


def latest_of_each(rows: tuple[PastProcedure, ...]) -> tuple[PastProcedure, ...]:
    """The latest of each procedure and intent that was not struck out, newest first."""
    found: dict[tuple[str, str], PastProcedure] = {}
    for row in sorted(rows, key=_when, reverse=True):
        if not row.struck and row.sites:
            found.setdefault((row.procedure, row.intent), row)
    return tuple(found.values())[:_SHOWN]


def _when(row: PastProcedure) -> tuple[date, int]:
    return (row.performed_on, row.id)


def ask_repeats(
    clinic: Clinic, actor: Actor, patient_id: int, rows: tuple[PastProcedure, ...], on: date
) -> tuple[Repeat, ...]:
    """The rules' answers; a record they cannot read does not hide the others."""
    found = []
    for row in rows:
        intent = Intent(row.intent) if row.intent else None
        plan = PlanRequest(patient_id, row.procedure, row.sites, on, intent=intent)
        try:
            found.append(Repeat(row, verdicts.assess(clinic, actor, plan)))
        except ClinicError as error:
            found.append(Repeat(row, None, str(error)))
    return tuple(found)


class RepeatCard(Card):
    """One line per kind, with the same words and shapes as in booking."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("May we repeat it?", " ", parent)
        self._context = context
        self._inner: QWidget | None = None
        self.hide()

    def show_chart(self, chart: PatientChart, today: date) -> None:
        """Asks about a patient; the card stays hidden without procedures."""
        rows = latest_of_each(chart.procedures)
        closed = chart.banner.deceased_on is not None or chart.banner.merged_into is not None
        if not rows or closed:
            self._context.tasks.short.forget(self, "repeat")
            self.hide()
            return
        self.note.setText(f"on {day_text(today)}")
        clinic, actor, patient = self._context.clinic, self._context.actor, chart.banner.id
        self._context.tasks.short.submit(
            lambda: ask_repeats(clinic, actor, patient, rows, today),
            self._show,
            owner=self,
            key="repeat",
        )

    def _show(self, answers: tuple[Repeat, ...]) -> None:
        if self._inner is not None:
            self.body.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        self._inner = QWidget(self)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        partial = next((a.card.partial for a in answers if a.card and a.card.partial), "")
        for number, answer in enumerate(answers):
            if number:
                column.addWidget(Line())
            column.addWidget(self._line(answer))
        if partial:
            column.addWidget(Label(partial, 12, 400, "faint", wrap=True))
        self.body.addWidget(self._inner)
        self.show()

    def _line(self, answer: Repeat) -> QWidget:
        box = QWidget(self._inner)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(9)
        words = QVBoxLayout()
        words.setSpacing(0)
        title = f"{answer.row.name}, {sites_text(answer.row.sites)}"
        words.addWidget(Label(title, 13, 600, wrap=True))
        card = answer.card
        if card is None:
            icon, token, said, more = "alert", "text2", "Cannot be determined", answer.trouble
            box.setAccessibleName(f"{title}: {said}. {more}")
        else:
            top = headline(card)
            icon, token, said, more = top.icon, token_of(top.tone), top.text, top.sub
            box.setAccessibleName(f"{title}: {spoken(card)}")
            box.setToolTip("\n".join(finding.message for finding in card.findings))
        mark = IconLabel(icon, token, 16, box)
        mark.setFixedWidth(theme.scaled(18))
        line.addWidget(mark)
        words.addWidget(Label(said, 13, 600, _TONES[token], wrap=True))
        words.addWidget(Label(more, 12, 400, "muted", wrap=True))
        line.addLayout(words, 1)
        return box
