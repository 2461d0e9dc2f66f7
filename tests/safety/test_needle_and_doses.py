"""Levels, particles, contrast near the canal, both sides; ceilings at, under and over."""

from __future__ import annotations

import pytest
from support.safety import answer, case, levels


def _given(*medications: tuple[str, float], contrast: bool = False):
    return {
        "medications": [{"product": product, "ml": ml} for product, ml in medications],
        "contrast": contrast,
    }


@pytest.mark.parametrize(
    ("site", "product", "found"),
    [
        ("C6 left", "triamcinolone-40", True),
        ("C8 left", "methylprednisolone-40", True),
        ("T12 left", "betamethasone-6", True),
        ("T1 left", "triamcinolone-10", True),
        ("L1 left", "triamcinolone-40", False),
        ("S1 left", "triamcinolone-40", False),
        ("C6 left", "dexamethasone-10", False),
    ],
)
def test_particles_beside_a_root(site, product, found):
    asked = case("esi.transforaminal", site, plan=_given((product, 1)))
    assert levels(asked) == ({"steroid.particulate": "reason"} if found else {})


def test_particles_count_beside_a_root_only():
    plan = _given(("triamcinolone-40", 1))
    assert levels(case("esi.interlaminar", "C7-T1 midline", plan=plan)) == {}
    assert levels(case("facet.block", "C4-C5 left", plan=plan)) == {}


@pytest.mark.parametrize(
    ("drug", "found"),
    [("triamcinolone", True), ("methylprednisolone", True), ("dexamethasone", False)],
)
def test_a_steroid_known_by_its_drug_alone(drug, found):
    plan = {"steroids": [{"drug": drug, "mg": 10}]}
    asked = case("esi.transforaminal", "C6 left", plan=plan)
    assert levels(asked) == ({"steroid.particulate": "reason"} if found else {})


@pytest.mark.parametrize(
    ("site", "found"),
    [("C7-T1 midline", False), ("C6-C7 midline", False), ("C5-C6 midline", True),
     ("C4-C5 left", True), ("C3-C4 midline", True), ("C2-C3 midline", True),
     ("L4-L5 midline", False), ("T1-T2 midline", False)],
)  # fmt: skip
def test_the_level_of_an_interlaminar_epidural(site, found):
    asked = levels(case("esi.interlaminar", site))
    assert asked == ({"epidural.level": "reason"} if found else {})
    assert "epidural.level" not in levels(case("facet.block", "C3-C4 left"))


@pytest.mark.parametrize(
    ("procedure", "site", "found"),
    [
        ("esi.interlaminar", "L4-L5 midline", True),
        ("esi.transforaminal", "L5 left", True),
        ("esi.caudal", "caudal midline", True),
        ("facet.block", "L4-L5 left", True),
        ("sympathetic.block", "L2 left", True),
        ("sij.injection", "si joint left", False),
        ("joint.injection", "knee left", False),
    ],
)
def test_contrast_near_the_canal_is_labelled_for_it(procedure, site, found):
    asked = case(procedure, site, plan=_given(("iohexol-350", 1), contrast=True))
    assert levels(asked) == ({"contrast.neuraxial": "reason"} if found else {})
    for product in ("iohexol-180", "iohexol-240", "iohexol-300"):
        asked = case(procedure, site, plan=_given((product, 1), contrast=True))
        assert levels(asked) == {}


@pytest.mark.parametrize(
    ("procedure", "sites", "found"),
    [
        ("sympathetic.block", ["stellate ganglion bilateral"], True),
        ("sympathetic.block", ["stellate ganglion left", "stellate ganglion right"], True),
        ("sympathetic.block", ["Stellate  Ganglion left"], False),
        ("sympathetic.block", ["L2 bilateral"], False),
        ("sympathetic.block", ["stellate ganglion left", "L2 right"], False),
    ],
)
def test_both_sides_of_the_stellate_ganglion(procedure, sites, found):
    asked = levels(case(procedure, *sites))
    assert asked == ({"sympathetic.both_sides": "reason"} if found else {})


@pytest.mark.parametrize(
    ("given", "over"),
    [
        ([("methylprednisolone-80", 1)], False),
        ([("methylprednisolone-80", 1.001)], True),
        ([("methylprednisolone-40", 2)], False),
        ([("triamcinolone-40", 2)], False),
        ([("triamcinolone-40", 2.001)], True),
        ([("betamethasone-6", 2)], False),
        ([("betamethasone-6", 2.001)], True),
        ([("dexamethasone-10", 1.5)], False),
        ([("dexamethasone-10", 1.501)], True),
        ([("dexamethasone-10", 1.4), ("dexamethasone-4", 0.25)], False),
        ([("dexamethasone-10", 1.4), ("dexamethasone-4", 0.251)], True),
        ([("methylprednisolone-40", 1), ("dexamethasone-10", 0.75)], False),  # half and half
        ([("methylprednisolone-40", 1), ("dexamethasone-10", 0.751)], True),
    ],
)
def test_steroids_against_their_ceilings(given, over):
    asked = case("esi.interlaminar", "L4-L5 midline", plan=_given(*given))
    assert levels(asked) == ({"steroid.session": "reason"} if over else {})


@pytest.mark.parametrize(
    ("weight", "given", "over"),
    [
        (50, [("lidocaine-1", 22.5)], False),  # 4.5 mg/kg
        (50, [("lidocaine-1", 22.501)], True),
        (70, [("lidocaine-1", 30)], False),  # capped at 300 mg
        (70, [("lidocaine-1", 30.001)], True),
        (50, [("bupivacaine-0.5", 20)], False),  # 2 mg/kg
        (50, [("bupivacaine-0.5", 20.001)], True),
        (100, [("bupivacaine-0.5", 35)], False),  # capped at 175 mg
        (100, [("bupivacaine-0.5", 35.001)], True),
        (50, [("ropivacaine-0.5", 30)], False),  # 3 mg/kg
        (100, [("ropivacaine-0.5", 40.001)], True),  # capped at 200 mg
        (70, [("lidocaine-1", 10), ("bupivacaine-0.25", 20)], False),
        (70, [("lidocaine-1", 15), ("bupivacaine-0.5", 14)], False),  # half and half
        (70, [("lidocaine-1", 15), ("bupivacaine-0.5", 14.001)], True),
        (None, [("lidocaine-1", 30)], False),
        (None, [("lidocaine-1", 30.001)], True),
    ],
)
def test_local_anaesthetics_for_this_weight(weight, given, over):
    found = levels(case(weight_kg=weight, plan=_given(*given)))
    assert ("anaesthetic.session" in found) is over
    assert ("weight.not_known" in found) is (weight is None)


@pytest.mark.parametrize(
    ("site", "given", "found"),
    [
        ("thumb base left", ("triamcinolone-10", 1.999), {}),
        ("thumb base left", ("triamcinolone-10", 2), {}),
        ("thumb base left", ("triamcinolone-10", 2.001), {"steroid.joint": "ask"}),
        ("wrist right", ("methylprednisolone-40", 1), {"steroid.joint": "ask"}),
        ("wrist right", ("methylprednisolone-80", 1.001), {"steroid.session": "reason"}),
        ("knee left", ("triamcinolone-40", 2), {}),
        ("knee left", ("triamcinolone-40", 2.001), {"steroid.session": "reason"}),
        ("wrist right", ("dexamethasone-10", 1), {}),  # its range is not known
        ("elbow left", ("triamcinolone-40", 2), {}),  # nor is that of an elbow
    ],
)
def test_a_thumb_base_is_no_knee(site, given, found):
    assert levels(case("joint.injection", site, plan=_given(given))) == found


@pytest.mark.parametrize(
    ("sites", "found"),
    [
        (("knee left",), {}),
        (("thumb base left",), {}),
        (("elbow left",), {"dose.not_known": "ask"}),
        (("knee left", "wrist left"), {"dose.not_known": "ask"}),
    ],
)
def test_where_no_dose_is_usual_it_is_asked(sites, found):
    assert levels(case("joint.injection", *sites)) == found


def test_a_steroid_without_a_dose_is_a_steroid():
    asked = case(
        "joint.injection", "elbow left", conditions=["T2DM"], allergies=[{"substance": "Kenalog"}]
    )
    assert levels(asked) == {
        "allergy.steroid": "reason", "diabetes.steroid": "ask", "dose.not_known": "ask",
    }  # fmt: skip
    told = {each["check"]: each for each in answer(asked)["also"]}
    assert told["dose.not_known"]["because"] == ["elbow"]
    assert told["dose.not_known"]["sentence"] == (
        "No usual dose of triamcinolone and lidocaine is known for this site (elbow): "
        "say what will be given."
    )


def test_the_houses_own_checks_stand_beside_the_contracts_findings():
    found = answer(case("joint.injection", "elbow left"))
    assert [each["check"] for each in found["findings"]] == []
    assert [each["check"] for each in found["also"]] == ["dose.not_known"]


@pytest.mark.parametrize(
    ("site", "bleeding"),
    [
        ("trigeminal left", "intermediate"),
        ("sphenopalatine ganglion right", "intermediate"),
        ("greater occipital left", "low"),
    ],
)
def test_nerves_of_the_face_bleed_as_the_guideline_says(site, bleeding):
    found = answer(case("nerve.block", site, drugs=["clopidogrel 75 mg"]))
    assert found["bleeding"] == bleeding
    assert found["holds"][0]["action"] == ("hold" if bleeding == "intermediate" else "shared")


def test_a_herb_without_a_figure_is_no_no_hold():
    (hold,) = answer(case(drugs=["Ginkgo biloba"]))["holds"]
    assert hold["action"] == "none"
    assert hold["sentence"].endswith("was verified (ASRA 2018). Ask the physician.")
    assert "no hold for this procedure" not in hold["sentence"]
