"""What every page is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from clinicdesk.domain.changes import ChangeSet
from clinicdesk.domain.clock import Clock
from clinicdesk.domain.rows.people import Actor
from clinicdesk.services.context import Clinic
from clinicdesk.ui.actions import Actions
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.tasks import Tasks


@dataclass
class UiContext:
    """The clinic, who is signed in, the lanes, the bus, the actions, and the way to other pages.

    ``go(page, **arguments)`` shows a page; pages call ``navigate``.
    """

    clinic: Clinic
    actor: Actor
    tasks: Tasks
    bus: Bus
    clock: Clock
    actions: Actions
    go: Callable[..., None] | None = None

    def navigate(self, page: str, **arguments: object) -> None:
        """Shows another page: ``schedule``, ``patients``, ``log``, ``documents``, ``import``."""
        if self.go is not None:
            self.go(page, **arguments)

    def publish(self, changes: ChangeSet) -> None:
        """Tells every page what changed."""
        self.bus.publish(changes)


class Page(QWidget):
    """A page of the main window.

    Attributes:
        title: shown in the top bar.
        key: the page's name in ``pages.py``.

    Signals:
        retitled(): ``title``, ``subtitle()`` or ``badge()`` has another answer now.
    """

    retitled = Signal()
    title = ""
    key = ""
    least = (880, 420)
    """Width and height below which the page is scrolled, in pixels of the design."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self.context = context

    def activated(self, **arguments: object) -> None:
        """The page is shown; arguments say what it should open."""

    def subtitle(self) -> str:
        """The small words beside the title."""
        return ""

    def badge(self) -> int:
        """What waits on this page, for the rail; 0: nothing to say."""
        return 0

    def day_turned(self, was: date) -> None:
        """Today is another day than ``was``, at midnight or after a night locked."""

    def panes(self) -> list[QWidget]:
        """Where F6 stops on the page, the outer one first."""
        return [self]

    def menu_spot(self, event: QContextMenuEvent) -> QPoint:
        """Where the menu opens, on the screen: at the pointer, or where the keys are."""
        focused = self.window().focusWidget()
        if event.reason() != QContextMenuEvent.Reason.Keyboard or focused is None:
            return event.globalPos()
        if isinstance(focused, QAbstractItemView) and focused.currentIndex().isValid():
            row = focused.visualRect(focused.currentIndex())
            return focused.viewport().mapToGlobal(row.center())
        return focused.mapToGlobal(focused.rect().bottomLeft())

    def leave(self) -> None:
        """The page is hidden, or the window is locked or closed: save what is being typed."""
