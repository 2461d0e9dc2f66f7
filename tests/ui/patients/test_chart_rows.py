"""What the chart says about procedures: scores, relief, lines of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.domain.rows.people import PastProcedure, UpcomingAppointment
from clinicdesk.ui import theme
from clinicdesk.ui.patients.history import HistoryTable
from clinicdesk.ui.patients.relief_timeline import ReliefTimeline
from clinicdesk.ui.patients.site_lines import latest_of_each
from clinicdesk.ui.patients.timeline_rows import lines_of_time, range_for
from clinicdesk.ui.patients.words import (
    pain_text,
    relief_percent,
    relief_text,
    spoken_row,
    state_text,
)

TODAY = date(2026, 11, 24)
ESI = PastProcedure(
    id=4, performed_on=date(2026, 7, 21), procedure="esi.transforaminal",
    name="Transforaminal ESI", family="EPI", sites=("L5 left",), intent="therapeutic",
    physician="Dr. Osei", guidance="fluoroscopy", medications=("Dexamethasone 10 mg",),
    scale="NRS", before=Decimal(7), after=Decimal(2), followup=Decimal(3),
    followup_on=date(2026, 11, 3), state="signed", signed_at=None, signed_by="Dr. Osei",
    struck=False,
)  # fmt: skip
TPI = replace(ESI, id=5, procedure="tpi", name="Trigger point injection", family="TPI",
              sites=("trapezius left",), performed_on=date(2026, 9, 15), followup=None,
              followup_on=None, state="open")  # fmt: skip
BOOKED = UpcomingAppointment(
    9, datetime(2026, 12, 15, 14, 15, tzinfo=UTC), "Transforaminal ESI", "EPI", ("L4 left",),
    "Dr. Osei", "C-arm room", "booked",
)  # fmt: skip


def test_scores_in_words() -> None:
    assert pain_text(ESI) == "7 → 2 → 3"
    assert pain_text(TPI) == "7 → 2"
    assert pain_text(replace(ESI, before=None)) == "– → 2 → 3"
    assert pain_text(replace(ESI, before=None, after=None, followup=None)) == ""


@pytest.mark.parametrize(
    ("before", "later", "percent"),
    [(7, 3, 57), (5, 1, 80), (0, 0, None), (None, 3, None), (4, 6, -50)],
)
def test_relief_is_exact_and_never_rounded_up(
    before: int | None, later: int, percent: int | None
) -> None:
    row = replace(ESI, before=None if before is None else Decimal(before), followup=Decimal(later))
    assert relief_percent(row) == percent


def test_relief_names_the_weeks_it_was_read_at() -> None:
    assert relief_text(ESI) == "57% · 15 wk"
    assert relief_text(TPI) == "71%"


def test_states() -> None:
    assert [state_text(row) for row in (ESI, TPI, replace(ESI, struck=True))] == [
        "Signed", "Not signed", "Struck out",
    ]  # fmt: skip
    for part in ("Tue 21 Jul 2026", "pain 7 → 2 → 3 on NRS", "Signed"):
        assert part in spoken_row(ESI)


def test_lines_of_time_by_kind_last_used_first() -> None:
    older = replace(ESI, id=1, performed_on=date(2026, 1, 12), sites=("L5 right",))
    struck = replace(TPI, id=2, struck=True)
    lines = lines_of_time((TPI, ESI, older, struck), (BOOKED,))
    assert [line.title for line in lines] == ["Trigger point injection", "Transforaminal ESI"]
    assert [row.id for row in lines[1].done] == [1, 4]
    assert lines[1].booked == (BOOKED,)
    assert lines[1].note == "L5 left and 2 more"
    assert [row.id for row in lines[0].done] == [5]


def test_the_range_keeps_today_and_what_is_booked_in_sight() -> None:
    for key in ("6m", "1y", "2y", "all"):
        span = range_for(key, TODAY, (ESI,), (BOOKED,))
        assert span.start < TODAY < BOOKED.start.date() < span.end
    assert range_for("all", TODAY, (), ()).start < TODAY


def test_what_may_be_repeated_is_asked_once_per_kind() -> None:
    newer = replace(ESI, id=8, performed_on=date(2026, 10, 1))
    rows = latest_of_each((newer, TPI, ESI, replace(ESI, id=9, struck=True)))
    assert [row.id for row in rows] == [8, 5]


def test_the_list_opens_by_enter_and_paints_every_state(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    table = HistoryTable()
    qtbot.addWidget(table)
    table.resize(1000, 300)
    table.set_rows((ESI, TPI, replace(ESI, id=6, struck=True)))
    table.show()
    assert not table.grab().isNull()
    table.selectRow(1)
    with qtbot.waitSignal(table.opened) as caught:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert caught.args == [5]
    model = table.model()
    assert "L5 left" in model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def hot(widget: QWidget) -> Iterator[QPoint]:
    """Where the pointer becomes a hand, from top left on."""
    for y in range(0, widget.height(), 8):
        for x in range(0, widget.width(), 8):
            QTest.mouseMove(widget, QPoint(x, y))
            if widget.cursor().shape() is Qt.CursorShape.PointingHandCursor:
                yield QPoint(x, y)


def test_a_pie_on_the_timeline_opens_the_log(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    line = ReliefTimeline()
    qtbot.addWidget(line)
    line.resize(900, 140)
    line.set_rows((ESI, TPI), (BOOKED,), TODAY)
    line.show()
    line.grab()
    *_, spot = hot(line)
    with qtbot.waitSignal(line.opened) as caught:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=spot)
    assert caught.args == [4]
    assert "57% · 15 wk" in line.accessibleDescription()


@pytest.mark.parametrize("width", [700, 800, 900])
def test_relief_is_written_over_a_session_also_where_the_next_is_near(
    width: int, qtbot: QtBot
) -> None:
    soon = replace(ESI, id=6, performed_on=date(2026, 10, 13), followup=None, followup_on=None)

    def over(followup: int) -> QImage:
        first = replace(ESI, followup=Decimal(followup))
        line = ReliefTimeline()
        qtbot.addWidget(line)
        line.resize(width, 80)
        line.set_rows((soon, first), (), TODAY)
        line.show()
        # Above the pies: nothing of them reaches there.
        return line.grab(QRect(0, 26, width, 9)).toImage()

    assert over(3) != over(1)
