"""An entry that puts itself into the past is asked back: neither a danger nor left out."""

from __future__ import annotations

from datetime import date

import pytest
from support.safety import KNOWLEDGE, answer, case

from clinicdesk.domain.rows.safety_facts import ConditionEntry, DrugEntry, ImplantEntry
from clinicdesk.safety.read_as import read_as


def found(asked: dict[str, object], check: str) -> dict[str, object] | None:
    """What a check found, the house's own beside the contract's."""
    told = answer(asked)
    hits = [each for each in (*told["findings"], *told.get("also", ())) if each["check"] == check]
    return hits[0] if hits else None


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("history of MRSA abscess", "ask"),
        ("h/o left leg MRSA abscess", "ask"),
        ("former abscess", "ask"),
        ("past MRSA infection", "ask"),
        ("pneumonia resolved 2019", "ask"),
        ("sepsis, cleared 2018", "ask"),
        # What may be going on now is a danger.
        ("history of cough and fever", "reason"),
        ("history of MRSA, now abscess", "reason"),
        ("history of recurrent abscess", "reason"),
        ("history of diabetes, abscess left thigh", "reason"),
        ("MRSA abscess 2015", "reason"),
        ("abscess drained yesterday", "reason"),
        ("no appetite high fever", "reason"),
        ("previously well now febrile", "reason"),
    ],
)
def test_an_infection_of_the_past_is_asked(written, level):
    told = found(case(conditions=[written]), "infection.present")
    assert told is not None
    assert (told["level"], told["because"]) == (level, [written])
    assert f"“{written}”" in told["sentence"]
    assert ("whether it is over" in told["sentence"]) == (level == "ask")


def test_an_infection_of_today_beside_one_of_the_past_is_a_danger():
    told = found(case(conditions=["history of MRSA abscess", "fever"]), "infection.present")
    assert told is not None
    assert (told["level"], told["because"]) == ("reason", ["history of MRSA abscess", "fever"])


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("pacemaker removed 2019", "ask"),
        ("pacemaker (explanted)", "ask"),
        ("ICD was removed in 2020", "ask"),
        ("explanted SCS", "ask"),
        # Something of it, or another, is there.
        ("pacemaker", "reason"),
        ("history of pacemaker", "reason"),
        ("pacemaker battery removed 2019", "reason"),
        ("pacemaker removed 2019, new pacemaker 2021", "reason"),
        ("pacemaker removed and replaced 2019", "reason"),
        ("pacemaker not removed", "reason"),
        ("pacemaker to be removed", "reason"),
    ],
)
def test_a_device_that_was_taken_out_is_asked(written, level):
    told = found(case("facet.rfa", "L4-L5 left", implants=[written]), "device.radiofrequency")
    assert told is not None
    assert (told["level"], told["because"]) == (level, [written])


@pytest.mark.parametrize(
    ("written", "drug"),
    [
        ("aspirin - stopped 2020", "Aspirin: no routine hold"),
        ("was on warfarin until 2019", "Warfarin: last dose"),
        ("Eliquis (discontinued)", "Eliquis (discontinued) (Apixaban): last dose"),
        ("aspirin d/c'd", "Aspirin: no routine hold"),
    ],
)
def test_a_drug_that_was_stopped_is_asked_and_keeps_its_hold(written, drug):
    told = answer(case("esi.interlaminar", "L5-S1 midline", drugs=[written]))
    (finding,), (hold,) = told["findings"], told["holds"]
    assert finding["level"] == "ask"
    assert finding["because"] == [written]
    assert finding["sentence"].startswith(f"“{written}”: is it still taken? If so: {drug}")
    assert hold["action"] in {"hold", "shared"}


def test_a_drug_that_is_taken_is_not_asked_so():
    told = answer(case("esi.interlaminar", "L5-S1 midline", drugs=["do not stop aspirin"]))
    assert told["findings"][0]["sentence"].startswith("Aspirin: no routine hold")


WAITING = {"implants": ["awaiting TKR left"]}
STEROID = {"medications": [{"product": "triamcinolone-40", "ml": 1}]}


def test_a_joint_that_waits_to_be_replaced_asks_for_the_day():
    asked = case("joint.injection", "knee left", plan=STEROID, **WAITING)
    told = found(asked, "joint.planned")
    assert told is not None
    assert (told["level"], told["because"]) == ("ask", ["awaiting TKR left"])
    assert "ask for the day of the operation" in told["sentence"]
    assert answer(asked)["findings"] == []
    assert found(
        case("joint.injection", "knee right", plan=STEROID, **WAITING), "joint.planned"
    ) is (None)


@pytest.mark.parametrize(("day", "asks"), [("2027-09-01", False), ("2025-01-01", True)])
def test_with_the_day_entered_nothing_is_asked(day, asks):
    surgeries = [{"site": "knee left", "date": day}]
    told = case("joint.injection", "knee left", plan=STEROID, surgeries=surgeries, **WAITING)
    assert (found(told, "joint.planned") is not None) == asks


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (ConditionEntry("history of MRSA abscess", since=date(2020, 1, 1)), "whether it is over"),
        (DrugEntry("aspirin - stopped 2020"), "antiplatelet: asked whether it is still taken"),
        (ImplantEntry("pacemaker removed 2019"), "asked what is still in place"),
        (ImplantEntry("awaiting TKR left"), "planned operation: enter its day"),
    ],
)
def test_the_field_says_so(entry, words):
    assert words in read_as(entry, KNOWLEDGE).words
