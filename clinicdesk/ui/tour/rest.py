"""When a window has come to rest: nothing asked, nothing on its way, no short pause running.

Whoever works a window from a program waits here between two acts, instead of for a number of
milliseconds that is too long on one machine and too short on the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from clinicdesk.ui.tasks import Tasks

PATIENCE = 30.0
# Longer ones are no pause after a key press: drafts, messages that go by themselves, clocks.
_LONGEST_PAUSE_MS = 250
_ROUNDS = 3
# Where nothing happens for so long, the question is put again.
_LOOK_AGAIN_MS = 50


def pausing() -> bool:
    """Whether somewhere a timer is about to ask what the last act led to."""
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= _LONGEST_PAUSE_MS
        for top in QApplication.topLevelWidgets()
        for timer in top.findChildren(QTimer)
    )


def settle(tasks: Tasks, patience: float = PATIENCE) -> bool:
    """Lets the program work until it is at rest; false if that took longer than ``patience`` s."""
    return calm(lambda: tasks.idle and not pausing(), patience)


def calm(at_rest: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Turns the event loop until ``at_rest`` holds; false if that took longer than ``patience`` s.

    It has to hold for some rounds of the event loop: an answer may ask the next question.
    """
    end = time.monotonic() + patience
    # What is waited for (an answer of a lane, the end of a pause) comes as an event: asked at each
    # event, and not every few milliseconds, the lanes have the processor for themselves.
    alarm = QTimer()
    alarm.start(_LOOK_AGAIN_MS)
    rounds = 0
    while rounds < _ROUNDS:
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if at_rest():
            rounds += 1
        elif time.monotonic() > end:
            return False
        else:
            rounds = 0
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return True
