"""The list by keyboard and mouse: cursor, ticks, folding, filters, chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support.due_fake import FakeDue, many, sample

from clinicdesk.domain.errors import Unavailable
from clinicdesk.domain.rows.due import NO_FAMILY, DueFilter, DueGroup, DueReason
from clinicdesk.ui.due.loader import Loader
from clinicdesk.ui.due.model import Col

from .conftest import CTRL, SHIFT, DueDesk

Key = Qt.Key
Open = Callable[..., DueDesk]


def wanted(desk: DueDesk) -> DueFilter:
    """What was asked for last."""
    what: DueFilter = desk.fake.asked("overview")[-1][0]
    return what


# -- cursor and ticks -----------------------------------------------------------------------


def test_the_cursor_stands_on_the_first_row_and_moves_over_headings(desk: Open) -> None:
    d = desk()
    assert QApplication.focusWidget() is d.view
    assert d.view.current_id() == 1
    d.key(Key.Key_Down, times=3)
    assert d.view.current_id() is None
    assert d.page.model.spoken(d.view.line) == "This week, 5, open"
    d.key(Key.Key_Down)
    assert d.view.current_id() == 4
    d.key(Key.Key_End)
    assert d.page.model.spoken(d.view.line) == "Put aside, 1, folded"
    d.key(Key.Key_Home)
    assert d.view.line == 0


def test_space_ticks_and_the_bar_counts(desk: Open) -> None:
    d = desk()
    assert "Arredondo" in d.page.bar.words.text()
    d.key(Key.Key_Space)
    d.key(Key.Key_Down)
    d.key(Key.Key_Space)
    assert d.page.model.chosen == {1, 2}
    assert d.page.bar.words.text() == "2 selected"
    assert d.page.bar.languages.text() == "Letters: 1 English, 1 Spanish"
    d.key(Key.Key_Space)
    assert d.page.model.chosen == {1}


def test_shift_and_arrows_tick_a_range_that_grows_and_shrinks(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Down, SHIFT, times=2)
    assert d.page.model.chosen == {1, 2, 3}
    d.key(Key.Key_Up, SHIFT)
    assert d.page.model.chosen == {1, 2}
    d.key(Key.Key_Down)
    d.key(Key.Key_Down, SHIFT, times=3)
    assert d.page.model.chosen == {1, 2, 3, 4, 5}


def test_all_can_be_ticked_by_key_and_by_the_head(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_A, CTRL)
    assert d.page.bar.words.text() == "13 selected"
    d.key(Key.Key_A, CTRL)
    assert d.page.model.chosen == set()
    spot = QPoint(d.view.head.sectionViewportPosition(Col.CHECK) + 20, 14)
    d.click(d.view.head.viewport(), spot)
    assert len(d.page.model.chosen) == 13


def test_the_mouse_ticks_in_the_box_and_moves_the_cursor_elsewhere(desk: Open) -> None:
    d = desk()
    d.click(d.view.viewport(), d.spot(4))
    assert (d.view.current_id(), d.page.model.chosen) == (4, set())
    d.click(d.view.viewport(), d.spot(5, Col.CHECK))
    assert (d.view.current_id(), d.page.model.chosen) == (5, {5})
    QTest.mouseClick(d.view.viewport(), Qt.MouseButton.LeftButton, SHIFT, d.spot(7))
    assert d.page.model.chosen == {5, 6, 7}


def test_headings_fold_by_keys_and_by_a_click(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Home)
    d.key(Key.Key_Left)
    assert d.page.model.spoken(0) == "Overdue, 3, folded"
    assert d.page.model.sections.line_of(1) is None
    d.key(Key.Key_Right)
    assert d.page.model.sections.line_of(1) == 1
    lines = range(d.page.model.sections.lines)
    line = next(n for n in lines if d.page.model.spoken(n).startswith("Holding,"))
    d.click(d.view.viewport(), d.view.line_rect(line).center())
    assert d.page.model.sections.line_of(14) == line + 1


def test_a_long_list_is_walked_to_its_end(desk: Open) -> None:
    d = desk(many(3000))
    d.key(Key.Key_End)
    assert d.view.current_id() == 3000
    assert d.view.current_row() is not None
    d.key(Key.Key_PageUp)
    assert d.view.current_id() < 3000


# -- figures, chips, chart ------------------------------------------------------------------


def test_the_head_counts(desk: Open) -> None:
    d = desk()
    figures = d.page.parts.figures
    assert figures.overdue.accessibleName() == "3 overdue"
    assert figures.this_week.text() == "5"
    assert figures.share.text() == "64%"
    assert d.page.chips.chip("EPI").text() == "Epidural 6"
    assert not d.page.chips.chip(NO_FAMILY).isVisible()
    assert d.page.subtitle() == "Repeat treatments, 16 rows"


def test_a_family_chip_narrows_the_list_and_all_widens_it(desk: Open) -> None:
    d = desk()
    d.click(d.page.chips.chip("RFA"))
    assert wanted(d).families == {"RFA"}
    assert d.page.model.sections.ids == (1, 9)
    d.click(d.page.chips.chip("JNT"))
    assert wanted(d).families == {"RFA", "JNT"}
    d.click(d.page.chips.chip(""))
    assert wanted(d) == DueFilter()
    assert d.page.model.rowCount() > 10


def test_chips_are_reached_by_arrows(desk: Open) -> None:
    d = desk()
    d.page.chips.chip("").setFocus()
    d.key(Key.Key_Right)
    d.key(Key.Key_Space)
    assert wanted(d).families == {"EPI"}


def test_a_bar_of_the_chart_narrows_to_its_week_and_again_widens(desk: Open) -> None:
    d = desk()
    chart = d.page.chart
    slot = chart.width() / len(chart.bars)
    d.click(chart, QPoint(round(slot * 2.5), 30))
    asked = next(w for w, _ in reversed(d.fake.asked("overview")) if w.since is not None)
    assert (asked.since, asked.until) == (date(2026, 11, 30), date(2026, 12, 6))
    assert d.page.model.sections.ids == (9, 10, 11)
    assert sum(bar.total for bar in chart.bars) > 10
    assert d.page.filters.week.text() == "Week of 30 Nov"
    d.click(d.page.filters.week)
    assert chart.chosen is None
    assert len(d.page.model.sections.ids) == 16


def test_the_chart_is_worked_and_heard_by_keyboard(desk: Open) -> None:
    d = desk()
    d.page.chart.setFocus()
    assert d.page.chart.accessibleDescription().startswith("Week of 23 Nov: 5 to book, 1 booked")
    d.key(Key.Key_Left)
    assert d.page.chart.accessibleDescription().startswith("Before that: 4 overdue")
    d.key(Key.Key_Return)
    assert d.page.model.sections.ids == (1, 2, 3, 16)
    assert "chosen" in d.page.chart.accessibleDescription()
    d.key(Key.Key_Return)
    assert len(d.page.model.sections.ids) == 16


# -- a long list ----------------------------------------------------------------------------


def asks(desk: DueDesk) -> list[str]:
    """Whether the beginning of the list was asked for, or all of it, in order."""
    return [name for name, _ in desk.fake.calls if name in {"opening", "overview"}]


def test_a_long_list_is_asked_for_by_its_beginning_and_then_whole(desk: Open) -> None:
    d = desk(many(700))
    # Of the made-up services a beginning looks at the whole list, too.
    assert asks(d) == ["opening", "overview", "overview"]
    assert d.page.subtitle() == "Repeat treatments, 700 rows"
    assert d.page.model.sections.whole
    d.key(Key.Key_End)
    assert d.view.current_id() == 700
    # What changes meanwhile leaves everybody where they are.
    d.fake.calls.clear()
    d.other_desk(3, due_on=date(2026, 11, 1))
    assert asks(d) == ["overview"]
    assert d.view.current_id() == 700
    # Another question begins at the beginning again.
    d.fake.calls.clear()
    d.page.filters.until.set_value(date(2026, 12, 6))
    d.page.filters.changed.emit()
    d.settle()
    assert asks(d)[0] == "opening"
    assert d.view.current_id() == 1


def test_with_ticks_on_it_the_whole_list_is_asked_for(desk: Open) -> None:
    d = desk(many(700))
    d.key(Key.Key_Space)
    d.fake.calls.clear()
    d.page.filters.until.set_value(date(2026, 12, 6))
    d.page.filters.changed.emit()
    d.settle()
    assert asks(d)[0] == "overview"
    assert d.page.bar.words.text() == "1 selected"


def test_what_needs_the_whole_list_waits_for_it(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Loader, "_ask_the_rest", lambda *_: None)
    d = desk(many(700))
    assert not d.page.model.sections.whole
    assert "Person1," in d.page.model.spoken(1)
    for keys in ((Key.Key_A, CTRL), (Key.Key_Down, SHIFT), (Key.Key_C,)):
        d.window.bus.say("")
        d.key(*keys)
        assert d.said() == "The list is still being read. Try again in a moment."
    assert d.page.model.chosen == set()
    assert not d.fake.asked("call_sheet")
    monkeypatch.undo()
    d.page.loader.ask()
    d.settle()
    d.key(Key.Key_A, CTRL)
    assert len(d.page.model.chosen) == 700


# -- filters --------------------------------------------------------------------------------


def test_f_searches_and_the_arrow_goes_to_the_list(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_F)
    assert QApplication.focusWidget() is d.page.filters.search
    d.type("brandt")
    assert wanted(d).text == "brandt"
    assert d.page.model.sections.shown() == (14,)
    d.key(Key.Key_Down)
    assert QApplication.focusWidget() is d.view
    assert d.view.current_id() == 14


def test_letters_typed_into_the_search_are_no_commands(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_F)
    d.type("pbsdce12")
    assert d.dialog() is None
    assert d.page.filters.search.text() == "pbsdce12"
    assert not d.fake.asked("letters")


def test_nothing_found_is_one_sentence_and_one_way_out(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_F)
    d.type("zzz")
    empty = d.page.parts.empty
    assert empty.isVisible()
    assert empty.button.text() == "Clear all filters"
    d.click(empty.button)
    assert wanted(d) == DueFilter()
    assert d.view.isVisible()
    assert QApplication.focusWidget() is d.view


def test_until_groups_and_physicians_narrow_and_clear_widens(desk: Open) -> None:
    d = desk()
    filters = d.page.filters
    filters.until.setFocus()
    QTest.keyClick(filters.until, Key.Key_Down)
    d.settle()
    assert wanted(d) == DueFilter() or wanted(d).until is None
    asked = [w.until for w, _ in d.fake.asked("overview")]
    assert date(2026, 11, 29) in asked
    filters.groups.pick((DueGroup.BOOKED,))
    filters.groups.changed.emit()
    filters.physicians.pick((d.clinic.seeded.osei,))
    filters.physicians.changed.emit()
    d.settle()
    both = [w for w, _ in d.fake.asked("overview") if w.groups and w.physicians]
    assert both[-1].groups == {DueGroup.BOOKED}
    assert both[-1].physicians == {d.clinic.seeded.osei}
    d.click(filters.clear)
    assert wanted(d) == DueFilter()
    assert filters.groups.text() == "All groups, any reason"


def test_reasons_narrow_too_and_what_is_found_is_not_folded(desk: Open) -> None:
    d = desk()
    filters = d.page.filters
    kinds = [r.reason for r in d.fake.listed.values()]
    reason = DueReason.SCORE_MISSING
    found = tuple(sorted(n for n, r in d.fake.listed.items() if r.reason is reason))
    assert 0 < len(found) < len(kinds)
    filters.groups.pick((reason,))
    filters.groups.changed.emit()
    d.settle()
    assert wanted(d).reasons == {reason}
    assert not wanted(d).groups
    assert tuple(sorted(d.page.model.sections.shown())) == found
    assert filters.groups.text() == "Score missing"
    d.click(filters.clear)
    assert wanted(d) == DueFilter()


def test_every_reason_and_group_has_a_name_of_its_own(desk: Open) -> None:
    menu = desk().page.filters.groups
    words = [action.text() for action in menu.menu().actions() if action.isCheckable()]
    assert len(set(words)) == len(words) == len(DueGroup) + len(DueReason)


def test_what_is_asked_for_by_its_group_is_not_folded(desk: Open) -> None:
    d = desk()
    d.page.filters.groups.pick((DueGroup.SNOOZED,))
    d.page.filters.groups.changed.emit()
    d.settle()
    assert d.page.model.sections.shown() == (16,)


def test_ticks_survive_a_filter_and_the_hidden_ones_are_counted(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_A, CTRL)
    d.click(d.page.chips.chip("RFA"))
    assert d.page.bar.words.toolTip() == "13 selected, 11 not on show"
    d.click(d.page.bar.clear)
    assert d.page.model.chosen == set()


# -- empty, loading, trouble ----------------------------------------------------------------


def test_nobody_due_leads_to_the_schedule(desk: Open) -> None:
    d = desk(FakeDue())
    empty = d.page.parts.empty
    assert empty.isVisible()
    d.click(empty.button)
    assert d.window.workspace.shown == "schedule"


def test_a_list_that_could_not_be_read_says_so_and_can_be_asked_again(desk: Open) -> None:
    fake = sample()
    fake.trouble = Unavailable("The server did not answer.")
    d = desk(fake)
    assert d.page.parts.trouble.text() == "The server did not answer."
    d.click(d.page.parts.trouble.button)
    assert not d.page.parts.trouble.isVisible()
    assert d.view.current_id() == 1


@contextmanager
def building(d: Any) -> Iterator[None]:
    """The list is being brought up to date meanwhile."""
    d.fake.behind_by, d.fake.hold = 2, Event()
    d.page.loader.begin()
    d.qtbot.waitUntil(d.page.progress.isVisible)
    try:
        yield
    finally:
        d.fake.hold.set()
        d.settle()


def test_bringing_up_to_date_shows_a_strip_and_the_list_is_there_meanwhile(desk: Open) -> None:
    d = desk()
    with building(d):
        assert d.page.progress.isVisible()
        assert d.view.isVisible()
    assert not d.page.progress.isVisible()


def test_an_empty_list_that_is_being_made_shows_bars_and_no_sentence(desk: Open) -> None:
    d = desk(FakeDue())
    with building(d):
        d.qtbot.waitUntil(d.page.parts.skeleton.isVisible)
        assert not d.page.parts.empty.isVisible()
    assert d.page.parts.empty.isVisible()


def test_while_the_list_is_made_its_beginning_stays_in_sight(desk: Open) -> None:
    d = desk()
    with building(d):
        earlier = replace(d.fake.listed[1], id=99, due_on=date(2026, 10, 1))
        d.fake.listed[99] = earlier
    assert d.view.current_id() == 99
    d.fake.listed[98] = replace(earlier, id=98, due_on=date(2026, 9, 1))
    d.tell(98)
    assert d.view.current_id() == 99


def test_what_is_behind_is_refreshed_at_the_first_opening(desk: Open) -> None:
    fake = sample()
    fake.behind_by = -1
    d = desk(fake)
    assert len(fake.asked("refresh")) == 1
    assert not d.page.progress.isVisible()
    assert d.page.progress.bar.maximum() == 2
    assert d.view.current_id() == 1


def test_everything_that_takes_keys_has_a_name(desk: Open) -> None:
    d = desk()
    d.key(Key.Key_Return)
    nameless = [
        type(widget).__name__
        for widget in d.page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_tab_goes_through_the_head_to_the_list(desk: Open) -> None:
    d = desk()
    d.page.filters.search.setFocus()
    seen = []
    for _ in range(8):
        d.key(Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    filters = d.page.filters
    wanted = [filters.until, filters.physicians, filters.groups, filters.clear, filters.export]
    assert seen[:5] == wanted
    assert d.view in seen
