"""How an act on a row is taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from clinicdesk.domain.errors import ClinicError
from clinicdesk.domain.translation import _
from clinicdesk.services.context import Done
from clinicdesk.ui.context import UiContext


class _Undo:
    """What the status bar's Undo and Ctrl+Z run."""

    def __init__(self, undos: Undos, work: Callable[[], Done[None]], told: str, row: int) -> None:
        self._undos, self._work, self._told, self._row = undos, work, told, row

    def run(self) -> None:
        """Takes it back in the lane."""
        self._undos.take_back(self._work, self._done)

    def _done(self, done: Done[None]) -> None:
        self._undos.taken_back(self._told, self._row, done)


class Undos(QObject):
    """Says what was done, together with the way back.

    Signals:
        wished(int): the row that is to be seen when the list comes again.
    """

    wished = Signal(int)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def offer(self, sentence: str, work: Callable[[], Done[None]], told: str, row: int) -> None:
        """Says ``sentence``; ``work`` takes it back, and ``told`` says so then."""
        self._context.bus.say(sentence, _Undo(self, work, told, row).run)

    def take_back(self, work: Callable[[], Done[None]], done: Callable[[Done[None]], None]) -> None:
        """Runs what takes an act back."""
        self._context.tasks.short.submit(work, done, self._failed, owner=self)

    def taken_back(self, told: str, row: int, done: Done[None]) -> None:
        """It is taken back."""
        self._context.bus.say(told)
        self.wished.emit(row)
        self._context.publish(done.changes)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._context.bus.warn(_("Not undone: {error}").format(error=error))
