"""The due list in the real window, on made-up rows; Joelle Marsh sits at the front desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from support.due_fake import FakeDue, sample
from support.front import Front

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.ui.due.model import Col
from clinicdesk.ui.pages import PAGES

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class DueDesk(Front):
    """The window with the page on show, worked by keyboard and mouse."""

    def __init__(
        self, qtbot: QtBot, clinic: Any, fake: FakeDue | None, size: tuple[int, int]
    ) -> None:
        super().__init__(qtbot, clinic, size)
        # None: the program's own services, and nobody may look at the made-up ones.
        self.fake: FakeDue = fake  # type: ignore[assignment]
        self.enter("frontdesk")

    @property
    def page(self) -> Any:
        return self.window.workspace.page("due")

    @property
    def view(self) -> Any:
        return self.page.view

    @property
    def panel(self) -> Any:
        return self.page.panel

    def open(self) -> None:
        self.window.workspace.show_page("due")
        self.settle()

    def spot(self, number: int, column: Col = Col.PATIENT) -> QPoint:
        """The middle of a cell of a row, in the list's viewport."""
        line = self.page.model.sections.line_of(number)
        return self.view.visualRect(self.page.model.index(line, column)).center()

    def stand_on(self, number: int) -> None:
        """Moves the cursor to a row by mouse, as one does."""
        self.click(self.view.viewport(), self.spot(number))

    def undo(self) -> None:
        self.key(Qt.Key.Key_Z, CTRL)

    def other_desk(self, number: int, **changes: Any) -> None:
        """Somebody else changed a row, and the news arrives."""
        self.fake.change(number, **changes)
        self.tell(number)

    def tell(self, number: int) -> None:
        """The news that a row changed arrives."""
        patient = self.fake.listed[number].patient_id if number in self.fake.listed else 0
        self.window.bus.publish(ChangeSet(frozenset({"due"}), frozenset({patient})))
        self.settle()

    def tell_all(self) -> None:
        """What the window asks for by itself every few seconds."""
        self.page.loader.look_again()
        self.settle()


@pytest.fixture(autouse=True)
def _due_first(monkeypatch: pytest.MonkeyPatch) -> None:
    # The page that a window opens with is built for nothing otherwise.
    first = sorted(PAGES, key=lambda entry: entry.key != "due")
    monkeypatch.setattr("clinicdesk.ui.shell.workspace.PAGES", tuple(first))


@pytest.fixture
def desk(
    qtbot: QtBot, embedded_clinic: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., DueDesk]:
    def open_desk(fake: FakeDue | None = None, size: tuple[int, int] = (1440, 900)) -> DueDesk:
        rows = fake or sample()
        monkeypatch.setattr("clinicdesk.ui.due.page.shipped", rows.seam)
        return DueDesk(qtbot, embedded_clinic, rows, size)

    # qtbot closes the window when the test ends.
    return open_desk


@pytest.fixture
def real(qtbot: QtBot, embedded_clinic: Any) -> Callable[[], DueDesk]:
    """The same window on the program's own services and the small clinic's database."""

    def open_desk() -> DueDesk:
        return DueDesk(qtbot, embedded_clinic, None, (1440, 900))

    # qtbot closes the window when the test ends.
    return open_desk
