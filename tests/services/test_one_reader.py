"""What a word of the record means is the same wherever it is asked: one table through all of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from support.logs import book
from support.safety import answer, case
from support.vocabulary import CATALOGUE

from clinicdesk.data import tables as t
from clinicdesk.data.queries.documents import Subject
from clinicdesk.domain.rows.cases import DrugFact, PatientFacts
from clinicdesk.domain.rows.documents import SheetRequest
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.services import due, patients, schedule, sheet_facts, verdicts
from clinicdesk.services.context import Work
from clinicdesk.services.safety import safety_from, safety_of
from clinicdesk.services.sheet_thinners import drugs_of, thinners_of

TODAY = date(2026, 11, 24)


@pytest.fixture
def clinic(embedded_clinic: Any) -> Any:
    """On one database: the words are read in Python."""
    return embedded_clinic


@pytest.fixture
def person(clinic: Any) -> int:
    """A patient about whom nothing is recorded yet."""
    with clinic.store.write(None, "test.add") as tx:
        row = t.Patient(mrn="R1", family="Reader", given="Ada", birth_date=date(1950, 1, 1),
                        sex="female", created_at=tx.now)  # fmt: skip
        return int(tx.add(row).id)


def add(clinic: Any, *rows: Any) -> None:
    with clinic.store.write(None, "test.add") as tx:
        for row in rows:
            tx.add(row)


def sheet(clinic: Any, actor: Any, person: int, procedure: str, site: tuple[str, str]) -> Any:
    appointment = book(clinic, patient=person, procedure=procedure, sites=(site,))
    request = SheetRequest("consent", appointment_id=appointment)
    material = sheet_facts.material_of(clinic, actor, request)
    return sheet_facts.facts_of(clinic, material)


# -- contrast ------------------------------------------------------------------------------------

CONTRAST = [  # as stored: name, category; the checks' level, whether it is known to be one
    ("IV dye", "drug", "reason", True),
    ("I.V. dye", "drug", "reason", True),
    ("Omnipaque", "drug", "reason", True),
    ("Omnipaque", "contrast", "reason", True),
    ("x-ray dye", "other", "reason", True),
    ("something given in the scanner", "contrast", "reason", True),
    ("Iodine", "contrast", "ask", False),
    ("Dye", "contrast", "ask", False),
    ("Povidone-iodine", "contrast", "", False),
    ("Betadine", "drug", "", False),
    ("Gadolinium", "contrast", "", False),
    ("Hair dye", "contrast", "", False),
    ("Hair dye", "drug", "", False),
    ("Shellfish", "food", "", False),
    ("Latex", "latex", "", False),
]


@pytest.mark.parametrize(("name", "category", "level", "known"), CONTRAST)
def test_a_contrast_allergy_is_one_everywhere(
    clinic: Any, frontdesk: Any, person: int, name: str, category: str, level: str, known: bool
) -> None:
    add(clinic, t.Allergy(patient_id=person, substance=name, category=category))
    plan = PlanRequest(person, "esi.transforaminal", ("L5 left",), TODAY)
    found = {each.check: each.level.value for each in safety_of(clinic, frontdesk, plan).findings}
    assert found.get("allergy.contrast", "") == level
    asked = json.loads(verdicts.assess(clinic, frontdesk, plan).case_json)
    assert asked["patient"]["contrast_allergy"] is known
    banner = patients.banner(clinic, frontdesk, person)
    assert [each.contrast for each in banner.allergies] == [known]
    # An open question is promised no dye either.
    says = sheet(clinic, frontdesk, person, "esi.transforaminal", ("L5", "left")).allergic_to
    assert ("contrast" in says) is bool(level)


# -- diabetes, thinners, implants ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "level", "told"),
    [
        ("Type 2 diabetes", "ask", True), ("T2DM", "ask", True), ("NIDDM", "ask", True),
        ("Prediabetes", "note", False), ("No diabetes", "", False),
        ("Diabetes insipidus", "", False),
        ("family history of diabetes", "", False), ("denies diabetes", "", False),
    ],
)  # fmt: skip
def test_diabetes_is_one_everywhere(
    clinic: Any, frontdesk: Any, person: int, condition: str, level: str, told: bool
) -> None:
    add(clinic, t.Condition(patient_id=person, name=condition))
    plan = PlanRequest(person, "esi.transforaminal", ("L5 left",), TODAY)
    found = {each.check: each.level.value for each in safety_of(clinic, frontdesk, plan).findings}
    assert found.get("diabetes.steroid", "") == level
    made = sheet(clinic, frontdesk, person, "esi.transforaminal", ("L5", "left"))
    assert made.has_diabetes is told


@pytest.mark.parametrize(
    ("drug", "kind", "thins"),
    [
        ("Eliquis 5 mg", "other", True), ("apixaban", "anticoagulant", True),
        ("Ecotrin", "other", True), ("a tablet for the heart", "anticoagulant", True),
        ("ibuprofen", "other", False), ("sertraline", "other", False),
        ("stopped taking nothing", "other", False), ("no longer on apixaban", "other", False),
    ],
)  # fmt: skip
def test_a_blood_thinner_is_one_everywhere(
    clinic: Any, frontdesk: Any, person: int, drug: str, kind: str, thins: bool
) -> None:
    from support.due import listed, performed

    add(clinic, t.PatientDrug(patient_id=person, drug=drug, kind=kind))
    performed(clinic, date(2026, 2, 3), patient=person)
    due.refresh(clinic, frontdesk, TODAY)
    made = sheet(clinic, frontdesk, person, "esi.transforaminal", ("L5", "left"))
    assert made.anticoagulants == (drug,) * thins
    assert patients.banner(clinic, frontdesk, person).anticoagulants == (drug,) * thins
    (row,) = schedule.day(clinic, frontdesk, TODAY).appointments
    assert ("anticoagulant" in row.flags) is thins
    (line,) = listed(clinic, frontdesk, TODAY)
    assert line.anticoagulant == drug * thins


@pytest.mark.parametrize(
    ("name", "site", "ticked", "level"),
    [
        ("TKR left", "", False, "reason"), ("Left knee replacement", "", False, "reason"),
        ("Oxford", "knee left", True, "reason"), ("TKR right", "", False, ""),
        ("awaiting TKR left", "", False, ""), ("Pacemaker", "", False, ""),
    ],
)  # fmt: skip
def test_an_artificial_joint_is_one_everywhere(
    clinic: Any, frontdesk: Any, person: int, name: str, site: str, ticked: bool, level: str
) -> None:
    add(clinic, t.Implant(patient_id=person, name=name, site=site, prosthesis=ticked))
    plan = PlanRequest(person, "joint.injection", ("knee left",), TODAY)
    found = {each.check: each.level.value for each in safety_of(clinic, frontdesk, plan).findings}
    assert found.get("joint.prosthesis", "") == level
    card = verdicts.assess(clinic, frontdesk, plan)
    assert ("knee left" in json.loads(card.case_json)["patient"]["prostheses"]) is bool(level)
    banner = patients.banner(clinic, frontdesk, person)
    joint, device = name not in ("Pacemaker", "awaiting TKR left"), name == "Pacemaker"
    assert (banner.prostheses, banner.devices) == ((name,) * joint, (name,) * device)


def test_what_was_written_among_the_conditions_stands_on_the_banner_too(
    clinic: Any, frontdesk: Any, person: int
) -> None:
    add(
        clinic,
        t.Condition(patient_id=person, name="Cardiac pacemaker in situ"),
        t.Condition(patient_id=person, name="Status post THR right"),
        t.Implant(patient_id=person, name="Intraocular lens"),
    )
    banner = patients.banner(clinic, frontdesk, person)
    assert banner.devices == ("Cardiac pacemaker in situ",)
    assert banner.prostheses == ("Status post THR right",)
    assert banner.implants == ("Intraocular lens",)


# -- each drug in each class: sheet, booking, command line ---------------------------------------

SESSIONS = [
    (procedure, site)
    for procedure, kind in CATALOGUE.procedures.items()
    for site in {
        "segment": ("L4-L5 left", "C5-C6 left"),
        "root": ("L5 left", "C6 left"),
    }.get(kind.site_sort, (f"{kind.sites[0]} {kind.sides[0]}",))
]
OVER = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(("procedure", "site"), SESSIONS)
def test_sheet_booking_and_command_line_say_the_same_of_every_drug(
    clinic: Any, frontdesk: Any, person: int, procedure: str, site: str
) -> None:
    subject = Subject(
        patient_id=person, appointment_id=None, planned_id=None, procedure_id=None,
        procedure=procedure, sites=(site,), intent=None, guidance=None, contrast=None,
        steroids=None, physician="", started_at=None, day=TODAY, state="signed", ended_at=OVER,
    )  # fmt: skip
    plan = PlanRequest(person, procedure, (site,), TODAY)
    with clinic.store.read(frontdesk) as tx:
        work = Work(clinic, frontdesk, tx)
        for key, drug in CATALOGUE.anticoagulants.items():
            name = next(n for n in drug.names if CATALOGUE.safety.thinner_words.found(n) == (key,))
            facts = PatientFacts(person, TODAY, drugs=(DrugFact(1, name, "other", ""),))
            (booked,) = safety_from(work, facts, plan).holds
            (told,) = answer(case(procedure, site, on=TODAY.isoformat(), drugs=[name]))["holds"]
            assert (booked.drug, booked.action) == (told["drug"], told["action"]) == (
                key, told["action"]
            )  # fmt: skip
            assert booked.restart_hours == told.get("restart_hours")
            drugs = drugs_of(work, subject, facts, (name,))
            (printed,) = thinners_of(clinic, subject, drugs)
            assert printed.keep is (told["action"] == "none"), key
            hours = told.get("restart_hours") if told["action"] == "hold" else None
            restart = None if hours is None else OVER + timedelta(hours=hours)
            assert printed.restart == restart, key


# -- pregnancy -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "since", "found", "known"),
    [
        ("pregnant 20 weeks", date(2026, 11, 1), {"pregnancy.present": "reason"}, True),
        ("gravid", None, {"pregnancy.present": "reason"}, True),
        ("pregnant 20 weeks", date(2024, 11, 1), {"pregnancy.doubt": "ask"}, None),  # aged 68
        ("post-partum", None, {}, None),
    ],
)
def test_a_pregnancy_among_the_conditions_is_one_everywhere(
    clinic: Any,
    frontdesk: Any,
    person: int,
    written: str,
    since: date | None,
    found: dict[str, str],
    known: bool | None,
) -> None:
    add(clinic, t.Condition(patient_id=person, name=written, valid_from=since))
    plan = PlanRequest(person, "esi.transforaminal", ("L5 left",), TODAY)
    card = safety_of(clinic, frontdesk, plan)
    said = {each.check: each.level.value for each in card.findings if "pregnancy" in each.check}
    assert said == found
    assert patients.banner(clinic, frontdesk, person).pregnant is known
    assert sheet(clinic, frontdesk, person, "esi.transforaminal", ("L5", "left")).pregnant is (
        known is True
    )
    verdict = verdicts.assess(clinic, frontdesk, plan)
    assert json.loads(verdict.case_json)["patient"]["pregnant"] is (known is True)
