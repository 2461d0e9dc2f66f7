"""Allergies: each name, what is no such allergy, and the plan that they are held against."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.safety import KNOWLEDGE, answer, case, levels, parsed

from clinicdesk.safety.case import Allergy
from clinicdesk.safety.engine import check

NO_CONTRAST = {"contrast": False, "medications": [{"product": "dexamethasone-10", "ml": 1}]}


def _allergic(*substances: str, **more):
    return levels(case(allergies=[{"substance": each} for each in substances], **more))


CONTRAST = """contrast|IV dye|x-ray dye|X ray dye|CT dye|iodinated|iohexol|Omnipaque|iopamidol
Isovue|iodixanol|Visipaque|ioversol|Optiray|iopromide|Ultravist|diatrizoate
Iodinated contrast media|IVP DYE|contrast (hives)|Contrast dye 2019
allergic to CT contrast|iodine contrast|Omnipaque 300|omnipaque240"""


@pytest.mark.parametrize("name", CONTRAST.replace("\n", "|").split("|"))
def test_contrast_is_recognised(name):
    assert _allergic(name) == {"allergy.contrast": "reason"}
    assert _allergic(name, plan=NO_CONTRAST) == {}
    assert _allergic(name, plan={"contrast": True, "medications": []}) == {
        "allergy.contrast": "reason"
    }


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Iodine", {"allergy.contrast": "ask"}),
        ("iodine (rash)", {"allergy.contrast": "ask"}),
        ("povidone-iodine", {"allergy.antiseptic": "note"}),
        ("Povidone iodine", {"allergy.antiseptic": "note"}),
        ("Betadine", {"allergy.antiseptic": "note"}),
        ("Betadine (iodine)", {"allergy.antiseptic": "note"}),
        ("chlorhexidine", {"allergy.antiseptic": "note"}),
        ("latex", {"allergy.latex": "note"}),
        ("Latex gloves", {"allergy.latex": "note"}),
        ("shellfish", {}),
        ("seafood", {}),
        ("gadolinium", {}),
        ("gadolinium contrast", {}),
        ("MRI contrast (gadolinium)", {}),
        ("Gadavist", {}),
        ("Magnevist contrast", {}),
        ("Dotarem", {}),
        ("contrast (MRI)", {}),
        ("MRI and CT contrast", {"allergy.contrast": "reason"}),
        ("CT scan dye", {"allergy.contrast": "reason"}),
        ("gadolinium and iohexol", {"allergy.contrast": "reason"}),
        ("Povidone-iodine, IV dye", {"allergy.antiseptic": "note", "allergy.contrast": "reason"}),
        ("Iodine, shellfish", {"allergy.contrast": "ask"}),
        ("hair dye", {}),
        ("no contrast allergy", {}),
        ("not allergic to latex", {}),
        ("Penicillin", {}),
        ("latexite", {}),
        ("peanut", {}),
    ],
)
def test_what_is_another_allergy(name, found):
    assert _allergic(name) == found


AMIDES = (
    "lidocaine|Xylocaine|lignocaine|bupivacaine|Marcaine|"
    "Sensorcaine|ropivacaine|Naropin|mepivacaine|Carbocaine"
)
ESTERS = "procaine|Novocain|chloroprocaine|Nesacaine|tetracaine|benzocaine"
CLASS = "local anaesthetic|local anaesthetics|Local Anesthetic|local anesthetics"


@pytest.mark.parametrize("name", f"{AMIDES}|{CLASS}".split("|"))
def test_an_amide_is_planned_and_not_tolerated(name):
    assert _allergic(name) == {"allergy.anaesthetic": "reason"}
    nothing = {"medications": [{"product": "dexamethasone-10", "ml": 1}], "contrast": False}
    assert _allergic(name, plan=nothing) == {}


@pytest.mark.parametrize("name", ESTERS.split("|"))
def test_an_ester_is_of_another_class(name):
    assert _allergic(name) == {}


STEROIDS = """Kenalog|Depo-Medrol|DepoMedrol|depo medrol|Solu-Medrol|Celestone|Decadron
prednisone|cortisone|steroids|steroid|corticosteroids|methylprednisolone
triamcinolone|Kenalog-40|betamethasone|dexamethasone|hydrocortisone"""


@pytest.mark.parametrize("name", STEROIDS.replace("\n", "|").split("|"))
def test_a_steroid_is_planned_and_not_tolerated(name):
    assert _allergic(name) == {"allergy.steroid": "reason"}
    without = {"medications": [{"product": "lidocaine-1", "ml": 1}], "contrast": False}
    assert _allergic(name, plan=without) == {}


@pytest.mark.parametrize(
    ("name", "product", "found"),
    [
        ("macrogol", "methylprednisolone-40", True),
        ("PEG", "methylprednisolone-80", True),
        ("PEG 3350", "methylprednisolone-20", True),
        ("polyethylene glycol", "methylprednisolone-40", True),
        ("PEG", "triamcinolone-40", False),
        ("PEG", "dexamethasone-10", False),
        ("benzyl alcohol", "triamcinolone-40", True),
        ("Benzyl Alcohol", "triamcinolone-10", True),
        ("benzyl alcohol", "methylprednisolone-40", False),
        ("anabolic steroids", "methylprednisolone-40", False),
        ("non-steroidal anti-inflammatories", "methylprednisolone-40", False),
    ],
)
def test_what_is_in_the_product(name, product, found):
    plan = {"medications": [{"product": product, "ml": 0.5}], "contrast": False}
    expected = {"allergy.steroid": "reason"} if found else {}
    assert _allergic(name, plan=plan) == expected


def test_nobody_has_asked():
    assert levels(case(allergies=None)) == {"allergies.not_asked": "ask"}


def test_the_records_own_words_are_given_back_each_once():
    allergies = [
        {"substance": "IV dye", "reaction": "anaphylaxis"},
        {"substance": "Penicillin"},
        {"substance": "Omnipaque"},
        {"substance": "Iodine"},
    ]
    (finding,) = answer(case(allergies=allergies))["findings"]
    assert finding["because"] == ["IV dye", "Omnipaque"]
    assert "IV dye: anaphylaxis" in finding["sentence"]


NAMES = [
    (key, name)
    for key, each in KNOWLEDGE.allergens.items()
    if each.kind != "other"
    for name in each.terms.names
]


@pytest.mark.parametrize(("key", "name"), NAMES)
def test_each_name_of_the_table_is_recognised_as_its_own(key, name):
    assert KNOWLEDGE.allergy_words.found(f"{name.upper()} (rash)") == (key,)


def test_contrast_that_staff_sorted_so_counts_where_no_word_is_known():
    asked = parsed(case())
    allergic = replace(
        asked.patient, allergies=(Allergy("the stuff for the scan", "", "contrast"),)
    )
    (finding,) = check(replace(asked, patient=allergic), KNOWLEDGE).findings
    assert finding.check == "allergy.contrast"


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("Penicillin", "drug"),
        ("Latex", "latex"),
        ("Iodinated contrast", "contrast"),
        ("IV dye", "contrast"),
        ("Gadolinium", "contrast"),
        ("Peanut", "food"),
        ("tree nuts", "food"),
        ("Shellfish", "food"),
        ("House dust mite", "environment"),
        ("bee venom", "environment"),
        ("Marcaine", "drug"),
    ],
)
def test_how_the_record_sorts_an_allergy(typed, category):
    assert KNOWLEDGE.category_of(typed) == category
