"""How full a column is, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.days import OSEI, appointment, at, day

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.schedule import BlockRow
from clinicdesk.ui.schedule.header import fullness, spelled
from clinicdesk.ui.schedule.model import blocks_of


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (15, "15 min"), (60, "1 h"), (75, "1 h 15"), (540, "9 h")]
)
def test_spans_of_time(minutes: int, words: str) -> None:
    assert spelled(minutes) == words


def test_lunch_is_not_free_and_a_no_show_takes_no_time() -> None:
    lunch = BlockRow(1, (OSEI,), "lunch", "Lunch", at("12:00"), at("12:45"))
    rows = day(
        appointment(1, at("09:00"), 60),
        appointment(2, at("10:00"), 60, status=Status.NO_SHOW),
        blocks=(lunch,),
    )
    mine = [b for b in blocks_of(rows) if b.column == 0]
    full = fullness(rows, rows.resources[0], mine)
    assert full.words == "1 booked · 7 h 15 free"
    assert round(full.share, 3) == round(60 / 495, 3)


def test_a_closed_day_says_so() -> None:
    rows = replace(day(), hours=())
    assert fullness(rows, rows.resources[0], []).words == "Closed"
