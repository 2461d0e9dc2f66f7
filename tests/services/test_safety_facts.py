"""What a patient was asked: not asked, none, a list; joined from two desks, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from support.due import pass_time
from support.vocabulary import VOCABULARY

from clinicdesk.data import tables as t
from clinicdesk.data.queries.facts import facts_of
from clinicdesk.domain.errors import Invalid
from clinicdesk.domain.rows.safety_facts import (
    LISTS,
    AllergyEntry,
    ConditionEntry,
    DrugEntry,
    Entry,
    FactsAnswer,
    ImplantEntry,
    Said,
    SurgeryEntry,
    Topic,
)
from clinicdesk.domain.rows.schedule import PlanRequest
from clinicdesk.services import patients, safety, safety_facts, verdicts

TODAY = date(2026, 11, 24)
ENTRIES: dict[Topic, Entry] = {
    Topic.ALLERGIES: AllergyEntry("IV dye", "hives", "moderate"),
    Topic.DRUGS: DrugEntry("Apixaban", "5 mg twice a day"),
    Topic.CONDITIONS: ConditionEntry("Type 2 diabetes"),
    Topic.IMPLANTS: ImplantEntry("Total knee replacement left"),
    Topic.SURGERIES: SurgeryEntry("hip right", date(2027, 1, 20)),
}
lists = pytest.mark.parametrize("topic", LISTS)


@pytest.fixture
def new(clinic: Any) -> int:
    """A patient whom nobody has asked anything."""
    with clinic.store.write(None, "test.add") as tx:
        row = t.Patient(mrn="X1", family="New", given="Ada", birth_date=date(1990, 1, 1),
                        sex="female", created_at=tx.now)  # fmt: skip
        return int(tx.add(row).id)


def _facts(clinic: Any, number: int, on: date = TODAY) -> Any:
    with clinic.store.read() as tx:
        return facts_of(tx, number, on, VOCABULARY.names)


def _state(clinic: Any, frontdesk: Any, number: int, topic: Topic) -> Any:
    return safety_facts.facts(clinic, frontdesk, number).of(topic)


@lists
def test_not_asked_then_none_then_a_list(clinic: Any, frontdesk: Any, new: int, topic: Any) -> None:
    assert _state(clinic, frontdesk, new, topic).said is Said.NOT_ASKED
    assert getattr(_facts(clinic, new), topic) is None
    safety_facts.answer(clinic, frontdesk, new, topic, Said.NONE)
    state = _state(clinic, frontdesk, new, topic)
    assert (state.said, state.asked_on, state.asked_by) == (Said.NONE, TODAY, "Joelle Marsh")
    assert getattr(_facts(clinic, new), topic) == ()
    safety_facts.answer(clinic, frontdesk, new, topic, add=(ENTRIES[topic],))
    assert _state(clinic, frontdesk, new, topic).said is Said.LIST
    assert len(getattr(_facts(clinic, new), topic)) == 1


@lists
def test_the_end_of_the_last_entry_is_no_none(
    clinic: Any, frontdesk: Any, new: int, topic: Any
) -> None:
    safety_facts.answer(clinic, frontdesk, new, topic, Said.NONE)
    safety_facts.answer(clinic, frontdesk, new, topic, add=(ENTRIES[topic],))
    (kept,) = _state(clinic, frontdesk, new, topic).entries
    safety_facts.answer(clinic, frontdesk, new, topic, end=(kept.id,))
    assert _state(clinic, frontdesk, new, topic).said is Said.NOT_ASKED
    assert getattr(_facts(clinic, new), topic) is None


def test_an_entry_that_came_without_an_answer_does_not_bring_an_old_none_back(
    clinic: Any, frontdesk: Any, new: int
) -> None:
    safety_facts.answer(clinic, frontdesk, new, Topic.DRUGS, Said.NONE)
    with clinic.store.write(None, "test.add") as tx:
        tx.add(t.PatientDrug(patient_id=new, drug="Heparin", kind="anticoagulant"))
    (kept,) = _state(clinic, frontdesk, new, Topic.DRUGS).entries
    safety_facts.answer(clinic, frontdesk, new, Topic.DRUGS, end=(kept.id,))
    assert _facts(clinic, new).drugs is None


@lists
def test_nothing_that_ended_is_deleted(clinic: Any, frontdesk: Any, new: int, topic: Any) -> None:
    safety_facts.answer(clinic, frontdesk, new, topic, add=(ENTRIES[topic],))
    (kept,) = _state(clinic, frontdesk, new, topic).entries
    safety_facts.answer(clinic, frontdesk, new, topic, Said.NONE, end=(kept.id,))
    table = {Topic.ALLERGIES: t.Allergy, Topic.DRUGS: t.PatientDrug, Topic.CONDITIONS: t.Condition,
             Topic.IMPLANTS: t.Implant, Topic.SURGERIES: t.PlannedSurgery}[topic]  # fmt: skip
    with clinic.store.read() as tx:
        assert tx.session.query(table).filter_by(patient_id=new).count() == 1
    assert getattr(_facts(clinic, new), topic) == ()


def test_what_two_desks_add_is_joined(clinic: Any, frontdesk: Any, nurse: Any, new: int) -> None:
    # Both looked at an empty list; neither knows of the other.
    safety_facts.answer(clinic, frontdesk, new, Topic.ALLERGIES, add=(AllergyEntry("Latex"),))
    safety_facts.answer(clinic, nurse, new, Topic.ALLERGIES, add=(AllergyEntry("Penicillin"),))
    safety_facts.answer(clinic, nurse, new, Topic.ALLERGIES, add=(AllergyEntry("latex"),))
    found = _facts(clinic, new).allergies
    assert [allergy.substance for allergy in found] == ["Latex", "Penicillin"]


def test_none_over_what_another_desk_has_entered_is_refused(
    clinic: Any, frontdesk: Any, nurse: Any, new: int
) -> None:
    safety_facts.answer(clinic, nurse, new, Topic.ALLERGIES, add=(AllergyEntry("IV dye"),))
    with pytest.raises(Invalid) as caught:
        safety_facts.answer(clinic, frontdesk, new, Topic.ALLERGIES, Said.NONE)
    assert caught.value.fields["allergies"] == "On record: IV dye. Take it off the list first."
    assert len(_facts(clinic, new).allergies) == 1


def test_the_same_said_fuller_takes_the_place_and_what_differs_stands_beside(
    clinic: Any, frontdesk: Any, new: int
) -> None:
    for entry in (AllergyEntry("IV dye"), AllergyEntry("IV dye", "hives"), AllergyEntry("iv dye"),
                  AllergyEntry("IV dye", "anaphylaxis", "severe")):  # fmt: skip
        safety_facts.answer(clinic, frontdesk, new, Topic.ALLERGIES, add=(entry,))
    found = [(a.substance, a.reaction, a.category) for a in _facts(clinic, new).allergies]
    assert found == [("IV dye", "hives", "contrast"), ("IV dye", "anaphylaxis", "contrast")]


def test_a_drug_is_known_as_a_thinner_by_the_catalogue(
    clinic: Any, frontdesk: Any, new: int
) -> None:
    drugs = (DrugEntry("Eliquis", "5 mg"), DrugEntry("Metformin", "500 mg"))
    safety_facts.answer(clinic, frontdesk, new, Topic.DRUGS, add=drugs)
    found = [(drug.drug, drug.dose, drug.kind) for drug in _facts(clinic, new).drugs]
    assert found == [("Eliquis", "5 mg", "anticoagulant"), ("Metformin", "500 mg", "other")]
    assert patients.banner(clinic, frontdesk, new).anticoagulants == ("Eliquis",)


def test_still_so_re_dates_a_list(clinic: Any, frontdesk: Any, nurse: Any, new: int) -> None:
    safety_facts.answer(clinic, frontdesk, new, Topic.CONDITIONS, add=(ConditionEntry("Gout"),))
    pass_time(clinic, timedelta(days=30))
    safety_facts.answer(clinic, nurse, new, Topic.CONDITIONS, Said.LIST)
    state = _state(clinic, frontdesk, new, Topic.CONDITIONS)
    assert (state.asked_on, state.asked_by) == (TODAY + timedelta(days=30), "Marisol Castellano")
    assert [kept.entry.name for kept in state.entries] == ["Gout"]


def test_pregnancy_has_its_day(clinic: Any, frontdesk: Any, new: int) -> None:
    assert _facts(clinic, new).pregnant is None
    for said, expected in ((Said.YES, True), (Said.NO, False), (Said.NOT_ASKED, None)):
        safety_facts.answer(clinic, frontdesk, new, Topic.PREGNANCY, said)
        assert _facts(clinic, new).pregnant is expected
        assert patients.open_chart(clinic, frontdesk, new).record.form.pregnant is expected
    with clinic.store.read() as tx:
        said = [row.answer for row in tx.session.query(t.PatientAsked).filter_by(patient_id=new)]
    assert said == ["yes", "no", "not_asked"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (FactsAnswer(Topic.DRUGS, Said.LIST), "Enter at least one, or say none."),
        (FactsAnswer(Topic.DRUGS, Said.YES), "Say none, not asked, or what there is."),
        (FactsAnswer(Topic.DRUGS, add=(DrugEntry(""),)), "Enter the name of the drug."),
        (FactsAnswer(Topic.DRUGS, add=(AllergyEntry("x"),)),
         "Say none, not asked, or what there is."),
        (FactsAnswer(Topic.ALLERGIES, add=(AllergyEntry("x", severity="bad"),)),
         "Choose mild, moderate or severe."),
        (FactsAnswer(Topic.SURGERIES, add=(SurgeryEntry("knee", TODAY),)),
         "Enter the joint and its side, for example knee left."),
        (FactsAnswer(Topic.PREGNANCY, Said.NONE), "Say yes, no or not asked."),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_in_words(
    clinic: Any, frontdesk: Any, new: int, answer: FactsAnswer, sentence: str
) -> None:
    with pytest.raises(Invalid) as caught:
        safety_facts.record(clinic, frontdesk, new, (answer,))
    assert caught.value.fields == {answer.topic.value: sentence}


def test_a_man_is_not_pregnant(clinic: Any, frontdesk: Any, new: int) -> None:
    with clinic.store.write(None, "test.set") as tx:
        tx.get(t.Patient, new).sex = "male"
    with pytest.raises(Invalid):
        safety_facts.answer(clinic, frontdesk, new, Topic.PREGNANCY, Said.YES)


def test_of_merged_records_the_entries_are_joined_and_the_last_answer_holds(
    clinic: Any, frontdesk: Any, new: int
) -> None:
    with clinic.store.write(None, "test.add") as tx:
        other = tx.add(t.Patient(mrn="X2", family="New", given="A", birth_date=date(1990, 1, 1),
                                 created_at=tx.now, merged_into=new)).id  # fmt: skip
    safety_facts.answer(clinic, frontdesk, other, Topic.IMPLANTS, Said.NONE)
    safety_facts.answer(clinic, frontdesk, other, Topic.DRUGS, add=(DrugEntry("Warfarin"),))
    found = _facts(clinic, new)
    assert found.implants == ()
    assert [drug.drug for drug in found.drugs] == ["Warfarin"]
    assert found.allergies is None


# -- what the rules say of it --------------------------------------------------------------------


def _joint(clinic: Any, frontdesk: Any, number: int, site: str = "knee left") -> dict[str, Any]:
    plan = PlanRequest(number, "joint.injection", (site,), TODAY, pack="us-medicare")
    card = verdicts.assess(clinic, frontdesk, plan)
    return {finding.rule: finding for finding in card.findings}


def test_a_joint_nobody_has_asked_about_is_not_recorded(
    clinic: Any, frontdesk: Any, new: int
) -> None:
    for rule in ("joint.prosthesis", "joint.arthroplasty"):
        assert "Not recorded" in _joint(clinic, frontdesk, new)[rule].message
    for topic in (Topic.IMPLANTS, Topic.SURGERIES):
        safety_facts.answer(clinic, frontdesk, new, topic, Said.NONE)
    for rule in ("joint.prosthesis", "joint.arthroplasty"):
        finding = _joint(clinic, frontdesk, new)[rule]
        assert (finding.status, "Not recorded" in finding.message) == ("ok", False)


def test_a_prosthesis_entered_needs_a_reason_at_its_joint(
    clinic: Any, frontdesk: Any, new: int
) -> None:
    safety_facts.answer(clinic, frontdesk, new, Topic.IMPLANTS, add=(ENTRIES[Topic.IMPLANTS],))
    assert _joint(clinic, frontdesk, new)["joint.prosthesis"].status == "needs-reason"
    assert _joint(clinic, frontdesk, new, "knee right")["joint.prosthesis"].status == "ok"


@pytest.mark.parametrize(
    ("name", "site", "planned", "status"),
    [
        ("TKR", "", "knee left", "cannot-determine"),  # which knee was not said
        ("TKR", "", "hip left", "ok"),
        ("Joint replacement", "", "hip left", "cannot-determine"),
        ("Hip prosthesis R", "", "hip right", "needs-reason"),
        ("Hip prosthesis R", "", "hip left", "ok"),
        ("Mitral valve replacement", "", "knee left", "ok"),
        ("Pacemaker", "", "knee left", "ok"),
        ("Prosthesis", "somewhere", "knee left", "ok"),
    ],
)
def test_a_prosthesis_without_a_side_is_not_dropped(
    clinic: Any, frontdesk: Any, new: int, name: str, site: str, planned: str, status: str
) -> None:
    entry = ImplantEntry(name, site)
    safety_facts.answer(clinic, frontdesk, new, Topic.IMPLANTS, add=(entry,))
    found = _joint(clinic, frontdesk, new, planned)["joint.prosthesis"]
    assert found.status == status
    assert (name in found.message) is (status == "cannot-determine")


def test_a_joint_to_be_replaced_needs_a_reason(clinic: Any, frontdesk: Any, new: int) -> None:
    entry = SurgeryEntry("knee left", TODAY + timedelta(days=40))
    safety_facts.answer(clinic, frontdesk, new, Topic.SURGERIES, add=(entry,))
    assert _joint(clinic, frontdesk, new)["joint.arthroplasty"].status == "needs-reason"


@pytest.mark.parametrize(
    ("topic", "entry"),
    [
        (Topic.SURGERIES, SurgeryEntry("sholder left", date(2027, 1, 20))),
        (Topic.IMPLANTS, ImplantEntry("Artificial joint", "sholder left", True)),
    ],
)
def test_a_joint_that_is_misspelt_is_asked_back(
    clinic: Any, frontdesk: Any, new: int, topic: Any, entry: Any
) -> None:
    with pytest.raises(Invalid) as refused:
        safety_facts.answer(clinic, frontdesk, new, topic, add=(entry,))
    assert "Did you mean shoulder" in refused.value.fields[topic.value]
    assert safety_facts.answer(
        clinic, frontdesk, new, topic, add=(replace(entry, site="shoulders left"),)
    ).value


def test_what_was_kept_before_under_no_known_name_stays_a_question(
    clinic: Any, frontdesk: Any, new: int
) -> None:
    with clinic.store.write(None, "test.add") as tx:
        tx.add(t.Implant(patient_id=new, name="Artificial joint", site="sholder left",
                         prosthesis=True))  # fmt: skip
    on = TODAY + timedelta(days=9)
    plan = PlanRequest(new, "joint.injection", ("shoulder left",), on)
    card = safety.safety_of(clinic, frontdesk, plan)
    assert "joint.unclear" in {each.check for each in card.findings}
