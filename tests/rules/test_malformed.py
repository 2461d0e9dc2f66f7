"""Every malformed case is refused with the JSON path of the offending value."""

from __future__ import annotations

import copy
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.vocabulary import case_of

from clinicdesk.rules.parse import CaseError, load_json

SOUND = {
    "pack": "us-medicare",
    "on": "2026-11-22",
    "patient": {
        "contrast_allergy": False,
        "pregnant": False,
        "prostheses": ["knee left"],
        "arthroplasty_planned": [{"site": "knee right", "date": "2027-01-20"}],
    },
    "plan": {
        "procedure": "esi.transforaminal",
        "intent": "therapeutic",
        "sites": ["L5 left"],
        "guidance": "fluoroscopy",
        "contrast": True,
        "steroids": [{"drug": "dexamethasone", "mg": 10}],
    },
    "history": [
        {
            "id": "a",
            "date": "2026-08-30",
            "state": "done",
            "procedure": "esi.interlaminar",
            "intent": "therapeutic",
            "sites": ["L4-L5 midline"],
            "steroids": [{"drug": "methylprednisolone", "mg": 80}],
        },
        {
            "id": "b",
            "date": "2026-12-30",
            "state": "booked",
            "procedure": "facet.block",
            "sites": ["L4-L5 left"],
        },
    ],
    "readings": [
        {
            "session": "a",
            "date": "2026-08-30",
            "phase": "baseline",
            "scale": "NRS",
            "value": 8,
        },
        {"session": "a", "date": "2026-09-14", "phase": "followup", "scale": "NRS", "value": 3},
    ],
}

MISSING = object()


def _changed(path: tuple[str | int, ...], value: object) -> dict[str, object]:
    case = copy.deepcopy(SOUND)
    node = case
    for key in path[:-1]:
        node = node[key]
    if value is MISSING:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return case


def _read(case: object) -> object:
    return case_of(load_json(json.dumps(case)), {"us-medicare"})


def _text(path: tuple[str | int, ...]) -> str:
    return "$" + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path)


H, R, P = ("history", 0), ("readings", 0), ("plan",)

WRONG: list[tuple[tuple[str | int, ...], object]] = [
    (("pack",), "elsewhere"),
    (("pack",), 3),
    (("pack",), None),
    (("pack",), MISSING),
    (("on",), MISSING),
    (("plan",), MISSING),
    (("plan",), None),
    (("plan",), []),
    (("colour",), "red"),
    (("patient",), None),
    (("history",), None),
    (("history",), {}),
    (("readings",), "none"),
    (("on",), "2026-11-31"),
    (("on",), "2026-1-2"),
    (("on",), "1899-12-31"),
    (("on",), "2200-01-01"),
    (("on",), "2026-11-22T00:00:00"),
    (("on",), "２０２６-11-22"),
    (("on",), " 2026-11-22"),
    (("on",), 20261122),
    (("patient", "pregnant"), "no"),
    (("patient", "pregnant"), None),
    (("patient", "pregnant"), 0),
    (("patient", "contrast_allergy"), 1),
    (("patient", "Pregnant"), True),
    (("patient", "prostheses"), "knee left"),
    (("patient", "prostheses", 0), "knee"),
    (("patient", "prostheses", 0), "L4-L5 left"),
    (("patient", "prostheses", 0), 3),
    (("patient", "arthroplasty_planned", 0, "date"), MISSING),
    (("patient", "arthroplasty_planned", 0, "site"), "left"),
    (("patient", "arthroplasty_planned", 0, "site"), MISSING),
    (("patient", "arthroplasty_planned", 0, "note"), "x"),
    ((*P, "procedure"), "esi.magic"),
    ((*P, "procedure"), "ESI.transforaminal"),
    ((*P, "procedure"), []),
    ((*P, "procedure"), {}),
    ((*P, "procedure"), MISSING),
    ((*P, "sites"), MISSING),
    ((*P, "sites"), []),
    ((*P, "sites"), "L5 left"),
    ((*P, "sites"), None),
    ((*P, "sites", 0), "L4-L5 left"),
    ((*P, "sites", 0), "L5 midline"),
    ((*P, "sites", 0), ""),
    ((*P, "sites", 0), None),
    ((*P, "sites", 0), ["L5 left"]),
    ((*P, "intent"), None),
    ((*P, "intent"), "curative"),
    ((*P, "guidance"), "xray"),
    ((*P, "guidance"), True),
    ((*P, "contrast"), "yes"),
    ((*P, "contrast"), 0),
    ((*P, "steroids"), None),
    ((*P, "steroids"), {}),
    ((*P, "steroids", 0, "drug"), ""),
    ((*P, "steroids", 0, "drug"), None),
    ((*P, "steroids", 0, "mg"), 0),
    ((*P, "steroids", 0, "mg"), -1),
    ((*P, "steroids", 0, "mg"), "10"),
    ((*P, "steroids", 0, "mg"), True),
    ((*P, "steroids", 0, "mg"), MISSING),
    ((*P, "steroids", 0, "unit"), "mg"),
    ((*H, "id"), ""),
    ((*H, "id"), "b"),
    ((*H, "id"), 7),
    ((*H, "id"), MISSING),
    ((*H, "date"), "2026-11-23"),
    ((*H, "date"), "yesterday"),
    ((*H, "date"), None),
    ((*H, "state"), "cancelled"),
    ((*H, "state"), MISSING),
    ((*H, "procedure"), "epidural"),
    ((*H, "sites"), []),
    ((*H, "sites", 0), "L5 left"),
    ((*H, "intent"), None),
    ((*H, "steroids", 0), "dexamethasone"),
    ((*H, "guidance"), "ct"),
    ((*R, "session"), "z"),
    ((*R, "session"), MISSING),
    ((*R, "date"), "2026-08-31"),
    ((*R, "date"), MISSING),
    ((*R, "phase"), "after"),
    ((*R, "scale"), "nrs"),
    ((*R, "scale"), "MPQ"),
    ((*R, "value"), 11),
    ((*R, "value"), -0.1),
    ((*R, "value"), "8"),
    ((*R, "value"), None),
    ((*R, "value"), False),
    ((*R, "who"), "nurse"),
    (("readings", 1, "date"), "2026-11-23"),
    (("readings", 1, "date"), "2026-08-30"),
]


def _expected_path(path: tuple[str | int, ...], value: object) -> str:
    if path == (*H, "id") and value == "b":
        return "$.history[1].id"
    return _text(path)


def _name(path: object, value: object) -> str:
    return f"{_text(path)}=" + ("missing" if value is MISSING else f"{value!r:.30}")  # type: ignore[arg-type]


@pytest.mark.parametrize(("path", "value"), WRONG, ids=[_name(p, v) for p, v in WRONG])
def test_a_slip_is_named_by_its_path(path, value):
    case = _changed(path, value)
    with pytest.raises(CaseError) as caught:
        _read(case)
    assert caught.value.path == _expected_path(path, value)
    assert caught.value.expected


def test_the_sound_case_is_sound():
    assert _read(SOUND)


@pytest.mark.parametrize("phase", ["post", "followup"])
def test_a_booked_session_has_nothing_but_a_baseline(phase):
    reading = {"session": "b", "date": "2026-11-01", "phase": phase, "scale": "NRS", "value": 1}
    with pytest.raises(CaseError) as caught:
        _read(_changed(("readings", 0), reading))
    assert caught.value.path == "$.readings[0].phase"


def test_a_post_reading_is_of_the_day_itself():
    reading = {"session": "a", "date": "2026-08-31", "phase": "post", "scale": "NRS", "value": 1}
    with pytest.raises(CaseError) as caught:
        _read(_changed(("readings", 0), reading))
    assert caught.value.path == "$.readings[0].date"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", "$"),
        ("{", "$"),
        ('{"pack": NaN}', "$"),
        ("[" * 100_000, "$"),
        ("null", "$"),
        ("[]", "$"),
        ('"x"', "$"),
        ('{"pack": "us-medicare", "pack": "us-medicare"}', "$.pack"),
        ('{"a b": 1}', '$["a b"]'),
        ('{"pack": 1e99999999999999999999, "on": "2026-01-01", "plan": {}}', "$.pack"),
    ],
)
def test_what_is_no_case_at_all(text, path):
    with pytest.raises(CaseError) as caught:
        case_of(load_json(text))
    assert caught.value.path == path


def test_a_key_repeated_deep_down_is_seen():
    text = json.dumps(SOUND).replace('"mg": 80', '"mg": 80, "mg": 40')
    with pytest.raises(CaseError) as caught:
        case_of(load_json(text))
    assert caught.value.path == "$.history[0].steroids[0].mg"


def test_in_a_list_of_cases_the_path_says_which():
    with pytest.raises(CaseError) as caught:
        case_of(_changed(("plan", "sites"), []), path="$[3]")
    assert caught.value.path == "$[3].plan.sites"


def test_numbers_are_kept_as_written():
    text = json.dumps(SOUND).replace('"mg": 10}', '"mg": 10.10}')
    case = case_of(load_json(text))
    assert str(case.plan.steroids[0].mg) == "10.10"
    assert case.readings[0].value == Decimal(8)


def test_what_was_left_out_has_its_meaning():
    case = _read(
        {
            "pack": "us-medicare",
            "on": "2026-11-22",
            "plan": {"procedure": "tpi", "sites": ["  Trapezius LEFT"], "guidance": None},
            "history": [
                {
                    "id": "a",
                    "date": "2026-11-22",
                    "state": "done",
                    "procedure": "tpi",
                    "sites": ["trapezius right"],
                    "steroids": None,
                }
            ],
        }
    )
    assert (case.plan.intent, case.plan.guidance, case.plan.steroids) == ("therapeutic", None, ())
    assert case.history[0].steroids is None
    assert not case.patient.pregnant


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(_JSON, st.sampled_from([path for path, _ in WRONG]))
def test_any_value_anywhere_is_taken_or_refused_with_a_path(value, path):
    refused = CaseError("$", "")
    try:
        case_of(_changed(path, value), {"us-medicare"})
    except CaseError as error:
        refused = error
    assert refused.path.startswith("$")


@pytest.mark.parametrize("number", ["1e-99999999", "1e99999999", "0e-99999999", "1" * 400])
def test_a_number_beyond_all_measure_is_refused_at_once(number):
    """Exact arithmetic with it would never end."""
    text = json.dumps(SOUND).replace('"mg": 80', f'"mg": {number}')
    with pytest.raises(CaseError) as caught:
        case_of(load_json(text))
    assert caught.value.path == "$.history[0].steroids[0].mg"
