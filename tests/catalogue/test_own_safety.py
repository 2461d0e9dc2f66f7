"""A clinic lays its own safety tables over ours; a slip is named with file and line."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from clinicdesk.catalogue import own, resources
from clinicdesk.catalogue.loader import installed_catalogue, installed_safety, load_catalogue
from clinicdesk.domain.anatomy import site_for
from clinicdesk.domain.errors import Malformed
from clinicdesk.safety.case import Allergy, Case, Patient, Plan
from clinicdesk.safety.engine import check

DRUG = (
    '[drugs.tinzaparin]\nname = "Tinzaparin"\naliases = ["innohep"]\nclass = "anticoagulant"\n'
    'low = "24 h"\nintermediate = "24 h"\nhigh = "24 h"\nrestart = "4 h"\nsource = "The clinic"\n'
)


@pytest.fixture
def put():
    """Writes a file of the clinic's own."""

    def write(name: str, text: str) -> None:
        path = resources.own_folder() / "safety" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'version = "mine"\n{text}', encoding="utf-8")

    return write


def test_a_drug_of_the_clinic_is_added(put):
    put("anticoagulants", DRUG)
    knowledge = installed_safety()
    assert knowledge.thinner_words.found("Innohep 3500") == ("tinzaparin",)
    assert knowledge.thinner_words.found("Eliquis") == ("apixaban",)
    assert knowledge.guideline.key == "asra-2018"
    assert own.files_in_use() == ("safety/anticoagulants.toml",)
    assert installed_catalogue().anticoagulants["tinzaparin"].source == "The clinic"


def test_the_clinic_names_another_guideline(put):
    said = 'guideline = "asipp-2024"\nguideline_short = "ASIPP 2024"\nguideline_name = "ASIPP"\n'
    put("anticoagulants", said)
    assert installed_safety().guideline.short == "ASIPP 2024"


def test_an_entry_of_the_same_key_replaces_ours_whole(put):
    put("limits", '[limits.pregnancy]\nfrom_age = 10\nto_age = 60\nsource = "The clinic"\n'
        '[ceilings.dexamethasone]\nmg = 10\nsource = "The clinic"\n')  # fmt: skip
    knowledge = installed_safety()
    assert knowledge.limits.pregnancy_ages == (10, 60)
    assert knowledge.ceilings["dexamethasone"].mg == 10
    assert not knowledge.ceilings["dexamethasone"].verify
    assert knowledge.ceilings["triamcinolone"].mg == 80
    assert str(knowledge.limits.before_surgery) == "3 months"


def test_an_allergen_of_the_clinic_speaks(put):
    put("allergens", '[allergens.house]\nkind = "contrast"\ncategory = "contrast"\n'
        'names = ["clearview"]\nsource = "The clinic"\n')  # fmt: skip
    knowledge = installed_safety()
    kind = knowledge.vocabulary.procedure("esi.caudal")
    patient = Patient(date(1958, 3, 14), "male", allergies=(Allergy("Clearview"),))
    case = Case(date(2026, 12, 1), patient, Plan(kind.id, (site_for("caudal midline", kind),)))
    found = {each.check: each.because for each in check(case, knowledge).findings}
    assert found["allergy.contrast"] == ("Clearview",)


WRONG = [
    ("anticoagulants", DRUG.replace('"24 h"', '"24 hours"', 1), 6, "“24 hours” is not a time"),
    ("anticoagulants", DRUG + 'colour = "red"\n', 11, "this key is unknown here"),
    ("anticoagulants", DRUG.replace('source = "The clinic"\n', ""), 2, "“source” is missing"),
    ("anticoagulants", DRUG.replace('class = "anticoagulant"', 'class = "x"'), 5, "“x” is unknown"),
    ("anticoagulants", '[combined]\n"x-y" = ["aspirin", "nobody"]\n', 3, "“nobody” is unknown"),
    ("anticoagulants", 'guideline = "mine"\n', 1, "a key, a short name and a name"),
    ("allergens", '[allergens.x]\nkind = "y"\n', 3, "“y” is unknown"),
    ("allergens", '[allergens.x]\nkind = "anaesthetic"\n', 2, "“class” is missing"),
    ("conditions", '[conditions.x]\nkind = "gout"\n', 3, "“gout” is unknown"),
    ("implants", '[devices.x]\nlevel = "ask"\n', 3, "“ask” is unknown"),
    ("implants", '[words.upper]\nnames = ["upper"]\n', 2, "is unknown"),
    ("limits", "[ceilings.x]\nmg = -1\n", 3, "above 0"),
    ("limits", '[limits.pregnancy]\nfrom_age = 55\nto_age = 12\nsource = "x"\n', 4, "from_age on"),
    ("limits", '[limits.surgery]\nbefore = "3 moons"\n', 3, "“3 moons” is not a duration"),
    ("limits", '[limits.interlaminar]\nhighest = "C9"\n', 3, "“C9” is unknown"),
    ("limits", '[limits.glucose]\nsource = "x"\n', 2, "this limit is unknown"),
    ("checks", '[checks."allergy.dust"]\nsource = "x"\n', 2, "is unknown"),
    ("words", '[negation.fractures]\nbefore = ["no"]\n', 2, "is unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "line", "says"), WRONG)
def test_a_slip_is_named_with_file_and_line(put, name, text, line, says):
    put(name, text)
    with pytest.raises(Malformed) as caught:
        installed_safety()
    assert f"{name}.toml, line {line}: " in str(caught.value)
    assert says in str(caught.value)


def test_a_file_that_would_not_be_used_is_refused(put):
    put("allergies", "")
    with pytest.raises(Malformed, match=r"allergies\.toml: is not used here; expected one of"):
        installed_safety()


def test_the_place_of_before_is_refused():
    folder = resources.own_folder() / "catalogue"
    folder.mkdir(parents=True)
    (folder / "anticoagulants.toml").write_text('version = "mine"\n', encoding="utf-8")
    with pytest.raises(Malformed, match=r"anticoagulants\.toml: is not used here"):
        installed_catalogue()


def test_two_drugs_of_one_file_may_not_bear_one_name(tmp_path):
    for name in ("catalogue", "rules", "safety"):
        shutil.copytree(resources.root() / name, tmp_path / name)
    path = tmp_path / "safety" / "anticoagulants.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + DRUG.replace('"innohep"', '"Plavix"'), encoding="utf-8")
    with pytest.raises(Malformed, match="“plavix” names another drug already"):
        load_catalogue(tmp_path)
