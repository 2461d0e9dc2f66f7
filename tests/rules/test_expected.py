"""Worked cases of a clinic: whatever the file holds is read or refused in words."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from clinicdesk.catalogue.loader import load_catalogue
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.expected import differences, parse_examples
from clinicdesk.rules.parse import CaseError, load_json

PACK = load_catalogue().packs["us-medicare"]
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
        for example in parse_examples(load_json(json.dumps(spoilt)), PACK.id):
            for each in differences(example, evaluate(PACK, example.case)):
                assert each.expected != each.came


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_json(value):
    with contextlib.suppress(CaseError):
        parse_examples(load_json(json.dumps(value)), PACK.id)
