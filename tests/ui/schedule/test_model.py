"""The day as rows: what screen readers hear, and a move that waits for its answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from support.days import CARM_ROOM, LINDQVIST, appointment, at, crowded, day

from clinicdesk.domain.appointments import Status
from clinicdesk.scheduling.overlap import after
from clinicdesk.ui.schedule.model import AppointmentModel


def test_it_keeps_the_rules_of_an_item_model(qtmodeltester: Any) -> None:
    model = AppointmentModel()
    model.show(crowded(30))
    qtmodeltester.check(model)
    model.pend(appointment(1, at("14:00"), 30, physician=10, room=500))
    model.put_back()
    qtmodeltester.check(model)


def test_a_row_is_spoken_as_a_sentence() -> None:
    model = AppointmentModel()
    model.show(day(appointment(7, at("10:30"), 45, status=Status.CONFIRMED)))
    texts = [
        model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]
    assert texts == [
        "10:30 to 11:15, Villalobos, Teresa, Transforaminal ESI, L5 left, confirmed",
        "10:30 to 11:15, Villalobos, Teresa, Transforaminal ESI, L5 left, confirmed, in C-arm room",
    ]
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "born 14 Mar 1958, MRN 000007" in str(tip)


def test_a_patient_who_did_not_come_leaves_the_room_free() -> None:
    model = AppointmentModel()
    model.show(
        day(
            appointment(1, at("09:00"), 30, status=Status.NO_SHOW),
            appointment(2, at("10:00"), 30, status=Status.CANCELLED),
        )
    )
    assert [(b.appointment.id, b.linked) for b in model.blocks] == [(1, False)]


def test_what_ends_in_the_hour_that_comes_twice_is_as_high_as_it_is_long() -> None:
    zone = ZoneInfo("America/New_York")
    first = datetime(2027, 11, 7, 1, 30, tzinfo=zone)
    row = replace(appointment(1, at("01:30"), 30), start=first, end=after(first, 30))
    assert (row.end.hour, row.end.minute, row.end.fold) == (1, 0, 1)
    model = AppointmentModel()
    model.show(day(row))
    assert {(b.start, b.end) for b in model.blocks} == {(90, 120)}


def test_a_wished_move_is_shown_pending_and_can_be_put_back() -> None:
    row = appointment(1, at("09:00"), 30)
    model = AppointmentModel()
    model.show(day(row))
    model.pend(replace(row, start=at("11:00"), end=at("11:30"), physician_id=LINDQVIST))
    assert model.pending == 1
    assert [(b.start, b.column) for b in model.blocks] == [(660, 1), (660, 2)]
    model.put_back()
    assert model.pending is None
    assert [(b.start, b.column) for b in model.blocks] == [(540, 0), (540, 2)]


def test_those_that_overlap_stand_side_by_side() -> None:
    model = AppointmentModel()
    model.show(
        day(
            appointment(1, at("09:00"), 60),
            appointment(2, at("09:30"), 30, room=CARM_ROOM + 1),
        )
    )
    lanes = [(b.lane.index, b.lane.count) for b in model.blocks if b.column == 0]
    assert sorted(lanes) == [(0, 2), (1, 2)]
