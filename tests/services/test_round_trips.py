"""What is written is read again: every field of a record, also of one added tomorrow."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from support.filled import filled
from support.logs import book
from support.vocabulary import VOCABULARY

from clinicdesk.data import tables as t
from clinicdesk.data.queries import log, log_writes
from clinicdesk.data.queries import settings as settings_queries
from clinicdesk.domain.rows.log import LogForm, MedicationEntry
from clinicdesk.domain.rows.people import PatientForm
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.domain.rows.staff import ClinicFacts
from clinicdesk.rules.parse import load_json, parse_case
from clinicdesk.services import patients, procedures
from clinicdesk.services.case_building import case_of, case_text
from clinicdesk.services.procedures.codec import form_from_json, form_to_json

BIRTH, DEATH = date(1950, 1, 2), date(2026, 11, 3)
ELSEWHERE = {"sex": "female", "language": "es", "email": "ada@example.org"}


def _patient(**more: Any) -> PatientForm:
    """Every field filled with what the editor takes."""
    return filled(
        PatientForm, birth_date=BIRTH, deceased_on=DEATH, phone_mobile="07700 900456",
        phone_home="020 7946 0456", national_id="943 476 5919", pack="us-medicare",
        allergies=("Latex", "Iohexol (rash)"),
        anticoagulants=("apixaban", "warfarin"), **ELSEWHERE, **more,
    )  # fmt: skip


def _in_london(clinic: Any) -> None:
    """The country with the most fields: its patients have a national number."""
    with clinic.store.write(None, "test.set") as tx:
        facts = settings_queries.clinic_facts(tx)
        settings_queries.write_clinic(tx, replace(facts, country="GB"))
    clinic.refresh()


def test_every_field_of_a_new_patient_comes_back(clinic: Any, frontdesk: Any) -> None:
    _in_london(clinic)
    form = _patient()
    number = patients.add(clinic, frontdesk, form).value
    assert patients.open_chart(clinic, frontdesk, number).record.form == form


def test_every_field_of_a_changed_patient_comes_back_and_stays(clinic: Any, frontdesk: Any) -> None:
    _in_london(clinic)
    record = patients.open_chart(clinic, frontdesk, clinic.seeded.andrea).record
    form = _patient()
    version = patients.change(clinic, frontdesk, record.id, record.version, form).value
    assert patients.open_chart(clinic, frontdesk, record.id).record.form == form
    # What the editor read is saved again: nothing is lost on the way.
    patients.change(clinic, frontdesk, record.id, version, replace(form, city="Salem"))
    chart = patients.open_chart(clinic, frontdesk, record.id)
    assert chart.record.form == replace(form, city="Salem")


def test_every_field_of_a_log_comes_back_from_its_json() -> None:
    form = filled(LogForm)
    text = json.dumps(form_to_json(form))
    other = filled(LogForm, **{f.name: getattr(form, f.name) for f in fields(form)} | {"note": "x"})
    assert form_from_json(json.loads(text), other) == form


def test_a_draft_from_before_a_field_was_there_is_filled_up() -> None:
    form = filled(LogForm)
    body = form_to_json(form)
    del body["radiation_reason"], body["medications"][0]["waste_ml"]
    body["left"], body["medications"][0]["left"] = 1, 1
    found = form_from_json(body, replace(form, radiation_reason="No display"))
    assert found.radiation_reason == "No display"
    assert found.medications[0] == replace(form.medications[0], waste_ml=None)
    assert found.medications[1] == form.medications[1]


def test_every_field_of_a_log_comes_back_from_the_database(clinic: Any, physician: Any) -> None:
    first = procedures.open_log(clinic, physician, book(clinic)).form
    sites = ("L5 left", "S1 left")
    product = clinic.catalogue.products["dexamethasone-10"]
    given = filled(MedicationEntry, product=product.key, unit=product.unit, site=sites[1])
    given = replace(given, unit="mg")
    form = filled(
        LogForm,
        patient_id=first.patient_id, appointment_id=first.appointment_id,
        planned_id=first.planned_id, procedure=first.procedure, sites=sites, intent="diagnostic",
        performed_on=date(2026, 11, 23), physician_id=clinic.seeded.lindqvist,
        room_id=clinic.seeded.ultrasound_room, guidance="ct", scale="VAS",
        medications=(given,), pain_before=Decimal(71), pain_after=Decimal(23),
    )  # fmt: skip
    with clinic.store.write(physician, "test.save") as tx:
        number = log_writes.save(
            tx, form, [("L5", "left"), ("S1", "left")], {product.key: product},
            procedure_id=None, version=0, catalogue_version="1", zone_now=tx.now,
        )  # fmt: skip
    with clinic.store.read() as tx:
        assert log.stored(tx, number, "NRS").form == form


def test_every_fact_about_the_clinic_comes_back(store: Any) -> None:
    facts = filled(ClinicFacts, timezone="Europe/London", paper="a4", language="es", version=1)
    with store.write(None, "test.set") as tx:
        settings_queries.write_clinic(tx, facts)
    with store.read() as tx:
        assert settings_queries.clinic_facts(tx) == facts


@pytest.mark.slow
def test_the_case_that_is_kept_is_the_case_that_was_answered(
    demo_clinic: Any, frontdesk: Any
) -> None:
    from clinicdesk.data.queries.facts import patient_facts

    packs, today = demo_clinic.catalogue.packs, demo_clinic.today()
    with demo_clinic.store.read() as tx:
        ids = [number for (number,) in tx.session.query(t.Patient.id)]
        everyone = patient_facts(tx, ids, today, VOCABULARY.names, treated_only=True)
    for facts in everyone.values():
        last = facts.done[-1]
        plan = PlanRequest(facts.patient_id, last.procedure, last.sites, today)
        case = case_of(facts, plan, demo_clinic.catalogue)
        assert case.history
        assert parse_case(load_json(case_text(case)), VOCABULARY, packs) == case
