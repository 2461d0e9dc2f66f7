"""Where weeks begin on Sunday and hours count to twelve, the window shows it so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from pytestqt.qtbot import QtBot

from clinicdesk.domain.customs import customs_of
from clinicdesk.domain.rows.due import WeekCount
from clinicdesk.ui import local
from clinicdesk.ui.booking.time_section import TimeSection
from clinicdesk.ui.due.weeks import bars
from clinicdesk.ui.schedule.month import MonthGrid

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    local.use(customs_of("US"))


def test_a_day_of_another_year_is_named_with_it() -> None:
    near, far = date(2026, 12, 1), date(2027, 1, 12)
    local.use(customs_of("US"))
    assert (local.day_near(far), local.weekday_near(far)) == ("12 Jan", "Tue 12 Jan")
    local.use(customs_of("US"), lambda: TODAY)
    assert (local.day_near(near), local.weekday_near(near)) == ("1 Dec", "Tue 1 Dec")
    assert (local.day_near(far), local.weekday_near(far)) == ("12 Jan 2027", "Tue 12 Jan 2027")
    assert local.weekday_or_year(near) == "Tue 1 Dec"
    assert local.weekday_or_year(far) == "12 Jan 2027"


@pytest.fixture
def canada() -> None:
    local.use(customs_of("CA"))


def test_a_month_begins_with_its_sunday(qtbot: QtBot, canada: None) -> None:
    grid = MonthGrid()
    qtbot.addWidget(grid)
    grid.shown = (2026, 11)
    assert grid.heads() == ("Su", "Mo", "Tu", "We", "Th", "Fr", "Sa")
    assert grid.weeks()[0][0] == date(2026, 11, 1)


def test_weeks_of_the_due_list_too(canada: None) -> None:
    sunday = date(2026, 11, 22)
    shown = bars((WeekCount(sunday, 1, 2, overdue=False),), TODAY)
    assert [bar.since for bar in shown[:3]] == [None, sunday, date(2026, 11, 29)]
    assert shown[1].this_week
    assert (shown[1].booked, shown[1].open) == (1, 2)


def test_hours_to_twelve_are_written_and_read(qtbot: QtBot, canada: None) -> None:
    section = TimeSection(TODAY)
    qtbot.addWidget(section)
    section.set_start(datetime(2026, 12, 1, 14, 30))  # noqa: DTZ001
    assert section.time.text() == "2:30 PM"
    assert section.at == time(14, 30)


def test_what_was_understood_is_said_while_it_is_typed(qtbot: QtBot) -> None:
    local.use(customs_of("GB"))
    section = TimeSection(TODAY)
    qtbot.addWidget(section)
    section.show()
    section.date.setFocus()
    qtbot.keyClicks(section.date, "07/12/2026")
    words = [label.text() for label in section.findChildren(object) if hasattr(label, "text")]
    assert "= Mon 7 December 2026" in words
