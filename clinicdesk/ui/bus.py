"""What happened, for whoever listens in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.changes import ChangeSet


class Bus(QObject):
    """Signals of the program; connect bound methods only.

    Signals:
        published(ChangeSet): a committed act changed these kinds, patients and days.
        said(str, object): a line for the status bar, and what undoes it (a callable) or None.
        warned(str): something needs a look; stays until the next line.
        undone(str, object): this was taken back, and what does it again (a callable).
        redone(str, object): this was done again, and what undoes it.
    """

    undone = Signal(str, object)
    redone = Signal(str, object)

    published = Signal(object)
    said = Signal(str, object)
    warned = Signal(str)

    def publish(self, changes: ChangeSet) -> None:
        """Tells every page what to ask again."""
        self.published.emit(changes)

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Puts the last action into the status bar; ``undo`` is called by its Undo and Ctrl+Z."""
        self.said.emit(text, undo)

    def warn(self, text: str) -> None:
        """Puts a warning into the status bar."""
        self.warned.emit(text)
