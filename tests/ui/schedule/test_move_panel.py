"""Giving an appointment another day, by keyboard and mouse, on a real clinic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from clinicdesk.data import tables as t
from clinicdesk.domain.procedures import Guidance
from clinicdesk.domain.rows.schedule import BookRequest
from clinicdesk.services import booking
from clinicdesk.ui import theme

CTRL = Qt.KeyboardModifier.ControlModifier
OpenDesk = Callable[..., Any]
DONE_DAYS = (date(2026, 1, 12), date(2026, 4, 7), date(2026, 7, 21), date(2026, 10, 1))


def history(desk: Any) -> None:
    """Four lumbar epidurals within the year: a fifth is not before 13 Jan 2027."""
    with desk.clinic.store.write(None, "test.add") as tx:
        for day in DONE_DAYS:
            row = tx.add(
                t.ProcedureRecord(
                    patient_id=desk.seeded.teresa, procedure="esi.transforaminal",
                    intent="therapeutic", performed_on=day, physician_id=desk.seeded.osei,
                    created_at=tx.now,
                )
            )  # fmt: skip
            tx.add(t.ProcedureSite(procedure_id=row.id, name="L5", side="left"))


def book_later(desk: Any) -> int:
    """An epidural on 19 Jan 2027 at 10:00, shown."""
    ids, start = desk.seeded, datetime.combine(date(2027, 1, 19), time(10), desk.clinic.zone)
    request = BookRequest(
        ids.teresa, start, 30, ids.osei, ids.carm_room, "esi.transforaminal", ("L5 left",),
        guidance=Guidance.FLUOROSCOPY, reason="relief ended, walks badly",
    )  # fmt: skip
    number = booking.book(desk.clinic, ids.actor("physician"), request).value
    desk.page.show_day(start.date())
    desk.settle()
    return int(number)


def reason_of(desk: Any, number: int) -> list[str]:
    with desk.clinic.store.read() as tx:
        query = select(t.VerdictRecord.reason).where(t.VerdictRecord.appointment_id == number)
        return list(tx.session.scalars(query.order_by(t.VerdictRecord.id)))


def open_panel(desk: Any, number: int) -> Any:
    desk.view.select_appointment(number)
    desk.view.setFocus()
    desk.key(Qt.Key.Key_R)
    panel = desk.page.panel.moving
    assert panel.isVisible()
    return panel


def type_day(desk: Any, panel: Any, words: str) -> None:
    panel.time.date.setFocus()
    panel.time.date.selectAll()
    desk.qtbot.keyClicks(panel.time.date, words)
    desk.key(Qt.Key.Key_Tab)
    desk.qtbot.wait(60)
    desk.settle()


@pytest.fixture(params=["light", "dark"])
def booked(request: pytest.FixtureRequest, desk: OpenDesk, qapp: Any) -> tuple[Any, int]:
    """An epidural booked long after the cap is free again, at a desk of a physician."""
    theme.apply(qapp, request.param)
    made = desk("physician")
    history(made)
    return made, book_later(made)


def test_another_day_is_asked_about_before_anything_moves(booked: tuple[Any, int]) -> None:
    desk, number = booked
    panel = open_panel(desk, number)
    type_day(desk, panel, "22 dec 2026")
    assert "Not before" in panel.card.accessibleName()
    assert panel.card.reason.isVisible()
    assert desk.row(number).start.date() == date(2027, 1, 19)


def test_sooner_needs_a_reason_that_is_kept_and_audited(booked: tuple[Any, int]) -> None:
    desk, number = booked
    panel = open_panel(desk, number)
    type_day(desk, panel, "22 dec 2026")
    desk.qtbot.mouseClick(panel.accept, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.row(number).start.date() == date(2027, 1, 19)
    assert panel.card.reason.hasFocus()
    desk.qtbot.keyClicks(panel.card.reason, "cauda equina was ruled out")
    # Asked again in between: what was typed stays.
    type_day(desk, panel, "23 dec 2026")
    assert panel.card.reason_text() == "cauda equina was ruled out"
    desk.key(Qt.Key.Key_Return, CTRL)
    assert desk.row(number).start.date() == date(2026, 12, 23)
    assert reason_of(desk, number)[-1] == "cauda equina was ruled out"
    with desk.clinic.store.read() as tx:
        acts = tx.session.scalars(select(t.AuditAct).order_by(t.AuditAct.id.desc()))
        moved = next(act for act in acts if act.action == "appointment.move")
        assert moved.reason == "cauda equina was ruled out"
    assert desk.page.day == date(2026, 12, 23)


def test_the_first_allowed_day_is_one_press_away(booked: tuple[Any, int]) -> None:
    desk, number = booked
    panel = open_panel(desk, number)
    type_day(desk, panel, "22 dec 2026")
    earliest = panel.card.card.earliest
    desk.qtbot.mouseClick(panel.card.jump, Qt.MouseButton.LeftButton)
    desk.settle()
    desk.qtbot.wait(60)
    desk.settle()
    assert panel.time.day is not None
    assert earliest <= panel.time.day <= earliest + timedelta(days=4)
    assert "Not before" not in panel.card.accessibleName()


def test_escape_leaves_it_where_it_was(booked: tuple[Any, int]) -> None:
    desk, number = booked
    panel = open_panel(desk, number)
    type_day(desk, panel, "22 dec 2026")
    desk.key(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert desk.row(number).start.date() == date(2027, 1, 19)


def test_a_clerk_is_told_who_may_go_sooner(desk: OpenDesk) -> None:
    clerk = desk()
    history(clerk)
    number = book_later(clerk)
    panel = open_panel(clerk, number)
    type_day(clerk, panel, "22 dec 2026")
    assert not panel.card.reason.isVisible()
    clerk.key(Qt.Key.Key_Return, CTRL)
    assert clerk.row(number).start.date() == date(2027, 1, 19)


def test_rubbish_in_the_date_is_said_at_the_field(booked: tuple[Any, int]) -> None:
    desk, number = booked
    panel = open_panel(desk, number)
    type_day(desk, panel, "the day after")
    assert "not a date" in panel.time.line()
    desk.key(Qt.Key.Key_Return, CTRL)
    assert desk.row(number).start.date() == date(2027, 1, 19)
