"""The page on the program's own services: from a procedure of the summer to a booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from support.due import performed

from clinicdesk.domain.rows.due import DueGroup
from clinicdesk.services import due

from .conftest import CTRL, DueDesk

Key = Qt.Key
Open = Callable[[], DueDesk]
TODAY = date(2026, 11, 24)


def group_of(desk: DueDesk) -> DueGroup:
    """Where the only row stands."""
    (number,) = desk.page.model.sections.ids
    (row,) = due.rows(desk.clinic, desk.window.workspace.actor, (number,), TODAY)  # type: ignore[union-attr]
    return row.group


def test_from_the_call_to_the_booking(real: Open, embedded_clinic: Any, physician: Any) -> None:
    clinic = embedded_clinic
    performed(clinic, date(2026, 5, 12), scores=((date(2026, 6, 2), 2), (date(2026, 8, 12), 2)))
    d = real()
    assert not d.page.progress.isVisible()
    assert d.view.current_row().family_name == "Villalobos"
    assert "Villalobos, Teresa" in d.page.model.spoken(d.view.line)

    # No answer: it is on record, and Ctrl+Z withdraws it.
    d.key(Key.Key_Return)
    assert d.panel.name.text() == "Teresa Villalobos"
    d.key(Key.Key_2)
    d.key(Key.Key_Return)
    assert d.view.current_row().contacts == 1
    assert "Try again" in d.page.model.spoken(d.view.line)
    d.undo()
    assert d.view.current_row().contacts == 0

    # Put aside, and back.
    d.key(Key.Key_S)
    d.type("travelling")
    d.key(Key.Key_Return)
    assert group_of(d) is DueGroup.SNOOZED
    d.undo()
    assert group_of(d) is not DueGroup.SNOOZED

    # A date by hand stands in the row with its author.
    d.key(Key.Key_D)
    d.type("in 2 weeks")
    d.dialog().reason.setText("before her holiday")
    d.key(Key.Key_Return, CTRL)
    assert d.view.current_row().due_on == date(2026, 12, 8)
    assert d.view.current_row().hand_date.reason == "before her holiday"

    # Somebody else has her in hand: she cannot be taken; then she can.
    number = d.view.current_id()
    assert due.take(clinic, physician, number).mine
    d.tell_all()
    assert f"{physician.name} is calling" in d.page.model.spoken(d.view.line)
    d.key(Key.Key_Return)
    assert not d.panel.isVisible()
    due.release(clinic, physician)
    d.tell_all()

    # Booked from the row: only the time is needed; the row leaves for "Booked" by itself.
    d.key(Key.Key_B)
    page: Any = d.window.workspace.page("schedule")  # type: ignore[union-attr]
    assert page.panel.booking.draft.sites == "L5 left"
    assert page.panel.booking.draft.physician[0] == clinic.seeded.osei
    page.panel.booking.time.time.setFocus()
    page.panel.booking.time.time.selectAll()
    d.type("14:00")
    d.key(Key.Key_Return, CTRL)
    d.open()
    assert group_of(d) is DueGroup.BOOKED
    assert d.page.model.sections.shown() == ()


def test_a_score_told_on_the_telephone_is_kept(real: Open, embedded_clinic: Any) -> None:
    performed(embedded_clinic, date(2026, 8, 12))
    d = real()
    assert d.view.current_row().relief_percent is None
    d.key(Key.Key_Return)
    d.click(d.panel.score)
    dialog = d.dialog()
    d.type("2")
    d.click(dialog.accept)
    assert d.dialog() is None
    assert d.view.current_row().relief_percent == 75
    assert d.panel.row.relief_percent == 75
