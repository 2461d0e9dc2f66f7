"""The window's tests start from the light theme at 100 %, with lanes that are ended afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.front import Front

from clinicdesk.domain.customs import customs_of
from clinicdesk.ui import local, theme
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.tasks import Tasks


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    local.use(customs_of("US"))
    # Styling the application is dear; a test that changes the look pays for it, the others do not.
    if theme.name() != "light" or theme.scale() != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, "light")


@pytest.fixture
def bus() -> Bus:
    """A bus nobody else listens to."""
    return Bus()


@pytest.fixture
def tasks(bus: Bus) -> Iterator[Tasks]:
    """Two lanes, ended after the test."""
    made = Tasks(bus)
    yield made
    made.close()


@pytest.fixture
def settle(qtbot: QtBot, tasks: Tasks) -> Callable[[], None]:
    """Waits until every question put to the lanes is answered."""

    def wait() -> None:
        qtbot.waitUntil(lambda: tasks.idle, timeout=8000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def on_show(qtbot: QtBot) -> Callable[..., QWidget]:
    """Shows a widget in its own active window, so that focus and keys go where they would."""
    kept: list[QWidget] = []

    def show(widget: QWidget, width: int = 600, height: int = 400) -> QWidget:
        qtbot.addWidget(widget)
        kept.append(widget)
        widget.resize(width, height)
        widget.show()
        with qtbot.waitActive(widget):
            widget.activateWindow()
        return widget

    return show


@pytest.fixture
def sit(qtbot: QtBot, embedded_clinic: Any) -> Callable[..., Any]:
    """Opens windows of one page each (kinds of ``support.desk.Desk``), for a login."""

    def at(kind: Any, login: str = "frontdesk") -> Any:
        return kind(qtbot, embedded_clinic, login)

    # qtbot closes the desk and its window when the test ends.
    return at


@pytest.fixture
def front(qtbot: QtBot, embedded_clinic: Any) -> Iterator[Front]:
    """The window, asking who works."""
    made = Front(qtbot, embedded_clinic)
    yield made
    made.window.close()
