"""The worked cases of the verdict contract: every finding of the rules that exist, exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicdesk.catalogue.loader import load_catalogue
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.parse import load_json, parse_case

PACK = load_catalogue().packs["us-medicare"]
RULES = tuple(rule.head.id for rule in PACK.rules)
CASES = load_json(Path(__file__).with_name("verdict-cases.json").read_text(encoding="utf-8"))


def test_the_rules_that_exist_stand_in_the_contracts_order():
    assert RULES == (
        "esi.cap",
        "facet.diagnostic.cap",
        "facet.therapeutic.cap",
        "rfa.cap",
        "tpi.cap",
        "tpi.gap",
        "joint.gap",
        "joint.cap",
    )


def test_what_is_not_checked_is_said():
    assert PACK.partial.startswith("Only caps and gaps were checked")


@pytest.mark.parametrize("example", CASES, ids=[example["name"] for example in CASES])
def test_worked_case(example):
    verdict = evaluate(PACK, parse_case(example["case"], {"us-medicare"})).to_json()
    found = [
        {key: finding[key] for key in finding if key not in {"message", "source"}}
        for finding in verdict["findings"]
    ]
    assert found == [f for f in example["expected"]["findings"] if f["rule"] in RULES]
    for finding in verdict["findings"]:
        assert finding["message"].endswith(".")
        assert finding["source"]
    assert set(verdict) == {"status", "earliest", "findings"}
