"""One process of ``side_by_side``: takes figures of the tree it is run in, as JSON.

Run with ``PYTHONPATH`` at the root of a tree, this one or an older one: what is asked here is what
both can do, so a name that one of them lacks is looked for, not assumed.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

TREE = Path(os.environ["PYTHONPATH"])
sys.path[:0] = [str(TREE / "tests"), str(TREE / "tests" / "bench")]
NOW = datetime(2026, 11, 24, 15, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PATIENT = 60
Samples = dict[str, list[float]]


def timed(work: Callable[[], object], times: int) -> list[float]:
    """CPU milliseconds of each call, after one that fills the caches."""
    work()
    return [cold_ms(work) for _ in range(times)]


def cold_ms(work: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def make(where: str, patients: str) -> Samples:
    """The clinic, with its due list built."""
    import due_figures

    from clinicdesk.services import due

    due_figures.make(Path(where), int(patients))
    with opened(where) as (clinic, actor):
        due.refresh(clinic, actor, TODAY)
    return {}


@contextmanager
def opened(where: str) -> Iterator[tuple[Any, Any]]:
    """A clinic opened as the command line opens it, on the bench's day."""
    from clinicdesk.cli.session import signed_in
    from clinicdesk.domain.clock import FixedClock

    asked = argparse.Namespace(database=where, user="frontdesk", command="")
    with signed_in(asked) as (clinic, actor):
        clinic.clock = clinic.store.clock = FixedClock(NOW)
        yield clinic, actor


def cold(where: str) -> Samples:
    """The due list in a process that has done nothing before."""
    from clinicdesk.services import due  # noqa: F401 - loaded with the pages, before they open

    with opened(where) as (clinic, actor):
        return {"due list: opened cold": [cold_ms(lambda: _open_due(clinic, actor))]}


def _open_due(clinic: Any, actor: Any) -> None:
    from clinicdesk.domain.rows.due import DueFilter, DueGroup
    from clinicdesk.services import due

    due.behind(clinic, actor, TODAY)
    found = due.opening(clinic, actor, DueFilter(), TODAY)
    due.rows(clinic, actor, dict(found.first)[DueGroup.OVERDUE][:50], TODAY)


def warm(where: str) -> Samples:
    """Everything that is asked again and again while people work."""
    import due_figures

    from clinicdesk.domain.rows.due import DueFilter
    from clinicdesk.domain.rows.schedule import PlanRequest
    from clinicdesk.services import due, schedule, verdicts
    from clinicdesk.services.due import keeping

    every, named = DueFilter(), DueFilter(text="family12")
    with opened(where) as (clinic, actor):
        ids = due.overview(clinic, actor, every, TODAY).ids[:50]
        plan = PlanRequest(PATIENT, "facet.rfa", ("L4-L5 left",), TODAY)

        def signed() -> None:
            with clinic.store.unaudited() as tx:
                keeping.keep(tx, clinic.catalogue, [PATIENT], TODAY)

        def rebuilt() -> None:
            with clinic.store.unaudited() as tx:
                due_figures._forget_the_build(tx)
            due.refresh(clinic, actor, TODAY)

        found = {
            "due list: opened again": timed(lambda: _open_due(clinic, actor), 15),
            "due list: counts and first ids": timed(
                lambda: due.opening(clinic, actor, every, TODAY), 15
            ),
            "due list: all ids": timed(lambda: due.overview(clinic, actor, every, TODAY), 15),
            "due list: part of a name": timed(
                lambda: due.overview(clinic, actor, named, TODAY), 15
            ),
            "due list: a page of 50 rows": timed(lambda: due.rows(clinic, actor, ids, TODAY), 30),
            "due list: a patient after a signature": timed(signed, 15),
            "schedule: the day's rows": timed(lambda: schedule.day(clinic, actor, TODAY), 30),
            "verdict: asked of a record": timed(lambda: verdicts.assess(clinic, actor, plan), 30),
        }
        found["due list: rebuilt"] = [cold_ms(rebuilt)]
    return found


def rules(_where: str) -> Samples:
    """Verdicts over long histories, the engine alone."""
    import random

    import rule_figures

    from clinicdesk.catalogue.loader import load_catalogue
    from clinicdesk.rules.engine import evaluate, next_turn

    pack, rng = load_catalogue().packs["us-medicare"], random.Random(1)
    cases = [
        rule_figures._case(rng, 200, procedure, sites[0], 10)
        for procedure, sites in rule_figures.KINDS
    ]
    return {
        "verdict: engine, 6 kinds x 200 procedures": timed(
            lambda: [evaluate(pack, case) for case in cases], 15
        ),
        "verdict: next turn, the same": timed(
            lambda: [next_turn(pack, case, rule_figures.ON) for case in cases], 5
        ),
    }


def painting(_where: str) -> Samples:
    """The day view, whole and a frame of a drag."""
    from clinicdesk.ui import theme
    from clinicdesk.ui.launch import application

    app = application()
    theme.apply(app, "light")
    from support.day_paint import PaintedDay

    day = PaintedDay(60)
    return {
        "schedule: a day of 60 painted": timed(day.paint, 20),
        "schedule: a frame of a drag": timed(day.frame, 20),
        "schedule: laid out anew": timed(day.relayout, 20),
    }


def window(where: str) -> Samples:
    """From the start of the process to the first window, and to the day's schedule."""
    from clinicdesk.domain.clock import SystemClock
    from clinicdesk.ui.launch import Launched, application

    app = application()
    launched = Launched(app, where, "frontdesk", demo=False, clock=SystemClock())
    launched.splash.show()
    app.processEvents()
    first = time.process_time()
    launched.begin()
    while launched.window is None or launched.window.clinic is None:
        app.processEvents()
        time.sleep(0.001)
    shown = launched.window
    from clinicdesk.services import signin

    shown.enter(signin.sign_in(shown.clinic, "frontdesk", "demo", "bench"))
    page = shown.workspace.page("schedule")
    while page.model.day is None:
        app.processEvents()
        time.sleep(0.001)
    app.processEvents()
    whole = time.process_time()
    pause = cold_ms(gc.collect)
    shown.close()
    return {
        "process: to the first window": [first * 1000],
        "process: to the day's schedule": [whole * 1000],
        "window: a full collection": [pause],
    }


def begin() -> None:
    """What the program does first, where the tree has it."""
    with suppress(ImportError):
        from clinicdesk import memory

        memory.begin()


PROBES: dict[str, Callable[..., Samples]] = {
    each.__name__: each for each in (make, cold, warm, rules, painting, window)
}

if __name__ == "__main__":
    begin()
    print(json.dumps(PROBES[sys.argv[1]](*sys.argv[2:])))
