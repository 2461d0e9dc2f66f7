"""Devices near radiofrequency; prostheses and operations near a steroid, side by side."""

from __future__ import annotations

from datetime import date

import pytest
from support.safety import KNOWLEDGE, answer, case, levels

STEROID = {"medications": [{"product": "triamcinolone-40", "ml": 1}]}

REASON_DEVICES = """pacemaker|Dual chamber pacemaker|cardiac pacemaker in situ|ICD|defibrillator
AICD|CRT-D|CRT|spinal cord stimulator|SCS 2019|dorsal root ganglion stimulator
DRG stimulator|deep brain stimulator|DBS|vagus nerve stimulator|VNS
bladder stimulator|InterStim|cochlear implant|intrathecal pump|baclofen pump
Loop recorder and pacemaker"""


@pytest.mark.parametrize("procedure", ["facet.rfa", "sij.rfa"])
@pytest.mark.parametrize("text", REASON_DEVICES.replace("\n", "|").split("|"))
def test_a_device_near_radiofrequency(text, procedure):
    site = "L4-L5 left" if procedure == "facet.rfa" else "si joint left"
    assert levels(case(procedure, site, implants=[text])) == {"device.radiofrequency": "reason"}
    assert levels(case("facet.block", "L4-L5 left", implants=[text])) == {}


@pytest.mark.parametrize("text", ["loop recorder", "Implantable loop recorder", "ILR"])
def test_a_recorder_is_noted(text):
    found = levels(case("facet.rfa", "L4-L5 left", implants=[text]))
    assert found == {"device.radiofrequency": "note"}


@pytest.mark.parametrize(
    "text", ["no pacemaker", "IUD", "dental implant", "coronary stent", "TKR left"]
)
def test_this_is_no_device(text):
    assert levels(case("facet.rfa", "L4-L5 left", implants=[text])) == {}


def test_a_device_among_the_conditions_is_known_too():
    found = levels(case("facet.rfa", "L4-L5 left", conditions=["Cardiac pacemaker in situ"]))
    assert found == {"device.radiofrequency": "reason"}


@pytest.mark.parametrize("text", ["ICD-10 M54.5", "cochlear hearing loss", "PNS disorder"])
def test_a_diagnosis_is_no_device(text):
    assert levels(case("facet.rfa", "L4-L5 left", conditions=[text])) == {}


@pytest.mark.parametrize(
    ("key", "name"),
    [(key, name) for key, each in KNOWLEDGE.devices.items() for name in each.terms.names],
)
def test_each_name_of_a_device_is_recognised(key, name):
    assert KNOWLEDGE.device_words.found(f"{name.title()} (2020)") == (key,)


@pytest.mark.parametrize(
    ("procedure", "site", "asked"),
    [
        ("facet.rfa", "L4-L5 left", True),
        ("sij.rfa", "si joint left", True),
        ("joint.injection", "knee left", True),
        ("soft_tissue.injection", "plantar fascia left", False),
        ("esi.transforaminal", "L5 left", False),
        ("facet.block", "L4-L5 left", False),
        ("tpi", "trapezius left", False),
    ],
)
def test_implants_are_asked_before_radiofrequency_and_joints(procedure, site, asked):
    found = levels(case(procedure, site, implants=None))
    assert found == ({"implants.not_asked": "ask"} if asked else {})


def test_implants_are_asked_before_a_bursa_beside_the_contract():
    told = answer(case("soft_tissue.injection", "trochanteric bursa left", implants=None))
    assert "implants.not_asked" not in [each["check"] for each in told["findings"]]
    assert [each["check"] for each in told["also"]] == ["implants.bursa"]


# -- prostheses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "site", "found"),
    [
        ("TKR left", "knee left", True),
        ("L TKR", "knee left", True),
        ("LTKR", "knee left", True),
        ("RTKR", "knee left", False),
        ("TKR left", "knee right", False),
        ("TKR left", "knee bilateral", True),
        ("total knee replacement left", "knee left", True),
        ("Total knee arthroplasty, left", "knee left", True),
        ("left knee prosthesis", "knee left", True),
        ("Left total knee replacement (2019)", "knee left", True),
        ("bilateral TKR", "knee right", True),
        ("b/l knee replacements", "knee right", True),
        ("left and right knee replacements", "knee right", True),
        ("TKR left, THR right", "knee right", False),
        ("TKR left, THR right", "hip right", True),
        ("TKR left, THR right", "hip left", False),
        ("hip prosthesis R", "hip right", True),
        ("hip prosthesis R", "hip left", False),
        ("THA rt", "hip right", True),
        ("reverse total shoulder arthroplasty left", "shoulder left", True),
        ("shoulder replacement left", "acromioclavicular joint left", False),
        ("knee replacement", "knee left", True),  # the side is not known
        ("hip replacement", "knee left", False),
        ("knee plate left", "knee left", False),
        ("prosthetic heart valve", "knee left", False),
        ("no knee replacement", "knee left", False),
        ("no left knee replacement", "knee left", False),
        ("great toe joint prosthesis left", "great toe joint left", True),
        ("great toe joint prosthesis left", "great toe joint right", False),
    ],
)
def test_a_prosthesis_counts_on_its_side(text, site, found):
    expected = {"joint.prosthesis": "reason"} if found else {}
    given = {"medications": [{"product": "triamcinolone-40", "ml": 0.25}]}
    assert levels(case("joint.injection", site, implants=[text], plan=given)) == expected


@pytest.mark.parametrize(
    ("site", "text", "found"),
    [
        ("trochanteric bursa left", "THR left", True),
        ("trochanteric bursa right", "THR left", False),
        ("subacromial bursa left", "left shoulder replacement", True),
        ("pes anserine bursa left", "TKR left", True),
        ("lateral epicondyle left", "elbow replacement left", False),
    ],
)
def test_a_bursa_belongs_to_its_joint(site, text, found):
    expected = {"joint.prosthesis": "reason"} if found else {}
    assert levels(case("soft_tissue.injection", site, implants=[text])) == expected


def test_without_a_steroid_nothing_is_said_of_the_joint():
    plan = {"medications": [{"product": "lidocaine-1", "ml": 2}]}
    soon = [{"site": "knee left", "date": "2026-12-20"}]
    asked = case("joint.injection", "knee left", implants=["TKR left"], surgeries=soon, plan=plan)
    assert levels(asked) == {}


def test_where_the_side_is_not_on_record_it_is_said():
    (found,) = answer(case("joint.injection", "knee left", implants=["TKR"]))["findings"]
    assert "not its side" in found["sentence"]
    assert found["because"] == ["TKR"]


# -- operations --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-12-01", True),
        ("2027-02-28", True),
        ("2027-03-01", False),  # three calendar months ahead
        ("2026-09-02", True),
        ("2026-09-01", False),  # three calendar months back
        ("2026-11-30", True),
    ],
)
def test_three_calendar_months_around_an_operation(day, found):
    asked = case("joint.injection", "knee left", surgeries=[{"site": "knee left", "date": day}])
    assert levels(asked) == ({"joint.surgery": "reason"} if found else {})


@pytest.mark.parametrize(
    ("on", "day", "found"),
    [
        ("2026-11-30", "2027-02-27", True),
        ("2026-11-30", "2027-02-28", False),  # the month is shorter
        ("2027-02-27", "2026-11-30", True),
        ("2027-02-28", "2026-11-30", False),
    ],
)
def test_months_clamp(on, day, found):
    surgeries = [{"site": "knee left", "date": day}]
    asked = case("joint.injection", "knee left", on=on, surgeries=surgeries)
    assert levels(asked) == ({"joint.surgery": "reason"} if found else {})


@pytest.mark.parametrize(
    ("procedure", "site", "operated", "found"),
    [
        ("joint.injection", "knee left", "knee right", False),
        ("joint.injection", "knee left", "knee bilateral", True),
        ("joint.injection", "knee left", "knee joint left", True),
        ("joint.injection", "knee left", "hip left", False),
        ("soft_tissue.injection", "trochanteric bursa left", "hip left", True),
        ("esi.transforaminal", "L5 left", "hip left", False),
    ],
)
def test_an_operation_counts_at_its_joint(procedure, site, operated, found):
    day = date(2026, 12, 20).isoformat()
    asked = case(procedure, site, surgeries=[{"site": operated, "date": day}])
    assert levels(asked) == ({"joint.surgery": "reason"} if found else {})


@pytest.mark.parametrize("written", ["Prosthesis", "artificial joint", "joint replacement"])
def test_a_prosthesis_of_no_joint_may_be_this_one(written):
    told = answer(case("joint.injection", "knee left", implants=[written], plan=STEROID))
    assert [(each["check"], each["because"]) for each in told["also"]] == [
        ("joint.unclear", [written])
    ]


@pytest.mark.parametrize("written", ["dental prosthesis", "hip replacement left", "pacemaker"])
def test_one_elsewhere_is_not(written):
    told = answer(case("joint.injection", "knee left", implants=[written], plan=STEROID))
    assert told.get("also", []) == []
