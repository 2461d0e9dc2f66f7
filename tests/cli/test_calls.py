"""``clinicdesk calls``: who was promised a call, until it is made or the score is there."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from support.due import performed

from clinicdesk.__main__ import main
from clinicdesk.data.tables import FollowUp
from clinicdesk.domain.rows.readings import ReadingForm
from clinicdesk.services import readings

DUE = date(2026, 11, 20)


@pytest.fixture
def listed(embedded_clinic: Any, monkeypatch: Any, capsys: Any) -> Any:
    """Runs ``calls`` on the small clinic; gives the rows."""
    place = str(embedded_clinic.store.embedded)
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")

    def run(on: str) -> list[dict[str, Any]]:
        who = ["--database", place, "--user", "frontdesk"]
        assert main([*who, "calls", "--on", on, "--format", "json"]) == 0
        found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        return found

    return run


def test_a_promised_call_is_listed_from_its_day_on_until_the_score_is_there(
    embedded_clinic: Any, frontdesk: Any, listed: Any
) -> None:
    clinic = embedded_clinic
    number = performed(clinic, date(2026, 11, 6))
    with clinic.store.write(None, "test.call") as tx:
        tx.add(
            FollowUp(patient_id=clinic.seeded.teresa, procedure_id=number, kind="score", due_on=DUE)
        )
    assert listed("2026-11-19") == []
    (row,) = listed("2026-11-20")
    assert (row["patient_id"], row["purpose"]) == (clinic.seeded.teresa, "score")
    assert (row["due_on"], row["sites"]) == ("2026-11-20", "L5 left")
    assert len(listed("2026-11-24")) == 1
    form = ReadingForm(
        procedure_ids=(number,), scale="NRS", value=Decimal(2), on=date(2026, 11, 23),
        phase="followup",
    )  # fmt: skip
    readings.add_reading(clinic, frontdesk, form)
    assert listed("2026-11-24") == []
