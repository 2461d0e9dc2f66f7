"""Our own tables of cases, written from the contract: every rule, each status, each edge."""

from __future__ import annotations

import pytest

from clinicdesk.catalogue.loader import load_catalogue
from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.parse import parse_case
from tests.rules.table_notation import read_tables

PACK = load_catalogue().packs["us-medicare"]
ROWS = read_tables()


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_case(row):
    verdict = evaluate(PACK, parse_case(row.case, {"us-medicare"})).to_json()
    findings = {finding["rule"]: finding for finding in verdict["findings"]}
    for finding in findings.values():
        del finding["message"], finding["source"]
    found = {rule: findings.get(rule) for rule in row.expected}
    assert found == row.expected, row.why
    if row.overall is not None:
        overall = {key: verdict[key] for key in row.overall}
        assert overall == row.overall, row.why
