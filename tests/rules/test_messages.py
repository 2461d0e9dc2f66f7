"""Every kind of rule in each of its answers: the exact sentence, and the facts a card shows.

``sentences/*.toml`` are read by ``table_notation.py``. ``facts`` is how full a cap is, and what
leaves it next; of a prerequisite, how many blocks were good. ``lacks`` is what would answer a
*cannot determine*: of which session, from which day on.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.vocabulary import CATALOGUE, case_of

from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.kinds import REGISTRY
from clinicdesk.rules.verdict import Finding, Lack
from tests.rules.table_notation import read_tables

# What stands beside a verdict speaks like a rule; here also when all is well.
PACKS = {
    name: replace(pack, rules=(*pack.rules, *pack.beside)) for name, pack in CATALOGUE.packs.items()
}
ROWS = read_tables(Path(__file__).with_name("sentences"))


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_sentence(row):
    (rule,) = row.expected
    verdict = evaluate(PACKS[row.case["pack"]], case_of(row.case, PACKS))
    finding = next(finding for finding in verdict.findings if finding.rule == rule)
    head = next(each.head for each in PACKS[row.case["pack"]].rules if each.head.id == rule)
    assert (finding.kind, finding.title, finding.source, finding.source_date, finding.verified) == (
        *(head.kind, head.title, head.source, head.source_date, head.verified),
    )
    answer = finding.to_json()
    assert answer.pop("message") == row.said["says"], row.why
    assert answer.pop("source") == finding.source
    assert answer == row.expected[rule], row.why
    assert _facts(finding) == row.said.get("facts", ""), row.why
    assert [_lack(lack) for lack in finding.missing] == row.said.get("lacks", []), row.why


def _facts(finding: Finding) -> str:
    parts = []
    if finding.used is not None or finding.allowed is not None:
        parts.append(f"{finding.used} of {finding.allowed}")
    if finding.window_start is not None:
        parts.append(f"after {finding.window_start}")
    if finding.leaves is not None:
        parts.append("{} leaves on {}".format(*finding.leaves))
    return ", ".join(parts)


def _lack(lack: Lack) -> str:
    parts = [lack.what]
    if lack.day is not None:
        parts.append(f"of {lack.day}")
    if lack.entries:
        parts.append(f"({' '.join(lack.entries)})")
    if lack.from_day is not None:
        parts.append(f"from {lack.from_day}")
    return " ".join(parts)


def test_every_kind_of_rule_speaks():
    kinds = {rule.head.id: rule.head.kind for pack in PACKS.values() for rule in pack.rules}
    assert {kinds[rule] for row in ROWS for rule in row.expected} == set(REGISTRY)
