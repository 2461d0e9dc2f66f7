"""What a screen reader would hear, and the window on the demo clinic page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.ui.access import speech


@dataclass
class Heard:
    """Sentences that were announced, and rows that took the focus, in order."""

    said: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    urgent: list[str] = field(default_factory=list)

    def take(self, event: QAccessibleEvent) -> None:
        """As the system's bridge does."""
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.said.append(event.message())
            if event.politeness() == QAccessible.AnnouncementPoliteness.Assertive:
                self.urgent.append(event.message())
        elif event.type() == QAccessible.Event.Focus:
            row = spoken(event.object()).child(event.child())
            self.rows.append(row.text(QAccessible.Text.Name))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """A screen reader that listens."""
    made = Heard()
    monkeypatch.setattr(speech, "listening", lambda: True)
    monkeypatch.setattr(speech, "hand_over", made.take)
    return made


def spoken(widget: Any) -> Any:
    """A widget as a screen reader finds it."""
    return QAccessible.queryAccessibleInterface(widget)


def children(widget: QWidget) -> list[tuple[str, bool]]:
    """Names of the parts, and whether they are chosen."""
    found = spoken(widget)
    parts = [found.child(number) for number in range(found.childCount())]
    return [(part.text(QAccessible.Text.Name), bool(part.state().selected)) for part in parts]


def press(widget: QWidget, number: int | None = None) -> None:
    """What the screen reader's own key for pressing does, to a widget or to one of its parts."""
    found = spoken(widget)
    if number is not None:
        found = found.child(number)
    found.actionInterface().doAction("Press")


@pytest.fixture
def walk(demo_clinic: Any) -> Iterator[Callable[..., Iterator[tuple[str, Any]]]]:
    """Shows page after page of the demo clinic: (name, window)."""
    from screens.test_screens import PAGES

    from clinicdesk.services import signin
    from clinicdesk.ui.preferences import Preferences
    from clinicdesk.ui.tour.driver import Driver
    from clinicdesk.ui.window import MainWindow

    windows: list[Any] = []

    def go(
        size: tuple[int, int] = (1440, 900), only: Sequence[str] = tuple(PAGES)
    ) -> Iterator[tuple[str, Any]]:
        for name in only:
            login, show = PAGES[name]
            window = MainWindow(demo_clinic.clock, Preferences())
            windows.append(window)
            window.resize(*size)
            window.open_clinic(demo_clinic)
            window.show()
            driver = Driver(window)
            window.enter(signin.sign_in(demo_clinic, login, "demo", "desk-1"))
            driver.settle()
            show(driver)
            driver.settle()
            yield name, window
            window.clinic = None  # the fixture closes it
            window.close()
            window.deleteLater()

    yield go
    for window in windows:
        if not shiboken6.isValid(window):
            continue
        window.clinic = None
        window.close()
