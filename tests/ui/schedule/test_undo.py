"""Undo and redo in the window, as deep as acts were done; and what another desk forbids."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from support import settle
from support.front import Front

from clinicdesk.domain.appointments import Status
from clinicdesk.services import booking, schedule
from clinicdesk.ui.widgets import Choice

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def number(front: Front) -> int:
    """Andrea Soto at 13:00, selected."""
    front.enter("frontdesk")
    made = settle.book(front.clinic, "frontdesk", "andrea", settle.TODAY, 13)
    front.window.workspace.show_page("schedule", appointment_id=made)
    front.settle()
    return made


def row(front: Front, number: int) -> Any:
    return schedule.appointment(front.clinic, front.clinic.seeded.actor("frontdesk"), number)


def step(front: Front, times: int = 1) -> None:
    page = front.window.workspace.page("schedule")
    (box,) = (b for b in page.detail.findChildren(Choice) if b.isVisible())
    box.setFocus(Qt.FocusReason.TabFocusReason)
    front.key(Key.Key_Down, times=times)


def later(front: Front) -> None:
    page = front.window.workspace.page("schedule")
    page.view.setFocus()
    front.key(Key.Key_M)
    front.key(Key.Key_Down, times=3)
    front.key(Key.Key_Return)


def test_as_deep_as_acts_were_done_and_forth_again(front: Front, number: int) -> None:
    later(front)
    step(front)
    step(front)
    assert (row(front, number).status, f"{row(front, number).start:%H:%M}") == (
        Status.ARRIVED, "13:15",
    )  # fmt: skip
    seen = []
    for __ in range(3):
        (button,) = front.window.workspace.status.findChildren(QPushButton)
        seen.append(button.accessibleName())
        front.key(Key.Key_Z, CTRL)
    assert seen == [
        "Undo: Soto, Andrea: arrived",
        "Undo: Soto, Andrea: confirmed",
        "Undo: Soto, Andrea moved 13:00 → 13:15",
    ]
    assert (row(front, number).status, f"{row(front, number).start:%H:%M}") == (
        Status.BOOKED, "13:00",
    )  # fmt: skip
    front.key(Key.Key_Y, CTRL)
    assert f"{row(front, number).start:%H:%M}" == "13:15"
    front.key(Key.Key_Z, CTRL | SHIFT)
    front.key(Key.Key_Y, CTRL)
    assert row(front, number).status is Status.ARRIVED
    front.key(Key.Key_Z, CTRL)
    assert row(front, number).status is Status.CONFIRMED


def test_what_somebody_else_changed_is_not_undone_and_says_whose(front: Front, number: int) -> None:
    step(front)
    nurse = front.clinic.seeded.actor("nurse")
    found = row(front, number)
    booking.set_status(front.clinic, nurse, number, found.version, Status.ARRIVED)
    front.key(Key.Key_Z, CTRL)
    assert row(front, number).status is Status.ARRIVED
    assert "Marisol Castellano has changed this appointment since" in front.said()


def test_a_booking_that_somebody_else_went_on_with_is_not_taken_back(front: Front) -> None:
    front.enter("frontdesk")
    front.window.workspace.show_page(
        "schedule", patient_id=front.clinic.seeded.andrea,
        procedure="esi.interlaminar", sites=("L5-S1 midline",),
        physician_id=front.clinic.seeded.osei,
    )  # fmt: skip
    front.settle()
    front.key(Key.Key_Return, CTRL)
    (made,) = schedule.day(
        front.clinic, front.clinic.seeded.actor("frontdesk"), settle.TODAY
    ).appointments
    nurse = front.clinic.seeded.actor("nurse")
    booking.set_status(front.clinic, nurse, made.id, made.version, Status.ARRIVED)
    front.key(Key.Key_Z, CTRL)
    assert row(front, made.id).status is Status.ARRIVED
    assert "Marisol Castellano has changed" in front.said()
