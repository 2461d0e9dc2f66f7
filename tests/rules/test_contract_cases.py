"""The worked cases of the verdict contract: status, earliest day and every finding, exactly."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.vocabulary import CATALOGUE, case_of

from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.parse import load_json

PACK = CATALOGUE.packs["us-medicare"]
RULES = tuple(rule.head.id for rule in PACK.rules)
CASES = load_json(Path(__file__).with_name("verdict-cases.json").read_text(encoding="utf-8"))


def test_the_rules_stand_in_the_contracts_order():
    assert (
        *("esi.cap", "esi.response", "esi.levels", "esi.guidance", "esi.dose", "esi.particulate"),
        *("facet.diagnostic.cap", "facet.diagnostic.second"),
        *("facet.therapeutic.cap", "facet.therapeutic.prerequisite"),
        *("facet.therapeutic.response", "facet.therapeutic.reason"),
        *("facet.levels", "facet.guidance"),
        *("rfa.cap", "rfa.prerequisite", "rfa.response"),
        *("sij.not_covered", "sij.diagnostic.cap", "sij.diagnostic.second"),
        *("sij.therapeutic.cap", "sij.therapeutic.prerequisite", "sij.therapeutic.response"),
        *("sij.guidance", "tpi.cap", "tpi.gap", "tpi.response", "tpi.guidance"),
        *("joint.gap", "joint.cap", "joint.prosthesis", "joint.arthroplasty"),
        *("session.mix", "later.booked"),
    ) == RULES


def test_nothing_is_left_unchecked():
    assert PACK.partial == ""


@pytest.mark.parametrize("example", CASES, ids=[example["name"] for example in CASES])
def test_worked_case(example):
    verdict = evaluate(PACK, case_of(example["case"], {"us-medicare"})).to_json()
    for finding in verdict["findings"]:
        assert finding.pop("message").endswith(".")
        assert finding.pop("source")
    assert verdict == example["expected"]
