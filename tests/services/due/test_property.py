"""Every row of the due list says what the verdict and the scores say, worked out a second time.

``CLINICDESK_DUE_SEEDS`` and ``CLINICDESK_DUE_PATIENTS`` make it larger: how many clinics, of how
many patients (two of forty where they are not set).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from support.due_records import records, stir
from support.due_reference import Expected, Reference
from support.reference_facts import spots_of

from clinicdesk.data import tables as t
from clinicdesk.data.keys import CHEAP
from clinicdesk.data.store import Store
from clinicdesk.domain.clock import FixedClock
from clinicdesk.services.context import Clinic
from clinicdesk.services.demo import make_demo
from clinicdesk.services.due import keeping

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 10, 12, tzinfo=ZoneInfo("America/New_York"))
SEEDS = int(os.environ.get("CLINICDESK_DUE_SEEDS", "2"))
PATIENTS = int(os.environ.get("CLINICDESK_DUE_PATIENTS", "40"))


def _clinic(folder: Path, catalogue: Any, seed: int) -> Clinic:
    """A demo clinic, its records stirred, its rows made anew."""
    clock = FixedClock(NOW)
    store, _ = Store.create_embedded(
        folder / "demo.db", "demo", kdf=CHEAP, keyring=False, clock=clock
    )
    make_demo(store, patients=PATIENTS, years=3, seed=seed, clock=clock)
    clinic = Clinic(store, clock, catalogue)
    stir(clinic, seed)
    with store.unaudited() as tx:
        ids = list(tx.session.scalars(select(t.Patient.id)))
        keeping.keep(tx, catalogue, ids, clinic.today())
    return clinic


@pytest.fixture(scope="module", params=range(21, 21 + SEEDS))
def stirred(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, catalogue: Any
) -> Iterator[Any]:
    """A clinic, its rows, and the records of its patients."""
    made = _clinic(tmp_path_factory.mktemp("stirred"), catalogue, request.param)
    with made.store.read() as tx:
        rows = list(tx.session.scalars(select(t.DueItem)))
    yield made, rows, records(made)
    made.store.close()


def test_rows_say_what_the_verdict_and_the_scores_say(stirred: Any) -> None:
    clinic, rows, known = stirred
    wrong = [_difference(row, known[row.patient_id], clinic) for row in rows]
    assert [line for line in wrong if line] == []
    assert len(rows) > PATIENTS // 4


def test_no_row_is_missing_and_none_is_stale(stirred: Any) -> None:
    clinic, rows, known = stirred
    kept = {
        (row.patient_id, row.track, spot) for row in rows for spot in spots_of(row.site.split(", "))
    }
    wanted = {
        (patient, *place)
        for patient, mine in known.items()
        for place in Reference(mine, clinic.catalogue, clinic.today()).open_spots()
    }
    assert kept == wanted


def _difference(row: Any, mine: Any, clinic: Clinic) -> str:
    """What a row says otherwise than it must; empty where they agree."""
    wanted = Reference(mine, clinic.catalogue, clinic.today()).expected(row)
    got = Expected(row.reason, row.status, row.allowed_from, row.relief_ends, row.relief_latest)
    about = f"{row.patient_id} {row.track} {row.site} {mine.pack}"
    return "" if got == wanted else f"{about}: {got} not {wanted}"
