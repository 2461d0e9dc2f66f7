"""Prints how fast a verdict is, beside the brute force that steps day by day.

    .venv/bin/python tests/bench/rule_figures.py

One verdict over a history of 200 procedures with its first possible day, per kind of procedure;
then on cases whose first day lies far away: computed against stepped to. Nothing is asserted.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.vocabulary import case_of  # noqa: E402

from clinicdesk.catalogue.loader import load_catalogue  # noqa: E402
from clinicdesk.rules.case import Case  # noqa: E402
from clinicdesk.rules.engine import evaluate, next_turn  # noqa: E402
from clinicdesk.rules.pack import Pack  # noqa: E402

ON = date(2026, 11, 24)
KINDS = (
    ("esi.transforaminal", ("L5 left", "L4 left", "S1 right", "C6 left")),
    ("facet.block", ("L4-L5 left", "L5-S1 left")),
    ("facet.rfa", ("L4-L5 left",)),
    ("sij.injection", ("si joint left",)),
    ("tpi", ("trapezius left", "piriformis left")),
    ("joint.injection", ("knee left", "knee right")),
)


def _case(rng: random.Random, size: int, procedure: str, site: str, years: int) -> Case:
    history, readings = [], []
    for number in range(size):
        kind, sites = rng.choice(KINDS)
        day = ON - timedelta(days=rng.randint(1, 365 * years))
        intent = rng.choice(("diagnostic", "therapeutic"))
        history.append(
            {"id": str(number), "date": day.isoformat(), "state": "done", "procedure": kind,
             "sites": [rng.choice(sites)], "intent": intent}
        )  # fmt: skip
        scores = [(day, "baseline", 7), (day, "post", 1)]
        scores += [(day + timedelta(days=n), "followup", rng.randint(1, 6)) for n in (14, 95)]
        readings += [
            {"session": str(number), "date": on.isoformat(), "phase": phase, "scale": "NRS",
             "value": value}
            for on, phase, value in scores
            if on <= ON and rng.random() < 0.8
        ]  # fmt: skip
    plan: dict[str, Any] = {
        "procedure": procedure, "sites": [site], "guidance": "fluoroscopy", "contrast": True,
        "steroids": [{"drug": "dexamethasone", "mg": 10}],
    }  # fmt: skip
    return case_of(
        {"pack": "us-medicare", "on": ON.isoformat(), "plan": plan, "history": history,
         "readings": readings}
    )  # fmt: skip


def _median_ms(work: Callable[[Case], object], cases: list[Case], times: int) -> float:
    found = []
    for case in cases * times:
        begin = time.perf_counter()
        work(case)
        found.append((time.perf_counter() - begin) * 1000)
    return statistics.median(found)


def _stepped(pack: Pack, case: Case) -> date:
    """The first day by trying every one: what the engine does not do."""
    day = case.on
    while any(f.status.value == "not-before" for f in _findings(pack, case, day)):
        day += timedelta(days=1)
    return day


def _findings(pack: Pack, case: Case, day: date) -> Any:
    return evaluate(pack, replace(case, on=day)).findings


def main() -> None:
    """Prints the figures."""
    pack = load_catalogue().packs["us-medicare"]
    rng = random.Random(1)
    print("One verdict with its first day, history of 200 procedures in 10 years (us-medicare)")
    for procedure, sites in KINDS:
        cases = [_case(rng, 200, procedure, sites[0], 10) for _ in range(20)]
        verdict = _median_ms(lambda case: evaluate(pack, case), cases, 10)
        turn = _median_ms(lambda case: next_turn(pack, case, ON), cases, 3)
        print(f"  {procedure:<20} {verdict:6.2f} ms   next turn {turn:6.2f} ms", flush=True)
    print("The first day computed, against every day tried (200 procedures in 2 years)")
    for procedure, sites in KINDS:
        cases = [_case(rng, 200, procedure, sites[0], 2) for _ in range(4)]
        ours = _median_ms(lambda case: evaluate(pack, case), cases, 10)
        brute = _median_ms(lambda case: _stepped(pack, case), cases, 1)
        days = statistics.median((evaluate(pack, case).earliest - ON).days for case in cases)
        print(
            f"  {procedure:<20} {ours:6.2f} ms   stepped {brute:8.1f} ms over {days:.0f} days"
            f"   x{brute / ours:.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
