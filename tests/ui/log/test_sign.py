"""What the sign dialog asks before it takes a signature."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.desk import words_in
from support.logs import PASSWORD, book, rows

from clinicdesk.domain.rows.safety_facts import AllergyEntry, ConditionEntry, Topic
from clinicdesk.services import safety_facts
from clinicdesk.ui import theme

pytestmark = pytest.mark.slow


@pytest.fixture
def allergic(desk: Any) -> Any:
    """Teresa told of an allergy to contrast, and of diabetes."""
    for topic, entry in (
        (Topic.ALLERGIES, AllergyEntry("IV dye", "anaphylaxis")),
        (Topic.CONDITIONS, ConditionEntry("T2DM")),
    ):
        safety_facts.answer(desk.clinic, desk.actor, desk.seeded.teresa, topic, add=(entry,))
    return desk


def opened(desk: Any, appointment: int) -> Any:
    """The dialog over a log that is otherwise complete."""
    desk.open(appointment)
    desk.complete()
    if desk.view.side.reason.isVisible():
        desk.type(desk.view.side.reason, "Contrast allergy known, steroid needed now")
        desk.settle()
    desk.page.signer.sign()
    desk.settle()
    return desk.dialog()


def test_shot(allergic, appointment, qapp):
    dialog = opened(allergic, appointment)
    allergic.window.grab().save("/tmp/sign-light.png")
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    allergic.window.grab().save("/tmp/sign-dark.png")
    print(words_in(dialog))
