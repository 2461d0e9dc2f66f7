"""No side is supplied: Enter on a name takes the name, and the list asks for the side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from support.booking import press_family

OpenDesk = Callable[..., Any]
KEY = Qt.Key


def site_of(desk: Any, family: str, kind: str, *keys: str | Qt.Key) -> Any:
    press_family(desk, family)
    if kind:
        press_family(desk, kind)
    site = desk.panel.procedure.site
    for key in keys:
        if isinstance(key, str):
            desk.type(site, key)
        else:
            desk.qtbot.keyClick(site, key)
            desk.settle()
    return site


@pytest.mark.parametrize(
    ("family", "kind", "typed", "taken"),
    [
        ("Joint & SI", "Joint", "knee", "knee"),
        ("Joint & SI", "Joint", "kne", "knee "),
        ("Epidural", "Transforaminal", "l5", "l5"),
        ("Facet", "", "l45", "L4-L5 "),
    ],
)
def test_enter_takes_the_name_and_asks_for_the_side(
    desk: OpenDesk, family: str, kind: str, typed: str, taken: str
) -> None:
    at = desk()
    at.panel.start()
    site = site_of(at, family, kind, typed, KEY.Key_Return)
    assert site.text() == taken
    assert site.open
    sides = {item.text.rpartition(" ")[2] for item in site.matches}
    assert {"left", "right"} <= sides
    # Enter again still supplies nothing.
    at.qtbot.keyClick(site, KEY.Key_Return)
    at.settle()
    assert at.panel.procedure.sites.strip() == taken.strip()


def test_down_and_enter_choose_the_side(desk: OpenDesk) -> None:
    at = desk()
    at.panel.start()
    site = site_of(at, "Joint & SI", "Joint", "knee", KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    assert site.text() == "knee right"


@pytest.mark.parametrize("typed", ["knee r", "rt knee", "knee (R)", "knee R."])
def test_a_side_that_was_typed_is_taken_by_enter(desk: OpenDesk, typed: str) -> None:
    at = desk()
    at.panel.start()
    assert site_of(at, "Joint & SI", "Joint", typed, KEY.Key_Return).text() == "knee right"


def test_leaving_a_name_supplies_no_side(desk: OpenDesk) -> None:
    at = desk()
    at.panel.start()
    site = site_of(at, "Joint & SI", "Joint", "knee", KEY.Key_Tab)
    assert site.text() == "knee"
