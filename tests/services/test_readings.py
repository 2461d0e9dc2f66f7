"""Scores added beside a procedure, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from clinicdesk.data import tables as t
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.rows.readings import ReadingForm
from clinicdesk.services import readings

DONE = date(2026, 8, 3)


@pytest.fixture
def signed(clinic: Any) -> int:
    """A signed epidural of 3 Aug 2026 with a score of 8 before it."""
    return made(clinic, clinic.seeded.teresa)


def made(clinic: Any, patient: int) -> int:
    with clinic.store.write(None, "test.add") as tx:
        row = tx.add(
            t.ProcedureRecord(
                patient_id=patient, procedure="esi.transforaminal", intent="therapeutic",
                performed_on=DONE, physician_id=clinic.seeded.osei, created_at=tx.now,
            )
        )  # fmt: skip
        tx.add(t.ProcedureSite(procedure_id=row.id, name="L5", side="left"))
        score = tx.add(
            t.Reading(patient_id=patient, scale="NRS", value=Decimal(8), local_date=DONE)
        )
        tx.add(t.ReadingLink(reading_id=score.id, procedure_id=row.id, phase="baseline"))
        tx.flush()
        row.state = "signed"
        return int(row.id)


def form(procedure: int, **changes: Any) -> ReadingForm:
    base = ReadingForm((procedure,), "followup", "NRS", Decimal(3), date(2026, 11, 10))
    return replace(base, **changes)


def kept(clinic: Any) -> list[t.Reading]:
    with clinic.store.read() as tx:
        found = tx.session.scalars(select(t.Reading).order_by(t.Reading.id)).all()
        tx.session.expunge_all()
        return list(found)


def test_a_score_stands_beside_the_signed_record(clinic: Any, signed: int) -> None:
    clerk = clinic.seeded.actor("frontdesk")
    done = readings.add_reading(clinic, clerk, form(signed))
    assert clinic.seeded.teresa in done.changes.patients
    row = kept(clinic)[-1]
    assert (row.scale, row.value, row.local_date) == ("NRS", Decimal(3), date(2026, 11, 10))
    with clinic.store.read() as tx:
        act = tx.session.scalars(select(t.AuditAct).order_by(t.AuditAct.id.desc())).first()
        assert act.action == "reading.add"
        assert act.patient_id == clinic.seeded.teresa


def test_relief_in_percent_is_kept_as_the_score_it_comes_to(clinic: Any, signed: int) -> None:
    clerk = clinic.seeded.actor("frontdesk")
    readings.add_reading(clinic, clerk, form(signed, value=Decimal(60), percent=True))
    row = kept(clinic)[-1]
    assert row.value == Decimal("3.2")
    assert "60 % relief of NRS 8" in row.note
    (about,) = readings.scored(clinic, clerk, (signed,))
    assert about.baselines == (("NRS", Decimal(8)),)
    assert about.sites == ("L5 left",)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"value": Decimal(11)}, "value", "between 0 and 10"),
        ({"value": Decimal(-1)}, "value", "between 0 and 10"),
        ({"on": DONE}, "on", "after 3 Aug 2026"),
        ({"on": date(2026, 11, 25)}, "on", "later day"),
        ({"phase": "post"}, "on", "3 Aug 2026"),
        ({"phase": "baseline"}, "on", "not later than"),
        ({"scale": "SMILE"}, "scale", "Choose a scale"),
        ({"value": Decimal(120), "percent": True}, "value", "0 to 100"),
        ({"value": Decimal("33.3"), "percent": True}, "value", "whole percent"),
        ({"value": Decimal(50), "percent": True, "scale": "ODI"}, "value", "no one ODI score"),
        ({"procedure_ids": (999_999,)}, "procedure", "no longer on record"),
    ],
)
def test_what_cannot_be(
    clinic: Any, signed: int, changes: dict[str, Any], field: str, said: str
) -> None:
    before = len(kept(clinic))
    with pytest.raises(Invalid) as wrong:
        readings.add_reading(clinic, clinic.seeded.actor("nurse"), form(signed, **changes))
    assert said in wrong.value.fields[field]
    assert len(kept(clinic)) == before


def test_the_same_score_twice_and_two_patients(clinic: Any, signed: int) -> None:
    nurse = clinic.seeded.actor("nurse")
    readings.add_reading(clinic, nurse, form(signed))
    with pytest.raises(Invalid, match="already"):
        readings.add_reading(clinic, nurse, form(signed))
    with clinic.store.write(None, "test.add") as tx:
        other = tx.add(
            t.Patient(mrn="X9", family="Other", given="One", birth_date=DONE, created_at=tx.now)
        ).id
    both = (signed, made(clinic, other))
    with pytest.raises(Invalid, match="two patients"):
        readings.add_reading(clinic, nurse, form(signed, procedure_ids=both))


def test_a_procedure_that_is_gone(clinic: Any) -> None:
    with pytest.raises(NotFound):
        readings.scored(clinic, clinic.seeded.actor("nurse"), (999_999,))
