"""Two lanes off the window's thread: short database calls, and long acts.

A lane runs one piece of work at a time, in order. Answers come back in the
window's thread, to bound methods only; an answer that was overtaken by a newer
question of the same owner and key is dropped, and so is one whose owner is gone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from clinicdesk.domain.errors import ClinicError
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.garbage import collector

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Answer:
    owner: QObject
    key: str | None
    generation: int
    on_done: Callable[[Any], None]
    on_error: Callable[[Exception], None] | None
    value: object
    error: Exception | None


class Lane(QObject):
    """One worker thread and the way back.

    Signals:
        answered(object): internal; carries an answer into the window's thread.
        busy(bool): work has begun, or the last piece is done.
    """

    answered = Signal(object)
    busy = Signal(bool)

    def __init__(self, name: str, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._bus = bus
        self._generations: dict[tuple[int, str], int] = {}
        self._waiting = 0
        self._futures: set[Future[Any]] = set()
        self._lock = Lock()
        self._open = True
        self._closing = False
        collector().hold()
        self.answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether nothing is running and no answer is on its way."""
        return self._waiting == 0

    def submit(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
        *,
        owner: QObject,
        key: str | None = None,
    ) -> None:
        """Queues ``work``; ``on_done`` (or ``on_error``) is called in the window's thread.

        Args:
            work: runs in the lane; touches no widget.
            on_done: bound method that takes what ``work`` returned.
            on_error: bound method that takes the exception; left out, the sentence goes to the
                status bar and anything that is not a ClinicError to the crash handler.
            owner: the answer is dropped if this object is gone by then.
            key: a newer call with the same owner and key makes this one's answer void.
        """
        if self._closing:
            # A timer that ran out after the window was closed: nobody waits for the answer.
            return
        generation = 0
        if key is not None:
            generation = self._generations.get((id(owner), key), 0) + 1
            self._generations[id(owner), key] = generation
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)
        make = partial(_Answer, owner, key, generation, on_done, on_error)
        future = self._pool.submit(work)
        with self._lock:
            self._futures.add(future)
        future.add_done_callback(partial(self._finish, make))

    def _finish(self, make: Callable[..., _Answer], future: Future[Any]) -> None:
        # Runs in the worker: only emits, the rest happens in the window's thread.
        with self._lock:
            self._futures.discard(future)
        error = future.exception()
        if error is not None and not isinstance(error, Exception):
            log.critical("a lane was stopped by %s", type(error).__name__, exc_info=error)
            return
        if shiboken6.isValid(self):
            self.answered.emit(make(None if error else future.result(), error))

    def _deliver(self, answer: _Answer) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self.busy.emit(False)
        if not shiboken6.isValid(answer.owner):
            return
        if answer.key is not None:
            newest = self._generations.get((id(answer.owner), answer.key))
            if newest != answer.generation:
                return
        if answer.error is None:
            answer.on_done(answer.value)
        elif answer.on_error is not None:
            answer.on_error(answer.error)
        elif isinstance(answer.error, ClinicError):
            self._bus.warn(str(answer.error))
        else:
            raise answer.error

    def forget(self, owner: QObject, key: str) -> None:
        """Makes void whatever answer is still on its way to this owner and key."""
        self._generations[id(owner), key] = self._generations.get((id(owner), key), 0) + 1

    def close(self) -> None:
        """Lets the work that was asked for finish (drafts are among it), then ends the thread."""
        self._closing = True
        self._pool.shutdown(wait=True)
        if self._open:
            self._open = False
            collector().release()


class Tasks(QObject):
    """The lanes of the program: ``short`` for the database, ``long`` for imports and the like."""

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.short = Lane("short", bus, self)
        self.long = Lane("long", bus, self)

    @property
    def idle(self) -> bool:
        """Whether both lanes are at rest."""
        return self.short.idle and self.long.idle

    def close(self) -> None:
        """Ends both lanes."""
        self.short.close()
        self.long.close()
