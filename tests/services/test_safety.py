"""From a patient's records to what must be settled, on both databases."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from clinicdesk.__main__ import main
from clinicdesk.data import tables as t
from clinicdesk.domain.errors import Invalid, NotFound
from clinicdesk.domain.permissions import Role
from clinicdesk.domain.procedures import Guidance, Steroid
from clinicdesk.domain.rows.people import Actor
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.services.safety import safety_audited, safety_of, safety_of_appointment

ON = date(2026, 12, 1)
ACTOR = Actor(1, "frontdesk", "Front Desk", Role.FRONT_DESK, "test")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def patient(clinic):
    """A patient of 34 about whom nobody has recorded anything."""
    with clinic.store.write(None, "test.add") as tx:
        row = t.Patient(
            mrn="S1",
            family="Test",
            given="Ada",
            birth_date=date(1992, 6, 1),
            sex="female",
            created_at=tx.now,
        )
        return tx.add(row).id


def _add(clinic, *rows):
    with clinic.store.write(None, "test.add") as tx:
        for row in rows:
            tx.add(row)


def _plan(patient, procedure="esi.transforaminal", *sites, **more):
    return PlanRequest(
        patient_id=patient, procedure=procedure, sites=sites or ("L5 left",), on=ON, **more
    )


def _found(card):
    return {each.check: each.level.value for each in card.findings}


def test_an_empty_record_is_not_asked_and_never_none(clinic, patient):
    assert _found(safety_of(clinic, ACTOR, _plan(patient))) == {
        "allergies.not_asked": "ask",
        "conditions.not_asked": "ask",
        "pregnancy.not_asked": "ask",
        "thinner.not_asked": "ask",
        "weight.not_known": "ask",
    }
    knee = safety_of(clinic, ACTOR, _plan(patient, "joint.injection", "knee left"))
    assert _found(knee)["implants.not_asked"] == "ask"


def test_what_the_record_says_is_held_against_the_plan(clinic, patient):
    _add(
        clinic,
        t.Allergy(patient_id=patient, substance="IV dye", category="drug"),
        t.PatientDrug(patient_id=patient, drug="Eliquis", dose="5 mg bid", kind="anticoagulant"),
        t.Condition(patient_id=patient, name="Type 2 diabetes"),
        t.Implant(patient_id=patient, name="Knee prosthesis", site="knee left", prosthesis=True),
        t.Weight(patient_id=patient, kg=Decimal(62), measured_on=date(2026, 11, 1)),
    )
    card = safety_of(clinic, ACTOR, _plan(patient))
    assert _found(card) == {
        "allergy.contrast": "reason",
        "diabetes.steroid": "ask",
        "pregnancy.not_asked": "ask",
        "thinner.hold": "ask",
    }
    assert [each.because for each in card.findings if each.check == "thinner.hold"] == [
        ("Eliquis 5 mg bid",)
    ]
    assert card.holds[0].last_dose_on == date(2026, 11, 27)
    knee = safety_of(clinic, ACTOR, _plan(patient, "joint.injection", "knee left"))
    assert _found(knee)["joint.prosthesis"] == "reason"
    other = safety_of(clinic, ACTOR, _plan(patient, "joint.injection", "knee right"))
    assert "joint.prosthesis" not in _found(other)


def test_a_prosthesis_that_only_the_tick_says(clinic, patient):
    _add(clinic, t.Implant(patient_id=patient, name="Oxford", site="knee left", prosthesis=True))
    knee = safety_of(clinic, ACTOR, _plan(patient, "joint.injection", "knee left"))
    assert _found(knee)["joint.prosthesis"] == "reason"


def test_what_has_ended_or_was_cancelled_does_not_count(clinic, patient):
    past = date(2026, 11, 1)
    _add(
        clinic,
        t.PatientDrug(patient_id=patient, drug="apixaban", valid_to=past),
        t.PatientDrug(patient_id=patient, drug="lisinopril"),
        t.PlannedSurgery(
            patient_id=patient, site="knee left", planned_on=date(2027, 1, 20), cancelled=True
        ),
    )
    knee = safety_of(clinic, ACTOR, _plan(patient, "joint.injection", "knee left"))
    assert not {"joint.surgery", "thinner.shared", "thinner.not_asked"} & set(_found(knee))
    _add(
        clinic, t.PlannedSurgery(patient_id=patient, site="knee left", planned_on=date(2027, 1, 20))
    )
    knee = safety_of(clinic, ACTOR, _plan(patient, "joint.injection", "knee left"))
    assert _found(knee)["joint.surgery"] == "reason"


def test_what_the_plan_says_counts_before_the_usual_one(clinic, patient):
    plan = _plan(patient, guidance=Guidance.ULTRASOUND, contrast=False)
    assert "pregnancy.not_asked" not in _found(safety_of(clinic, ACTOR, plan))
    much = _plan(patient, steroids=(Steroid("Dexamethasone", Decimal(16)),))
    assert _found(safety_of(clinic, ACTOR, much))["steroid.session"] == "reason"
    given = (("methylprednisolone-80", Decimal("1.1")),)
    card = safety_of(clinic, ACTOR, _plan(patient), medications=given)
    assert _found(card)["steroid.session"] == "reason"
    assert "weight.not_known" not in _found(card)


def test_hours_are_counted_from_the_start(clinic, patient):
    _add(clinic, t.PatientDrug(patient_id=patient, drug="Lovenox 80 mg"))
    start = datetime(2026, 12, 1, 9, 30, tzinfo=NEW_YORK)
    (hold,) = safety_of(clinic, ACTOR, _plan(patient), start=start).holds
    assert hold.last_dose_before == datetime(2026, 11, 30, 9, 30, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"procedure": "esi.magic"}, "procedure"),
        ({"sites": ("L5",)}, "sites"),
        ({"sites": ()}, "sites"),
        ({"on": date(1800, 1, 1)}, "on"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused_at_its_field(clinic, patient, change, field):
    plan = PlanRequest(
        **{"patient_id": patient, "procedure": "tpi", "sites": ("trapezius left",), "on": ON}
        | {"procedure": "esi.transforaminal", "sites": ("L5 left",)}
        | change
    )
    with pytest.raises(Invalid) as caught:
        safety_of(clinic, ACTOR, plan)
    assert set(caught.value.fields) == {field}


def test_a_start_on_another_day_is_refused(clinic, patient):
    start = datetime(2026, 12, 2, 9, 30, tzinfo=NEW_YORK)
    with pytest.raises(Invalid) as caught:
        safety_of(clinic, ACTOR, _plan(patient), start=start)
    assert set(caught.value.fields) == {"start"}


def test_an_unknown_medication_and_an_unknown_patient(clinic, patient):
    with pytest.raises(Invalid) as caught:
        safety_of(clinic, ACTOR, _plan(patient), medications=(("magic", Decimal(1)),))
    assert set(caught.value.fields) == {"medications"}
    with pytest.raises(NotFound):
        safety_of(clinic, ACTOR, _plan(999_999))


def test_asked_from_outside_it_is_kept_in_the_audit(clinic, patient):
    safety_audited(clinic, ACTOR, _plan(patient))
    with clinic.store.read() as tx:
        last = tx.session.query(t.AuditAct).order_by(t.AuditAct.id.desc()).first()
        assert last.action == "safety.ask"


def test_an_appointment_is_asked_about_with_all_it_plans(clinic, patient):
    with clinic.store.write(None, "test.add") as tx:
        appointment = tx.add(
            t.Appointment(
                patient_id=patient,
                physician_id=clinic.seeded.osei,
                starts_at=datetime(2026, 12, 1, 15, tzinfo=ZoneInfo("UTC")),
                ends_at=datetime(2026, 12, 1, 15, 30, tzinfo=ZoneInfo("UTC")),
                local_date=ON,
                created_at=tx.now,
            )
        )
        planned = tx.add(t.PlannedProcedure(appointment_id=appointment.id, procedure="facet.rfa"))
        tx.add(t.PlannedSite(planned_id=planned.id, name="L4-L5", side="left"))
        number = appointment.id
    _add(clinic, t.Implant(patient_id=patient, name="pacemaker"))
    (card,) = safety_of_appointment(clinic, ACTOR, number, ON)
    assert _found(card)["device.radiofrequency"] == "reason"


def test_the_command_prints_what_the_service_finds(clinic, patient, monkeypatch, capsys):
    _add(clinic, t.PatientDrug(patient_id=patient, drug="Lovenox 80 mg"))
    store = clinic.store
    place = str(store.embedded or store.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("CLINICDESK_PASSPHRASE", "demo")
    monkeypatch.setenv("CLINICDESK_PASSWORD", "demo")
    words = ["--database", place, "--user", "frontdesk", "safety", "--patient", str(patient)]
    plan = ["--procedure", "esi.transforaminal", "--site", "l5 LEFT", "--on", "2026-12-01"]
    assert main([*words, *plan, "--start", "2026-12-01T09:30", "--contrast", "no"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    (line,) = captured.out.splitlines()
    found = json.loads(line)
    assert list(found)[:3] == ["bleeding", "findings", "holds"]
    assert found["holds"][0]["last_dose_before"] == "2026-11-30T09:30"
    assert {each["check"] for each in found["findings"]} >= {"thinner.hold", "pregnancy.not_asked"}
    assert main([*words, *plan, "--medication", "dexamethasone-10:2"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "steroid.session" in {each["check"] for each in found["findings"]}
    for wrong in (["--medication", "magic:1"], ["--start", "2026-12-02T09:30"]):
        assert main([*words, *plan, *wrong]) == 2
    assert main([*words, *plan, "--medication", "a:1", "--steroid", "b:1"]) == 2
