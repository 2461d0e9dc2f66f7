"""The patients page on a real small clinic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from support.desk import Desk

from clinicdesk.ui.context import UiContext
from clinicdesk.ui.patients.page import PatientsPage


class Chartroom(Desk):
    """A window with the patients page."""

    size = (1366, 822)
    key_of_page = "patients"

    def __init__(self, qtbot: QtBot, clinic: Any, login: str) -> None:
        super().__init__(qtbot, clinic, login)
        self.open()

    def make(self, context: UiContext) -> PatientsPage:
        return PatientsPage(context)

    def open(self, patient_id: int | None = None) -> None:  # type: ignore[override]
        """As the search box at the top does."""
        super().open(**({} if patient_id is None else {"patient_id": patient_id}))


@pytest.fixture
def room(sit: Any) -> Callable[..., Chartroom]:
    """Opens the page for a login."""

    def open_room(login: str = "frontdesk") -> Chartroom:
        made: Chartroom = sit(Chartroom, login)
        return made

    return open_room
