"""Names of sites at the log's field: what was done under another name, and a near spelling."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from support.logs import book


@pytest.fixture
def log(desk: Any) -> Any:
    """The log of a joint injection that is booked."""
    number = book(desk.clinic, procedure="joint.injection", sites=(("shoulder", "left"),))
    desk.open(number)
    return desk


def put(desk: Any, text: str) -> None:
    """Types into the field and stays there."""
    edit = desk.view.site.edit
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    edit.selectAll()
    desk.qtbot.keyClicks(edit, text)
    desk.settle()


def test_another_name_is_the_booked_site(log: Any) -> None:
    log.type(log.view.site.edit, "glenohumeral joint left")
    assert log.view.site.sites() == ("shoulder left",)
    assert log.view.site.edit.text() == "shoulder left"
    assert not log.view.site.change_field.isVisible()


def test_a_near_spelling_is_asked_and_answered_with_y(log: Any) -> None:
    put(log, "sholder left")
    assert log.view.site.edit.matches[0].text == "shoulder left"
    log.qtbot.keyClick(log.view.site.edit, Qt.Key.Key_Y)
    assert log.view.site.sites() == ("shoulder left",)


def test_a_name_nobody_answered_blocks_the_log_with_the_question(log: Any) -> None:
    put(log, "sholder left")
    log.qtbot.keyClick(log.view.site.edit, Qt.Key.Key_Escape)
    log.qtbot.keyClick(log.view.site.edit, Qt.Key.Key_Tab)
    log.settle()
    assert log.view.site.sites() == ()
    assert "Did you mean shoulder left?" in log.view.site.field.error()


def test_a_new_site_is_taken_in_from_the_log(log: Any) -> None:
    put(log, "north spur left")
    log.qtbot.keyClick(log.view.site.edit, Qt.Key.Key_Down)
    log.qtbot.keyClick(log.view.site.edit, Qt.Key.Key_Return)
    log.settle()
    assert log.view.site.sites() == ("north spur left",)
    assert not log.view.site.field.error()
