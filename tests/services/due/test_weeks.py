"""A week of the chart as a filter: from a day on, to a day, both included, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from support.due import performed, put_rows

from clinicdesk.data.tables.due import FOR_GOOD
from clinicdesk.domain.rows.due import DueFilter
from clinicdesk.services import due

TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 30)


def put(clinic: Any, days: tuple[date, ...]) -> None:
    done = performed(clinic, date(2026, 5, 4))
    rows = [
        {"id": number, "patient_id": clinic.seeded.teresa, "track": "esi", "family": "EPI",
         "site": f"L5 left {number}", "procedure": "esi.transforaminal", "intent": "therapeutic",
         "sites": ["L5 left"], "reason": "repeat", "status": "ok", "detail": "",
         "last_procedure_id": done, "last_procedure": "esi.transforaminal",
         "last_sites": ["L5 left"], "last_done": date(2026, 5, 4), "last_score": "",
         "relief_basis": "usual", "hand_stale": False, "as_of": TODAY, "stale_on": FOR_GOOD,
         "allowed_from": day, "due_on": day, "relief_ends": day, "relief_latest": day}
        for number, day in enumerate(days, 1)
    ]  # fmt: skip
    put_rows(clinic, rows, TODAY)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (MONDAY, MONDAY + timedelta(days=6), (2, 3)),
        (MONDAY, None, (2, 3, 4)),
        (None, MONDAY - timedelta(days=1), (1,)),
        (MONDAY + timedelta(days=8), MONDAY + timedelta(days=9), ()),
    ],
)
def test_both_ends_of_a_week_belong_to_it(
    clinic: Any, frontdesk: Any, since: date | None, until: date | None, found: tuple[int, ...]
) -> None:
    put(clinic, tuple(MONDAY + timedelta(days=n) for n in (-1, 0, 6, 7)))
    assert due.overview(clinic, frontdesk, DueFilter(since=since, until=until), TODAY).ids == found
