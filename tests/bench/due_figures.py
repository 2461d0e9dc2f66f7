"""Prints how fast the due list is: rebuild, opening cold and warm, one patient after a signature.

    .venv/bin/python tests/bench/due_figures.py                    10,000 and 100,000 patients
    .venv/bin/python tests/bench/due_figures.py --sizes 1000       to see that it works

Nothing is asserted: a figure is read by a person. The ratios say how each grows with the clinic:
near 10 for the rebuild (linear), near 1 for what should not grow.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

NOW = datetime(2026, 11, 24, 15, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PROCEDURES = 5
CHUNK = 2000
COLD_RUNS = 5
KINDS = (
    ("esi.transforaminal", "L5", 100),
    ("esi.transforaminal", "S1", 120),
    ("esi.interlaminar", "L4-L5", 110),
    ("joint.injection", "knee", 130),
    ("sij.injection", "si joint", 110),
    ("facet.rfa", "L4-L5", 260),
    ("tpi", "trapezius", 70),
)
_COLD = """
import sys, time
sys.path.insert(0, {root!r})
from datetime import date
from clinicdesk.domain.clock import FixedClock
from clinicdesk import memory
from clinicdesk.domain.rows.due import DueFilter, DueGroup
from clinicdesk.services import due, signin
from clinicdesk.services.clinics import open_clinic
from datetime import UTC, datetime
memory.begin()
clinic = open_clinic({where!r}, "demo", clock=FixedClock({now!r}), keyring=False)
memory.settle()
actor = signin.sign_in(clinic, "frontdesk", "demo", "bench")
clinic.catalogue
begin = time.perf_counter()
due.behind(clinic, actor, clinic.today())
found = due.opening(clinic, actor, DueFilter(), clinic.today())
due.rows(clinic, actor, dict(found.first)[DueGroup.OVERDUE][:50], clinic.today())
print(time.perf_counter() - begin)
"""


def make(where: Path, patients: int) -> None:
    """A demo clinic with five procedures for each of ``patients`` more people."""
    from clinicdesk.data import made_up
    from clinicdesk.data.keys import CHEAP
    from clinicdesk.data.store import Store
    from clinicdesk.domain.clock import FixedClock
    from clinicdesk.services.demo import make_demo

    clock = FixedClock(NOW)
    store, _ = Store.create_embedded(where, "demo", kdf=CHEAP, keyring=False, clock=clock)
    make_demo(store, patients=50, years=1, seed=1, clock=clock)
    with store.write(None, "bench") as tx:
        maker = _Rows(made_up.first_ids(tx), patients)
        while maker.left:
            made_up.write(tx, maker.some(CHUNK))
    with store.unaudited() as tx:
        _forget_the_build(tx)
    store.close()


def _forget_the_build(tx: Any) -> None:
    from clinicdesk.data.tables import DueBuild, DueCount, DueItem

    tx.session.query(DueItem).delete()
    tx.session.query(DueBuild).delete()
    tx.session.query(DueCount).delete()


class _Rows:
    """Made-up patients: one site each in nine of ten, two in one of ten."""

    def __init__(self, first: dict[str, int], patients: int) -> None:
        self._next, self.left = dict(first), patients
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def _add(self, table: str, **values: Any) -> int:
        number = self._next[table]
        self._next[table] = number + 1
        self._rows[table].append({"id": number, **values})
        return number

    def some(self, count: int) -> dict[str, list[dict[str, Any]]]:
        self._rows = defaultdict(list)
        for _ in range(min(count, self.left)):
            self._patient()
            self.left -= 1
        return dict(self._rows)

    def _patient(self) -> None:
        number = self._next["patient"]
        rng = Random(number)
        patient = self._add(
            "patient", mrn=f"B{number:07}", family=f"Family{number % 9973}",
            given=f"Given{number % 97}", prefix="", suffix="", sex="female", language="en",
            birth_date=date(1950 + number % 50, 1 + number % 12, 1), interpreter=False,
            email="", created_at=NOW, version=1,
        )  # fmt: skip
        kind = KINDS[number % len(KINDS)]
        sides = ("left",) if number % 10 else ("left", "right")
        day = TODAY - timedelta(days=rng.randint(0, 1200))
        for back in range(PROCEDURES):
            side = sides[back % len(sides)]
            self._procedure(patient, kind, side, day, rng)
            day -= timedelta(days=kind[2] + rng.randint(0, 60))

    def _procedure(
        self, patient: int, kind: tuple[str, str, int], side: str, day: date, rng: Random
    ) -> None:
        number = self._add(
            "procedure", patient_id=patient, procedure=kind[0], intent="therapeutic", state="open",
            outcome="done", performed_on=day, physician_id=2, steroids_known=True,
            complications=[], note="", side_change_reason="", fields={}, catalogue_version="",
            created_at=NOW, version=1,
        )  # fmt: skip
        name = kind[1]
        self._add("procedure_site", procedure_id=number, position=0, name=name,
                  side="midline" if kind[0] == "esi.interlaminar" else side, fields={})  # fmt: skip
        self._add(
            "administration", procedure_id=number, position=0, product="dexamethasone-10",
            drug="dexamethasone", kind="steroid", lot_text="", expiry_month_only=True,
            per_ml=Decimal(10), volume_ml=Decimal(1), dose=Decimal(10), unit="mg",
        )  # fmt: skip
        later = day + timedelta(days=rng.choice((14, 92, 100)))
        scores = [("baseline", day, 8)]
        scores += [("followup", later, rng.choice((2, 3, 6)))] if later <= TODAY else []
        for phase, on, value in scores:
            reading = self._add("reading", patient_id=patient, scale="NRS", value=Decimal(value),
                                local_date=on, note="")  # fmt: skip
            self._add("reading_link", reading_id=reading, procedure_id=number, phase=phase)


def _warm(work: Callable[[], object]) -> float:
    work()
    return median_ms(work, 9)


def median_ms(work: Callable[[], object], times: int) -> float:
    """Median milliseconds of a call."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return statistics.median(found)


def measure(folder: Path, patients: int) -> dict[str, float]:
    """All figures of one size, in milliseconds, printed as they come."""
    from clinicdesk.domain.clock import FixedClock
    from clinicdesk.domain.rows.due import DueFilter, DueGroup
    from clinicdesk.services import due, signin
    from clinicdesk.services.clinics import open_clinic
    from clinicdesk.services.due import keeping

    where = folder / f"{patients}.db"
    begin = time.perf_counter()
    make(where, patients)
    print(f"-- {patients:,} patients, made in {time.perf_counter() - begin:.0f} s", flush=True)
    clinic = open_clinic(where, "demo", clock=FixedClock(NOW), keyring=False)
    actor = signin.sign_in(clinic, "frontdesk", "demo", "bench")
    figures: dict[str, float] = {}

    def told(what: str, value: float) -> None:
        figures[what] = value
        print(f"{what:<58} {value:12.1f} ms", flush=True)

    told("rebuild of everything", median_ms(lambda: due.refresh(clinic, actor, TODAY), 1))
    told("opened cold (new process: behind, beginning, 50 rows)", _cold(where))
    every = DueFilter()

    def opened() -> None:
        due.behind(clinic, actor, TODAY)
        found = due.opening(clinic, actor, every, TODAY)
        due.rows(clinic, actor, dict(found.first or ())[DueGroup.OVERDUE][:50], TODAY)

    told("opened again: the same, warm", _warm(opened))
    told("of that: counts and first ids", _warm(lambda: due.opening(clinic, actor, every, TODAY)))
    near = DueFilter(groups=frozenset({DueGroup.OVERDUE, DueGroup.NOW, DueGroup.SOON}))
    told("counts and first ids of what is near",
         _warm(lambda: due.opening(clinic, actor, near, TODAY)))  # fmt: skip
    told("behind the opening: all ids", _warm(lambda: due.overview(clinic, actor, every, TODAY)))
    named = DueFilter(text="family12")
    told("part of a name", _warm(lambda: due.overview(clinic, actor, named, TODAY)))
    ids = due.overview(clinic, actor, every, TODAY).ids
    print(f"   {len(ids):,} rows kept")
    told("a page of 50 rows", median_ms(lambda: due.rows(clinic, actor, ids[:50], TODAY), 15))

    def one_patient() -> None:
        with clinic.store.unaudited() as tx:
            keeping.keep(tx, clinic.catalogue, [patients // 2], TODAY)

    told("one patient after a signature", median_ms(one_patient, 15))
    tomorrow = TODAY + timedelta(days=1)
    told(
        "next morning: what time has changed",
        median_ms(lambda: due.refresh(clinic, actor, tomorrow), 1),
    )
    clinic.close()
    return figures


def _cold(where: Path) -> float:
    """Median of a few processes, each of which opens the clinic anew."""
    code = _COLD.format(root=str(ROOT), where=str(where), now=NOW)
    code = code.replace("datetime.datetime(", "datetime(").replace("datetime.timezone.utc", "UTC")
    command = [sys.executable, "-c", code]
    found = [
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) * 1000
        for _ in range(COLD_RUNS)
    ]
    return statistics.median(found)


def main() -> None:
    """Prints the figures of each size, and how each grows from one to the next."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000])
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory() as folder:
        found = {size: measure(Path(folder), size) for size in sizes}
    for small, large in pairwise(sizes):
        print(f"-- {large:,} over {small:,} patients (x{large / small:.0f})")
        for what, value in found[large].items():
            print(f"{what:<58} x{value / found[small][what]:.1f}")


if __name__ == "__main__":
    main()
