"""Every malformed case is refused with the JSON path of the offending value."""

from __future__ import annotations

import copy
import json

import pytest
from support.safety import KNOWLEDGE, case, parsed

from clinicdesk.domain.json_reading import CaseError, load_json
from clinicdesk.safety.parse import parse_case

SOUND = case(
    "esi.transforaminal",
    allergies=[{"substance": "IV dye", "reaction": "anaphylaxis"}],
    drugs=["apixaban 5 mg bid"],
    conditions=["T2DM"],
    implants=["pacemaker"],
    surgeries=[{"site": "knee left", "date": "2027-01-20"}],
    plan={
        "intent": "therapeutic",
        "guidance": "fluoroscopy",
        "contrast": True,
        "medications": [{"product": "dexamethasone-10", "ml": 1}],
    },
)
MISSING = object()
PATIENT = (
    "birth_date",
    "sex",
    "weight_kg",
    "allergies",
    "drugs",
    "conditions",
    "implants",
    "pregnant",
)

WRONG = [
    *[((key,), value) for key in ("on", "patient", "plan") for value in (MISSING, None, 3, [])],
    (("colour",), "red"),
    (("start",), "2026-12-01T09:30"),
    (("on",), "2026-11-31"),
    (("on",), "1 Dec 2026"),
    *[(("patient", key), MISSING) for key in PATIENT],
    (("patient", "colour"), "red"),
    (("patient", "birth_date"), None),
    (("patient", "birth_date"), "2026-12-02"),
    (("patient", "birth_date"), "1899-12-31"),
    (("patient", "sex"), "f"),
    (("patient", "sex"), None),
    *[(("patient", "weight_kg"), value) for value in (0, -1, "70", True, [])],
    *[(("patient", key), value) for key in PATIENT[3:7] for value in ("none", {}, 3, False)],
    (("patient", "allergies", 0), "IV dye"),
    (("patient", "allergies", 0, "substance"), MISSING),
    (("patient", "allergies", 0, "substance"), " "),
    (("patient", "allergies", 0, "reaction"), 3),
    (("patient", "allergies", 0, "colour"), "red"),
    *[(("patient", key, 0), value) for key in PATIENT[4:7] for value in ("", None, 3, {})],
    (("patient", "pregnant"), "no"),
    (("patient", "pregnant"), 0),
    (("patient", "surgeries"), None),
    (("patient", "surgeries", 0, "site"), "knee"),
    (("patient", "surgeries", 0, "site"), MISSING),
    (("patient", "surgeries", 0, "date"), "soon"),
    (("patient", "surgeries", 0, "date"), MISSING),
    (("patient", "surgeries", 0, "kind"), "x"),
    (("plan", "procedure"), "esi.magic"),
    (("plan", "procedure"), MISSING),
    (("plan", "sites"), MISSING),
    (("plan", "sites"), []),
    (("plan", "sites"), "L5 left"),
    (("plan", "sites", 0), "L5"),
    (("plan", "sites", 0), "L4-L5 left"),
    (("plan", "intent"), "curative"),
    (("plan", "guidance"), "x-ray"),
    (("plan", "contrast"), "yes"),
    (("plan", "medications"), None),
    (("plan", "medications", 0, "product"), "dexamethasone"),
    (("plan", "medications", 0, "product"), MISSING),
    *[(("plan", "medications", 0, "ml"), value) for value in (MISSING, 0, -1, "1", None)],
    (("plan", "medications", 0, "mg"), 3),
    (("plan", "steroids"), [{"drug": "dexamethasone", "mg": 10}]),  # medications are said already
    (("plan", "colour"), "red"),
]


def _changed(path, value):
    changed = copy.deepcopy(SOUND)
    node = changed
    for key in path[:-1]:
        node = node[key]
    if value is MISSING:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return changed


def _text(path):
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


def test_the_sound_case_is_read():
    asked = parsed(SOUND)
    assert asked.patient.drugs == ("apixaban 5 mg bid",)
    assert str(asked.plan.sites[0]) == "L5 left"


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_a_wrong_value_is_named_by_its_path(path, value):
    with pytest.raises(CaseError) as caught:
        parse_case(load_json(json.dumps(_changed(path, value))), KNOWLEDGE)
    assert caught.value.path == _text(path)
    assert caught.value.expected.startswith(("expected", "unknown"))


def test_a_key_written_twice_is_named():
    text = json.dumps(SOUND).replace('"sex":', '"sex": "male", "sex":', 1)
    with pytest.raises(CaseError) as caught:
        parse_case(load_json(text), KNOWLEDGE, "$[3]")
    assert caught.value.path == "$[3].patient.sex"


@pytest.mark.parametrize("key", ["guidance", "contrast"])
def test_not_known_is_as_left_out(key):
    assert parsed(_changed(("plan", key), None)) == parsed(_changed(("plan", key), MISSING))


def test_surgeries_may_be_left_out():
    assert parsed(_changed(("patient", "surgeries"), MISSING)).patient.surgeries == ()
