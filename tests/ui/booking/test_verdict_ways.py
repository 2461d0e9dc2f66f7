"""From the card in the booking panel: the missing score, the first free time, the later booking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from support.desk import words_in

from clinicdesk.data import tables as t
from clinicdesk.domain.rows.safety_facts import AllergyEntry, Topic
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.rows.verdict import FindingRow, MissingFact, VerdictCard
from clinicdesk.services import safety_facts, verdicts
from clinicdesk.ui import theme
from clinicdesk.ui.verdict.score_dialog import ScoreDialog
from clinicdesk.ui.widgets import Button
from tests.ui.booking.test_panel import fill

OpenDesk = Callable[..., Any]
CTRL = Qt.KeyboardModifier.ControlModifier
DONE = date(2026, 8, 3)


def logged(desk: Any) -> int:
    """An epidural of 3 Aug 2026 with a score of 8 before it."""
    with desk.clinic.store.write(None, "test.add") as tx:
        row = tx.add(
            t.ProcedureRecord(
                patient_id=desk.seeded.teresa, procedure="esi.transforaminal",
                intent="therapeutic", performed_on=DONE, physician_id=desk.seeded.osei,
                created_at=tx.now, state="open",
            )
        )  # fmt: skip
        tx.add(t.ProcedureSite(procedure_id=row.id, name="L5", side="left"))
        score = tx.add(
            t.Reading(patient_id=desk.seeded.teresa, scale="NRS", value=Decimal(8), local_date=DONE)
        )
        tx.add(t.ReadingLink(reading_id=score.id, procedure_id=row.id, phase="baseline"))
        return int(row.id)


def scores(desk: Any, on: date = date(2026, 11, 24)) -> list[Decimal]:
    with desk.clinic.store.read() as tx:
        query = (
            select(t.Reading.value)
            .join(t.ReadingLink, t.ReadingLink.reading_id == t.Reading.id)
            .where(t.ReadingLink.phase == "followup", t.Reading.local_date == on)
        )
        return list(tx.session.scalars(query))


@pytest.fixture(params=["light", "dark"])
def asked(
    request: pytest.FixtureRequest, desk: OpenDesk, qapp: Any, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """A desk whose rules lack the follow-up score until it is on record."""
    theme.apply(qapp, request.param)
    made = desk()
    number = logged(made)
    lack = MissingFact("followup", DONE, (number,), date(2026, 11, 3))

    def assess(clinic: Any, actor: Any, plan: PlanRequest) -> VerdictCard:
        known = bool(scores(made))
        row = FindingRow(
            "esi.response", "Response", "ok" if known else "cannot-determine", None, (DONE,),
            "Relief lasted." if known else "No follow-up score.", "LCD L39240", True,
            missing=() if known else (lack,),
        )  # fmt: skip
        return VerdictCard(
            row.status, plan.on, plan.on, (row,), "us-medicare", "1", "US Medicare", "",
            patient_id=plan.patient_id,
        )  # fmt: skip

    monkeypatch.setattr(verdicts, "assess", assess)
    made.panel.start()
    fill(made)
    return made


def button(desk: Any, words: str) -> Button:
    found = [b for b in desk.panel.card.findChildren(Button) if words in b.text()]
    return next(b for b in found if b.isVisibleTo(desk.panel.card))


def open_dialog(desk: Any) -> ScoreDialog:
    press = button(desk, "Enter the follow-up score")
    press.setFocus()
    desk.qtbot.keyClick(press, Qt.Key.Key_Space)
    desk.settle()
    dialog = desk.panel.ways.dialog
    assert dialog is not None
    return dialog


def test_the_missing_score_is_entered_and_the_rules_asked_again(asked: Any) -> None:
    assert "Cannot be determined" in asked.panel.card.accessibleName()
    dialog = open_dialog(asked)
    assert dialog.value.hasFocus()
    asked.qtbot.keyClicks(dialog.value, "3")
    asked.qtbot.keyClick(dialog.value, Qt.Key.Key_Return)
    asked.settle()
    assert scores(asked) == [Decimal(3)]
    assert asked.panel.ways.dialog is None
    assert "Within limits" in asked.panel.card.accessibleName()
    assert asked.panel.procedure.site.text() == "L5 left"


def test_relief_in_percent(asked: Any) -> None:
    dialog = open_dialog(asked)
    dialog.way.set_value("percent")
    dialog.way.changed.emit("percent")
    asked.qtbot.keyClicks(dialog.value, "60")
    asked.qtbot.mouseClick(dialog.accept, Qt.MouseButton.LeftButton)
    asked.settle()
    assert scores(asked) == [Decimal("3.2")]


@pytest.mark.parametrize(
    ("value", "day", "said"),
    [
        ("", "today", "Type a number"),
        ("many", "today", "Type a number"),
        ("11", "today", "between 0 and 10"),
        ("3", "soon", "not a date"),
        ("3", "3 aug 2026", "after 3 Aug 2026"),
        ("3", "25 nov 2026", "later day"),
    ],
)
def test_wrong_input_is_said_at_its_field(asked: Any, value: str, day: str, said: str) -> None:
    dialog = open_dialog(asked)
    asked.qtbot.keyClicks(dialog.value, value)
    asked.type(dialog.day, day)
    asked.qtbot.keyClick(dialog.day, Qt.Key.Key_Return)
    asked.settle()
    assert said in dialog.value_field.error() + dialog.day_field.error()
    assert dialog.isVisible()
    assert scores(asked) == []


def test_a_day_without_a_year_is_the_last_one(asked: Any) -> None:
    dialog = open_dialog(asked)
    asked.type(dialog.day, "20 dec")
    assert "= Sat 20 December 2025" in words_in(dialog)


ALLOWED = date(2027, 1, 16)
"""A Saturday: the clinic is closed."""


@pytest.fixture
def too_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules allow it from that day on."""

    def assess(work: Any, plan: PlanRequest) -> VerdictCard:
        row = FindingRow("esi.cap", "Cap", "not-before", ALLOWED, (), "One too many.", "LCD", True)
        card = VerdictCard("not-before", plan.on, ALLOWED, (row,), "p", "1", "Pack", "")
        return card if plan.on < ALLOWED else replace(card, status="ok", earliest=plan.on)

    monkeypatch.setattr(verdicts, "assess_in", assess)


@pytest.mark.usefixtures("too_soon")
def test_the_first_allowed_day_is_one_with_a_free_time(desk: OpenDesk) -> None:
    made = desk()
    made.panel.start()
    fill(made)
    assert made.panel.card.jump.text() == "Book on the first open day: 18 Jan 2027"
    assert "Allowed from Sat 16 Jan 2027 on, closed until Mon 18 Jan" in (
        made.panel.card.jump.toolTip()
    )
    made.qtbot.mouseClick(made.panel.card.jump, Qt.MouseButton.LeftButton)
    made.settle()
    taken = made.panel.draft
    assert taken.day >= ALLOWED + timedelta(days=2)
    assert taken.at == time(10, 15)
    assert "Sat 16 Jan 2027" in made.panel.trouble.text()
    assert datetime.combine(taken.day, taken.at)


@pytest.mark.usefixtures("too_soon")
def test_a_review_answers_no_interval(desk: OpenDesk) -> None:
    made = desk()
    entry = AllergyEntry("IV dye", "anaphylaxis")
    safety_facts.answer(made.clinic, made.actor, made.seeded.teresa, Topic.ALLERGIES, add=(entry,))
    made.panel.start()
    fill(made)
    assert not made.panel.accept.isEnabled()
    made.qtbot.keyClick(made.panel.time.minutes, Qt.Key.Key_Return, CTRL)
    made.settle()
    assert "Not before 16 Jan 2027" in made.panel.trouble.text()
    made.type(made.panel.time.date, "18 jan 10:15")
    made.qtbot.keyClick(made.panel.time.date, Qt.Key.Key_Tab)
    made.settle()
    assert made.panel.accept.isEnabled()
    assert made.panel.accept.text().startswith("For review")
