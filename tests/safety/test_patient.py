"""Pregnancy, diabetes, infection, weight: each at, under and over its edge."""

from __future__ import annotations

import pytest
from support.safety import KNOWLEDGE, answer, case, levels

NO_STEROID = {"medications": [{"product": "lidocaine-1", "ml": 1}], "contrast": False}
ULTRASOUND = {"guidance": "ultrasound"}


# -- pregnancy ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "on", "asked"),
    [
        ("2014-12-02", "2026-12-01", False),  # 12 tomorrow
        ("2014-12-01", "2026-12-01", True),  # 12 today
        ("1970-12-02", "2026-12-01", True),  # 55, 56 tomorrow
        ("1970-12-01", "2026-12-01", False),  # 56 today
        ("1992-06-01", "2026-12-01", True),
        ("2012-02-29", "2024-02-28", False),
        ("2012-02-29", "2024-02-29", True),
        ("1958-03-14", "2026-12-01", False),
    ],
)
def test_pregnancy_is_asked_from_12_to_55(birth, on, asked):
    found = levels(case(birth_date=birth, on=on, pregnant=None))
    assert found == ({"pregnancy.not_asked": "ask"} if asked else {})


@pytest.mark.parametrize(
    ("sex", "asked"), [("female", True), ("unknown", True), ("male", False), ("other", False)]
)
def test_pregnancy_is_asked_of_whom_it_may_concern(sex, asked):
    found = levels(case(sex=sex, birth_date="1992-06-01", pregnant=None))
    assert ("pregnancy.not_asked" in found) is asked


@pytest.mark.parametrize(
    ("guidance", "x_rays"),
    [("fluoroscopy", True), ("ct", True), ("ultrasound", False), ("landmark", False)],
)
def test_pregnancy_counts_where_x_rays_are_planned(guidance, x_rays):
    plan = {"guidance": guidance}
    asked = levels(case(birth_date="1992-06-01", pregnant=None, plan=plan))
    assert asked == ({"pregnancy.not_asked": "ask"} if x_rays else {})
    pregnant = levels(case(birth_date="1992-06-01", pregnant=True, plan=plan))
    assert pregnant == {"pregnancy.present": "reason" if x_rays else "note"}
    assert levels(case(birth_date="1992-06-01", pregnant=False, plan=plan)) == {}


def test_the_usual_guidance_counts_where_none_is_said():
    assert levels(case("joint.injection", "knee left", birth_date="1992-06-01", pregnant=True)) == {
        "pregnancy.present": "note"
    }


# -- diabetes ----------------------------------------------------------------------------------

DIABETES = """diabetes|Diabetes mellitus|DM|T1DM|T2DM|type 1|type 2|Type II|type 2 diabetes
IDDM|NIDDM|DM type 2|Diabetic|insulin dependent diabetes|history of diabetes
Diabetes mellitus type 2 (disorder)|diabetic neuropathy|diabétes
hypertension, diabetes|no fever, diabetes"""
DIABETES_DRUGS = """insulin glargine 10 units|Lantus|Humalog|NovoLog|metformin 500 mg bid
Glucophage XR|glipizide|gliclazide|glimepiride 2 mg|sitagliptin|Januvia 100
linagliptin|empagliflozin|Jardiance|dapagliflozin|semaglutide
Ozempic 1 mg weekly|liraglutide|dulaglutide|exenatide|tirzepatide|INSULIN"""
NOT_DIABETES = """diabetes insipidus|no diabetes|family history of diabetes|No known diabetes
denies diabetes|not diabetic|family history: diabetes|mother has diabetes
FH diabetes|diabetes ruled out|no hypertension or diabetes
no history of diabetes|CRPS type 2|admission|non-diabetic|dmx"""


@pytest.mark.parametrize("text", DIABETES.replace("\n", "|").split("|"))
def test_diabetes_is_known(text):
    assert levels(case(conditions=[text])) == {"diabetes.steroid": "ask"}
    assert levels(case(conditions=[text], plan=NO_STEROID)) == {}


@pytest.mark.parametrize("text", DIABETES_DRUGS.replace("\n", "|").split("|"))
def test_diabetes_is_known_by_a_drug(text):
    assert levels(case(drugs=[text])) == {"diabetes.steroid": "ask"}


@pytest.mark.parametrize("text", NOT_DIABETES.replace("\n", "|").split("|"))
def test_this_is_no_diabetes(text):
    assert levels(case(conditions=[text])) == {}


@pytest.mark.parametrize("text", ["prediabetes", "Pre-diabetes", "borderline diabetes"])
def test_before_diabetes_it_is_noted(text):
    assert levels(case(conditions=[text])) == {"diabetes.steroid": "note"}
    both = answer(case(conditions=[text, "T2DM"], drugs=["metformin"]))["findings"]
    assert [(each["level"], each["because"]) for each in both] == [("ask", ["T2DM", "metformin"])]


@pytest.mark.parametrize(
    "text", ["no insulin", "not on metformin", "lisinopril", "insulinoma diet"]
)
def test_this_is_no_drug_for_diabetes(text):
    assert levels(case(drugs=[text])) == {}


@pytest.mark.parametrize(
    ("key", "name"),
    [(key, name) for key, each in KNOWLEDGE.conditions.items() for name in each.terms.names],
)
def test_each_name_of_a_condition_is_recognised_as_its_own(key, name):
    words = KNOWLEDGE.condition_words
    if KNOWLEDGE.conditions[key].kind == "infection":
        words = KNOWLEDGE.infection_words
    assert words.found(f"{name.title()}, since 2019") == (key,)


def test_nobody_has_asked_about_illnesses():
    assert levels(case(conditions=None)) == {"conditions.not_asked": "ask"}
    assert levels(case(conditions=None, plan=NO_STEROID)) == {}


# -- infection ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["infection", "Fever", "sepsis", "dental abscess", "antibiotic course", "on antibiotics", "UTI",
     "urinary tract infection", "cellulitis left leg", "no cough, fever 38.5", "active infection",
     "fever, on antibiotics", "no fever on antibiotics"],
)  # fmt: skip
def test_an_infection_is_present(text):
    assert levels(case(conditions=[text])) == {"infection.present": "reason"}
    assert levels(case(conditions=[text], plan=NO_STEROID)) == {"infection.present": "reason"}


@pytest.mark.parametrize(
    "text",
    ["no infection", "no fever or infection", "No fever, chills or sepsis", "history of sepsis",
     "sepsis, resolved", "denies fever", "hay fever", "HIV infection", "h/o abscess",
     "feverfew", "past infection", "antibiotic course completed"],
)  # fmt: skip
def test_no_infection_is_present(text):
    assert levels(case(conditions=[text])) == {}


# -- weight ------------------------------------------------------------------------------------


def test_a_weight_is_asked_where_a_local_anaesthetic_is_planned():
    assert levels(case(weight_kg=None)) == {"weight.not_known": "ask"}
    nothing = {"medications": [], "contrast": False}
    assert levels(case(weight_kg=None, plan=nothing)) == {}


def test_medications_empty_means_that_nothing_is_injected():
    allergic = [{"substance": each} for each in ("contrast", "lidocaine", "steroids")]
    found = levels(case(allergies=allergic, conditions=["T2DM"], plan={"medications": []}))
    assert found == {}
