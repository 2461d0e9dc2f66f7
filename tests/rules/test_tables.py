"""Our own tables of cases, written from the contract: every rule, each status, each edge."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.vocabulary import CATALOGUE, case_of

from clinicdesk.rules.engine import evaluate
from clinicdesk.rules.verdict import Status
from tests.rules.table_notation import read_tables

PACK = CATALOGUE.packs["us-medicare"]
ROWS = read_tables()

STATUSES = ("ok", "needs-reason", "cannot-determine", "not-before", "absent")
# What a rule can answer, by the kind of its statement; every rule can also be absent.
POSSIBLE = {
    # A cap and a gap are a matter of time alone, and a case always states its days.
    "ok not-before": (
        *("esi.cap", "facet.diagnostic.cap", "facet.therapeutic.cap", "rfa.cap"),
        *("sij.diagnostic.cap", "sij.therapeutic.cap", "tpi.cap", "tpi.gap"),
        *("joint.gap", "joint.cap"),
    ),
    # Responses, and the gap of a second facet block with the relief after it.
    "ok needs-reason cannot-determine not-before": (
        *("esi.response", "facet.diagnostic.second", "facet.therapeutic.response"),
        *("rfa.response", "sij.therapeutic.response", "tpi.response"),
    ),
    # Earlier blocks, guidance and drugs: no day mends them; not known is possible.
    "ok needs-reason cannot-determine": (
        *("esi.guidance", "esi.dose", "esi.particulate", "facet.therapeutic.prerequisite"),
        *("facet.guidance", "rfa.prerequisite", "sij.diagnostic.second"),
        *("sij.therapeutic.prerequisite", "sij.guidance", "tpi.guidance"),
    ),
    # Sites, prostheses, planned operations and the day's entries: a case always has them.
    "ok needs-reason": (
        *("esi.levels", "facet.levels", "joint.prosthesis", "joint.arthroplasty", "session.mix"),
    ),
    # Always asked; and later.booked applies only where there is something to name.
    "needs-reason": ("facet.therapeutic.reason", "sij.not_covered", "later.booked"),
}


def _blocked(row):
    findings = [finding for finding in row.expected.values() if finding]
    return any(finding["status"] == "not-before" for finding in findings)


def _blocking(case, day: date) -> set[str]:
    findings = evaluate(PACK, replace(case, on=day)).findings
    return {finding.rule for finding in findings if finding.status is Status.NOT_BEFORE}


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_case(row):
    verdict = evaluate(PACK, case_of(row.case, {"us-medicare"})).to_json()
    findings = {finding["rule"]: finding for finding in verdict["findings"]}
    for finding in findings.values():
        del finding["message"], finding["source"]
    found = {rule: findings.get(rule) for rule in row.expected}
    assert found == row.expected, row.why
    if row.rules is not None:
        assert list(findings) == row.rules, row.why
    if row.overall is not None:
        overall = {key: verdict[key] for key in row.overall}
        assert overall == row.overall, row.why


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_the_order_of_the_history_does_not_matter(row):
    case = case_of(row.case)
    mirrored = replace(case, history=case.history[::-1], readings=case.readings[::-1])
    assert evaluate(PACK, mirrored).to_json() == evaluate(PACK, case).to_json()


BLOCKED = [row for row in ROWS if _blocked(row)]


@pytest.mark.slow
@pytest.mark.parametrize("row", BLOCKED, ids=[row.name for row in BLOCKED])
def test_each_earliest_day_is_the_first_that_is_free(row):
    """Asked on that day the rule no longer blocks; on every day from the case's to it, it does."""
    case = case_of(row.case)
    verdict = evaluate(PACK, case)
    free = {finding.rule: finding.earliest for finding in verdict.findings if finding.earliest}
    last = max(verdict.earliest, *free.values())
    day = case.on
    while day <= last:
        blocking = _blocking(case, day)
        for rule, first in free.items():
            assert day > first or (rule in blocking) == (day < first), (rule, day)
        assert day > verdict.earliest or bool(blocking) == (day < verdict.earliest), day
        day += timedelta(days=1)


def test_names_are_used_once():
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_every_rule_is_shown_with_each_status_it_can_have():
    shown = Counter(
        (rule, finding["status"] if finding else "absent")
        for row in ROWS
        for rule, finding in row.expected.items()
    )
    rules = [rule.head.id for rule in PACK.rules]
    for row in ROWS:
        if row.rules is not None:
            shown.update((rule, "absent") for rule in rules if rule not in row.rules)
    print(_as_markdown(shown))
    possible = {
        (rule, status)
        for statuses, rules in POSSIBLE.items()
        for rule in rules
        for status in (*statuses.split(), "absent")
    }
    assert {rule for rule, _ in possible} == set(rules)
    assert set(shown) == possible


def _as_markdown(shown):
    lines = ["| rule | " + " | ".join(STATUSES) + " |", "|---" * (len(STATUSES) + 1) + "|"]
    for rule in (rule.head.id for rule in PACK.rules):
        counts = [str(shown[rule, status] or "–") for status in STATUSES]
        lines.append(f"| {rule} | " + " | ".join(counts) + " |")
    return "\n".join(lines)
