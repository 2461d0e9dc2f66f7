"""Prints how fast the safety checks of one plan are, beside one verdict of the interval rules.

    .venv/bin/python tests/bench/safety_figures.py

A ratio: machines differ, and a verdict is what the screens already wait for. Nothing is asserted.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.safety import KNOWLEDGE, case, parsed  # noqa: E402
from support.vocabulary import CATALOGUE, case_of  # noqa: E402

from clinicdesk.rules.engine import evaluate  # noqa: E402
from clinicdesk.safety.engine import check  # noqa: E402

EXAMPLES = json.loads((ROOT / "tests/safety/safety-cases.json").read_text(encoding="utf-8"))
VERDICTS = json.loads((ROOT / "tests/rules/verdict-cases.json").read_text(encoding="utf-8"))
LADEN = case(
    "joint.injection",
    "knee left",
    allergies=[
        {"substance": each} for each in ("IV dye", "Penicillin", "Latex", "Sulfa", "Kenalog")
    ],
    drugs=["Eliquis 5 mg bid", "aspirin 81 mg", "metformin 500 mg bid", "Lantus 20 units", "Zoloft"]
    + [f"other drug number {n}" for n in range(10)],
    conditions=["T2DM", "hypertension", "no infection", "COPD", "family history of diabetes"] * 3,
    implants=["TKR right", "hip prosthesis L", "dual chamber pacemaker"],
    surgeries=[{"site": "knee left", "date": "2027-01-20"}],
)


def _median_ms(work: Callable[[], object], times: int = 400) -> float:
    found = []
    for __ in range(times):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return statistics.median(found)


def main() -> None:
    """Prints the figures."""
    worked = [parsed(each["case"]) for each in EXAMPLES]
    laden = parsed(LADEN)
    pack = CATALOGUE.packs["us-medicare"]
    asked = [case_of(each["case"], {"us-medicare"}) for each in VERDICTS]
    plain = statistics.mean(_median_ms(lambda c=c: check(c, KNOWLEDGE), 100) for c in worked)
    full = _median_ms(lambda: check(laden, KNOWLEDGE))
    verdict = statistics.mean(_median_ms(lambda c=c: evaluate(pack, c), 100) for c in asked)
    print(f"  worked cases of the contract  {plain:6.3f} ms   x{plain / verdict:.2f} of a verdict")
    print(f"  a patient with 40 entries     {full:6.3f} ms   x{full / verdict:.2f}")
    print(f"  a verdict, worked cases       {verdict:6.3f} ms")


if __name__ == "__main__":
    main()
