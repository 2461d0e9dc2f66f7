"""The day under the mouse: only events a hand can make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from support.days import LINDQVIST, OSEI, appointment, at

from clinicdesk.domain.appointments import Status

Open = Callable[..., Any]


@pytest.fixture
def one(bare: Open) -> Any:
    """Teresa at 10:30 for 45 minutes with Dr. Osei in the C-arm room."""
    return bare(appointment(7, at("10:30"), 45))


def test_a_click_selects_and_either_end_selects_both(one: Any) -> None:
    one.pointer.click(0, 640)
    assert one.view.selected().id == 7
    one.pointer.click(1, 640)
    assert one.view.selected() is None
    one.pointer.click(2, 640)
    assert one.view.selected().id == 7
    assert [c[0] for c in one.said("chosen")] == [7, None, 7]


def test_a_double_click_opens_or_books(one: Any) -> None:
    one.pointer.double_click(0, 640)
    assert one.said("opened") == [(7,)]
    one.pointer.double_click(1, 9 * 60 + 20)
    assert one.said("slot_wanted") == [(1, 9 * 60 + 15, 0)]


def test_a_press_drawn_down_sets_start_and_length(one: Any) -> None:
    one.pointer.drag((1, 9 * 60 + 2), (1, 9 * 60 + 41))
    assert one.said("slot_wanted") == [(1, 9 * 60, 9 * 60 + 40)]


def test_a_press_without_a_movement_asks_for_nothing(one: Any) -> None:
    one.pointer.drag((0, 640), (0, 640.5))
    assert one.said("move_wanted") == []
    assert one.said("slot_wanted") == []


def test_a_block_follows_in_steps_of_five_minutes(one: Any) -> None:
    one.pointer.press(0, 640)
    one.pointer.move(0, 640 + 63)
    drag = one.view.drag
    assert (drag.start, drag.end, drag.column) == (695, 740, 0)
    one.pointer.release(0, 640 + 63)
    (wish,) = (w[0] for w in one.said("move_wanted"))
    assert (wish.appointment_id, wish.start, wish.minutes) == (7, at("11:35"), 45)
    assert wish.physician_id == OSEI


def test_a_block_goes_to_another_physician_but_never_into_a_room(one: Any) -> None:
    one.pointer.drag((0, 640), (1, 640))
    one.pointer.press(0, 640)
    one.pointer.move(3, 640)
    assert one.view.drag.column == 0
    one.pointer.release(3, 640)
    (wish,) = (w[0] for w in one.said("move_wanted"))
    assert (wish.physician_id, wish.start) == (LINDQVIST, at("10:30"))


def test_the_lower_edge_makes_it_longer(one: Any) -> None:
    one.pointer.drag((0, 674), (0, 705))
    (wish,) = (w[0] for w in one.said("move_wanted"))
    assert (wish.start, wish.minutes) == (at("10:30"), 75)


def test_escape_puts_it_back(one: Any) -> None:
    one.pointer.press(0, 640)
    one.pointer.move(0, 760)
    QTest.keyClick(one.view, Qt.Key.Key_Escape)
    assert one.view.drag is None
    one.pointer.release(0, 760)
    assert one.said("move_wanted") == []


def test_a_refused_drop_says_why_at_the_pointer_and_moves_nothing(one: Any) -> None:
    one.view.set_refusal(lambda wish: "C-arm room is booked 13:00–14:30 (Saarinen).")
    one.pointer.press(0, 640)
    one.pointer.move(0, 790)
    assert one.view.drag.refusal.startswith("C-arm room is booked")
    one.pointer.release(0, 790)
    assert one.said("move_wanted") == []
    assert one.said("refused") == [("C-arm room is booked 13:00–14:30 (Saarinen).",)]
    assert one.view.told == "C-arm room is booked 13:00–14:30 (Saarinen)."
    one.pointer.click(1, 540)
    assert one.view.told == ""


FIXED = [
    ({"procedure_id": 3}, "logged already"),
    ({"status": Status.LEFT}, "is over"),
    ({"status": Status.NO_SHOW}, "did not come"),
]


@pytest.mark.parametrize(("how", "words"), FIXED, ids=[f[1] for f in FIXED])
def test_what_is_over_stays_and_says_so(bare: Open, how: dict[str, Any], words: str) -> None:
    done = bare(appointment(7, at("10:30"), 45, **how))
    done.pointer.drag((0, 640), (0, 760))
    assert done.said("move_wanted") == []
    assert words in done.view.told


def test_a_drag_near_the_edge_scrolls(bare: Open, qtbot: Any) -> None:
    small = bare(appointment(7, at("08:30"), 45))
    small.view.resize(900, 300)
    small.pointer.press(0, 520)
    QTest.mouseMove(small.view.viewport(), small.pointer.at(0, 560))
    QTest.mouseMove(
        small.view.viewport(), small.view.viewport().rect().bottomLeft() + small.pointer.at(0, 480)
    )
    before = small.view.drag.start
    qtbot.waitUntil(lambda: small.view.verticalOffset() > 60, timeout=3000)
    assert small.view.drag.start > before
    QTest.keyClick(small.view, Qt.Key.Key_Escape)


def test_free_time_under_the_pointer_offers_itself(one: Any) -> None:
    plain = one.view.grab().toImage()
    QTest.mouseMove(one.view.viewport(), one.pointer.at(1, 9 * 60 + 20))
    assert one.view.grab().toImage() != plain
    # Dr. Lindqvist comes at 08:30; before that nothing is offered.
    QTest.mouseMove(one.view.viewport(), one.pointer.at(1, 8 * 60 + 20))
    assert one.view.grab().toImage() == plain


def test_with_many_resources_the_hours_stay_in_place(bare: Open) -> None:
    from support.days import crowded

    many = bare(made=crowded(120))
    assert many.view.horizontalScrollBar().maximum() > 0
    last = len(many.model.columns) - 1
    many.view.show_column(last)
    point = many.pointer.at(last, 600)
    assert many.view.viewport().rect().contains(point)
    assert many.view.geometry_of_day.column(many.view.content_point(point).x()) == last
