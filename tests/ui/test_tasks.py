"""The lanes: answers come back in the window's thread, in order, and only while they are wanted."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from functools import partial
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from clinicdesk.domain.errors import NotAllowed
from clinicdesk.ui.bus import Bus
from clinicdesk.ui.garbage import collector
from clinicdesk.ui.tasks import Tasks

Settle = Callable[[], None]


class Asker(QObject):
    """Remembers what it was told, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []
        self.failed: list[Exception] = []
        self.threads: set[bool] = set()

    def take(self, value: object) -> None:
        self.threads.add(QThread.isMainThread())
        self.told.append(value)

    def fail(self, error: Exception) -> None:
        self.threads.add(QThread.isMainThread())
        self.failed.append(error)


@pytest.fixture
def asker(qapp: object) -> Asker:
    return Asker()


def give(value: object) -> object:
    return value


def refuse() -> None:
    raise NotAllowed("Front desk may not sign.")


def break_down() -> None:
    raise ZeroDivisionError


def test_work_is_done_elsewhere_and_told_here(tasks: Tasks, asker: Asker, settle: Settle) -> None:
    tasks.short.submit(QThread.isMainThread, asker.take, owner=asker)
    assert asker.told == []
    settle()
    assert asker.told == [False]
    assert asker.threads == {True}


def test_a_lane_does_one_thing_at_a_time_in_order(
    tasks: Tasks, asker: Asker, settle: Settle
) -> None:
    running: list[int] = []
    most: list[int] = []

    def work(number: int) -> int:
        running.append(number)
        most.append(len(running))
        running.remove(number)
        return number

    for number in range(20):
        tasks.short.submit(partial(work, number), asker.take, owner=asker)
    settle()
    assert asker.told == list(range(20))
    assert max(most) == 1


def test_a_long_act_does_not_hold_up_the_short_ones(
    tasks: Tasks, asker: Asker, qtbot: QtBot, settle: Settle
) -> None:
    gate = threading.Event()
    tasks.long.submit(partial(gate.wait, 8), asker.take, owner=asker)
    tasks.short.submit(partial(give, "short"), asker.take, owner=asker)
    qtbot.waitUntil(lambda: asker.told == ["short"])
    assert not tasks.idle
    gate.set()
    settle()
    assert asker.told == ["short", True]


def test_an_answer_overtaken_by_a_newer_question_is_dropped(
    tasks: Tasks, asker: Asker, settle: Settle
) -> None:
    other = Asker()
    for typed in ("v", "vi", "vil"):
        tasks.short.submit(partial(give, typed), asker.take, owner=asker, key="find")
    tasks.short.submit(partial(give, "banner"), asker.take, owner=asker, key="banner")
    tasks.short.submit(partial(give, "other"), other.take, owner=other, key="find")
    settle()
    assert asker.told == ["vil", "banner"]
    assert other.told == ["other"]


def test_a_late_error_is_dropped_like_a_late_answer(
    tasks: Tasks, asker: Asker, settle: Settle
) -> None:
    tasks.short.submit(refuse, asker.take, asker.fail, owner=asker, key="find")
    tasks.short.submit(partial(give, "new"), asker.take, asker.fail, owner=asker, key="find")
    settle()
    assert asker.failed == []
    assert asker.told == ["new"]


def test_a_question_nobody_waits_for_any_more_is_forgotten(
    tasks: Tasks, asker: Asker, settle: Settle
) -> None:
    tasks.short.submit(partial(give, "old"), asker.take, owner=asker, key="find")
    tasks.short.forget(asker, "find")
    settle()
    assert asker.told == []


def test_a_page_that_is_gone_is_told_nothing(
    tasks: Tasks, asker: Asker, qtbot: QtBot, settle: Settle
) -> None:
    gate = threading.Event()
    told, page = asker.told, QObject()
    tasks.short.submit(partial(gate.wait, 8), told.append, owner=page)
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    gate.set()
    settle()
    assert told == []


def test_an_error_goes_to_whoever_takes_it(tasks: Tasks, asker: Asker, settle: Settle) -> None:
    tasks.short.submit(refuse, asker.take, asker.fail, owner=asker)
    settle()
    assert [str(error) for error in asker.failed] == ["Front desk may not sign."]
    assert asker.threads == {True}


def test_an_error_nobody_takes_is_written_in_the_status_bar(
    bus: Bus, tasks: Tasks, asker: Asker, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bus.warned) as told:
        tasks.short.submit(refuse, asker.take, owner=asker)
    assert told.args == ["Front desk may not sign."]
    assert asker.told == []


def test_our_own_mistakes_reach_the_crash_handler(tasks: Tasks, asker: Asker, qtbot: QtBot) -> None:
    with capture_exceptions() as caught:
        tasks.short.submit(break_down, asker.take, owner=asker)
        qtbot.waitUntil(lambda: len(caught) > 0)
    assert caught[0][0] is ZeroDivisionError


def test_the_lane_goes_on_after_an_error(tasks: Tasks, asker: Asker, settle: Settle) -> None:
    tasks.short.submit(refuse, asker.take, asker.fail, owner=asker)
    tasks.short.submit(partial(give, "next"), asker.take, owner=asker)
    settle()
    assert asker.told == ["next"]
    assert tasks.idle


def test_it_says_when_it_is_busy(tasks: Tasks, asker: Asker, settle: Settle) -> None:
    busy: list[bool] = []
    tasks.short.busy.connect(busy.append)
    for _ in range(3):
        tasks.short.submit(partial(give, 1), asker.take, owner=asker)
    settle()
    assert busy == [True, False]


def test_what_was_asked_for_is_finished_before_closing(qapp: object, asker: Asker) -> None:
    # A draft is being saved while the window closes.
    saved: list[int] = []
    tasks = Tasks(Bus())
    for number in range(5):
        tasks.short.submit(partial(saved.append, number), asker.take, owner=asker)
    tasks.close()
    assert saved == [0, 1, 2, 3, 4]


class Ring(QObject):
    """An object that only the collector can free; ``freed`` tells in which thread it was."""

    freed: ClassVar[list[bool]] = []

    def __init__(self) -> None:
        super().__init__()
        self.me = self

    def __del__(self) -> None:
        self.freed.append(QThread.isMainThread())


def allocate(count: int) -> int:
    """What makes Python collect: many objects that refer to themselves."""
    for _ in range(count):
        ring: list[object] = []
        ring.append(ring)
    return count


def test_a_question_after_closing_is_nobodys(qapp: object, asker: Asker) -> None:
    tasks = Tasks(Bus())
    tasks.close()
    tasks.short.submit(partial(give, 1), asker.take, owner=asker)
    assert tasks.idle
    assert asker.told == []


def test_a_lane_never_destroys_a_widget(tasks: Tasks, asker: Asker, settle: Settle) -> None:
    # A QTimer destroyed outside its own thread fires into freed memory.
    Ring.freed.clear()
    for _ in range(50):
        Ring()
    tasks.short.submit(partial(allocate, 200_000), asker.take, owner=asker)
    settle()
    assert Ring.freed == []
    collector().tidy()
    gc.collect()
    assert Ring.freed == [True] * 50


def test_without_lanes_python_collects_by_itself(qapp: object) -> None:
    before = gc.isenabled()
    made = Tasks(Bus())
    assert not gc.isenabled()
    made.close()
    made.close()
    assert gc.isenabled() == before


def test_old_rubbish_is_collected_while_the_window_lives(tasks: Tasks, qtbot: QtBot) -> None:
    Ring.freed.clear()
    Ring()
    allocate(2000)
    qtbot.waitUntil(lambda: Ring.freed == [True], timeout=3000)
