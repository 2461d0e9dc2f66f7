"""What a screen reader finds: roles, values and parts of what is painted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from clinicdesk.domain.appointments import Status
from clinicdesk.domain.rows.schedule import MonthLoad
from clinicdesk.ui.booking.family_buttons import FamilyButtons
from clinicdesk.ui.log.figure import Figure
from clinicdesk.ui.log.pain_scale import PainScale
from clinicdesk.ui.log.side_panel import CheckRow
from clinicdesk.ui.schedule.month import MonthGrid
from clinicdesk.ui.widgets import Dialog, Segmented

from .conftest import children, press, spoken

Role = QAccessible.Role


def value(widget: QWidget) -> str:
    return str(spoken(widget).text(QAccessible.Text.Value))


def test_one_of_a_few_is_a_choice_and_no_check_box(on_show: Callable[..., QWidget]) -> None:
    segments = Segmented([("a", "Left side"), ("b", "Right side")], "Side")
    segments.set_value("b")
    on_show(segments)
    first, second = segments.findChildren(QPushButton)
    assert spoken(second).role() == spoken(first).role() == Role.RadioButton
    assert (bool(spoken(first).state().checked), bool(spoken(second).state().checked)) == (
        False, True,
    )  # fmt: skip
    chosen: list[str] = []
    segments.changed.connect(chosen.append)
    press(first)
    assert chosen == ["a"]
    families = FamilyButtons()
    on_show(families)
    assert {spoken(b).role() for b in families.findChildren(QPushButton)} == {Role.RadioButton}


def test_the_pain_scale_is_a_slider_with_its_score(on_show: Callable[..., QWidget]) -> None:
    scale = PainScale("Pain before")
    on_show(scale)
    assert spoken(scale).role() == Role.Slider
    assert value(scale) == "not given"
    scale.set_value(Decimal(7))
    assert value(scale) == "7"


def test_the_month_has_its_days(on_show: Callable[..., QWidget]) -> None:
    grid = MonthGrid()
    grid.day, grid.shown = date(2026, 11, 24), (2026, 11)
    grid.load = MonthLoad({date(2026, 11, 24): 9})
    on_show(grid, 200, 180)
    assert value(grid) == "Tue 24 Nov 2026, 9 booked"
    days = children(grid)
    assert len(days) == 42
    assert [name for name, chosen in days if chosen] == ["Tue 24 Nov 2026, 9 booked"]
    picked: list[date] = []
    grid.picked.connect(picked.append)
    press(grid, 0)
    assert picked == [date(2026, 10, 26)]
    grid.shown = (2026, 12)
    assert children(grid)[0][0] == "Mon 30 Nov 2026"


def test_the_figure_has_its_points(catalogue: Any, on_show: Callable[..., QWidget]) -> None:
    figure = Figure()
    figure.set_procedure(catalogue.procedure("esi.transforaminal"))
    figure.set_sites(["L5 left"])
    on_show(figure, 376, 690)
    points = children(figure)
    assert [name for name, chosen in points if chosen] == ["L5-S1 foramen (L5 nerve), left"]
    assert value(figure) == "L5-S1 foramen (L5 nerve), left"
    picked: list[tuple[str, ...]] = []
    figure.picked.connect(picked.append)
    press(figure, [name for name, _ in points].index("L5-S1 foramen (L5 nerve), right"))
    assert picked == [("L5 left", "L5 right")]
    figure.set_read_only(True)
    press(figure, 0)
    assert len(picked) == 1


def test_an_open_line_of_the_log_can_be_pressed(on_show: Callable[..., QWidget]) -> None:
    line = CheckRow("Lots in date")
    line.show_state([("lot", "Type the lot.")], "", wrong=False)
    on_show(line)
    wanted: list[str] = []
    line.wanted.connect(wanted.append)
    assert spoken(line).role() == Role.Button
    press(line)
    assert wanted == ["lot"]


def test_a_dialog_is_a_dialog_and_the_page_beneath_is_not_there(front: Any) -> None:
    front.enter("frontdesk")
    window = front.window
    whole = spoken(window.centralWidget())
    (pages,) = (
        child for n in range(whole.childCount())
        if (child := whole.child(n)).object().isVisible()
    )  # fmt: skip
    assert pages.childCount() == 1
    dialog = Dialog(window, "Cancel the appointment", note="It stays in the history")
    dialog.open_dialog()
    found = spoken(dialog)
    assert found.role() == Role.Dialog
    assert found.state().modal
    assert found.text(QAccessible.Text.Name) == "Cancel the appointment"
    assert pages.childCount() == 0
    dialog.close_dialog()
    assert pages.childCount() == 1


def test_the_rail_is_a_list_of_pages(front: Any) -> None:
    front.enter("frontdesk")
    rail = front.window.workspace.rail
    buttons = rail.findChildren(QAbstractButton)
    assert spoken(rail).role() == Role.PageTabList
    assert {spoken(button).role() for button in buttons} == {Role.PageTab}
    assert [b.entry.key for b in buttons if spoken(b).state().selected] == ["schedule"]


def test_who_went_home_is_on_no_side() -> None:
    assert Status.LEFT.label == "Gone home"
    sides = {"left", "right", "midline", "bilateral"}
    assert not sides & {word.lower() for status in Status for word in status.label.split()}


@pytest.mark.parametrize("page", ["log", "chart", "due"])
def test_painted_lines_have_their_parts(page: str, walk: Callable[..., Any]) -> None:
    from clinicdesk.ui.due.week_chart import WeekChart
    from clinicdesk.ui.patients.relief_timeline import ReliefTimeline
    from clinicdesk.ui.verdict.timeline import Timeline

    kinds: dict[str, Any] = {"log": Timeline, "chart": ReliefTimeline, "due": WeekChart}
    for name, window in walk(only=(page,)):
        painted = next(w for w in window.findChildren(kinds[name]) if w.isVisible())
        parts = [text for text, _ in children(painted)]
        assert len(parts) >= 3
        assert all(parts)
