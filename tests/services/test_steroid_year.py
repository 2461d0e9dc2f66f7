"""The steroid of twelve months, read from the record: chart and log say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from support.logs import PASSWORD, answered, book, complete

from clinicdesk.data.tables import Administration, ProcedureRecord, ProcedureSite, StrikeOut
from clinicdesk.services import patients, procedures

pytestmark = pytest.mark.slow


def injected(
    clinic: Any, day: str, mg: str | None = "40", *, drug: str = "triamcinolone", **more: Any
) -> int:
    """A performed joint injection of Teresa's; without mg nothing is recorded of its steroid."""
    values: dict[str, Any] = {
        "patient_id": clinic.seeded.teresa, "procedure": "joint.injection",
        "intent": "therapeutic", "performed_on": date.fromisoformat(day),
        "physician_id": clinic.seeded.osei, "steroids_known": mg is not None, **more,
    }  # fmt: skip
    with clinic.store.write(None, "test.add") as tx:
        row = tx.add(ProcedureRecord(created_at=tx.now, **values))
        tx.add(ProcedureSite(procedure_id=row.id, name="knee", side="left"))
        if mg is not None:
            tx.add(
                Administration(
                    procedure_id=row.id, product="x", drug=drug, kind="steroid",
                    volume_ml=Decimal(1), dose=Decimal(mg),
                )
            )  # fmt: skip
        return int(row.id)


def charted(clinic: Any, actor: Any) -> Any:
    return patients.open_chart(clinic, actor, clinic.seeded.teresa).steroid_year


def test_everything_that_went_in_counts_and_nothing_that_did_not(
    clinic: Any, physician: Any
) -> None:
    assert charted(clinic, physician).injections == 0
    injected(clinic, "2025-11-24")  # a year ago: out again
    injected(clinic, "2025-11-25")
    injected(clinic, "2026-02-01", "80", drug="methylprednisolone", outcome="outside",
             physician_id=None)  # fmt: skip
    injected(clinic, "2026-03-01", None, outcome="outside", physician_id=None)
    injected(clinic, "2026-04-01", outcome="aborted")
    with clinic.store.write(None, "test.abort") as tx:
        tx.add(
            ProcedureRecord(
                patient_id=clinic.seeded.teresa, procedure="joint.injection",
                intent="therapeutic", performed_on=date(2026, 5, 1), outcome="aborted",
                physician_id=clinic.seeded.osei, created_at=tx.now,
            )
        )  # fmt: skip
    wrong = injected(clinic, "2026-06-01")
    with clinic.store.write(None, "test.strike") as tx:
        tx.add(StrikeOut(procedure_id=wrong, reason="Another patient", at=tx.now, staff_id=1))
    found = charted(clinic, physician)
    assert (found.prednisone_mg, found.injections) == (Decimal(200), 3)
    assert (found.elsewhere, found.unknown) == (1, 1)


def test_the_log_says_what_was_before_and_what_it_adds(clinic: Any, physician: Any) -> None:
    injected(clinic, "2026-02-01")
    appointment = book(clinic)
    form = complete(procedures.open_log(clinic, physician, appointment).form)
    said = procedures.safety_of(clinic, physician, form).steroid_year
    assert said == (
        "Steroid in the last 12 months: about 50 mg prednisone equivalent, 1 injection. "
        "This session adds about 67 mg."
    )
    # Saved, it is not counted twice; signed, the chart has both.
    number = procedures.record(clinic, physician, form, 0).value
    saved = procedures.open_procedure(clinic, physician, number)
    assert procedures.safety_of(clinic, physician, saved.form).steroid_year == said
    form = answered(clinic, physician, saved.form)
    procedures.sign(clinic, physician, form, saved.version, PASSWORD, procedure_id=number)
    assert charted(clinic, physician).injections == 2


def test_a_log_without_a_steroid_adds_none_and_one_without_a_dose_says_so(
    embedded_clinic: Any, physician: Any
) -> None:
    form = procedures.open_log(embedded_clinic, physician, book(embedded_clinic)).form

    def told(entries: Any) -> str:
        log = replace(form, medications=entries)
        return procedures.safety_of(embedded_clinic, physician, log).steroid_year

    assert told(form.medications[1:]) == "Steroid in the last 12 months: none recorded."
    undosed = replace(form.medications[0], volume_ml=None, dose=None)
    assert told((undosed,)).endswith("What this session adds is not known.")
