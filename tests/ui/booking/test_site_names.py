"""Names of sites at the booking panel's field: read, asked about, taken in as new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from support.booking import press_family

from clinicdesk.services import sites

OpenDesk = Callable[..., Any]
Y, ENTER, TAB = Qt.Key.Key_Y, Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture
def joint(desk: OpenDesk) -> Any:
    """The panel with a joint injection chosen."""
    made = desk()
    made.panel.start(patient_id=made.seeded.teresa)
    made.settle()
    press_family(made, "Joint && SI".replace("&&", "&"))
    made.panel.procedure.set_procedure("joint.injection")
    made.settle()
    return made


def field(desk: Any) -> Any:
    return desk.panel.procedure.site


def offered(desk: Any) -> list[str]:
    return [line.text for line in field(desk).matches]


@pytest.mark.parametrize(
    "typed", ["shoulders left", "Glenohumeral Joint left", "shoulder joint left"]
)
def test_another_name_is_read_as_the_site_and_shown_so(joint: Any, typed: str) -> None:
    joint.type(field(joint), typed)
    joint.qtbot.keyClick(field(joint), TAB)
    assert field(joint).text() == "shoulder left"
    assert not joint.panel.procedure.site_field.error()


def test_a_plural_alone_is_asked_for_its_side(joint: Any) -> None:
    joint.type(field(joint), "shoulders")
    assert offered(joint) == ["shoulder left", "shoulder right", "shoulder bilateral"]
    joint.qtbot.keyClick(field(joint), TAB)
    assert field(joint).text() == "shoulders"
    assert "no side" in joint.panel.procedure.site_field.error()


@pytest.mark.parametrize("key", [Y, ENTER, TAB])
def test_a_near_spelling_is_a_question_that_a_key_answers(joint: Any, key: Qt.Key) -> None:
    joint.type(field(joint), "sholder left")
    assert offered(joint) == ["shoulder left", "A new site of this clinic"]
    assert field(joint).matches[0].detail.startswith("Did you mean this?")
    assert field(joint).text() == "sholder left"
    joint.qtbot.keyClick(field(joint), key)
    assert field(joint).text() == "shoulder left"
    assert not joint.panel.procedure.site_field.error()


def test_a_near_spelling_that_nobody_answered_stays_and_is_said(joint: Any) -> None:
    joint.type(field(joint), "sholder left")
    joint.qtbot.keyClick(field(joint), Qt.Key.Key_Escape)
    joint.qtbot.keyClick(field(joint), TAB)
    assert field(joint).text() == "sholder left"
    assert "Did you mean shoulder left?" in joint.panel.procedure.site_field.error()
    # Back in the field, it is asked again.
    joint.panel.procedure.focus_site()
    joint.settle()
    assert offered(joint)[0] == "shoulder left"


def test_a_new_site_is_taken_in_and_known_from_then_on(joint: Any) -> None:
    joint.type(field(joint), "north spur l")
    assert offered(joint) == ["A new site of this clinic"]
    # Enter alone takes nothing: the line has to be gone to.
    joint.qtbot.keyClick(field(joint), ENTER)
    joint.settle()
    assert field(joint).text() == "north spur l"
    joint.qtbot.keyClick(field(joint), Qt.Key.Key_Down)
    joint.qtbot.keyClick(field(joint), ENTER)
    joint.settle()
    assert field(joint).text() == "north spur left"
    assert not joint.panel.procedure.site_field.error()
    assert "“north spur” is a new site of this clinic" in joint.said[-1]
    (own,) = sites.lists(joint.clinic, joint.actor).own
    assert (own.name, own.by) == ("north spur", joint.actor.name)
    joint.type(field(joint), "nort")
    assert offered(joint)[0] == "north spur left"


def test_a_new_site_without_a_side_is_asked_for_it(joint: Any) -> None:
    joint.type(field(joint), "north spur")
    joint.qtbot.keyClick(field(joint), Qt.Key.Key_Down)
    joint.qtbot.keyClick(field(joint), ENTER)
    joint.settle()
    assert field(joint).text() == "north spur "
    assert offered(joint) == ["north spur left", "north spur right", "north spur bilateral"]


def test_several_sites_are_asked_about_one_by_one(joint: Any) -> None:
    joint.type(field(joint), "knee left, sholder r")
    joint.qtbot.keyClick(field(joint), Y)
    assert field(joint).text() == "knee left, shoulder right"
