"""The reviewed list of names: found by its command, matched, and read so from then on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from support.desk import words_in
from support.due import performed

from clinicdesk.services import patients, sites
from clinicdesk.ui.matching import MatchingDialog


def _open(front: Any, login: str) -> Any:
    front.sign_in(login)
    known = front.window.workspace.actions_list.here()
    next(action for action in known if action.id == "sites").handler()
    front.settle()
    return next(d for d in front.window.findChildren(MatchingDialog) if d.isVisible())


@pytest.mark.parametrize("login", ["physician", "manager"])
def test_an_old_name_is_matched_and_nothing_is_chosen_in_advance(front: Any, login: str) -> None:
    clinic = front.clinic
    performed(clinic, date(2026, 11, 2), "joint.injection", "sholder left")
    performed(clinic, date(2026, 11, 3), "joint.injection", "north spur left")
    dialog = _open(front, login)
    assert {"sholder", "north spur"} == set(dialog.choices)
    assert not dialog.accept.isEnabled()
    choice = dialog.choices["sholder"]
    assert choice.itemText(1) == "shoulder (likely)"
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    assert dialog.accept.isEnabled()
    front.click(dialog.accept)
    front.settle()
    assert "1 patient" in front.window.workspace.status.text()
    actor = clinic.seeded.actor(login)
    assert [row.name for row in sites.lists(clinic, actor).unlisted] == ["north spur"]
    chart = patients.open_chart(clinic, actor, clinic.seeded.teresa)
    assert ("shoulder left",) in [row.sites for row in chart.procedures]


def test_with_nothing_to_match_that_is_said(front: Any) -> None:
    dialog = _open(front, "manager")
    assert "Every name in the records stands on the list" in words_in(dialog)


def test_a_front_desk_has_no_such_command(front: Any) -> None:
    front.sign_in("frontdesk")
    assert "sites" not in {action.id for action in front.window.workspace.actions_list.here()}
