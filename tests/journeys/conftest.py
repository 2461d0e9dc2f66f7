"""A day at the desk in the real window, worked by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from clinicdesk.ui import theme
from clinicdesk.ui.preferences import Preferences
from clinicdesk.ui.tour.day import Day
from clinicdesk.ui.tour.driver import Driver
from clinicdesk.ui.window import MainWindow


@pytest.fixture
def day_at(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[Any], Day]]:
    """Opens the window on a clinic; it is closed when the test ends."""
    theme.apply(qapp, "light")
    made: list[MainWindow] = []

    def opened(clinic: Any) -> Day:
        window = MainWindow(clinic.clock, Preferences(theme="light"))
        made.append(window)
        window.resize(1440, 900)
        window.open_clinic(clinic)
        window.show()
        window.activateWindow()
        driver = Driver(window)
        driver.settle()
        return Day(driver, tmp_path)

    yield opened
    for window in made:
        window.clinic = None  # the fixture closes it
        window.close()
        window.deleteLater()
