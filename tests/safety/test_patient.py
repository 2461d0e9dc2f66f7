"""Pregnancy, diabetes, infection, weight: each at, under and over its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support.safety import KNOWLEDGE, answer, case, levels, parsed

from clinicdesk.safety.engine import check

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
    elif "pregnan" in KNOWLEDGE.conditions[key].kind or key == "no-pregnancy":
        words = KNOWLEDGE.pregnancy_words
    assert words.found(f"{name.title()}, since 2019") == (key,)


def test_nobody_has_asked_about_illnesses():
    assert levels(case(conditions=None)) == {"conditions.not_asked": "ask"}
    assert levels(case(conditions=None, plan=NO_STEROID)) == {}


# -- infection ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["infection", "Fever", "sepsis", "dental abscess", "antibiotic course", "on antibiotics", "UTI",
     "on amoxicillin", "Augmentin since Monday", "taking Z-Pak", "TMP/SMX", "cefalexin 500 mg",
     "urinary tract infection", "cellulitis left leg", "no cough, fever 38.5", "active infection",
     "fever, on antibiotics", "no fever on antibiotics",
     "Acute bacterial sinusitis (disorder)", "Streptococcal sore throat (disorder)",
     "Acute bronchitis (disorder)", "Otitis media", "influenza A", "COVID-19", "shingles T6 left",
     "acute cystitis"],
)  # fmt: skip
def test_an_infection_is_present(text):
    assert levels(case(conditions=[text])) == {"infection.present": "reason"}
    assert levels(case(conditions=[text], plan=NO_STEROID)) == {"infection.present": "reason"}


@pytest.mark.parametrize(
    "text",
    ["no infection", "no fever or infection", "No fever, chills or sepsis", "history of sepsis",
     "sepsis, resolved", "denies fever", "hay fever", "HIV infection", "h/o abscess",
     "feverfew", "past infection", "antibiotic course completed",
     "no amoxicillin", "amoxicillin completed", "penicillin allergy", "allergic to amoxicillin",
     "rash from Bactrim", "doxycycline prophylaxis",
     "chronic sinusitis", "Chronic bronchitis (disorder)", "flu shot 2026", "COVID-19 vaccination",
     "long COVID", "post-herpetic neuralgia", "interstitial cystitis", "shingles vaccine",
     "allergic conjunctivitis"],
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


# -- pregnancy among the conditions --------------------------------------------------------------

PREGNANT = """pregnant|Pregnant 20 weeks|pregnancy|gravid|expecting|20 wks pregnant
Currently pregnant
Intrauterine pregnancy, 12 weeks|pregnancy test positive|expecting a baby in March|Schwanger
2nd trimester|history of preeclampsia, now pregnant|Normal pregnancy (finding)|pregnancy due 4/2027
pregnant (G2P1)|embarazada"""
NOT_PREGNANT = """not pregnant
no pregnancy|not currently pregnant|pregnancy test negative|post-partum
postpartum 6 weeks|history of pregnancy|previous pregnancy 2019|denies pregnancy|never pregnant
pregnancy: no|pregnancy: negative|Pregnancy excluded|non-pregnant|negative pregnancy test 1 Dec
wife pregnant|pregnancy (delivered in May)|hypertension|low back pain since pregnancy
unable to become pregnant|pregnancy test: neg|h/o pregnancy|s/p pregnancy|no longer pregnant
family history of pregnancy loss"""
PERHAPS_PREGNANT = """possibly pregnant|may be pregnant|trying to conceive|planning pregnancy
pregnancy test done|expecting her results|prenatal vitamins"""
YOUNG = {"birth_date": "1992-06-01"}


def rows(text: str) -> list[str]:
    return [each for line in text.splitlines() for each in line.split("|")]


@pytest.mark.parametrize("written", rows(PREGNANT))
def test_a_pregnancy_among_the_conditions_is_one(written):
    found = answer(case(**YOUNG, pregnant=None, conditions=[written]))["findings"]
    assert [(each["check"], each["level"]) for each in found] == [("pregnancy.present", "reason")]
    assert found[0]["because"] == [written]


@pytest.mark.parametrize("written", rows(NOT_PREGNANT))
def test_what_only_speaks_of_a_pregnancy_is_none(written):
    assert levels(case(**YOUNG, pregnant=None, conditions=[written])) == {
        "pregnancy.not_asked": "ask"
    }
    assert levels(case(**YOUNG, pregnant=False, conditions=[written])) == {}
    assert levels(case(pregnant=None, conditions=[written])) == {}  # aged 68


@pytest.mark.parametrize("written", rows(PERHAPS_PREGNANT))
def test_what_leaves_it_open_is_asked_whatever_the_age(written):
    (found,) = answer(case(**YOUNG, pregnant=None, conditions=[written]))["findings"]
    assert (found["check"], found["because"]) == ("pregnancy.not_asked", [written])
    # Aged 68 the contract asks nobody; the record does.
    (found,) = answer(case(pregnant=None, conditions=[written]))["also"]
    assert (found["check"], found["because"]) == ("pregnancy.doubt", [written])
    assert levels(case(pregnant=False, conditions=[written])) == {}


def test_an_answer_does_not_silence_the_record():
    (found,) = answer(case(**YOUNG, pregnant=False, conditions=["pregnant 20 weeks"]))["also"]
    assert (found["check"], found["level"]) == ("pregnancy.doubt", "ask")
    assert "answer to the question was no" in found["sentence"]


def on_record(written, answered, *, entry="pregnant 20 weeks"):
    """Check to level: an entry of one day and an answer of another, on 1 December 2026."""
    known = parsed(case(**YOUNG, pregnant=answered[0] if answered else None, conditions=[entry]))
    patient = replace(
        known.patient,
        conditions_since=(date.fromisoformat(written) if written else None,),
        pregnant_asked_on=date.fromisoformat(answered[1]) if answered else None,
    )
    card = check(replace(known, patient=patient), KNOWLEDGE)
    return {each.check: each.level.value for each in card.findings}


@pytest.mark.parametrize(
    ("written", "answered", "found"),
    [
        ("2024-12-01", None, {"pregnancy.not_asked": "ask"}),  # two years ago
        ("2026-01-31", None, {"pregnancy.not_asked": "ask"}),
        ("2026-02-01", None, {"pregnancy.present": "reason"}),  # ten months ago
        (None, None, {"pregnancy.present": "reason"}),
        ("2024-12-01", (False, "2026-11-01"), {}),
        ("2026-11-20", (False, "2026-11-01"), {"pregnancy.present": "reason"}),
        ("2026-11-01", (False, "2026-11-20"), {"pregnancy.doubt": "ask"}),
        ("2024-12-01", (True, "2024-12-01"), {"pregnancy.doubt": "ask"}),
        ("2024-12-01", (True, "2026-11-01"), {"pregnancy.present": "reason"}),
    ],
)
def test_what_was_written_long_ago_is_asked_again(written, answered, found):
    assert on_record(written, answered) == found


def test_an_old_yes_alone_is_asked_again():
    assert on_record(None, (True, "2024-12-01"), entry="asthma") == {"pregnancy.doubt": "ask"}


@pytest.mark.parametrize(
    ("answered", "asks"),
    [("2026-12-01", False), ("2026-09-01", False), ("2026-08-31", True), ("2024-12-02", True)],
)
def test_a_no_does_not_count_for_years(answered, asks):
    found = on_record(None, (False, answered), entry="asthma")
    assert found == ({"pregnancy.doubt": "ask"} if asks else {})
