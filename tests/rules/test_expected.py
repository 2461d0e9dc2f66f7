"""Worked cases of a clinic: whatever the file holds is read or refused in words."""

from __future__ import annotations

import contextlib
import copy
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.vocabulary import CATALOGUE, case_of

from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.expected import (
    Difference,
    Example,
    ExpectedFinding,
    differences,
    parse_examples,
)
from clinicdesk.rules.parse import CaseError, load_json
from clinicdesk.rules.verdict import Status

PACK = CATALOGUE.packs["us-medicare"]
FILE = Path(__file__).with_name("verdict-cases.json")
EXAMPLES = json.loads(FILE.read_text(encoding="utf-8"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(("2026-01-01", "ok", "not-before", "us-medicare", "esi.cap", "L5 left")),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(("name", "case", "expected", "status")), inner, max_size=4),
    max_leaves=6,
)  # fmt: skip


def _places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Every path into a JSON value."""
    pairs = (
        value.items() if isinstance(value, dict)
        else enumerate(value) if isinstance(value, list) else ()
    )  # fmt: skip
    return [path, *(place for key, below in pairs for place in _places(below, (*path, key)))]


PLACES = [place for place in _places(EXAMPLES[:6]) if place]


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PLACES), JSON)
def test_one_value_exchanged(place, value):
    """Nothing but a sentence with a path; what is read is compared without a crash."""
    spoilt = copy.deepcopy(EXAMPLES[:6])
    inner = spoilt
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    with contextlib.suppress(CaseError):
        for example in parse_examples(load_json(json.dumps(spoilt)), PACK):
            for each in differences(example, evaluate(PACK, example.case)):
                assert each.expected != each.came


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_json(value):
    with contextlib.suppress(CaseError):
        parse_examples(load_json(json.dumps(value)), PACK)


# -- sound files ----------------------------------------------------------------------------

CASE = {"on": "2026-11-22", "plan": {"procedure": "tpi", "sites": ["trapezius left"]}}
FINDING = {"rule": "tpi.cap", "status": "ok", "counted": ["2026-05-01", "2026-06-01"]}
BLOCKED = {**FINDING, "status": "not-before", "earliest": "2027-01-02"}


def _examples(*expected: object, **more: object) -> object:
    rows = [{"name": "x", "case": CASE, "expected": each, **more} for each in expected]
    return load_json(json.dumps(rows))


def test_an_example_is_what_its_file_says():
    whole = {"status": "not-before", "earliest": "2027-01-02", "findings": [BLOCKED, {
        **FINDING, "rule": "tpi.gap"}]}  # fmt: skip
    first, second, third = parse_examples(
        _examples(whole, {"status": "ok"}, {"earliest": "2027-01-02"}, why="because"), PACK
    )
    counted = (date(2026, 5, 1), date(2026, 6, 1))
    earliest = date(2027, 1, 2)
    case = case_of({"pack": PACK.id, **CASE})
    assert first == Example(
        "x",
        case,
        Status.NOT_BEFORE,
        earliest,
        (
            ExpectedFinding("tpi.cap", Status.NOT_BEFORE, earliest, counted),
            ExpectedFinding("tpi.gap", Status.OK, None, counted),
        ),
    )
    assert second == Example("x", case, Status.OK, None, None)
    assert third == Example("x", case, None, earliest, None)
    (none,) = parse_examples(_examples({"findings": []}), PACK)
    assert none == Example("x", case, None, None, ())


def test_a_case_may_name_the_pack_or_leave_it_out():
    rows = [{"name": "x", "case": {**CASE, "pack": PACK.id}, "expected": {"status": "ok"}}]
    (example,) = parse_examples(load_json(json.dumps(rows)), PACK)
    assert example.case.pack == PACK.id


# -- files with a slip ----------------------------------------------------------------------

STATUSES = "expected one of not-before, needs-reason, cannot-determine, ok"
OTHER_PACK = (
    "this case is for the pack “uk-nhs”, but “us-medicare” is tested; expected “us-medicare”, or "
    "no pack at all"
)
ONLY_THEN = "expected this field with the status not-before, and only then"


@pytest.mark.parametrize(
    ("file", "path", "says"),
    [
        ({}, "$", "expected a list […]"),
        ([], "$", "expected at least one case"),
        (_examples({}), "$[0].expected", "expected at least one of status, earliest, findings"),
        (
            _examples({"status": "ok"}, mood="x"),
            "$[0].mood",
            "unknown field; expected one of name, case, expected, why",
        ),
        (_examples({"status": "ok"}, why=" "), "$[0].why", "expected a sentence, not empty"),
        (
            _examples({"status": "ok"}, name=""),
            "$[0].name",
            "expected a name for the case, not empty",
        ),
        (_examples({"status": "ok"}, {"status": "fine"}), "$[1].expected.status", STATUSES),
        (
            _examples({"message": "x"}),
            "$[0].expected.message",
            "unknown field; expected one of status, earliest, findings",
        ),
        (
            _examples({"findings": [{**FINDING, "rule": ""}]}),
            "$[0].expected.findings[0].rule",
            "expected the id of a rule, not empty",
        ),
        (
            _examples({"findings": [{**FINDING, "status": "fine"}]}),
            "$[0].expected.findings[0].status",
            STATUSES,
        ),
        (
            _examples({"findings": [FINDING, {**FINDING, "why": "x"}]}),
            "$[0].expected.findings[1].why",
            "unknown field; expected one of rule, status, counted, earliest",
        ),
        (
            _examples({"findings": [FINDING, FINDING]}),
            "$[0].expected.findings[1].rule",
            "expected each rule once",
        ),
        (
            _examples({"findings": [{**FINDING, "status": "not-before"}]}),
            "$[0].expected.findings[0].earliest",
            ONLY_THEN,
        ),
        (
            _examples({"findings": [{**BLOCKED, "status": "ok"}]}),
            "$[0].expected.findings[0].earliest",
            ONLY_THEN,
        ),
        (
            _examples({"status": "ok"}, case={**CASE, "pack": "uk-nhs"}),
            "$[0].case.pack",
            OTHER_PACK,
        ),
        (
            _examples({"status": "ok"}, case={**CASE, "pack": None}),
            "$[0].case.pack",
            "expected the id of a pack, not empty",
        ),
        (_examples({"status": "ok"}, case=[]), "$[0].case", "expected an object {…}"),
        (
            load_json(
                '[{"name": "x", "expected": {"status": "ok"}, "case": {"on": "2026-01-01", '
                '"on": "2026-01-02"}}]'
            ),
            "$[0].case.on",
            "expected each field once",
        ),
    ],
)
def test_a_slip_is_named_by_its_path(file, path, says):
    with pytest.raises(CaseError) as caught:
        parse_examples(file, PACK)
    assert (caught.value.path, caught.value.expected) == (path, says)


def test_a_value_that_no_file_held_is_checked_as_well():
    rows = [{"name": "x", "case": {**CASE, "pack": "uk-nhs"}, "expected": {"status": "ok"}}]
    with pytest.raises(CaseError, match="unknown pack; expected one of us-medicare"):
        parse_examples(rows, PACK)


# -- what came out otherwise ----------------------------------------------------------------

HISTORY = [
    {"id": day, "date": day, "state": "done", "procedure": "tpi", "sites": ["masseter right"]}
    for day in ("2026-01-02", "2026-05-01", "2026-06-01")
]
CAP = {"rule": "tpi.cap", "status": "not-before", "earliest": "2027-01-02",
       "counted": ["2026-01-02", "2026-05-01", "2026-06-01"]}  # fmt: skip
GAP = {"rule": "tpi.gap", "status": "ok", "counted": []}
REST = [
    {"rule": "tpi.response", "status": "ok", "counted": []},
    {"rule": "tpi.guidance", "status": "cannot-determine", "counted": []},
    {"rule": "session.mix", "status": "ok", "counted": []},
]


@pytest.mark.parametrize(
    ("expected", "came"),
    [
        ({"status": "not-before", "earliest": "2027-01-02", "findings": [CAP, GAP, *REST]}, []),
        ({"status": "ok"}, [("status", "ok", "not-before")]),
        ({"earliest": "2027-01-03"}, [("earliest", "2027-01-03", "2027-01-02")]),
        (
            {"findings": [{"rule": "tpi.cap", "status": "ok", "counted": []}, GAP, *REST]},
            [
                ("tpi.cap, status", "ok", "not-before"),
                ("tpi.cap, earliest", "none", "2027-01-02"),
                ("tpi.cap, counted", "none", "2026-01-02, 2026-05-01, 2026-06-01"),
            ],
        ),
        (
            {"findings": [CAP, {**GAP, "status": "not-before", "earliest": "2027-05-05",
                                "counted": ["2026-05-01"]}, *REST]},
            [
                ("tpi.gap, status", "not-before", "ok"),
                ("tpi.gap, earliest", "2027-05-05", "none"),
                ("tpi.gap, counted", "2026-05-01", "none"),
            ],
        ),
        (
            {"findings": [GAP, *REST]},
            [("tpi.cap", "no finding",
              "not-before until 2027-01-02, counted 2026-01-02, 2026-05-01, 2026-06-01")],
        ),
        (
            {"findings": [{**CAP, "rule": "my.cap"}, CAP, GAP, *REST]},
            [("my.cap",
              "not-before until 2027-01-02, counted 2026-01-02, 2026-05-01, 2026-06-01",
              "no finding")],
        ),
        ({"findings": [CAP, *REST]}, [("tpi.gap", "no finding", "ok")]),
        (
            {"findings": [GAP, CAP, *REST]},
            [("order of the findings",
              "tpi.gap, tpi.cap, tpi.response, tpi.guidance, session.mix",
              "tpi.cap, tpi.gap, tpi.response, tpi.guidance, session.mix")],
        ),
    ],
)  # fmt: skip
def test_what_came_out_otherwise_is_named_field_by_field(expected, came):
    case = {**CASE, "history": HISTORY}
    (example,) = parse_examples(_examples(expected, case=case), PACK)
    found = differences(example, evaluate(PACK, example.case))
    assert found == tuple(Difference(*each) for each in came)
